import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accountsOf, bots } from './generate/accounts.ts';
import { gather } from './generate/people.ts';
import { layOut, type Place } from './generate/places.ts';
import { type CommunityPlan, settle } from './generate/plan.ts';
import { affinity, Random } from './generate/random.ts';
import { renderMessage } from './generate/render.ts';
import { HOUR, lifeOf } from './generate/rhythm.ts';
import type { World } from './generate/scene.ts';
import { story } from './generate/story.ts';
import { type CommunityTruth, Tally } from './generate/truth.ts';
import { escaped, fileName, writtenTime } from './generate/written.ts';
import { writtenAccounts } from './generate/written-accounts.ts';

export type { CommunityPlan } from './generate/plan.ts';
export type { CommunityTruth } from './generate/truth.ts';

/** How far the making of a community has come. */
export interface GenerateProgress {
  /** The file that is being written. */
  file: string;
  /** Written messages so far, of all files. */
  messages: number;
  messagesTotal: number;
  /** Bytes so far, of all files. */
  bytes: number;
}

/** The file beside the exports that tells what is in them; JSON, but not named so: it is no export. */
export const TRUTH_FILE = 'community.truth';

// Bytes gathered before each write: enough that writing costs less than making.
const CHUNK = 1 << 20;
// The longest message has 8 reactions of 80 users, of some 400 bytes each.
const MESSAGE_MAX = 1 << 19;

/**
 * Writes a made-up community as DiscordChatExporter 2.47 would export it, one file a channel or thread, and its truth
 * beside them. The same plan gives the same bytes on every machine.
 *
 * Stopping early leaves the last file cut short and no truth.
 *
 * Units   progress counts written messages; joins, pins and other notices come on top
 * Errors  RangeError for a plan that can't be made; what the file system throws
 */
export async function* generateCommunity(
  plan: CommunityPlan,
  folder: string,
): AsyncGenerator<GenerateProgress, CommunityTruth> {
  const settled = settle(plan);
  await mkdir(folder, { recursive: true });
  const random = new Random(`${settled.seed}/community`);
  const life = lifeOf(settled.weeks, settled.endsAt, random);
  const people = gather(settled.people, life, random);
  const guild = layOut(settled, life, people, random);
  const accounts = writtenAccounts(accountsOf(random.below(1 << 20), people, life));
  const world = { seed: settled.seed, guild, life, people, accounts };
  const tally = new Tally(people.count, bots.count);
  const buffer = Buffer.allocUnsafeSlow(CHUNK + MESSAGE_MAX);
  let bytes = 0;
  for (const place of guild.places) {
    const file = exportName(guild.name, place);
    for await (const written of writeExport(world, place, join(folder, file), tally, buffer)) {
      bytes += written;
      yield { file, messages: tally.messages, messagesTotal: settled.messages, bytes };
    }
  }
  const threads = guild.places.filter(({ opening }) => opening !== null).length;
  const files = guild.places.length;
  const truth = tally.truth(
    { id: guild.id, name: guild.name },
    { files, channels: files - threads, threads },
    accounts,
  );
  await writeFile(join(folder, TRUTH_FILE), `${JSON.stringify(truth, null, 2)}\n`);
  return truth;
}

/** Writes one export; yields the bytes of each chunk. */
async function* writeExport(
  world: World,
  place: Place,
  path: string,
  tally: Tally,
  buffer: Buffer,
): AsyncGenerator<number> {
  const file = await open(path, 'w');
  try {
    let filled = buffer.write(preamble(world, place));
    let count = 0;
    for (const message of story(world, place)) {
      tally.add(message);
      // Each message on its own: most are ASCII, which is encoded faster than what is joined with other scripts.
      filled += buffer.write(
        `${count++ === 0 ? '' : ','}\n${renderMessage(message, world.accounts)}`,
        filled,
      );
      if (filled < CHUNK) continue;
      yield (await file.write(buffer, 0, filled)).bytesWritten;
      filled = 0;
    }
    filled += buffer.write(`${count === 0 ? '' : '\n  '}],\n  "messageCount": ${count}\n}`, filled);
    yield (await file.write(buffer, 0, filled)).bytesWritten;
  } finally {
    await file.close();
  }
}

function preamble(
  { guild, life: { endsAt } }: World,
  { index, id, type, parent, name, topic }: Place,
): string {
  // Exported one after the other, a while after the end; fractions have seven digits here, as .NET has them.
  const ticks = String(Math.floor(affinity(index, 71) * 10_000_000))
    .padStart(7, '0')
    .replace(/0+$/, '');
  const exportedAt = writtenTime(endsAt + HOUR + index * 2000).replace('+', `.${ticks}+`);
  return `{
  "guild": {
    "id": "${guild.id}",
    "name": "${escaped(guild.name)}",
    "iconUrl": "${guild.iconUrl}"
  },
  "channel": {
    "id": "${id}",
    "type": "${type}",
    "categoryId": ${parent ? `"${parent.id}"` : 'null'},
    "category": ${parent ? `"${escaped(parent.name)}"` : 'null'},
    "name": "${escaped(name)}",
    "topic": ${topic === null ? 'null' : `"${escaped(topic)}"`}
  },
  "dateRange": {
    "after": null,
    "before": null
  },
  "exportedAt": "${exportedAt}",
  "messages": [`;
}

/** The name that DiscordChatExporter gives to an export. */
function exportName(guild: string, { parent, name, id }: Place): string {
  return fileName(
    `${[guild, parent?.name, name].filter((part) => part !== undefined).join(' - ')} [${id}].json`,
  );
}
