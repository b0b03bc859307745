/** A question's answer, as text. Loaded by those verbs alone that ask: all questions take a while to load, and memory. */
import type { Db } from '../db/connect.ts';
import { type CoverageLine, coverageLine } from '../db/queries/coverage-line.ts';
import { guildSpan } from '../db/queries/guild-span.ts';
import { type GuildTotals, guildTotals } from '../db/queries/guild-totals.ts';
import { questions } from '../db/queries/index.ts';
import type { Asked, Cell, Question } from '../db/queries/question.ts';
import type { RecordSpan } from '../db/queries/record-span.ts';
import { readSettings } from '../db/settings.ts';
import { dateIn } from '../db/window.ts';
import { answerJson, answerQuestion, lineJson } from '../reports/answer.ts';
import { wholeRecord } from '../reports/coverage-answer.ts';
import { type AskedOptions, askedOf } from './asked.ts';
import { lineText } from './coverage-line.ts';
import { type CliContext, notRecorded, UserError, withStore } from './context.ts';
import { csv, type FormatOptions, isJson, table, toJson } from './format.ts';

export type QueryOptions = AskedOptions & FormatOptions;

/** The whole record at once, which takes no window: not one of the questions that do. */
export const WHOLE = {
  name: 'guild-totals',
  about: 'the whole record of a server in figures, by week, and its top ten',
};

/** Every question's name, what it asks, and what it needs. */
export const questionList = (): { name: string; about: string; needs: string | null }[] =>
  [WHOLE, ...questions].map((question: Omit<Question, 'ask'>) => {
    const { name, about, needs = null } = question;
    return { name, about, needs };
  });

/** Asks; undefined where what the question needs was not given, which is told. Errors: UserError. */
export async function answerQuery(
  context: CliContext,
  name: string,
  options: QueryOptions,
): Promise<string | undefined> {
  const question = questions.find((one) => one.name === name);
  if (!question && name !== WHOLE.name) throw unknownQuestion(name);
  return withStore(context, async ({ db }) => {
    if (!(await guildSpan(db, options.guild))) throw notRecorded(options.guild);
    const timeZone = options.tz ?? (await readSettings(db, options.guild)).timeZone;
    if (!question) return answerWhole(context, db, options, timeZone);
    return answer(context, db, question, options, timeZone);
  });
}

async function answer(
  context: CliContext,
  db: Db,
  question: Question,
  options: QueryOptions,
  timeZone: string,
): Promise<string | undefined> {
  const { asked, span } = await askedOf(db, options, timeZone, context.nowMs);
  if (question.needs === 'text' && asked.text === undefined) {
    context.tell(`${question.name} looks for a text. Say which: --text WORDS`);
    if (!isJson(options)) return undefined;
  }
  const found = await answerQuestion(db, question, asked, span);
  if (isJson(options)) return toJson(answerJson(question, found));
  const { rows, line } = found;
  if (options.format === 'csv') return csv(rows);
  context.tell(caption(question, found.asked, span, line));
  return rows.length === 0 ? 'nothing' : table(Object.keys(rows[0]!).map(headOf), rows.map(cellsOf));
}

function caption(
  { name, about }: Question,
  { window, members }: Asked,
  span: RecordSpan | undefined,
  line: CoverageLine,
): string {
  const { fromMs, toMs, timeZone } = window;
  const end = span ? `; the record ends on ${dateIn(span.lastMs, timeZone)}` : '; nothing is recorded';
  const who = members ? `; member ${members.join(', ')}` : '';
  return `${name}: ${about}\n${dateIn(fromMs, timeZone)} to ${dateIn(toMs - 1, timeZone)}, ${timeZone}${who}${end}\n${lineText(line, window)}\n`;
}

/** `activeDays` as `active days`. */
const headOf = (key: string): string => key.replaceAll(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`);

/** Shares as percents. */
const cellsOf = (row: Record<string, Cell>): (string | number | null)[] =>
  Object.entries(row).map(([key, value]) => {
    if (typeof value === 'boolean') return value ? 'yes' : 'no';
    return /share$/i.test(key) && typeof value === 'number' ? `${(value * 100).toFixed(1)} %` : value;
  });

function unknownQuestion(name: string): UserError {
  return new UserError(`There is no question called ${name}. See those that there are: npx almanac queries`);
}

async function answerWhole(
  context: CliContext,
  db: Db,
  options: QueryOptions,
  timeZone: string,
): Promise<string> {
  const { guild, from, to, days, channel, member, text, includeBots } = options;
  if ([from, to, days, channel, member, text, includeBots].some((option) => option !== undefined)) {
    throw new UserError(
      `${WHOLE.name} counts the whole record, and takes only --tz. To count a part of it: totals`,
    );
  }
  const scope = { guildId: guild, window: wholeRecord(timeZone) };
  const [totals, line] = await Promise.all([guildTotals(db, guild, timeZone), coverageLine(db, scope)]);
  if (isJson(options)) return toJson({ ...totals, coverage: lineJson(line) });
  const { weeks, topAuthors, ...figures } = totals;
  if (options.format === 'csv')
    return csv(Object.entries(figures).map(([figure, value]) => ({ figure, value })));
  context.tell(`${lineText(line, scope.window)}\n`);
  return totalsTable(totals);
}

/** The figures of a server's whole record, for a terminal. */
function totalsTable(totals: GuildTotals): string {
  const { weeks, topAuthors, ...figures } = totals;
  const parts = [
    table(['figure', 'value'], Object.entries(figures)),
    table(['week', 'messages'], Object.entries(weeks)),
    table(
      ['id', 'name', 'messages'],
      topAuthors.map((author) => [author.id, author.name, author.messages]),
    ),
  ];
  return parts.join('\n\n');
}
