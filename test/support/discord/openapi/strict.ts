/**
 * Discord's schemas made strict: an unknown property is a fault. They don't refuse any, so each object schema is closed,
 * which also lets unions be told apart: by their tag where they have one, else by whichever fits.
 */
import { type Description, nameOf, type Schema } from './description.ts';
import { EXCEPTIONS } from './exceptions.ts';

/** Of a request, a whole number may be written as text, as discord.js sends permissions. */
export type Direction = 'request' | 'answer';

/** Makes schemas of a description strict. */
export function strictly({ components }: Description, direction: Direction): (schema: Schema) => Schema {
  /** A schema without its references and `allOf`, one level deep. */
  function resolved(schema: Schema): Schema {
    if (schema.$ref !== undefined) {
      const name = nameOf(schema.$ref);
      return excepted(name, resolved(components.schemas[name]!));
    }
    if (!schema.allOf || schema.enum?.length) return schema;
    const parts = schema.allOf.map(resolved);
    return {
      ...Object.assign({}, ...parts),
      properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
      required: parts.flatMap(({ required }) => required ?? []),
    };
  }

  function strict(schema: Schema): Schema {
    if (schema.$ref !== undefined) return { $ref: schema.$ref };
    const union = schema.oneOf ?? schema.anyOf;
    if (union) return strictUnion(union);
    if (schema.allOf && schema.enum?.length) {
      // The values are a choice out of those of the one that it refers to.
      const { type, enum: values } = schema;
      return { ...(type === undefined ? {} : { type }), enum: values };
    }
    // In `PATCH /guilds/{}/requests/{}` the choice is empty: any of them.
    if (schema.allOf?.length === 1) return strict(schema.allOf[0]!);
    if (schema.allOf) return strict(resolved(schema));
    return closed(schema);
  }

  function strictUnion(union: Schema[]): Schema {
    if (union.every((one) => 'const' in one)) return { enum: union.map((one) => one.const) };
    const isNull = (one: Schema) => one.type === 'null';
    const others = union.filter((one) => !isNull(one));
    const tag = others.length > 1 ? tagOf(others.map(resolved)) : undefined;
    const parts = tag === undefined ? others.map(strict) : [byTag(tag, others)];
    const all = union.some(isNull) ? [{ type: 'null' }, ...parts] : parts;
    return all.length === 1 ? all[0]! : { anyOf: all };
  }

  /** One of a union, chosen by its tag, so that what is wrong inside is said of that one only. */
  function byTag(tag: string, union: Schema[]): Schema {
    const valuesOf = (one: Schema) => resolved(one).properties![tag]!.enum!;
    const has = (values: unknown[]) => ({ properties: { [tag]: { enum: values } }, required: [tag] });
    return {
      type: 'object',
      ...has(union.flatMap(valuesOf)),
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      allOf: union.map((one) => ({ if: has(valuesOf(one)), then: strict(one) })),
    };
  }

  function closed(schema: Schema): Schema {
    const { properties, items, additionalProperties, ...rest } = schema;
    const made: Schema = { ...rest };
    for (const word of ['title', 'description', 'discriminator', 'contentEncoding', 'default']) {
      delete made[word];
    }
    if (items) made.items = strict(items);
    if (typeof additionalProperties === 'object') made.additionalProperties = strict(additionalProperties);
    if (properties) {
      made.properties = Object.fromEntries(Object.entries(properties).map(([k, v]) => [k, strict(v)]));
      made.additionalProperties = false;
    }
    return direction === 'request' ? orText(made) : made;
  }

  return strict;
}

/** Every named schema of a description, strict, with its exceptions. */
export function strictComponents(description: Description, direction: Direction): Record<string, Schema> {
  const strict = strictly(description, direction);
  const entries = Object.entries(description.components.schemas);
  return Object.fromEntries(entries.map(([name, schema]) => [name, excepted(name, strict(schema))]));
}

/** A named schema with its exceptions. */
function excepted(name: string, schema: Schema): Schema {
  const { add, optional } = EXCEPTIONS[name] ?? {};
  return {
    ...schema,
    ...(add && { properties: { ...schema.properties, ...add } }),
    ...(optional && { required: (schema.required ?? []).filter((key) => !optional.includes(key)) }),
  };
}

/** The property whose value says which of a union it is; undefined: none does. */
function tagOf(union: Schema[]): string | undefined {
  const candidates = Object.keys(union[0]?.properties ?? {});
  return candidates.find((name) => {
    if (!union.every(({ required }) => required?.includes(name))) return false;
    const values = union.map(({ properties }) => properties?.[name]?.enum ?? []);
    const all = values.flat();
    return values.every((some) => some.length > 0) && new Set(all).size === all.length;
  });
}

/** A number's schema that also takes it as text. */
function orText(schema: Schema): Schema {
  const types = [schema.type ?? []].flat();
  if (schema.enum || !types.includes('integer') || types.includes('string')) return schema;
  // Keywords of numbers say nothing of texts, nor does this pattern of numbers; formats of numbers likewise.
  return { ...schema, type: [...types, 'string'], pattern: '^-?[0-9]+$' };
}
