/** What is recorded of a server's channels, and what is not: the same on the command line and over HTTP. */
import type { Db } from '../db/connect.ts';
import { type ChannelCoverageRow, channelCoverage } from '../db/queries/channel-coverage.ts';
import { type CoverageLine, coverageLine } from '../db/queries/coverage-line.ts';
import { type LeftOutRow, leftOut } from '../db/queries/left-out.ts';
import type { Scope } from '../db/queries/scope.ts';
import type { Window } from '../db/window.ts';
import { lineJson } from './answer.ts';
import { type AskedBasis, askedOf, type AskedQuestion } from './asked.ts';

export interface CoverageAnswer {
  scope: Scope;
  line: CoverageLine;
  channels: ChannelCoverageRow[];
  leftOut: LeftOutRow[];
  /** Where the record ends, ms; undefined where there is none. */
  endsMs: number | undefined;
}

/** Discord's first id is of 2015, and ids end in 2084. */
export const wholeRecord = (timeZone: string): Window => ({ fromMs: 0, toMs: Date.UTC(2084, 0), timeZone });

/** Of the whole record, but for the ends that were asked for. Errors: UserError, as `askedOf`. */
export async function coverageAnswer(
  db: Db,
  question: Pick<AskedQuestion, 'guildId' | 'channels' | 'from' | 'to'>,
  basis: AskedBasis,
): Promise<CoverageAnswer> {
  const { asked, span } = await askedOf(db, { ...question, limit: 1 }, basis);
  const whole = wholeRecord(basis.timeZone);
  const window = {
    ...asked.window,
    ...(question.from === undefined && { fromMs: whole.fromMs }),
    ...(question.to === undefined && { toMs: whole.toMs }),
  };
  const scope: Scope = { ...asked, window };
  const [line, channels, out] = await Promise.all([
    coverageLine(db, scope),
    channelCoverage(db, scope),
    leftOut(db, scope),
  ]);
  return { scope, line, channels, leftOut: out, endsMs: span?.lastMs };
}

/** The same for programs; `from` and `to` are null where they were not asked for. */
export function coverageJson(
  { scope, line, channels, leftOut: out, endsMs }: CoverageAnswer,
  { from, to }: Pick<AskedQuestion, 'from' | 'to'>,
) {
  const { fromMs, toMs, timeZone } = scope.window;
  const iso = (ms: number) => new Date(ms).toISOString();
  return {
    guildId: scope.guildId,
    from: from === undefined ? null : iso(fromMs),
    to: to === undefined ? null : iso(toMs),
    timeZone,
    recordEndsAt: endsMs === undefined ? null : iso(endsMs),
    coverage: lineJson(line),
    channels,
    leftOut: out,
  };
}
