/** The validator that knows every schema of a description by name. */
import Ajv, { type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Description, Schema } from './description.ts';
import { type Direction, strictComponents, strictly } from './strict.ts';
import { inWords } from './words.ts';

const ID = 'discord';

/** Compiles a schema at its first use, since all of them take about 2 s and a test needs few. */
export type Compile = (schema: Schema) => (root: string, value: unknown) => string[];

/** How schemas of a description are checked in one direction; each is compiled once. */
export function makeCompile(description: Description, direction: Direction): Compile {
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false });
  addFormats(ajv);
  ajv.addFormat('snowflake', /^\d{1,20}$/);
  ajv.addFormat('nonce', true);
  ajv.addSchema({ $id: ID, components: { schemas: strictComponents(description, direction) } });
  const strict = strictly(description, direction);
  const compiled = new Map<Schema, ValidateFunction>();

  return (schema) => (root, value) => {
    const validate = compiled.get(schema) ?? ajv.compile(anchored(strict(schema)));
    compiled.set(schema, validate);
    return validate(value) ? [] : inWords(root, validate.errors);
  };
}

/** References within the description, from outside it. */
function anchored(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === '$ref' && typeof value === 'string' ? `${ID}${value}` : value,
  ) as Schema;
}
