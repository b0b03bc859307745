/** Questions about single messages: those that got most, and a page to read. */
import { beforeAll, describe, expect, it } from 'vitest';
import { channelMessages } from '../../../db/queries/channel-messages.ts';
import { mostReacted, mostReactedAttachments } from '../../../db/queries/most-reacted.ts';
import { mostReplied } from '../../../db/queries/most-replied.ts';
import type { Asked } from '../../../db/queries/question.ts';
import { type AskedGuild, askedGuild } from '../../support/asked-guild.ts';
import { useDatabase } from '../../support/database.ts';
import { ANNA, BELA, CARL, exportText, mapFile, reaction, said } from '../../support/exports.ts';
import { useFolder } from '../../support/folder.ts';
import { imported } from '../../support/imports.ts';
import { everIn, nameOf, type NaiveMessage, writtenIn } from '../../support/naive.ts';
import { firstBy, listedOf, peopleOf, sumOf, textOf } from '../../support/naive-rows.ts';
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
const reactionsTo = (m: NaiveMessage) => sumOf(m.reactions, ({ total }) => total);
const firstReacted = (list: NaiveMessage[], limit: number) =>
  firstBy(
    list.filter((m) => reactionsTo(m) > 0),
    limit,
    reactionsTo,
    (m) => m.id,
  );
const reacted = (m: NaiveMessage) => ({
  ...listedOf(guild.naive, m),
  reactions: reactionsTo(m),
  emoji: m.reactions.filter(({ total }) => total > 0).length,
});

describe('in every scope, by a naive pass', () => {
  it('most-reacted', () =>
    inEveryScope(async (scope, name) => {
      const first = firstReacted(writtenIn(guild.naive, scope), scope.limit);
      expect(await mostReacted(database.db, scope), name).toEqual(first.map(reacted));
    }));

  it('most-reacted-attachments', () =>
    inEveryScope(async (scope, name) => {
      const list = writtenIn(guild.naive, scope).filter((m) => m.attachments.length > 0);
      expect(await mostReactedAttachments(database.db, scope), name).toEqual(
        firstReacted(list, scope.limit).map((m) => ({
          ...reacted(m),
          attachments: m.attachments.length,
          kinds: [...new Set(m.attachments.map(({ kind }) => kind ?? 'other'))].toSorted().join(', '),
        })),
      );
    }));

  it('most-replied', () =>
    inEveryScope(async ({ members, bots, ...anybody }, name) => {
      const scope = { ...anybody, ...(members && { members }), ...(bots && { bots }) };
      const answers = new Map<string, NaiveMessage[]>();
      for (const m of everIn(guild.naive, anybody)) {
        if (m.isReply && m.replyTo !== null) answers.set(m.replyTo, [...(answers.get(m.replyTo) ?? []), m]);
      }
      const naive = writtenIn(guild.naive, scope)
        .map((m) => ({
          m,
          list: (answers.get(m.id) ?? []).filter(
            (a) => a.authorId !== m.authorId && a.channelId === m.channelId,
          ),
        }))
        .filter(({ list }) => list.length > 0);
      const first = firstBy(
        naive,
        scope.limit,
        ({ list }) => list.length,
        ({ m }) => m.id,
      );
      expect(await mostReplied(database.db, scope), name).toEqual(
        first.map(({ m, list }) => ({
          ...listedOf(guild.naive, m),
          replies: list.length,
          people: peopleOf(list),
        })),
      );
    }));

  it('channel-messages', () =>
    inEveryScope(async ({ members, ...anybody }, name) => {
      const scope = { ...anybody, ...(members && { members }) };
      const there = new Map(everIn(guild.naive, anybody).map((m) => [m.id, m]));
      const naive = writtenIn(guild.naive, scope)
        .slice(-scope.limit)
        .map((m) => {
          const replied = m.isReply ? there.get(m.replyTo ?? '') : undefined;
          const isNamed = replied && !guild.naive.unranked.has(replied.authorId);
          return {
            ...listedOf(guild.naive, m),
            text: m.hasText ? m.content : null,
            replyToId: replied?.id ?? null,
            replyToAuthor: isNamed ? nameOf(guild.naive, replied.authorId) : null,
            replyToText: replied ? textOf(replied) : null,
          };
        });
      expect(await channelMessages(database.db, scope), name).toEqual(naive);
    }));
});

describe('made by hand', () => {
  const asked: Asked = {
    guildId: GUILD,
    window: { fromMs: at(0), toMs: at(1000), timeZone: 'UTC' },
    limit: 1,
  };
  const replyTo = (seconds: number, to: number, author: object) =>
    said(seconds, 'yes', { type: 'Reply', author, reference: { messageId: idAt(at(to)) } });

  beforeAll(async () => {
    const messages = [
      ...[1, 2, 3, 4, 5, 6].map((seconds) => said(seconds, 'to myself')),
      said(7, 'to all', { reactions: [reaction('👍', [BELA], 3), reaction('🎈', [BELA], 2)] }),
      said(8, 'a map', { attachments: [mapFile('60')], reactions: [reaction('👍', [CARL], 4)] }),
      ...[1, 2, 3, 4, 5, 6].flatMap((to) => [10, 20, 30].map((later) => replyTo(later + to, to, ANNA))),
      replyTo(50, 7, BELA),
      replyTo(51, 7, BELA),
      replyTo(2000, 7, CARL),
    ];
    const elsewhere = said(9, 'in another guild', {
      attachments: [mapFile('61')],
      reactions: [reaction('👍', [BELA], 99)],
    });
    const files = [
      exportText({ messages }),
      exportText({ guild: { id: '5' }, channel: { id: '6' }, messages: [elsewhere] }),
    ];
    await imported(
      database,
      await Promise.all(files.map((text, i) => folder.file(`by-hand-${i}.json`, text))),
    );
  });

  it('replies to oneself are none, however many there are; later ones than the window count', async () => {
    expect(await mostReplied(database.db, asked)).toMatchObject([{ text: 'to all', replies: 3, people: 2 }]);
    expect(await mostReplied(database.db, { ...asked, limit: 10 })).toHaveLength(1);
  });

  it('the most reacted attachment is of this guild, and has one', async () => {
    expect(await mostReacted(database.db, asked)).toMatchObject([{ text: 'to all', reactions: 5, emoji: 2 }]);
    expect(await mostReactedAttachments(database.db, { ...asked, limit: 10 })).toMatchObject([
      { text: 'a map', reactions: 4, emoji: 1, attachments: 1, kinds: 'image' },
    ]);
  });

  it('a page names no text that is not kept', async () => {
    await database.pool.query(
      `update messages set content = '', body_key = body_key - body_key % 4 where guild_id = $1`,
      [GUILD],
    );
    expect(await channelMessages(database.db, asked)).toMatchObject([{ text: null, replyToText: null }]);
  });
});
