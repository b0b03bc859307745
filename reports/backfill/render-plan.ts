/** What a backfill would read, as a message. */
import type { Block, Message } from '../message.ts';
import type { Words } from '../words.ts';
import { notReadBlocks } from './not-read.ts';
import type { BackfillOutlook, ToldOutlook } from './outlook.ts';
import { placeText } from './place.ts';

const ROWS_MAX = 10;

/** Said while Discord is asked. */
export const renderAsking = ({ backfill }: Words): Message => ({
  blocks: [{ is: 'text', text: backfill.asking }],
});

/** Whether there is anything to begin with. */
export const hasWork = ({ channels }: BackfillOutlook): boolean => channels.length > 0;

/** The plan: what, how long, and what not. */
export function renderPlan(outlook: ToldOutlook, words: Words): Message {
  const { plan, noChannel } = words.backfill;
  const { covered, notRead } = outlook;
  const title = `## ${plan.title}`;
  const text = hasWork(outlook)
    ? [title, ...costLines(outlook, words), ...rows(outlook, words)]
    : [title, covered > 0 || notRead.length > 0 ? plan.nothing : noChannel];
  const footer = [
    ...(covered > 0 && hasWork(outlook) ? [plan.covered(covered)] : []),
    ...(hasWork(outlook) ? [plan.footer] : []),
  ];
  return {
    blocks: [
      { is: 'text', text: text.join('\n') },
      ...notReadBlocks(notRead, words),
      ...footer.map((line): Block => ({ is: 'text', text: `-# ${line}` })),
    ],
  };
}

function costLines(outlook: BackfillOutlook, { backfill: { plan } }: Words): string[] {
  const { channels, messages, requests, seconds, hasUnknownReactors } = outlook;
  const unknown = channels.filter((channel) => channel.messages === null).length;
  return [
    plan.all(messages, requests, seconds * 1_000),
    ...(unknown > 0 ? [plan.unknown(unknown)] : []),
    ...(hasUnknownReactors ? [plan.reactors] : []),
  ];
}

/** Figures of what the asker can't see stand in the sum alone. */
function rows({ channels }: ToldOutlook, words: Words): string[] {
  const { plan } = words.backfill;
  const seen = channels.filter(({ isSeen }) => isSeen);
  const more = seen.length - ROWS_MAX;
  const unseen = channels.length - seen.length;
  return [
    ...seen
      .slice(0, ROWS_MAX)
      .map((channel) => plan.row(placeText(channel, words), channel.messages, channel.threads)),
    ...(more > 0 ? [plan.more(more)] : []),
    ...(unseen > 0 ? [plan.unseen(unseen)] : []),
  ].map((line) => `- ${line}`);
}
