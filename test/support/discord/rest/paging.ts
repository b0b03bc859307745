/** Pages: limits, and the order of ids. */
import type { Snowflake } from '../model.ts';
import { compareIds, idsOf, spanOf } from '../ordered.ts';
import { refusals } from './refusal.ts';

/** How many are asked for; 50035 outside of what is allowed. */
export function limitOf(
  query: URLSearchParams,
  { min = 1, max, standard }: Record<'max' | 'standard', number> & { min?: number },
): number {
  const text = query.get('limit');
  if (text === null) return standard;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < min || limit > max)
    throw refusals.invalidForm('limit', `Must be between ${min} and ${max}.`, 'NUMBER_TYPE_BETWEEN');
  return limit;
}

/** The id in a query; undefined where it isn't asked for, 50035 where it is none. */
export function idIn(query: URLSearchParams, name: string): Snowflake | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^\d{1,20}$/.test(text))
    throw refusals.invalidForm(name, `Value "${text.slice(0, 20)}" is not snowflake.`, 'NUMBER_TYPE_COERCE');
  return text.replace(/^0+(?=\d)/, '');
}

/** Those after `after` and before `before`, both exclusive. */
export function between<T>(
  list: Iterable<T>,
  idOf: (one: T) => Snowflake,
  { after, before }: { after?: Snowflake | undefined; before?: Snowflake | undefined },
): T[] {
  return [...list]
    .filter((one) => after === undefined || compareIds(idOf(one), after) > 0)
    .filter((one) => before === undefined || compareIds(idOf(one), before) < 0)
    .toSorted((a, b) => compareIds(idOf(a), idOf(b)));
}

/** Values of a map whose ids lie after `after` and before `before`, both exclusive, oldest first: the first few, or the last. */
export function pageOf<T>(
  map: ReadonlyMap<Snowflake, T>,
  range: { after?: Snowflake | undefined; before?: Snowflake | undefined },
  limit: number,
  end: 'first' | 'last' = 'first',
): T[] {
  const ids = idsOf(map);
  const { from, to } = spanOf(ids, range);
  const [start, stop] =
    end === 'first' ? [from, Math.min(to, from + limit)] : [Math.max(from, to - limit), to];
  return ids.slice(start, stop).map((id) => map.get(id)!);
}
