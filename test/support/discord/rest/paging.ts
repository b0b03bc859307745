/** Pages: limits, and the order of ids. */
import type { Snowflake } from '../model.ts';
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

/** Ids in their order, oldest first, as numbers that no JS number holds. */
export function compareIds(a: Snowflake, b: Snowflake): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b));
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
