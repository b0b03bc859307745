/** The weekly report in a guild's settings: where and when it is posted, and what became of the last one. */
import type { PostReason } from '../../db/posts.ts';
import { localTime } from '../weekly/names.ts';
import type { Words } from '../words.ts';
import type { Hindrance } from '../words/en/posting.ts';
import type { SettingsReport, ShownPlace, WeeklySettings } from './build.ts';
import type { ShownPost } from './posts.ts';

type Naming = (place: ShownPlace, words: Words) => string;

/** Where and when; and when next, or why not. */
export function weeklyText(report: SettingsReport, words: Words, nameOf: Naming): string {
  const { cannotPost, posted, postedNowhere } = words.settings;
  const { channel, day, hour, lateDays, fault } = report.weekly;
  if (!channel) return postedNowhere(day, hour);
  const sentence = posted(nameOf(channel, words), day, hour, lateDays);
  if (!fault) return `${sentence}${nextText(report, words)}`;
  const why =
    fault.is === 'lacks'
      ? cannotPost.lacks(namedPermissions(fault.permissions, words))
      : cannotPost[fault.is];
  return `${sentence} **${why}**`;
}

/** When the next one comes, behind another sentence; nothing where none does. */
export function nextText(
  { weekly: { channel, fault, nextMs }, timeZone }: SettingsReport,
  words: Words,
): string {
  return channel && !fault ? ` ${words.settings.next(localTime(nextMs, timeZone))}` : '';
}

/** What became of the last ones, a line each: in bold where somebody should do something, else in small print. */
export function postLines({ weekly, timeZone }: SettingsReport, words: Words, nameOf: Naming): string[] {
  return weekly.posts.map((post) => postLine(post, weekly, timeZone, words, nameOf));
}

function postLine(
  post: ShownPost,
  { fault }: WeeklySettings,
  timeZone: string,
  words: Words,
  nameOf: Naming,
): string {
  const { posting, weekly } = words;
  const { week } = post;
  switch (post.state) {
    case 'posted': {
      const { atMs, editedMs, url } = post;
      const edited = editedMs === null ? '' : ` ${posting.edited(localTime(editedMs, timeZone))}`;
      const link = url === undefined ? '' : ` · [${weekly.open}](${url})`;
      return `-# ${posting.posted(week, localTime(atMs, timeZone))}${edited}${link}`;
    }
    case 'due': {
      const { reason, untilMs } = post;
      if (reason === null) return `-# ${posting.begun(week)}`;
      const until = untilMs === undefined ? '' : ` ${posting.until(localTime(untilMs, timeZone))}`;
      if (fault && ABOUT_THE_CHANNEL.includes(reason.is)) return `${posting.waitsForThat(week)}${until}`;
      return `**${posting.waits(week, hindranceOf(reason, post.channel, words, nameOf))}**${until}`;
    }
    case 'skipped':
      return post.reason?.is === 'off'
        ? `-# ${posting.turnedOff(week)}`
        : posting.tooLate(week, hindranceOf(post.reason, post.channel, words, nameOf));
    case 'unclaimed':
      return `**${posting.notBegun(week)}**`;
  }
}

const ABOUT_THE_CHANNEL: PostReason['is'][] = ['gone', 'unknown', 'lacks'];

function hindranceOf(
  reason: PostReason | null,
  channel: ShownPlace | undefined,
  words: Words,
  nameOf: Naming,
): Hindrance {
  if (reason === null || reason.is === 'off') return { is: 'down' };
  if (reason.is === 'late') return hindranceOf(reason.because ?? null, channel, words, nameOf);
  if (reason.is === 'lacks') return { is: 'lacks', permissions: namedPermissions(reason.permissions, words) };
  if (reason.is !== 'unsure') return reason;
  return channel ? { is: 'unsure', channel: nameOf(channel, words) } : { is: 'unanswered' };
}

const namedPermissions = (names: readonly string[], { settings: { permissions } }: Words): string[] =>
  names.map((name) => (permissions as Record<string, string>)[name] ?? name);
