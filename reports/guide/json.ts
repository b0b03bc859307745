/** A guide for programs: the same on the command line and over HTTP. */
import { lineJson } from '../answer.ts';
import type { Guide } from './report.ts';

/** Its times in ISO; and without for whose eyes it is, which whoever asks knows. */
export function guideJson({ guildId, guildName, window, asOfMs, coverage, countedFor: _, ...found }: Guide) {
  const iso = (ms: number) => new Date(ms).toISOString();
  return {
    guildId,
    guildName,
    from: iso(window.fromMs),
    to: iso(window.toMs),
    timeZone: window.timeZone,
    asOf: asOfMs === undefined ? null : iso(asOfMs),
    coverage: lineJson(coverage),
    ...found,
  };
}
