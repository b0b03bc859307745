/** Questions about what hangs on messages: emoji, links, files. */
import { beforeAll, describe, expect, it } from 'vitest';
import { attachmentKinds, attachmentKindsByChannel } from '../../../db/queries/attachment-kinds.ts';
import { mostReactedLinks } from '../../../db/queries/most-reacted-links.ts';
import type { Asked } from '../../../db/queries/question.ts';
import { topEmoji } from '../../../db/queries/top-emoji.ts';
import { topAddresses, topDomains } from '../../../db/queries/top-links.ts';
import { type AskedGuild, askedGuild } from '../../support/asked-guild.ts';
import { useDatabase } from '../../support/database.ts';
import { BELA, exportText, reaction, said } from '../../support/exports.ts';
import { useFolder } from '../../support/folder.ts';
import { imported } from '../../support/imports.ts';
import { groupBy, type NaiveMessage, writtenIn } from '../../support/naive.ts';
import { channelName, firstBy, peopleOf, sumOf } from '../../support/naive-rows.ts';
import { at, GUILD, idAt } from '../../support/records.ts';

const database = useDatabase();
const folder = useFolder();
let guild: AskedGuild;
beforeAll(async () => {
  guild = await askedGuild(database, `${folder.path}/asked`);
});

const inEveryScope = async (check: (scope: Asked, name: string) => Promise<void>) => {
  for (const [name, scope] of Object.entries(guild.scopes)) await check(scope, name);
};
const distinct = (messages: NaiveMessage[]) => [...new Set(messages)];
const share = (part: number, whole: number) => expect.closeTo(part / whole, 4);

describe('in every scope, by a naive pass', () => {
  it('top-emoji, in texts, in reactions and in both', () =>
    inEveryScope(async (scope, name) => {
      const uses = writtenIn(guild.naive, scope).flatMap((m) => [
        ...m.emoji.map((e) => ({ key: e.key, name: e.name, inTexts: e.uses, asReactions: 0 })),
        ...m.reactions
          .filter((r) => r.total > 0)
          .map((r) => ({ key: r.key, name: r.name, inTexts: 0, asReactions: r.total })),
      ]);
      const naive = [...groupBy(uses, (use) => use.key)].map(([key, list]) => {
        const inTexts = sumOf(list, (use) => use.inTexts);
        const asReactions = sumOf(list, (use) => use.asReactions);
        const names = list.flatMap((use) => use.name ?? []).toSorted();
        return { key, name: names.at(-1) ?? null, inTexts, asReactions, total: inTexts + asReactions };
      });
      for (const by of ['total', 'inTexts', 'asReactions'] as const) {
        const first = firstBy(
          naive.filter((row) => row[by] > 0),
          scope.limit,
          (row) => row[by],
          (row) => row.key,
        );
        expect(await topEmoji(database.db, scope, by), `${name}, ${by}`).toEqual(first);
      }
    }));

  it('top-domains, top-addresses and most-reacted-links', () =>
    inEveryScope(async (scope, name) => {
      const uses = writtenIn(guild.naive, scope).flatMap((m) => m.links.map((link) => ({ ...link, m })));
      const figures = (list: typeof uses) => {
        const messages = distinct(list.map(({ m }) => m));
        return { uses: list.length, messages: messages.length, people: peopleOf(messages) };
      };
      const domains = [...groupBy(uses, ({ domain }) => domain)].map(([domain, list]) => ({
        domain,
        ...figures(list),
      }));
      expect(await topDomains(database.db, scope), name).toEqual(
        firstBy(
          domains,
          scope.limit,
          (row) => row.uses,
          (row) => row.domain,
        ),
      );
      const addresses = [...groupBy(uses, ({ address }) => address!)].map(([address, list]) => ({
        address,
        domain: list[0]!.domain,
        ...figures(list),
        reactions: sumOf(distinct(list.map(({ m }) => m)), (m) => sumOf(m.reactions, (r) => r.total)),
      }));
      const first = firstBy(
        addresses,
        scope.limit,
        (row) => row.uses,
        (row) => row.domain,
        (row) => row.address,
      );
      expect(await topAddresses(database.db, scope), name).toEqual(
        first.map(({ reactions: _, ...row }) => row),
      );
      const reacted = firstBy(
        addresses.filter((row) => row.reactions > 0),
        scope.limit,
        (row) => row.reactions,
        (row) => row.domain,
        (row) => row.address,
      );
      expect(await mostReactedLinks(database.db, scope), name).toEqual(
        reacted.map(({ messages: _, people: _people, ...row }) => row),
      );
    }));

  it('attachment-kinds, in all and by channel', () =>
    inEveryScope(async (scope, name) => {
      const files = writtenIn(guild.naive, scope).flatMap((m) =>
        m.attachments.map((file) => ({ ...file, kind: file.kind ?? 'other', channelId: m.channelId })),
      );
      const kinds = [...groupBy(files, (file) => `${file.kind} ${file.extension}`).values()].map((list) => ({
        kind: list[0]!.kind,
        extension: list[0]!.extension,
        attachments: list.length,
        share: share(list.length, files.length),
      }));
      expect(await attachmentKinds(database.db, scope), name).toEqual(
        firstBy(
          kinds,
          scope.limit,
          (row) => row.attachments,
          (row) => row.kind,
          (row) => row.extension ?? '~',
        ),
      );
      const byChannel = groupBy(files, (file) => file.channelId);
      const kindsByChannel = [...groupBy(files, (file) => `${file.channelId} ${file.kind}`).values()].map(
        (list) => ({
          channelId: list[0]!.channelId,
          channel: channelName(guild.naive, list[0]!.channelId),
          kind: list[0]!.kind,
          attachments: list.length,
          share: share(list.length, byChannel.get(list[0]!.channelId)!.length),
        }),
      );
      expect(await attachmentKindsByChannel(database.db, scope), name).toEqual(
        firstBy(
          kindsByChannel,
          scope.limit,
          (row) => row.attachments,
          (row) => row.channelId,
          (row) => row.kind,
        ),
      );
    }));
});

describe('links made by hand', () => {
  const asked: Asked = {
    guildId: GUILD,
    window: { fromMs: at(0), toMs: at(1000), timeZone: 'UTC' },
    limit: 10,
  };
  const take = async (content: 'full' | 'none') => {
    const messages = [
      said(1, 'https://example.org/a', { reactions: [reaction('👍', [BELA], 3)] }),
      said(2, 'https://example.org/a, https://example.org/a and https://www.example.org/b', {
        reactions: [reaction('👍', [BELA], 4), reaction('🎈', [BELA], 1)],
      }),
      said(3, 'https://example.org/a', { author: BELA }),
    ];
    const file = await folder.file('links.json', exportText({ messages }));
    await imported(database, [file], { content, isAgain: true });
  };

  it('an address counts each time, its reactions once a message', async () => {
    await take('full');
    const a = { address: 'https://example.org/a', domain: 'example.org' };
    const b = { address: 'https://www.example.org/b', domain: 'example.org' };
    expect(await topDomains(database.db, asked)).toEqual([
      { domain: 'example.org', uses: 5, messages: 3, people: 2 },
    ]);
    expect(await topAddresses(database.db, asked)).toEqual([
      { ...a, uses: 4, messages: 3, people: 2 },
      { ...b, uses: 1, messages: 1, people: 1 },
    ]);
    expect(await mostReactedLinks(database.db, asked)).toEqual([
      { ...a, uses: 4, reactions: 8 },
      { ...b, uses: 1, reactions: 5 },
    ]);
  });

  it('is a whole domain where texts are not kept', async () => {
    for (const table of ['messages', 'links', 'reactions', 'reaction_users'])
      await database.pool.query(`delete from ${table} where guild_id = $1`, [GUILD]);
    await take('none');
    const whole = { address: null, domain: 'example.org', uses: 5 };
    expect(await topAddresses(database.db, asked)).toEqual([{ ...whole, messages: 3, people: 2 }]);
    expect(await mostReactedLinks(database.db, asked)).toEqual([{ ...whole, reactions: 8 }]);
  });
});

it('an emoji has no name of a reaction that was taken away', async () => {
  const messageId = idAt(at(5));
  const file = await folder.file(
    'emoji.json',
    exportText({
      messages: [
        said(4, '', { reactions: [reaction('kept:77', [BELA])] }),
        said(5, '', { reactions: [reaction('renamed:77', [BELA])] }),
      ],
    }),
  );
  await imported(database, [file]);
  await database.pool.query('update reactions set total = 0 where guild_id = $1 and message_id = $2', [
    GUILD,
    messageId,
  ]);
  const window = { fromMs: at(4), toMs: at(6), timeZone: 'UTC' };
  expect(await topEmoji(database.db, { guildId: GUILD, window, limit: 10 })).toEqual([
    { key: '77', name: 'kept', inTexts: 0, asReactions: 1, total: 1 },
  ]);
});
