/** Nothing is told that its readers could not have read: no number, no name, wherever it may stand. */
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { wordsIn } from '../../../reports/words.ts';
import type { OptionValue } from '../../support/discord/interactions.ts';
import { mayRead } from '../../support/discord/visibility.ts';
import { eventually } from '../recording-bot.ts';
import { bytesOf, CANARY, likenessOf, messagesIn, type Server, textOf, useTown } from './town.ts';

const town = useTown();
const { ViewChannel, ReadMessageHistory, ManageThreads } = PermissionFlagsBits;
const { refusals } = wordsIn('en').answering;
const WEEK = { fromMs: Date.UTC(2026, 10, 9), toMs: Date.UTC(2026, 10, 16) };

const ASKED: [command: string, options: Record<string, OptionValue>][] = [
  ...['2026-W46', 'all', 'today', 'month'].map((period): [string, Record<string, OptionValue>] => [
    'stats',
    { period },
  ]),
  ['stats', { period: 'all', channel: 'Town' }],
  ['stats', { period: 'all', channel: 'general' }],
  ...['messages', 'activeDays', 'reactions', 'replied', 'answers'].map(
    (by): [string, Record<string, OptionValue>] => ['top-contributors', { period: 'all', by }],
  ),
  ['top-contributors', { period: '2026-11-02..2026-11-20', 'include-bots': true }],
  ['weekly', {}],
  ['weekly', { week: '2026-W45' }],
  ['guide', {}],
  ['guide', { topic: 'the pier' }],
  ['guide', { topic: 'nothing' }],
];

/** What was asked, and then how it was counted. */
async function askedIn({ general }: Server, [command, options]: (typeof ASKED)[number], by = town.ben) {
  town.drawn.length = 0;
  const use = town.use(command, options, { where: general, by });
  const message = await use.answered();
  expect(message.isEphemeral).toBe(false);
  const why = town.press(message, 'How was this counted?', by);
  const told = await why.answered();
  return {
    bytes: [bytesOf(use), bytesOf(why), JSON.stringify(town.drawn)].join('\n'),
    likeness: [likenessOf(message), likenessOf(told), JSON.stringify(town.drawn)].join('\n'),
  };
}

describe('a public answer', () => {
  it.each(ASKED)('is as if nothing hidden were there, whoever asks: /%s %j', async (...asked) => {
    const hidden = await askedIn(town.whole, asked);
    expect(hidden.bytes).not.toContain(CANARY);
    const plain = await askedIn(town.plain, asked);
    expect(hidden.likeness).toBe(plain.likeness);
    expect(hidden.likeness.length).toBeGreaterThan(500);
  });

  it('in a channel of few counts what they can read', async () => {
    const { channel, thread } = town.hidden;
    for (const where of [channel, thread])
      expect(messagesIn(await town.ask('stats', {}, { where }))).toBe(readBy([town.hidden.zoe], false));
  });
});

/** How many messages of the week all of these can read; private threads by who manages them alone, and never in public. */
function readBy(people: string[], isPrivate = true): number {
  const { guild } = town.whole;
  const [from, to] = [WEEK.fromMs, WEEK.toMs].map((ms) => (BigInt(ms) - 1_420_070_400_000n) << 22n);
  const manages = (id: string) =>
    guild.ownerId === id || guild.members.get(id)!.roles.includes(town.hidden.crew);
  return [...guild.channels.values()]
    .filter((channel) => people.every((id) => mayRead(guild, channel, id)))
    .filter(({ type }) => type !== 12 || (isPrivate && people.every(manages)))
    .flatMap(({ messages }) => [...messages.values()])
    .filter(({ type, id }) => [0, 19].includes(type) && BigInt(id) >= from! && BigInt(id) < to!).length;
}

describe('a private answer', () => {
  it('counts what who asks can read, and names it', async () => {
    const counted = new Map<string, number>();
    for (const by of [town.ada, town.ben, town.hidden.zoe, town.whole.guild.ownerId]) {
      const use = town.use('stats', { private: true }, { by });
      const message = await use.answered();
      expect(messagesIn(message)).toBe(readBy([by]));
      expect(bytesOf(use).includes(CANARY)).toBe(by !== town.ada);
      counted.set(by, messagesIn(message));
    }
    expect(new Set(counted.values())).toEqual(new Set([19, 72]));
  });

  it('says who they are that write there, to those alone who can read it', async () => {
    const [bens, adas] = await Promise.all(
      [town.ben, town.ada].map((by) => town.ask('top-contributors', { private: true }, { by })),
    );
    expect(textOf(bens!)).toContain(`${CANARY}-zoe`);
    expect(textOf(adas!)).not.toContain(CANARY);
  });
});

describe('suggestions', () => {
  it.each(['', CANARY, 'e', 'thread'])('name only what who types can read: %j', async (typed) => {
    const names = (await town.suggested('stats', { channel: typed }, { by: town.ada })).map(
      ({ name }) => name,
    );
    expect(names.join()).not.toContain(CANARY);
    const bens = (await town.suggested('stats', { channel: typed })).map(({ name }) => name);
    expect(bens.join()).toContain(CANARY);
    expect(bens.filter((name) => !name.includes(CANARY))).toEqual(names);
  });
});

/** Right after a change, and right after it is taken back: nobody waits for anything between them. */
const CHANGES: [
  what: string,
  change: (server: Server) => void,
  back: (server: Server) => void,
  counts: number,
][] = [
  [
    'a channel is closed to everyone',
    ({ chat, guild }) => town.world.overwrite(chat.id, guild.id, { deny: ViewChannel }),
    ({ chat, guild }) => town.world.overwrite(chat.id, guild.id, { allow: ViewChannel }),
    16,
  ],
  [
    'its past is closed to a member',
    ({ chat }) => town.world.overwrite(chat.id, town.cleo, { deny: ReadMessageHistory }),
    ({ chat }) => town.world.overwrite(chat.id, town.cleo, { allow: ReadMessageHistory }),
    16,
  ],
  [
    'everyone may read no past any more',
    ({ guild }) => town.world.updateRole(guild.id, guild.id, { permissions: ViewChannel }),
    ({ guild }) =>
      town.world.updateRole(guild.id, guild.id, { permissions: ViewChannel | ReadMessageHistory }),
    16,
  ],
  [
    'the bot sees a channel no more',
    ({ chat }) => town.world.hideChannel(chat.id),
    ({ chat }) => town.world.showChannel(chat.id),
    16,
  ],
  ['a thread is deleted', ({ thread }) => town.world.deleteThread(thread.id), () => {}, 17],
  ['a channel is deleted', ({ chat }) => town.world.deleteChannel(chat.id), () => {}, 14],
];

describe('what changes who may read what counts at once', () => {
  it.each(CHANGES)('%s', async (_, change, back, counts) => {
    const ask = async () => messagesIn(await town.ask('stats', {}, { where: town.plain.general }));
    const before = await ask();
    change(town.plain);
    const after = ask();
    expect(await after).toBe(counts);
    back(town.plain);
    const again = await ask();
    expect(again).toBe(back.toString() === '() => {}' ? counts : before);
  });

  it('who loses a role sees less, though nothing tells the bot of members', async () => {
    const { whole, hidden, world, ben } = town;
    const mine = async () => messagesIn(await town.ask('stats', { private: true }));
    expect(await mine()).toBe(72);
    world.takeRole(whole.guild.id, ben, hidden.crew);
    expect(await mine()).toBe(19);
    world.giveRole(whole.guild.id, ben, hidden.crew);
    expect(await mine()).toBe(72);
    world.updateRole(whole.guild.id, hidden.crew, { permissions: 0n });
    expect(await mine()).toBe(68);
    world.updateRole(whole.guild.id, hidden.crew, { permissions: ManageThreads });
  });

  it('also while it is still being written', async () => {
    const { whole, world, database } = town;
    const { id } = whole.chat;
    const lock = await database.pool.connect();
    // Reads go on.
    await lock.query('begin; lock table channels in share row exclusive mode');
    world.overwrite(id, whole.guild.id, { deny: ViewChannel });
    const use = town.use('stats');
    await use.acknowledged();
    const suggested = town.suggested('stats', { channel: 'chat' }, { by: town.ada });
    await eventually(async () => {
      const { rows } = await lock.query('select from pg_locks where not granted');
      expect(rows).not.toEqual([]);
    });
    expect(use.answers.map(({ what }) => what)).toEqual(['deferred']);
    await lock.query('commit');
    lock.release();
    expect(messagesIn(await use.answered())).toBe(16);
    expect(await suggested).toEqual([]);
    world.overwrite(id, whole.guild.id, { allow: ViewChannel });
  });
});

describe('while the record has yet to catch up', () => {
  it('nothing is told or suggested', async () => {
    const { pool } = town.database;
    await pool.query(`create function refuse() returns trigger language plpgsql as
      $$ begin raise exception using errcode = '53300'; end $$;
      create trigger refusing before insert on messages for each row execute function refuse()`);
    town.say('that is not written');
    await eventually(() => expect(town.log.join('')).toContain('go to the spool'));
    for (const isPrivate of [true, false]) {
      const use = town.use('stats', { private: isPrivate });
      expect(textOf(await use.answered())).toBe(refusals.catchingUp);
      expect(use.shown()).toHaveLength(1);
    }
    expect(await town.suggested('stats', { channel: '' })).toEqual([]);
    // What is no question is done.
    const by = town.whole.guild.ownerId;
    expect(textOf(await town.ask('settings', {}, { by }))).toContain('Settings of');
    await pool.query('drop function refuse cascade');
    await town.written();
    await eventually(async () => expect(textOf(await town.ask('stats'))).toContain('Week 46'));
  });
});
