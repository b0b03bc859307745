/** Real exports served as what they were made of; `DCE_EXPORTS` names their folder. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIMessage } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import type { Export, ExportedMessage } from './exports/export.ts';
import { useServed } from './exports/served.ts';

const served = useServed();
const folder = process.env.DCE_EXPORTS ?? '';
const why = folder === '' ? ' (skipped: DCE_EXPORTS names no folder of them)' : '';
const folders =
  folder === '' ? [] : readdirSync(folder, { withFileTypes: true }).filter((one) => one.isDirectory());

describe.skipIf(folder === '')(`real exports${why}`, () => {
  it.for(folders.map(({ name }) => name))('%s is served with all that is in it', async (name) => {
    const names = readdirSync(join(folder, name)).filter(
      (file) => file.endsWith('.json') && !file.endsWith('.truth.json'),
    );
    const exports = names.map((file) => JSON.parse(readFileSync(join(folder, name, file), 'utf8')) as Export);
    const guilds = Map.groupBy(
      exports.filter(({ guild }) => guild.id !== '0'),
      ({ guild }) => guild.id,
    );
    for (const some of guilds.values()) {
      const { readAll } = await served(some);
      for (const [channelId, same] of Map.groupBy(some, ({ channel }) => channel.id)) {
        // Exports of one channel may differ in a message; one of them is right.
        const wanted = Map.groupBy(
          same.flatMap(({ messages }) => messages),
          ({ id }) => id,
        );
        const read = await readAll(channelId);
        expect(read.map(({ id }) => id).toSorted()).toEqual([...wanted.keys()].toSorted());
        for (const message of read)
          expect(wanted.get(message.id)!.map(exportedFactsOf)).toContainEqual(factsOf(message));
      }
    }
  });
});

/** What an export and Discord both say of a message. */
function factsOf({
  type,
  content,
  edited_timestamp: edited,
  message_reference: reference,
  author,
  attachments,
  embeds,
  pinned,
  reactions = [],
  sticker_items: stickers = [],
  mentions,
}: APIMessage) {
  return {
    ...(type === 0 || type === 19 ? { type, content } : {}),
    editedAt: edited === null ? null : Date.parse(edited),
    answered: reference?.message_id ?? null,
    author: author.id,
    attachments: attachments.map(({ id, filename, size }) => [id, filename, size]),
    embeds: embeds.length,
    pinned,
    reactions: reactions.map(({ emoji, count }) => [emoji.id ?? emoji.name, count]),
    stickers: stickers.map(({ id }) => id),
    mentions: mentions.map(({ id }) => id).toSorted(),
  };
}

function exportedFactsOf({
  type,
  content,
  timestampEdited: edited,
  reference,
  author,
  attachments,
  embeds,
  isPinned,
  reactions,
  stickers = [],
  mentions = [],
}: ExportedMessage): ReturnType<typeof factsOf> {
  return {
    ...(type === 'Default' || type === 'Reply' ? { type: type === 'Reply' ? 19 : 0, content } : {}),
    editedAt: edited === null ? null : Date.parse(edited),
    answered: reference?.messageId ?? null,
    author: author.id,
    attachments: attachments.map(({ id, fileName, fileSizeBytes }) => [id, fileName, fileSizeBytes]),
    embeds: embeds.length,
    pinned: isPinned,
    reactions: reactions.map(({ emoji, count }) => [emoji.id || emoji.name, count]),
    stickers: stickers.map(({ id }) => id),
    mentions: mentions.map(({ id }) => id).toSorted(),
  };
}
