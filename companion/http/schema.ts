/** JSON schemas, written short: what the API takes and gives. */
import { isSnowflake } from '../../db/snowflake.ts';
import { isoWeek, isTimeZone } from '../../db/window.ts';
import { isMoment, YEARS } from '../../reports/asked.ts';

export type Schema = Record<string, unknown>;
export type Properties = Record<string, Schema>;

/** An object that has all of these. */
export const object = (properties: Properties, description?: string): Schema => ({
  type: 'object',
  ...(description !== undefined && { description }),
  required: Object.keys(properties),
  properties,
});

/** The same, some of which may be missing. */
export const partial = (properties: Properties, optional: Properties): Schema => ({
  ...object(properties),
  properties: { ...properties, ...optional },
});

export const list = (items: Schema): Schema => ({ type: 'array', items });
/** By names that nobody knows before. */
export const record = (values: Schema): Schema => ({ type: 'object', additionalProperties: values });
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
export const oneOf = (...values: readonly (string | null)[]): Schema => ({ enum: [...values] });
export const described = (schema: Schema, description: string): Schema => ({ ...schema, description });

export const text: Schema = { type: 'string' };
export const flag: Schema = { type: 'boolean' };
export const number: Schema = { type: 'number' };
export const count: Schema = { type: 'integer', minimum: 0 };
export const integer: Schema = { type: 'integer' };
export const share: Schema = { type: 'number', minimum: 0, maximum: 1 };
/** Ids are texts: as numbers they would be rounded. */
export const id: Schema = { type: 'string', format: 'snowflake' };
export const time: Schema = { type: 'string', format: 'date-time' };
export const label: Schema = orNull(text);

/** How the formats that are our own are checked. */
export const FORMATS: Record<string, (value: string) => boolean> = {
  snowflake: isSnowflake,
  moment: (value) => isMoment(value) === true,
  'iso-week': (value) => {
    const year = Number(value.slice(0, 4));
    return year >= YEARS.first && year <= YEARS.last && isoWeek(value, 'UTC') !== undefined;
  },
  'time-zone': isTimeZone,
};
