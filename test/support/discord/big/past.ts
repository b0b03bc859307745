/** What was said in a place of the big guild over the years. */
import { MessageType } from 'discord-api-types/v10';
import { pick } from '../../random.ts';
import { EMOJI, SENTENCES } from '../busy/sentences.ts';
import type { ChannelTruth, GuildTruth, Snowflake } from '../model.ts';
import type { World } from '../world.ts';
import type { PastMessage } from '../world/history.ts';
import type { People } from './people.ts';

/** Everything that what is said depends on. */
export interface Scene {
  world: World;
  guild: GuildTruth;
  people: People;
  random: () => number;
}

/** When it was said, and how much. */
export interface Span {
  count: number;
  /** Ms since 1970. */
  from: number;
  to: number;
}

/** How many of the last ones are answered. */
const ANSWERED_MAX = 50;
/** Less than the newest message is old. */
const EDIT_MS_MAX = 50_000;

/** So many messages, oldest first, evenly and yet by chance over the span; `first` begins them. */
export function* pastOf(
  scene: Scene,
  { count, from, to }: Span,
  first?: PastMessage,
): Generator<PastMessage> {
  const { world, random } = scene;
  const lately: Snowflake[] = [];
  for (let n = 0; n < count; n++) {
    const at = from + Math.floor(((to - from) * (n + random())) / count);
    const message = n === 0 && first ? first : { id: world.idAt(at), ...said(scene, at, n, lately) };
    lately[n % ANSWERED_MAX] = message.id!;
    yield message;
  }
}

/** One thing that somebody said then. */
function said({ guild, people, random }: Scene, at: number, n: number, lately: Snowflake[]): PastMessage {
  const who = authorOf(people, random);
  const chance = random();
  if (chance < 0.004) return { ...who, type: MessageType.UserJoin };
  const message: PastMessage = { ...who, content: `${pick(SENTENCES, random)} #${n.toString(36)}` };
  if (random() < 0.14 && lately.length > 0) message.replyTo = pick(lately, random);
  if (random() < 0.05) message.reactions = reactionsOf(guild, people, random);
  if (random() < 0.04) edit(message, at, random);
  if (chance < 0.03) message.attachments = [attachment(at, n, chance)];
  else if (chance < 0.045)
    message.embeds = [{ type: 'link' as never, title: 'Tide tables', url: 'https://example.com/tides' }];
  else if (chance < 0.05) message.stickers = [...guild.stickers.keys()];
  else if (chance < 0.07) message.content += ` <@${pick(people.writers, random)}>`;
  else if (chance < 0.071) message.pinned = at + 1000;
  return message;
}

/** Few write much. */
function authorOf({ writers, bots, webhooks }: People, random: () => number): PastMessage {
  const chance = random();
  if (chance < 0.04) return { author: pick(bots, random) };
  if (chance < 0.055) return { webhook: pick(webhooks, random) };
  return { author: writers[Math.floor(writers.length * random() ** 3)]! };
}

function reactionsOf(guild: GuildTruth, { writers }: People, random: () => number): PastMessage['reactions'] {
  const signs = new Set(Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(SIGNS, random)));
  const some = (max: number) =>
    Array.from({ length: Math.floor(random() ** 3 * max) }, () => pick(writers, random));
  const own = [...guild.emoji.keys()];
  return [...signs].map((sign) => ({
    emoji: sign === '' ? own[Math.floor(random() * own.length)]! : sign,
    users: [pick(writers, random), ...some(20)],
    burst: random() < 0.12 ? [pick(writers, random), ...some(3)] : [],
  }));
}

/** Empty: one of the guild's own. */
const SIGNS = [...EMOJI, '', ''];

function edit(message: PastMessage, at: number, random: () => number): void {
  message.earlier = [{ content: 'Wait', at }];
  message.editedAt = at + 1 + Math.floor(random() * EDIT_MS_MAX);
}

function attachment(at: number, n: number, chance: number): NonNullable<PastMessage['attachments']>[number] {
  const id = String((BigInt(at - 1_420_070_400_000) << 22n) | BigInt(n % 4096));
  const size = 1000 + Math.floor(chance * 1e8);
  return { id, filename: `sketch-${n}.png`, size, contentType: 'image/png' };
}

/** Takes the newest messages of a place away again, untold; that they were there the place still says. */
export function forgetNewest({ messages }: ChannelTruth, count: number): void {
  const ids = [...messages.keys()].slice(-count);
  for (const id of ids) messages.delete(id);
}
