/** Words that a backfill's plan, progress, card and list have in common. */
import { n, terminalText } from '../format.ts';

/** Threads: of announcements, public, private. */
const THREADS: readonly (number | null)[] = [10, 11, 12];

/** A channel as people name it; one without a known name by its id. */
export function channelName({
  channelId,
  name,
  type = null,
}: {
  channelId: string;
  name: string | null;
  type?: number | null;
}): string {
  if (name === null) return `channel ${channelId}`;
  const plain = [...terminalText(name)].slice(0, 40).join('');
  return THREADS.includes(type) ? `thread "${plain}"` : `#${plain}`;
}

export const isThread = ({ type }: { type: number | null }): boolean => THREADS.includes(type);

/** Why a channel is not read; what helps against it, where something does. */
const NOT_READ: Record<string, { why: string; help?: string }> = {
  'no view': { why: 'the bot lacks View Channel', help: 'allow' },
  'no history': { why: 'the bot lacks Read Message History', help: 'allow' },
  'no connect': { why: 'the bot lacks Connect, which texts of a voice channel take', help: 'allow' },
  hidden: { why: 'hidden from the bot', help: 'allow' },
  'not joined': { why: 'private, and the bot was not added', help: 'join' },
  gone: { why: 'deleted' },
  excluded: { why: 'excluded by the settings', help: 'settings' },
  refused: { why: 'Discord refuses it, though it should be readable; it is tried again after a day' },
  'refused before': { why: 'Discord refused it within a day, though it should be readable' },
  'request refused': { why: 'Discord finds the request wrong' },
  'repeated page': { why: 'Discord answered with the same page again; what came before it is kept' },
};

const HELP: Record<string, string> = {
  allow:
    "To have a channel read: in Discord, Edit Channel (or its category), Permissions, add the bot's role, and allow what is lacking.",
  join: 'To have private threads read: add the bot to them, or allow its role Manage Threads.',
  settings: 'To have excluded channels read: npx almanac settings excluded-channels --guild ID',
};

const NAMES_SHOWN = 8;

/** What is not read, grouped by why, and what can be done about it; nothing: no lines. */
export function notReadLines(
  channels: { channelId: string; name: string | null; type: number | null; reason: string | null }[],
  guildId: string,
): string[] {
  const groups = Map.groupBy(channels, ({ reason }) => reason ?? 'not known why');
  const lines = [...groups].map(([reason, group]) => {
    const names = group.slice(0, NAMES_SHOWN).map(channelName);
    const more = group.length - names.length;
    const all = names.join(', ') + (more > 0 ? ` and ${n(more)} more` : '');
    return `  ${all}: ${NOT_READ[reason]?.why ?? reason}`;
  });
  const helps = new Set([...groups.keys()].map((reason) => NOT_READ[reason]?.help));
  const help = Object.entries(HELP).filter(([key]) => helps.has(key));
  return [...lines, ...help.map(([, text]) => text.replace('ID', guildId))];
}

const MINUTE_MS = 60_000;

/** A time that is left, as roughly as it is known. */
export function aboutWords(ms: number): string {
  const minutes = Math.ceil(ms / MINUTE_MS);
  if (ms < MINUTE_MS) return 'under a minute';
  if (minutes < 100) return `about ${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `about ${hours} h` : `about ${Math.round(hours / 24)} days`;
}

/** A time that has passed. */
export function tookWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}

/** A share; all of it only where it is all. */
export const percent = (share: number): string =>
  `${Math.min(share < 1 ? 99 : 100, Math.floor(share * 100))} %`;

/** A day, in UTC. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** A minute, in UTC. */
export const minuteOf = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Said of a server of which nothing can be read, and nothing seen. */
export const NO_CHANNEL =
  'The bot is shown no channel of this server in which people write: allow View Channels to its role. What it lacks says: npx almanac doctor';
