/** What a guide goes by where it tells of people: the last while, and everybody. */
import type { Scope } from '../scope.ts';

export const DAY_MS = 86_400_000;

/** Who wrote nothing for longer is not named, and what is older says little of how things are now. */
const RECENT_DAYS = 90;

/** What people wrote in the last days before the window's end, in the channels of a scope; whoever else it asks about. */
export function recent({ guildId, channels, window }: Scope, days = RECENT_DAYS): Scope {
  const fromMs = Math.max(window.fromMs, window.toMs - days * DAY_MS);
  return { guildId, window: { ...window, fromMs }, ...(channels && { channels }) };
}
