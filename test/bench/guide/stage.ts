/** Where a community plays: who says what, where and when. */
import { snowflakeAt } from '../../../db/snowflake.ts';
import { pick, seededRandom } from '../../support/random.ts';
import { placeNames } from './lines/names.ts';
import type { Community, PlantedMessage, PlantedPerson, PlantedPlace } from './planted.ts';
import { typed } from './speech.ts';

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
const DAYS = 548;
const END_MS = Date.UTC(2025, 5, 30, 20);

/** One thing that is said. */
interface Said {
  atMs: number;
  place: PlantedPlace;
  by: PlantedPerson;
  text: string;
  replyTo?: PlantedMessage;
  reactions?: number;
}

export interface Stage {
  community: Community;
  random: () => number;
  everyday: PlantedPlace[];
  help: PlantedPlace[];
  newId(atMs: number): string;
  addPlace(name: string, type: PlantedPlace['type'], parentId?: string, id?: string): PlantedPlace;
  say(said: Said): PlantedMessage;
  /** In a forum, of a post's own: the place and the message have one id. */
  post(said: Said): { message: PlantedMessage; thread: PlantedPlace };
  /** A moment of the afternoon or evening, mostly. */
  moment(fromMs: number, toMs: number): number;
  /** How long somebody waits, around so many minutes. */
  wait(minutes: number): number;
  /** Somebody who is around then. */
  around(people: readonly PlantedPerson[], atMs: number): PlantedPerson | undefined;
}

export function openStage(seed: number): Stage {
  const random = seededRandom(seed * 7919 + 13);
  const fromMs = END_MS - DAYS * DAY_MS;
  let made = 0;
  const newId = (atMs: number) => String(BigInt(snowflakeAt(atMs)) + BigInt(made++));
  const community: Community = {
    seed,
    guildId: newId(fromMs - DAY_MS - seed * 1000),
    fromMs,
    endMs: END_MS,
    places: [],
    people: [],
    messages: [],
    topics: [],
  };
  const addPlace: Stage['addPlace'] = (name, type, parentId, id = newId(fromMs - DAY_MS)) => {
    const place = { id, name, type, parentId: parentId ?? null };
    community.places.push(place);
    return place;
  };
  const add = ({ atMs, place, by, text, replyTo, reactions }: Said, id: string, placeId = place.id) => {
    const likes = random() < 0.08 ? 1 + Math.floor(random() * 3) : 0;
    const message: PlantedMessage = {
      id,
      atMs,
      placeId,
      by,
      text: typed(text, by.style, random),
      reactions: reactions ?? likes,
      ...(replyTo && { replyTo }),
    };
    community.messages.push(message);
    return message;
  };
  return {
    community,
    random,
    everyday: placeNames.everyday.map((name) => addPlace(name, 0)),
    help: placeNames.help.map((name) => addPlace(name, 0)),
    newId,
    addPlace,
    say: (said) => add(said, newId(said.atMs)),
    post(said) {
      const id = newId(said.atMs);
      const message = add(said, id, id);
      return { message, thread: addPlace(message.text.slice(0, 60), 11, said.place.id, id) };
    },
    moment(from, to) {
      const day = Math.floor((from + random() * (to - from)) / DAY_MS) * DAY_MS;
      const hour = (((random() + random() + random()) / 3) * 24 + 5) % 24;
      return Math.min(Math.max(day + hour * 60 * MINUTE_MS, from), to - MINUTE_MS);
    },
    wait(minutes) {
      const bell = random() + random() + random() + random() - 2;
      return Math.min(minutes * Math.exp(bell * 2), 20 * 60) * MINUTE_MS;
    },
    around(people, atMs) {
      const there = people.filter((person) => person.fromMs <= atMs && atMs < person.toMs);
      return there.length > 0 ? pick(there, random) : undefined;
    },
  };
}
