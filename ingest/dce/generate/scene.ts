import type { Guild, Place } from './places.ts';
import type { People } from './people.ts';
import { Random } from './random.ts';
import type { Life } from './rhythm.ts';
import { lowBits, snowflake } from './snowflake.ts';
import type { Memory, Topic } from './speech.ts';
import type { GeneratedMessage } from './model.ts';
import type { WrittenAccounts } from './written-accounts.ts';

/** What all places share. */
export interface World {
  seed: string;
  guild: Guild;
  life: Life;
  people: People;
  accounts: WrittenAccounts;
}

/** A message that a later one may answer, pin or forward. */
export interface Said {
  id: string;
  ms: number;
  person: number;
  text: string;
  /** It has text and nothing else, so it can be quoted as it stands. */
  isPlain: boolean;
}

/** A question that nobody has answered. */
export interface OpenQuestion extends Said {
  topic: Topic;
}

/** What a conversation is about. */
export type Kind =
  | 'question'
  | 'late answer'
  | 'chat'
  | 'report'
  | 'showcase'
  | 'intro'
  | 'welcome'
  | 'thread'
  | 'command'
  | 'feed'
  | 'news';

/** Some people talking for a while. */
export interface Conversation {
  kind: Kind;
  topic: Topic;
  /** Who takes part; the first one begins. */
  people: readonly number[];
  /** Messages in all, and already written. */
  length: number;
  said: number;
  /** What it began with: its first message, or the old question that it answers. */
  opener: Said | null;
  last: Said | null;
  hasAnswer: boolean;
}

/** The id and time of a message that is being written. */
export interface Written {
  id: string;
  ms: number;
}

/** Something that will be written at its time. */
export interface Turn {
  ms: number;
  /** Goes before others of the same millisecond: its id is known already. */
  isFirst: boolean;
  write(turn: Written): GeneratedMessage;
}

/** A place while its messages are being written, oldest first. */
export interface Scene {
  world: World;
  place: Place;
  random: Random;
  /** What is still to be written. */
  turns: Turn[];
  /** The latest messages, up to `RECENT_MAX`. */
  recent: Said[];
  /** Questions that nobody has answered, up to `OPEN_QUESTIONS_MAX`. */
  openQuestions: OpenQuestion[];
  /** Who joined last where joins are written, who said hello last where people introduce themselves. */
  newcomer: number | null;
  memory: Memory;
  pins: number;
  /** Time of the latest id, and how many ids it has had. */
  lastMs: number;
  sameMs: number;
}

const RECENT_MAX = 40;
const OPEN_QUESTIONS_MAX = 30;

/** A place with nothing written yet, and randomness of its own. */
export function openScene(world: World, place: Place): Scene {
  return {
    world,
    place,
    random: new Random(`${world.seed}/place/${place.index}`),
    turns: [],
    recent: [],
    openQuestions: [],
    newcomer: null,
    memory: { phrases: 0, said: new Map() },
    pins: 0,
    lastMs: 0,
    sameMs: 0,
  };
}

/** The id of the next message; times must not go back. */
export function nextId(scene: Scene, ms: number): string {
  scene.sameMs = ms === scene.lastMs ? scene.sameMs + 1 : 0;
  scene.lastMs = ms;
  return snowflake(ms, lowBits(scene.place.index, scene.sameMs));
}

/** The id of something that the latest message carries: its attachments and interaction, 1 to 15. */
export function partId(scene: Scene, part: number): string {
  return snowflake(scene.lastMs, lowBits(scene.place.index, scene.sameMs, part));
}

/** Takes the turns before an instant out of a scene, in order; of one millisecond first the one whose id is known. */
export function takeTurns(scene: Pick<Scene, 'turns'>, before: number): Turn[] {
  if (scene.turns.length === 0) return [];
  const turns = scene.turns.toSorted(
    (one, other) => one.ms - other.ms || Number(other.isFirst) - Number(one.isFirst),
  );
  const later = turns.findIndex(({ ms }) => ms >= before);
  scene.turns = later === -1 ? [] : turns.splice(later);
  return turns;
}

/** Keeps a message for those who will answer it. */
export function remember(scene: Scene, said: Said): void {
  scene.recent.push(said);
  if (scene.recent.length > RECENT_MAX) scene.recent.shift();
}

/** Keeps a question that got no answer. */
export function leaveOpen(scene: Scene, question: OpenQuestion): void {
  scene.openQuestions.push(question);
  if (scene.openQuestions.length > OPEN_QUESTIONS_MAX) scene.openQuestions.shift();
}
