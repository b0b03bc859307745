import { Option } from 'commander';
import { type GapRow, listGaps } from '../db/gaps.ts';
import { guildSpan } from '../db/queries/guild-span.ts';
import { readSettings } from '../db/settings.ts';
import { type CatchUpCard, type NotRecovered, openCard } from '../ingest/live/catch-up/card.ts';
import { countArgument } from './asked.ts';
import { EXIT, idArgument, notRecorded, withStore } from './context.ts';
import { csv, type FormatOptions, isJson, some, table, toJson } from './format.ts';
import type { Verb } from './main.ts';

type GapsOptions = { guild: string; limit: number } & FormatOptions;

/** `almanac gaps`: when live recording missed events, and what became of that. */
export const gaps: Verb = {
  define(program, run) {
    program
      .command('gaps')
      .description('list when live recording missed something, what was found again, and what was not')
      .requiredOption('--guild <id>', 'the server', idArgument)
      .option('--limit <count>', 'gaps at most, the newest first', countArgument, 20)
      .addOption(
        new Option('--format <format>', 'how to answer').choices(['table', 'json', 'csv']).default('table'),
      )
      .option('--json', 'short for --format json')
      .action((options: GapsOptions) =>
        run(async (context) => {
          const { rows, timeZone } = await withStore(context, async ({ db, pool }) => {
            if (!(await guildSpan(db, options.guild))) throw notRecorded(options.guild);
            const settings = await readSettings(db, options.guild);
            return { rows: await listGaps(pool, options.guild, options.limit), timeZone: settings.timeZone };
          });
          if (isJson(options)) context.print(toJson(rows.map(toPlain)));
          else if (rows.length === 0) context.tell('Live recording has noted no gap in this server.');
          else if (options.format === 'csv') context.print(csv(rows.map(toCells)));
          else context.print(renderGaps(rows, timeZone));
          return EXIT.ok;
        }),
      );
  },
};

/** Why there is a gap. */
const WHY: Record<GapRow['reason'], string> = {
  'new session': 'the bot was away, or not connected',
  overflow: 'memory and disk were full',
  outage: 'the server was away, or the bot not in it',
  'first start': 'before the first start of the bot',
};

/** What is missing afterwards. */
const LOST: Record<NotRecovered, string> = {
  voice: 'Who was in which voice channel.',
  'swapped-reactions': 'Reactions taken away while others were given, so that their number is as before.',
  'sent-and-deleted': 'Messages that were both sent and deleted in it.',
  'older-messages':
    'Edits, reactions and deletions of messages older than what is read again (CATCH_UP_HOURS before it).',
  'joins-and-leaves': 'Who came and left again; without the Server Members Intent also who came, or left.',
  'unsure-counts': 'The right number of some reactions, which changed while they were read.',
  'unlisted-reactors':
    'Who gave some of the reactions; they were too many to ask for. Their numbers are right.',
  'unchecked-deletions': 'Whether some messages were deleted; they were too many to ask for.',
  'unchecked-channels': 'Whether some channels were deleted; they were too many to ask for.',
  'refused-payloads': 'Some messages that Discord told of in a way that is not understood.',
  'broken-off-channels':
    'The rest of some channels, which were closed to the bot, or failed, while they were read.',
  guild: 'Everything: the server was closed to the bot when it looked.',
};

const cardOf = ({ card }: GapRow): CatchUpCard => ({ ...openCard({}), ...(card as Partial<CatchUpCard>) });
/** What no repair recovers. */
const NEVER = openCard({}).notRecovered;
const iso = (ms: number): string => new Date(ms).toISOString();

/** The gap that was repaired with this one and tells what came of it: the newest of them. */
function toldBy(row: GapRow, rows: GapRow[]): GapRow {
  return rows.find(({ repairedMs }) => repairedMs !== null && repairedMs === row.repairedMs) ?? row;
}

function toPlain(row: GapRow, _: number, rows: GapRow[]) {
  const { channelsRead, channelsDeleted, messages, deletions, ...card } = cardOf(row);
  const teller = toldBy(row, rows);
  const found = { messages, deletions, channelsDeleted, channelsRead };
  const none = { messages: null, deletions: null, channelsDeleted: null, channelsRead: null };
  return {
    from: iso(row.fromMs),
    to: iso(row.toMs),
    durationMs: row.toMs - row.fromMs,
    reason: row.reason,
    state: row.state,
    repairedAt: row.repairedMs === null ? null : iso(row.repairedMs),
    /** Where it is another, that one has the figures of both. */
    repairedWith: teller === row ? null : iso(teller.fromMs),
    ...(teller === row ? found : none),
    notReadableCount: card.notReadableCount,
    notReadable: card.notReadable,
    notRecovered: card.notRecovered.map((key) => ({ key, text: LOST[key] })),
  };
}

function toCells(...row: Parameters<typeof toPlain>) {
  const { notReadable: _, notRecovered, ...cells } = toPlain(...row);
  return { ...cells, notRecovered: notRecovered.map(({ text }) => text).join(' ') };
}

/** The gaps under their heads, and below what is not in them again. */
function renderGaps(rows: GapRow[], timeZone: string): string {
  const time = (ms: number) =>
    Temporal.Instant.fromEpochMilliseconds(Math.floor(ms))
      .toZonedDateTimeISO(timeZone)
      .toPlainDateTime()
      .toString({ smallestUnit: 'second' })
      .replace('T', ' ');
  const cells = rows.map((row) => {
    const { messages, deletions } = cardOf(row);
    const found = toldBy(row, rows) === row ? [messages, deletions] : ['as above', 'as above'];
    const length = lengthOf(row.toMs - row.fromMs);
    return [time(row.fromMs), time(row.toMs), length, WHY[row.reason], row.state, ...found];
  });
  const heads = ['from', 'to', 'how long', 'why', 'state', 'messages found', 'deletions inferred'];
  const lists = rows
    .filter((row) => toldBy(row, rows) === row)
    .map((row) => list(`Of the gap from ${time(row.fromMs)} besides:`, lostBesides(cardOf(row))));
  const never = list(
    'Discord does not tell afterwards, of any gap:',
    NEVER.map((key) => LOST[key]),
  );
  return [table(heads, cells), `Times are those of ${timeZone}.`, never, ...lists.filter(Boolean)].join(
    '\n\n',
  );
}

function lostBesides({ notRecovered, notReadableCount }: CatchUpCard): string[] {
  const lost = notRecovered.filter((key) => !NEVER.includes(key)).map((key) => LOST[key]);
  const closed = `What was said in ${some(notReadableCount, 'channel')} that the bot may not read.`;
  return notReadableCount > 0 ? [...lost, closed] : lost;
}

const list = (head: string, lines: string[]): string =>
  lines.length === 0 ? '' : [head, ...lines.map((line) => `  - ${line}`)].join('\n');

const UNITS: [name: string, ms: number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
];

/** A length of time in its two largest units: `2 d 4 h`, `12 s`. */
function lengthOf(ms: number): string {
  const first = UNITS.findIndex(([, unit]) => ms >= unit);
  if (first < 0) return 'under 1 s';
  let left = ms;
  const parts = UNITS.slice(first, first + 2).map(([name, unit]) => {
    const count = Math.floor(left / unit);
    left %= unit;
    return count > 0 ? `${count} ${name}` : '';
  });
  return parts.filter(Boolean).join(' ');
}
