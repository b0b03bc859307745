/** What a backfill is asked for, made exact. */
import type { RunOrder } from '../../db/runs.ts';
import { readSettings } from '../../db/settings.ts';
import { snowflakeAt } from '../../db/snowflake.ts';
import { startMs } from '../../db/window.ts';
import { markdown } from '../markdown.ts';
import { isMeant, type NamedPlace, placeMeant } from '../places.ts';
import { type PlacesAsked, type PlacesContext, placesOf } from '../seen-places.ts';
import { UserError } from '../user-error.ts';
import type { Words } from '../words.ts';

/** As they were typed. */
export interface BackfillOptions {
  channel?: string;
  since?: string;
  withReactors: boolean;
  isAgain: boolean;
}

export interface ExactOrder {
  order: RunOrder;
  /** The options as they can be asked for again: the channel by its id, the date as 2026-11-01. */
  channel?: string;
  since?: string;
}

/** Years that Discord's ids can tell of, but for its first days. */
const YEAR_MIN = 2015;

/** Errors: UserError, for a channel that is not there for the asker, and a date that is none, or to come. */
export async function orderOf(
  context: PlacesContext & { nowMs: number },
  asked: PlacesAsked,
  { channel, since, withReactors, isAgain }: BackfillOptions,
  { backfill: { refusals } }: Words,
): Promise<ExactOrder> {
  const { guildId } = asked;
  const place = channel === undefined ? undefined : placeMeant(await seenPlaces(context, asked), channel);
  if (channel !== undefined && !place) throw new UserError(refusals.channel(markdown.text(channel)));
  const date = since === undefined ? undefined : dateMeant(since);
  if (since !== undefined && !date) throw new UserError(refusals.since(markdown.text(since)));
  const { timeZone } = await readSettings(context.db, guildId);
  const sinceMs = date ? startMs(date, timeZone) : 0;
  if (sinceMs > context.nowMs) throw new UserError(refusals.future);
  return {
    order: {
      guildId,
      channelIds: place ? [place.id] : null,
      sinceId: date ? snowflakeAt(sinceMs) : '0',
      withReactors,
      isAgain,
    },
    ...(place && { channel: place.id }),
    ...(date && { since: String(date) }),
  };
}

const FORMS = [
  /^(?<year>\d{4})(?:-(?<month>\d{1,2})(?:-(?<day>\d{1,2}))?)?$/,
  /^(?<day>\d{1,2})\.\s?(?<month>\d{1,2})\.\s?(?<year>\d{4})$/,
];

/** A date as people write it; of a month or a year its first day. Undefined: it is none. */
export function dateMeant(typed: string): Temporal.PlainDate | undefined {
  const found = FORMS.map((form) => form.exec(typed.trim())?.groups).find((groups) => groups !== undefined);
  if (!found) return undefined;
  const { year, month = 1, day = 1 } = found;
  try {
    const date = Temporal.PlainDate.from(
      { year: Number(year), month: Number(month), day: Number(day) },
      { overflow: 'reject' },
    );
    return date.year < YEAR_MIN ? undefined : date;
  } catch {
    return undefined;
  }
}

/** What an asker can see that has what was typed in its name: channels, threads, forums and categories. */
export async function placesLike(
  context: PlacesContext,
  asked: PlacesAsked,
  typed: string,
): Promise<NamedPlace[]> {
  return (await seenPlaces(context, asked)).filter((place) => isMeant(place, typed));
}

async function seenPlaces(context: PlacesContext, { guildId, asker }: PlacesAsked): Promise<NamedPlace[]> {
  const { seen, threads } = await placesOf(context, { guildId, asker });
  return [...seen, ...threads];
}
