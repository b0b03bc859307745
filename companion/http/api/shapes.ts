/** What answers have in common, as schemas. */
import {
  count,
  described,
  id,
  integer,
  list,
  label,
  number,
  object,
  oneOf,
  orNull,
  type Schema,
  share,
  text,
  time,
} from '../schema.ts';

const counted = object({ channels: count, threads: count });
const place = object({ id, name: label });
const backfill = object({ state: oneOf('queued', 'running', 'paused'), share: orNull(share) });
const coverageOf = (since: Record<string, Schema>): Schema =>
  object(
    {
      verifiedShare: orNull(share),
      claimedShare: orNull(share),
      pending: counted,
      notReadable: object({ named: list(place), channels: count, threads: count }),
      backfill: orNull(backfill),
      ...since,
    },
    'What the answer rests on: how much of what there is to cover is recorded.',
  );

export const coverage = coverageOf({ sinceAt: orNull(time) });
/** Reports tell times as they hold them. */
export const coverageInMs = coverageOf({ sinceMs: orNull(number) });

/** A row of a question: its columns are told at `almanac queries`, and by the first row. */
export const row: Schema = {
  type: 'object',
  additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
};

export const channelRow = object({
  id,
  name: label,
  isThread: { type: 'boolean' },
  messages: count,
  people: count,
});

export const activityRow = object({ start: text, messages: count, people: count });

export const hourRow = object({
  weekday: described(integer, '1 is Monday, 7 Sunday.'),
  hour: described(integer, 'On the clock of the zone.'),
  messages: count,
});

/** A message as lists show it; who is not to be named is null. */
export const listedMessage = {
  messageId: id,
  channelId: id,
  channel: label,
  authorId: orNull(id),
  author: label,
  at: time,
  text: label,
};

export const period = object({
  unit: text,
  label: text,
  from: time,
  to: time,
  timeZone: text,
  isOpen: described({ type: 'boolean' }, 'It has begun, and is not over yet.'),
});
