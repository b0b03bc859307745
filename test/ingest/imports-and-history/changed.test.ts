/** What has changed on Discord since an export was made. */
import { describe, expect, it } from 'vitest';
import type { Export } from '../../support/discord/exports/export.ts';
import { ANNA, BELA, CARL, exportOf, reaction, said } from '../../support/exports.ts';
import { at, CHANNEL, idAt } from '../../support/records.ts';
import { differences, recordOf, truthOf } from '../backfill/scene.ts';
import { UNEDITED, NOTES, smallGuild, THREAD } from './guilds.ts';
import { factsOf, halvesOf, inEveryOrder, ORDERS, type Past, unlike, usePasts } from './scene.ts';

const open = usePasts();
const [anna, bela, carl] = [ANNA, BELA, CARL].map(({ id }) => id as string) as [string, string, string];

/** Edits every fifth message, takes back and gives reactions, renames people and places. */
function changeSome({ world, guild }: Past): void {
  const [member] = [...guild.members.keys()].filter((id) => id !== world.truth.bot.id);
  for (const { id: channelId, thread, messages } of guild.channels.values()) {
    if (messages.size === 0) continue;
    for (const [n, message] of [...messages.values()].entries()) {
      const key = { channelId, id: message.id };
      if (n % 5 === 1) world.edit(key, `${message.content} and more`);
      if (n % 7 === 1) world.react(key, member!, '🆕');
      if (n % 11 === 1) world.pin(key);
      for (const [emoji, { normal }] of [...message.reactions].slice(0, n % 2)) {
        const [user] = normal;
        if (user !== undefined) world.unreact(key, user, emoji);
      }
    }
    if (thread) world.renameThread(channelId, 'renamed');
    else world.updateChannel(channelId, { name: 'renamed', topic: 'of now' });
  }
  for (const userId of guild.members.keys())
    world.rename(userId, { username: `new-${userId}`, global_name: `New ${userId}` });
}

/** Messages that were edited since, of which no text of an export is kept. */
async function lostTexts({ rows, guild }: Past, exports: Export[]): Promise<string[]> {
  const kept = await rows<{ id: string; content: string }>(
    'select message_id::text as id, content from edits',
  );
  const lines = new Set(kept.map(({ id, content }) => `${id} ${content}`));
  const told = Map.groupBy(
    exports.flatMap(({ channel, messages }) =>
      messages.filter(({ id }) => guild.channels.get(channel.id)!.messages.get(id)!.earlier.length > 0),
    ),
    ({ id }) => id,
  );
  return [...told]
    .filter(([id, texts]) => !texts.some(({ content }) => content === '' || lines.has(`${id} ${content}`)))
    .map(([id]) => id);
}

describe('what has changed since an export', () => {
  it.for(UNEDITED)(
    'is as it is now, in every order; earlier texts and names stay: $name',
    async ({ load }) => {
      const exports = await load();
      const past = await open(exports);
      changeSome(past);
      const differs = await inEveryOrder(past, exports, async (order) => {
        expect(differences(truthOf(past, past.guild), await recordOf(past, past.guild)), order).toEqual([]);
        expect(await lostTexts(past, exports), order).toEqual([]);
        const [named] = await past.rows<{ now: number; before: number }>(
          `select count(*) filter (where name like 'New %')::int as now, count(*) filter (where name not like 'New %')::int as before
         from member_names where kind = 'display' and user_id = any($1::bigint[])`,
          [...past.guild.members.keys()],
        );
        expect(named!.now, order).toBe(past.guild.members.size);
        expect(named!.before, order).toBeGreaterThan(0);
      });
      expect(differs).toEqual([]);
    },
  );

  it('between two readings of history is taken where it is read again, and all of it by a reading of all', async () => {
    const many = Array.from({ length: 250 }, (_, n) => said(n, `word ${n}`));
    const exports = [exportOf({ messages: many }) as unknown as Export];
    const past = await open(exports);
    await past.take(exports);
    await past.ask();
    changeSome(past);
    await past.ask();
    // Newer than the first reading is nothing: the page that says so is the newest hundred.
    const differing = differences(truthOf(past, past.guild), await recordOf(past, past.guild));
    expect(differing.length).toBeGreaterThan(0);
    await past.ask({ isAgain: true });
    expect(differences(truthOf(past, past.guild), await recordOf(past, past.guild))).toEqual([]);
    const facts = await factsOf(past);
    await past.take(halvesOf(exports).flat(), { isAgain: true });
    expect(unlike(facts, await factsOf(past))).toEqual([]);
  });

  it('is not undone by an export whose clock is ahead', async () => {
    const exports = smallGuild();
    const past = await open(exports);
    changeSome(past);
    await past.ask();
    const record = await recordOf(past, past.guild);
    await past.take(exports.map((one) => ({ ...one, exportedAt: '2060-01-01T00:00:00+00:00' })));
    expect(differences(record, await recordOf(past, past.guild))).toEqual([]);
    expect(differences(truthOf(past, past.guild), record)).toEqual([]);
    const [named] = await past.rows<{ count: number }>(
      `select count(*)::int as count from members where display_name like 'New %'`,
    );
    expect(named!.count).toBe(past.guild.members.size);
  });
});

describe('each message', () => {
  const orders = Object.entries(ORDERS).map(([order, tell]) => ({ order, tell }));

  it.for(orders)(
    'has the text of Discord, its earlier one as the export has it, and names then and now: $order',
    async ({ tell }) => {
      const exports = smallGuild();
      const past = await open(exports);
      const { world, rows } = past;
      world.edit({ channelId: CHANNEL, id: idAt(at(2)) }, 'so we met');
      world.rename(bela, { global_name: 'Isabella' });
      await tell(past, exports);
      const texts = await rows(
        `select content from messages where message_id = any($1::bigint[]) order by message_id`,
        [idAt(at(1)), idAt(at(2)), idAt(at(6))],
      );
      // Exports put words into the mouth of who joins.
      expect(texts).toEqual([
        { content: `hello <@${bela}> <:lamp:100000000000000061>` },
        { content: 'so we met' },
        { content: '' },
      ]);
      expect(await rows('select message_id::text as id, content from edits')).toEqual([
        { id: idAt(at(2)), content: 'so we meet' },
      ]);
      expect(await rows('select emoji_key as key, uses from emoji_uses')).toEqual([
        { key: '100000000000000061', uses: 1 },
      ]);
      expect(await rows('select display_name as name from members where user_id = $1', bela)).toEqual([
        { name: 'Isabella' },
      ]);
      const names = await rows(
        `select name from member_names where user_id = $1 and kind = 'display' order by 1`,
        bela,
      );
      expect(names).toEqual([{ name: 'Isabella' }, { name: 'bela' }]);
      expect(await rows('select invoker_id::text as id from messages where invoker_id is not null')).toEqual([
        { id: bela },
      ]);
      const kept = await rows(
        `select kind, source from extras where kind in ('channel', 'message') group by 1, 2 order by 1, 2`,
      );
      expect(kept).toContainEqual({ kind: 'message', source: 'dce' });
    },
  );

  it.for(orders)(
    'has as many reactions as Discord counts, and all who are known to have reacted: $order',
    async ({ tell }) => {
      const exports = smallGuild();
      const past = await open(exports);
      const key = { channelId: CHANNEL, id: idAt(at(3)) };
      past.world.unreact(key, carl, '🎈');
      past.world.react(key, carl, '👍');
      past.world.react(key, anna, '🎉');
      await tell(past, exports);
      const counts = await past.rows(
        `select r.emoji_key as key, r.total, (select array_agg(u.user_id::text order by u.user_id) from reaction_users u
         where u.message_id = r.message_id and u.emoji_key = r.emoji_key) as users
       from reactions r where r.message_id = $1 order by r.emoji_key collate "C"`,
        key.id,
      );
      expect(counts).toEqual([
        { key: '🎈', total: 0, users: [carl] },
        { key: '🎉', total: 1, users: null },
        { key: '👍', total: 3, users: [anna, bela] },
      ]);
    },
  );

  it('of which an export counts reactions and names nobody has all who reacted, where they are asked for', async () => {
    const exports = smallGuild();
    const past = await open(exports);
    const nameless = exports.map((one) => ({
      ...one,
      messages: one.messages.map((message) => ({
        ...message,
        reactions: message.reactions.map(({ users: _, ...counted }) => counted),
      })),
    }));
    const who = () =>
      past.rows(
        `select emoji_key as key, user_id::text as id from reaction_users order by emoji_key collate "C", user_id`,
      );
    await past.take(nameless);
    expect(await who()).toEqual([]);
    await past.ask({ withReactors: true });
    expect(await who()).toEqual([
      { key: '🎈', id: carl },
      { key: '👍', id: anna },
      { key: '👍', id: bela },
    ]);
    // Whom an export names nobody is asked for.
    await past.database.clear();
    await past.take(exports);
    past.discord.requests.length = 0;
    await past.ask({ withReactors: true });
    expect(past.discord.requests.filter(({ path }) => path.includes('/reactions/'))).toEqual([]);
  });

  it.for(orders)(
    'that moved with its thread, or was exported under another name, is there once: $order',
    async ({ tell }) => {
      const exports = smallGuild();
      const past = await open(exports);
      past.world.renameThread(THREAD, 'steps');
      past.world.updateChannel(NOTES, { name: 'memories', parentId: null });
      await tell(past, exports);
      const rows = await past.rows(
        'select channel_id::text as id, name, parent_id::text as parent from channels where channel_id = any($1::bigint[]) order by 1',
        [NOTES, THREAD],
      );
      expect(rows).toEqual([
        { id: NOTES, name: 'memories', parent: null },
        { id: THREAD, name: 'steps', parent: CHANNEL },
      ]);
      expect(differences(truthOf(past, past.guild), await recordOf(past, past.guild))).toEqual([]);
    },
  );

  it('with one more reaction in a later export keeps who is known, whichever was imported first', async () => {
    const early = smallGuild();
    const past = await open(early);
    const later = early.map((one) => ({
      ...one,
      exportedAt: '2026-02-01T00:00:00+00:00',
      messages: one.messages.map((message) =>
        message.id === idAt(at(3))
          ? { ...message, reactions: [reaction('👍', [BELA, CARL])] as unknown as typeof message.reactions }
          : message,
      ),
    }));
    const differs = await inEveryOrder(past, [...later, ...early]);
    expect(differs).toEqual([]);
    const users = await past.rows(
      `select user_id::text as id from reaction_users where emoji_key = '👍' order by 1`,
    );
    expect(users).toEqual([{ id: anna }, { id: bela }, { id: carl }]);
  });
});
