/** What is not read, by why, and what can be done about it. */
import type { Block } from '../message.ts';
import type { Words } from '../words.ts';
import { type Place, placeText } from './place.ts';

export interface NotRead extends Place {
  /** Null: not known why. */
  reason: string | null;
}

/** In all: more names are a list, and nobody reads one. */
const NAMES_MAX = 12;
const NAMES_OF_A_REASON_MAX = 5;

/** What helps against a reason, where something does. */
const HELP = {
  'no view': 'allow',
  'no history': 'allow',
  'no connect': 'allow',
  hidden: 'allow',
  'not joined': 'join',
  excluded: 'settings',
} as const;

/** Of one that was deleted Discord shows nobody anything. */
const nameOf = (one: NotRead, words: Words): string =>
  one.reason === 'gone' && one.name === null ? words.weekly.place.unknown(one.id) : placeText(one, words);

/** Nothing where all is read. */
export function notReadBlocks(channels: readonly NotRead[], words: Words): Block[] {
  if (channels.length === 0) return [];
  const { notRead } = words.backfill;
  const groups = Map.groupBy(channels, ({ reason }) => reason);
  let room = NAMES_MAX;
  const lines = [...groups].map(([reason, group]) => {
    // Each reason has a name beside it.
    const named = group.slice(0, Math.max(1, Math.min(NAMES_OF_A_REASON_MAX, room)));
    room -= named.length;
    const more = group.length - named.length;
    const names = named.map((one) => nameOf(one, words));
    return `- ${notRead.line([...names, ...(more > 0 ? [notRead.more(more)] : [])], notRead.because(reason))}`;
  });
  const helps = new Set([...groups.keys()].map((reason) => HELP[reason as keyof typeof HELP]));
  const help = Object.entries(notRead.help).filter(([key]) => helps.has(key as 'allow'));
  return [
    {
      is: 'text',
      text: [`**${notRead.title}**`, ...lines, ...help.map(([, text]) => `-# ${text}`)].join('\n'),
    },
  ];
}
