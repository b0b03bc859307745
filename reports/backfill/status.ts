/** How a guild's backfill is: the run that is worked on, what waits behind it, and what is recorded. */
import { type CoverageLine, coverageLine } from '../../db/queries/coverage-line.ts';
import { type TroubledChannel, troubledChannels } from '../../db/run-channels.ts';
import { listRuns, type Run } from '../../db/runs.ts';
import { readSettings } from '../../db/settings.ts';
import type { Window } from '../../db/window.ts';
import { readableBy } from '../audience.ts';
import type { NamedPlace } from '../places.ts';
import { type PlacesAsked, type PlacesContext, placesOf } from '../seen-places.ts';
import { type BackfillProgress, progressOf } from './progress.ts';

export interface BackfillStatus {
  /** The run that is worked on, or will be next; else the one that ended or was paused last; absent: none was ever asked for. */
  run?: Run;
  /** Figures are of all that is read, names of what the asker can see. */
  progress: BackfillProgress;
  /** The channels that the run is of, where it is not of all: those that the asker can see. */
  places: NamedPlace[];
  /** What it could not read; without its name where the asker can't see it. */
  troubled: TroubledChannel[];
  /** Others of the guild. */
  waiting: number;
  paused: number;
  /** Of what the asker can read; absent where that is nothing. */
  coverage?: CoverageLine;
  /** When that was looked at, ms. */
  coverageAtMs: number;
  window: Window;
  nowMs: number;
}

/** Of one guild, to find the one that is worked on. */
const RUNS_MAX = 50;
/** The line of coverage looks at every channel: not for each look of somebody who follows. */
const COVERAGE_MS = 60_000;
/** All that ids can tell of. */
const ALWAYS = { fromMs: 0, toMs: Date.UTC(2084, 0) };

/** Whether it will change by itself. */
export const isMoving = ({ run }: Pick<BackfillStatus, 'run'>): boolean =>
  run?.state === 'queued' || run?.state === 'running';

/** Looks at it; `earlier`, a look of the same asker before, spares questions. */
export async function buildBackfillStatus(
  context: PlacesContext,
  asked: PlacesAsked,
  nowMs: number,
  earlier?: BackfillStatus,
): Promise<BackfillStatus> {
  const { db, pool } = context;
  const { guildId } = asked;
  const runs = await listRuns(pool, { guildId, limit: RUNS_MAX });
  const current = currentOf(runs);
  const others = runs.filter((one) => one !== current);
  const settings = await readSettings(db, guildId);
  const window = { ...ALWAYS, timeZone: settings.timeZone };
  const isKnown =
    earlier && earlier.run?.state === current?.state && nowMs - earlier.coverageAtMs < COVERAGE_MS;
  const coverage = isKnown ? earlier.coverage : await coverageFor(context, asked, window);
  const progress = progressOf(current?.card);
  const troubled = current ? await troubledChannels(pool, current) : [];
  const ofRun = current?.channelIds ?? [];
  const ids = [...progress.reading, ...troubled].map(({ channelId }) => channelId);
  const { find } = await placesOf(context, { ...asked, ids: [...ids, ...ofRun] });
  const named = <One extends { channelId: string }>(one: One) => ({
    ...one,
    name: find(one.channelId)?.name ?? null,
  });
  return {
    ...(current && { run: current }),
    progress: { ...progress, reading: progress.reading.map(named) },
    places: ofRun.flatMap((id) => find(id) ?? []),
    troubled: troubled.map(named),
    waiting: others.filter(({ state }) => state === 'queued' || state === 'running').length,
    paused: others.filter(({ state }) => state === 'paused').length,
    ...(coverage && { coverage }),
    coverageAtMs: isKnown ? earlier.coverageAtMs : nowMs,
    window,
    nowMs,
  };
}

async function coverageFor(
  { db }: PlacesContext,
  { guildId, asker }: PlacesAsked,
  window: Window,
): Promise<CoverageLine | undefined> {
  const channels = (await readableBy(db, guildId, { memberId: asker.id, roles: asker.roles })) ?? [];
  return channels.length === 0 ? undefined : coverageLine(db, { guildId, window, channels });
}

/** Of those to be worked on the oldest goes first; else the one of which there is news last. Given the newest first. */
function currentOf(runs: Run[]): Run | undefined {
  const next = runs.findLast(({ state }) => state === 'queued' || state === 'running');
  return next ?? runs.toSorted((a, b) => b.updatedAtMs - a.updatedAtMs || a.askedAtMs - b.askedAtMs)[0];
}
