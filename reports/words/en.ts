/** Every sentence of a report, in English. */
const number = new Intl.NumberFormat('en');

/** A delta against the week before, in words: "+12 (+8 %)". */
function delta(now: number, before: number): string {
  const difference = now - before;
  if (difference === 0) return 'as the week before';
  const sign = difference > 0 ? '+' : '−';
  const share =
    before === 0
      ? 'none the week before'
      : `${sign}${number.format(Math.round((Math.abs(difference) / before) * 100))} %`;
  return `${sign}${number.format(Math.abs(difference))} (${share})`;
}

export const en = {
  number: (n: number) => number.format(n),
  delta,
  title: (guild: string, week: string) => `${guild}: week ${week}`,
  span: (from: string, to: string, zone: string) => `Monday ${from} to Sunday ${to}, ${zone}`,
  recordEnds: (date: string) => `The record ends on ${date}; this is its last week.`,
  recordEndsWithin: (date: string) => `The record ends on ${date}, within this week.`,
  empty: 'Nobody wrote this week, as far as is recorded.',
  neverWritten: 'Nothing that people wrote is recorded here yet.',
  totals: 'In figures',
  figure: 'figure',
  thisWeek: 'this week',
  against: 'against the week before',
  figures: {
    messages: 'messages',
    people: 'people writing',
    channels: 'active channels and threads',
    replies: 'replies',
    reactions: 'reactions given to them',
    attachments: 'attachments',
    links: 'links',
  },
  contributors: 'Who wrote most',
  channels: 'Where it happened',
  contributor: 'member',
  channel: 'channel',
  messages: 'messages',
  activeDays: 'days',
  people: 'people',
  unknownChannel: (id: string) => `channel ${id}`,
  people_only: 'Bots and webhooks are not counted. System notices (joins, pins, boosts) are no messages.',
};

export type Words = typeof en;
