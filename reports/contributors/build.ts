/** The numbers of an answer about contributors. */
import type { Db } from '../../db/connect.ts';
import { answerers } from '../../db/queries/answerers.ts';
import { coverageLine } from '../../db/queries/coverage-line.ts';
import type { Scope } from '../../db/queries/scope.ts';
import { type Standings, standings } from '../../db/queries/standings.ts';
import { contributors } from '../../db/queries/top-contributors.ts';
import { dateIn, type Window } from '../../db/window.ts';
import type { ContributorsReport, ContributorsRequest, Ranked, RankedBy } from './report.ts';

const ROWS = 10;

/** The first ten, and where everybody stands. */
export async function buildContributors(
  db: Db,
  { scope, by }: ContributorsRequest,
): Promise<ContributorsReport> {
  const [all, coverage] = await Promise.all([standings(db, scope, by), coverageLine(db, scope)]);
  return {
    by,
    rows: await firstOf(db, scope, by, all),
    standings: all,
    days: daysIn(scope.window),
    coverage,
  };
}

/** Their merit is that of the standings, so that both are of one moment. */
async function firstOf(db: Db, scope: Scope, by: RankedBy, { places }: Standings): Promise<Ranked[]> {
  const first = places.slice(0, ROWS);
  const members = first.map(([id]) => id);
  const found = new Map((await figuresOf(db, scope, by, members)).map((row) => [row.id, row]));
  return first.flatMap(([id, merit]) => {
    const row = found.get(id);
    return row ? [{ ...row, merit }] : [];
  });
}

async function figuresOf(
  db: Db,
  scope: Scope,
  by: RankedBy,
  members: string[],
): Promise<Omit<Ranked, 'merit'>[]> {
  if (by === 'answers') {
    const rows = await answerers(db, { ...scope, members, limit: ROWS });
    return rows.map(({ id, name, medianMinutes }) => ({ id, name, isBot: false, medianMinutes }));
  }
  const rows = await contributors(db, scope, members);
  return rows.map(({ id, name, isBot, messages, activeDays }) => ({ id, name, isBot, messages, activeDays }));
}

function daysIn({ fromMs, toMs, timeZone }: Window): number {
  const [from, to] = [dateIn(fromMs, timeZone), dateIn(toMs - 1, timeZone)];
  return from.until(to, { largestUnit: 'days' }).days + 1;
}
