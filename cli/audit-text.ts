/** What an audit found, as text. */
import type { AuditReport, ChannelAudit } from '../ingest/backfill/audit.ts';
import { channelName, isThread, notReadLines, tookWords } from './backfill/words.ts';
import { n, some, table, terminalText } from './format.ts';

const ROWS_MAX = 30;
const NAMES_MAX = 8;
const DAYS_MAX = 2;

export interface AuditShown {
  guild: { id: string; name: string };
  timeZone: string;
  report: AuditReport;
  isRepairing: boolean;
}

/** Whether all that was to be compared is as Discord counts it. */
export const isWhole = ({ channels }: AuditReport): boolean =>
  channels.every(({ state, hasUnread }) => !hasUnread && (state === 'same' || state === 'repaired'));

/** What differs first, then what was not compared and what helps, in lines for a terminal. */
export function auditText(shown: AuditShown): string {
  const { guild, timeZone, report } = shown;
  const { channels, requests, tookMs } = report;
  const compared = channels.filter(({ discord, state }) => discord !== null && state !== 'not read');
  const differing = compared.filter(({ state }) => state !== 'same');
  const all = compared.reduce((sum, { discord }) => sum + discord!, 0);
  const parts = [
    `Compared with Discord's own counts, of ${terminalText(guild.name)} up to ${minuteIn(report.untilMs, timeZone)} (${timeZone}): ${some(all, 'message')} in ${places(compared)}.`,
    differing.length === 0 ? '' : differingTable(differing),
    verdict(shown, compared, differing),
    notCompared(shown),
    `${some(requests, 'request')} in ${tookWords(tookMs)}.`,
  ];
  return parts.filter(Boolean).join('\n\n');
}

/** How many channels, and how many threads. */
function places(list: ChannelAudit[]): string {
  const threads = list.filter(isThread).length;
  const channels = some(list.length - threads, 'channel');
  return threads > 0 ? `${channels} and ${some(threads, 'thread')}` : channels;
}

function differingTable(channels: ChannelAudit[]): string {
  const rows = channels
    .toSorted((a, b) => Number(b.state === 'differs') - Number(a.state === 'differs') || gapOf(b) - gapOf(a))
    .slice(0, ROWS_MAX)
    .map((one) => [channelName(one), one.ours, one.discord, daysOf(one), outcome(one)]);
  const more = channels.length - rows.length;
  const text = table(['channel', 'recorded', 'Discord', 'differed on', 'now'], rows);
  return more > 0 ? `${text}\nand ${n(more)} more; all of them: --json` : text;
}

const gapOf = ({ ours, discord }: ChannelAudit): number => Math.abs(ours - (discord ?? 0));

/** The first days, and how many more. */
function daysOf({ months }: ChannelAudit): string {
  const days = months.flatMap((month) => month.days);
  const more = days.length - DAYS_MAX;
  const told = days.slice(0, DAYS_MAX).map(({ start }) => start);
  return told.join(', ') + (more > 0 ? ` and ${some(more, 'more day')}` : '');
}

const gapWords = (more: number): string => (more < 0 ? `${n(-more)} missing` : `${n(more)} too many`);

function outcome({ state, months, messagesFound, deletionsFound }: ChannelAudit): string {
  const days = months.flatMap((month) => month.days);
  const left = days.filter(({ isRepaired }) => !isRepaired);
  const found = [
    ...(messagesFound > 0 ? [`${some(messagesFound, 'message')} found`] : []),
    ...(deletionsFound > 0 ? [`${some(deletionsFound, 'deletion')} found`] : []),
  ].join(', ');
  if (state === 'repaired') return `repaired${found && `: ${found}`}`;
  const gap = left.reduce((sum, { ours, oursNow, discord }) => sum + (oursNow ?? ours) - discord, 0);
  const rest = gap === 0 ? 'still differs' : `still ${gapWords(gap)}`;
  return left.every(({ oursNow }) => oursNow === null)
    ? 'not repaired'
    : [rest, found].filter(Boolean).join('; ');
}

function verdict(
  { isRepairing, report }: AuditShown,
  compared: ChannelAudit[],
  differing: ChannelAudit[],
): string {
  const isOpen = differing.some(({ state }) => state === 'differs');
  const same = compared.filter(({ state }) => state === 'same');
  const still =
    'What still differs was read again: Discord may count otherwise than it shows, or lag behind. Look once more tomorrow.';
  const lines = [
    same.length === 0 ? '' : `The same: ${places(same)}.`,
    isOpen && !isRepairing ? 'To read again what differs: the same command without --no-repair.' : '',
    isOpen && isRepairing ? still : '',
    report.forgotten > 0 && compared.length > 0
      ? `Forgotten people wrote ${some(report.forgotten, 'message')}, and nobody knows where any more: as many may be missing at these times.`
      : '',
  ];
  return lines.filter(Boolean).join('\n');
}

/** What was not, why, and what can be done about it. */
function notCompared({ guild, report }: AuditShown): string {
  const { channels, notReadable } = report;
  const named = (isMeant: (one: ChannelAudit) => boolean, why: string) => {
    const meant = channels.filter(isMeant);
    const names = meant.slice(0, NAMES_MAX).map(channelName).join(', ');
    const more = meant.length > NAMES_MAX ? ` and ${n(meant.length - NAMES_MAX)} more` : '';
    return meant.length === 0 ? [] : [`  ${names}${more}: ${why}`];
  };
  const is = (state: ChannelAudit['state']) => (one: ChannelAudit) => one.state === state;
  const lines = [
    ...named(is('not read'), 'not read yet'),
    ...named(({ state, hasUnread }) => hasUnread && state !== 'not read', 'a part that is not read yet'),
    ...named(
      is('closed'),
      'Discord does not let the bot search there; what it may lack says npx almanac doctor',
    ),
    ...named(is('not indexed'), 'Discord has not indexed it yet; try again in some minutes'),
    ...notReadLines(notReadable, guild.id),
    ...(channels.some(({ hasUnread }) => hasUnread)
      ? [`To read what is not read yet: npx almanac backfill --guild ${guild.id}`]
      : []),
  ];
  return lines.length === 0 ? '' : ['Not compared:', ...lines].join('\n');
}

/** A minute of a zone. */
function minuteIn(ms: number, timeZone: string): string {
  const at = Temporal.Instant.fromEpochMilliseconds(Math.floor(ms)).toZonedDateTimeISO(timeZone);
  return at.toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');
}
