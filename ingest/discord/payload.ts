/** Looking into Discord's JSON, which promises nothing, for what Postgres can store. */
import type { Snowflake } from '../../db/records.ts';
import { isSnowflake, snowflakeMs } from '../../db/snowflake.ts';
import { asObject, type Payload, withoutPeople } from '../payload.ts';
import { parseTime } from '../time.ts';
import { PayloadError, type Place } from './payload-error.ts';

/** Discord's names have 32 characters, webhooks' 80, channels' 100; an index holds no row of thousands. */
const NAME_LENGTH_MAX = 100;
/** What clocks may differ by: nothing that Discord tells is younger. */
const AHEAD_MAX_MS = 86_400_000;
export const INT2_MAX = 32_767;
export const INT4_MAX = 2_147_483_647;

/** The value as an id, or undefined. */
export function asId(value: unknown): Snowflake | undefined {
  return isSnowflake(value) && value !== '0' ? value : undefined;
}

/** An id that a record can't do without. Errors  PayloadError: there is none, or it is not made yet. */
export function requiredId(value: unknown, name: string, observedAt: number, place?: Place): Snowflake {
  const id = asId(value);
  if (id === undefined) throw new PayloadError(`${name} is no id`, place);
  if (snowflakeMs(id) > observedAt + AHEAD_MAX_MS)
    throw new PayloadError(`${name} is an id of the future`, place);
  return id;
}

/** An object that a record can't do without. Errors  PayloadError */
export function requiredObject(value: unknown, name = 'payload'): Payload {
  const object = asObject(value);
  if (!object) throw new PayloadError(`${name} is no object`);
  return object;
}

/** The value as a time (ms) that has come, or undefined. */
export function asPast(value: unknown, observedAt: number): number | undefined {
  const at = parseTime(value);
  return at !== undefined && at <= observedAt + AHEAD_MAX_MS ? at : undefined;
}

/** The value as a whole number from 0 to `max`, or undefined. */
export function asNumber(value: unknown, max = Number.MAX_SAFE_INTEGER): number | undefined {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= max
    ? (value as number)
    : undefined;
}

/** A text as Postgres takes it: no NUL and no half of a pair. */
export function stored(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed();
}

/** The value as a text that says something, or undefined. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? stored(value) : undefined;
}

/** The value as a name of bearable length, or undefined. */
export function asName(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? stored(value.slice(0, NAME_LENGTH_MAX)) : undefined;
}

/** JSON to be stored as it came, but without any person in it. */
export function asJson(value: unknown): unknown {
  return storedAll(withoutPeople(value));
}

function storedAll(value: unknown): unknown {
  if (typeof value === 'string') return stored(value);
  if (Array.isArray(value)) return value.map(storedAll);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [stored(key), storedAll(inner)]));
}

/** Whether a value is a list with something in it. */
export const isFilled = (value: unknown): value is unknown[] => Array.isArray(value) && value.length > 0;

/** Every element of a list by `read`, or undefined where it is no list or one of them is not readable. */
export function allOf<T>(list: unknown, read: (element: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(list)) return undefined;
  const all = list.map(read);
  return all.includes(undefined) ? undefined : (all as T[]);
}

/** Adds what is readable of a list; tells whether that is the whole of it. */
export function addEach(list: unknown, add: (payload: Payload) => void): boolean {
  if (!Array.isArray(list)) return false;
  let isWhole = true;
  for (const element of list) {
    try {
      add(requiredObject(element));
    } catch (error) {
      if (!(error instanceof PayloadError)) throw error;
      isWhole = false;
    }
  }
  return isWhole;
}

/** Adds a part that may be missing, or not readable. */
export function addPart(part: unknown, add: (payload: Payload) => void): void {
  // Most are absent, and an error costs more than what it is about.
  if (part !== undefined && part !== null) addEach([part], add);
}
