/** What a question may be asked with, behind the question mark. */
import { LANGUAGES } from '../../../reports/words.ts';
import { DAYS_MAX } from '../../../reports/asked.ts';
import { LIMITS } from '../limits.ts';
import { described, flag, id, type Properties } from '../schema.ts';

/** In the path of all that is about a guild. */
export const GUILD: Properties = {
  guildId: { type: 'string', description: 'The guild that the token is for.' },
};

const moment = (description: string) => ({ type: 'string', format: 'moment', maxLength: 40, description });

export const FROM_TO: Properties = {
  from: moment('From this date (2026-11-16, in the zone) or instant (2026-11-16T09:00Z) on.'),
  to: moment('Until this date or instant, which is not counted itself.'),
};

export const CHANNEL: Properties = {
  channel: {
    type: 'array',
    items: id,
    maxItems: LIMITS.channels,
    description:
      'Count these channels and threads only; a category or forum is all below it. May be repeated.',
  },
};

export const BOTS: Properties = { bots: described(flag, 'Count bots and webhooks too.') };

export const ZONE: Properties = {
  tz: {
    type: 'string',
    format: 'time-zone',
    maxLength: 64,
    description: 'The time zone of hours, days, weeks and months; that of the guild, where none is given.',
  },
};

export const LANGUAGE: Properties = {
  language: { type: 'string', enum: [...LANGUAGES], description: 'The guild’s, where none is given.' },
};

export const PERIOD: Properties = {
  period: {
    type: 'string',
    minLength: 1,
    maxLength: 100,
    default: 'week',
    description:
      'day, week, month, quarter, year: the last that is over; today, this-week and so on; all; 2026-11-16, 2026-W46, 2026-11, 2026-Q4, 2026, 2026-11-01..2026-11-15.',
  },
};

export const QUESTION: Properties = {
  ...FROM_TO,
  days: {
    type: 'integer',
    minimum: 1,
    maximum: DAYS_MAX,
    description: 'As many days: the last of the record, or from `from`, or until `to`.',
  },
  ...CHANNEL,
  member: described(id, 'Count what this member wrote only.'),
  text: {
    type: 'string',
    minLength: 1,
    maxLength: LIMITS.textLength,
    description: 'A text to look for, as it is: no pattern.',
  },
  limit: {
    type: 'integer',
    minimum: 1,
    maximum: LIMITS.rows,
    default: 10,
    description: 'Rows at most; a series keeps its newest.',
  },
  ...BOTS,
  ...ZONE,
};
