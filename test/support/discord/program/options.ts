/** What `../program.ts` is started with. */
import { parseArgs } from 'node:util';
import type { FastClock } from '../clock.ts';

export interface ProgramOptions {
  port: number;
  /** Events a second; absent: as many as make a good week. */
  rate?: number;
  isLimited: boolean;
  /** Absent: the machine's time. */
  clock?: FastClock;
  /** In which times are told. */
  zone: string;
}

const RATE = 2;
const SPEED_MAX = 10_000;
/** Within these Discord's ids have their usual length. */
const [FROM_MS_MIN, FROM_MS_MAX] = [Date.UTC(2018, 0, 1), Date.UTC(2080, 0, 1)];

export const USAGE = `fake-discord [--port 7171] [--rate ${RATE}] [--limits] [--speed 1000] [--from 2026-11-22] [--zone UTC]

  --port N     where to listen on 127.0.0.1
  --rate N     events per second in the busy guild; 0 is a quiet one
  --limits     refuse requests beyond Discord's rate limits
  --speed N    its time is N times as fast, at most ${SPEED_MAX}; without --rate some 700 messages a week, as people's days have it
  --from DATE  when its time begins, as 2026-11-22 or 2026-11-22T06:00Z; now if absent
  --zone ZONE  in which times are printed; UTC if absent
`;

/** Undefined: help was asked for. Errors: whatever is wrong with it. */
export function readOptions(args: string[], nowMs: number): ProgramOptions | undefined {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '7171' },
      rate: { type: 'string' },
      limits: { type: 'boolean', default: false },
      speed: { type: 'string' },
      from: { type: 'string' },
      zone: { type: 'string', default: 'UTC' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const isFast = values.speed !== undefined || values.from !== undefined;
  const clock: FastClock = {
    originMs: nowMs,
    fromMs: values.from === undefined ? nowMs : Date.parse(values.from),
    speed: Number(values.speed ?? 1),
  };
  const rate =
    values.rate === undefined ? (values.speed === undefined ? RATE : undefined) : Number(values.rate);
  const port = Number(values.port);
  demand(Number.isInteger(port) && port >= 0 && port <= 65_535, 'port');
  demand(rate === undefined || rate >= 0, 'rate');
  demand(clock.speed >= 1 && clock.speed <= SPEED_MAX, 'speed');
  demand(clock.fromMs >= FROM_MS_MIN && clock.fromMs <= FROM_MS_MAX, 'from');
  const { timeZone: zone } = new Intl.DateTimeFormat('en', { timeZone: values.zone }).resolvedOptions();
  return {
    port,
    ...(rate !== undefined && { rate }),
    isLimited: values.limits,
    ...(isFast && { clock }),
    zone,
  };
}

function demand(holds: boolean, option: string): void {
  if (!holds) throw new Error(`--${option} is none`);
}
