/** What is counted, against a naive pass over the raw exports of a generated community. */
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { guildTotals } from '../../../db/queries/guild-totals.ts';
import { guilds } from '../../../db/queries/guilds.ts';
import { topChannels } from '../../../db/queries/top-channels.ts';
import { topContributors } from '../../../db/queries/top-contributors.ts';
import { windowTotals } from '../../../db/queries/window-totals.ts';
import { dateIn, isoWeek, isoWeekLabel, type Window, windowBefore } from '../../../db/window.ts';
import { asObject, asObjects, type Payload } from '../../../ingest/payload.ts';
import type { CommunityTruth } from '../../../ingest/dce/generate.ts';
import { makeCommunity } from '../../support/community.ts';
import { useDatabase } from '../../support/database.ts';
import { exportText, iso, said } from '../../support/exports.ts';
import { useFolder } from '../../support/folder.ts';
import { imported } from '../../support/imports.ts';
import { countsBy, isWritten, messagesOf, naiveTotals } from '../../support/naive-totals.ts';
import { GUILD, idAt } from '../../support/records.ts';

const database = useDatabase();
const folder = useFolder();
const VIENNA = 'Europe/Vienna';

let truth: CommunityTruth;
/** Every message, with the channel that its file is of. */
let messages: Payload[];
beforeAll(async () => {
  const made = await makeCommunity(`${folder.path}/community`, { messages: 3000, weeks: 40 });
  truth = made.truth;
  const exports: Payload[] = await Promise.all(
    made.files.map(async (file) => JSON.parse(await readFile(file, 'utf8'))),
  );
  for (const { channel, messages: list } of exports)
    for (const message of asObjects(list)) message.channel = channel;
  messages = messagesOf(exports);
  await imported(database, made.files, { lanes: 2 });
});

const timeOf = ({ timestamp }: Payload) => Date.parse(timestamp as string);
const idOf = (message: Payload, key: 'author' | 'channel') => asObject(message[key])!.id as string;
const byNumber = (a: string, b: string) => (BigInt(a) < BigInt(b) ? -1 : 1);

/** People's messages in a window. */
function written({ fromMs, toMs }: Window): Payload[] {
  return messages.filter((message) => {
    const isInside = timeOf(message) >= fromMs && timeOf(message) < toMs;
    return isInside && isWritten(message) && asObject(message.author)!.isBot !== true;
  });
}

/** Keys by how often they come, ties by number. */
const ranked = (list: Payload[], key: 'author' | 'channel') =>
  Object.entries(countsBy(list, (message) => idOf(message, key)))
    .map(([id, n]) => ({ id, messages: n }))
    .toSorted((a, b) => b.messages - a.messages || byNumber(a.id, b.id));

describe('guild-totals', () => {
  it.for(['UTC', VIENNA, 'America/St_Johns'])(
    'is what a pass over all messages counts, weeks in %s',
    async (timeZone) => {
      const totals = await guildTotals(database.db, truth.guild.id, timeZone);
      const { topAuthors, ...figures } = naiveTotals(messages, isWritten, timeZone);
      expect(totals).toMatchObject({
        ...figures,
        systemMessages: messages.length - figures.messages,
        deleted: 0,
        timeZone,
      });
      expect(totals.topAuthors.map(({ id, messages: n }) => ({ id, messages: n }))).toEqual(
        topAuthors.slice(0, 10),
      );
    },
  );

  it('is what the community was made with', async () => {
    const totals = await guildTotals(database.db, truth.guild.id, 'UTC');
    const { topAuthors, joins, ...figures } = truth;
    const counted = Object.entries(figures).filter(([name]) => name in totals);
    expect(counted.length).toBeGreaterThan(17);
    expect(totals).toMatchObject(Object.fromEntries(counted));
    expect(totals.topAuthors.map(({ id, messages: n }) => [id, n])).toEqual(
      topAuthors.map(({ id, messages: n }) => [id, n]),
    );
    const { rows } = await database.pool.query(
      `select count(*)::int as n from member_moments where kind = 'joined'`,
    );
    expect(rows).toEqual([{ n: joins }]);
  });

  it('counts what guilds lists', async () => {
    const {
      messages: n,
      firstMessageAt,
      lastMessageAt,
    } = await guildTotals(database.db, truth.guild.id, 'UTC');
    expect(await guilds(database.db)).toEqual([
      { ...truth.guild, messages: n, firstMessageAt, lastMessageAt },
    ]);
  });
});

describe('in a window', () => {
  /** Some weeks, those among them in which clocks are changed, and one before all. */
  const WEEKS = ['2025-W05', '2025-W13', '2025-W20', '2025-W43', '2024-W01'];

  it.for(WEEKS)(
    'window-totals, top-contributors and top-channels are what a pass over its messages counts (%s)',
    async (label) => {
      const window = isoWeek(label, VIENNA)!;
      const list = written(window);
      const hanging = (key: string) => list.flatMap((message) => asObjects(message[key]));
      const { id } = truth.guild;
      const isInThread = ({ channel }: Payload) => (asObject(channel)!.type as string).endsWith('Thread');
      const places = (of: Payload[]) => new Set(of.map((message) => idOf(message, 'channel'))).size;
      expect(await windowTotals(database.db, { guildId: id, window })).toEqual({
        messages: list.length,
        people: new Set(list.map((message) => idOf(message, 'author'))).size,
        channels: places(list.filter((message) => !isInThread(message))),
        threads: places(list.filter(isInThread)),
        replies: list.filter(({ type }) => type === 'Reply').length,
        reactions: hanging('reactions').reduce((n, { count }) => n + (count as number), 0),
        attachments: hanging('attachments').length,
        links: naiveTotals(list, () => true).links,
        edits: list.filter(({ timestampEdited }) => timestampEdited !== null).length,
        deletions: 0,
      });

      const contributors = await topContributors(database.db, { guildId: id, window, limit: 5 });
      expect(contributors.map(({ id: userId, messages: n }) => ({ id: userId, messages: n }))).toEqual(
        ranked(list, 'author').slice(0, 5),
      );
      for (const { id: userId, activeDays } of contributors) {
        const own = list.filter((message) => idOf(message, 'author') === userId);
        expect(activeDays).toBe(new Set(own.map((message) => String(dateIn(timeOf(message), VIENNA)))).size);
      }

      const channels = await topChannels(database.db, { guildId: id, window, limit: 5 });
      expect(channels.map(({ id: channelId, messages: n }) => ({ id: channelId, messages: n }))).toEqual(
        ranked(list, 'channel').slice(0, 5),
      );
      for (const { id: channelId, people, name, isThread } of channels) {
        const own = list.filter((message) => idOf(message, 'channel') === channelId);
        const channel = asObject(own[0]!.channel)!;
        expect({ people, name, isThread }).toEqual({
          people: new Set(own.map((message) => idOf(message, 'author'))).size,
          name: channel.name,
          isThread: (channel.type as string).endsWith('Thread'),
        });
      }
    },
  );

  it('there is something to count in every week but the one before all', () => {
    expect(WEEKS.map((label) => written(isoWeek(label, VIENNA)!).length > 20)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });
});

describe('weeks across summer time', () => {
  const HOUR = 3_600_000;

  it.for([
    ['2025-W13', 167],
    ['2025-W43', 169],
    ['2025-W20', 168],
  ] as const)(
    '%s has %i hours in Vienna: one message an hour is as many, each in its week',
    async ([label, hours]) => {
      const window = isoWeek(label, VIENNA)!;
      expect(window.toMs - window.fromMs).toBe(hours * HOUR);
      const around = Array.from({ length: hours + 4 }, (_, i) => window.fromMs + (i - 2) * HOUR);
      const hourly = around.map((ms) => ({ ...said(0, 'tick'), id: idAt(ms), timestamp: iso(ms) }));
      await database.pool.query('delete from messages where guild_id = $1', [GUILD]);
      await imported(
        database,
        [
          await folder.file(
            'hourly.json',
            exportText({ messages: hourly, exportedAt: iso(window.toMs + 9 * HOUR) }),
          ),
        ],
        { isAgain: true },
      );

      const { weeks } = await guildTotals(database.db, GUILD, VIENNA);
      const [before, after] = [isoWeekLabel(window.fromMs - 1, VIENNA), isoWeekLabel(window.toMs, VIENNA)];
      expect(weeks).toEqual({ [before]: 2, [label]: hours, [after]: 2 });
      expect(await windowTotals(database.db, { guildId: GUILD, window })).toMatchObject({ messages: hours });
      expect(await windowTotals(database.db, { guildId: GUILD, window: windowBefore(window) })).toMatchObject(
        { messages: 2 },
      );
      expect(await topContributors(database.db, { guildId: GUILD, window, limit: 1 })).toMatchObject([
        { messages: hours, activeDays: 7 },
      ]);
    },
  );
});
