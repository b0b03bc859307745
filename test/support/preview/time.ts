/** Times in a message, as Discord writes them. */

const STYLES: Record<string, Intl.DateTimeFormatOptions> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
  s: { dateStyle: 'short', timeStyle: 'short' },
  S: { dateStyle: 'short', timeStyle: 'medium' },
};

/** A time in one of Discord's styles, in UTC; how long ago it is (`R`) would change, so the time itself stands there. */
export function shownTime(seconds: number, style = 'f'): string {
  const time = new Date(seconds * 1000);
  if (Number.isNaN(time.getTime())) return 'Invalid date';
  return new Intl.DateTimeFormat('en-GB', { ...(STYLES[style] ?? STYLES.f), timeZone: 'UTC' }).format(time);
}
