/** The parts of an OpenAPI 3.1 description that the oracle reads. */
import { readFileSync } from 'node:fs';

/** JSON Schema, as far as Discord's description uses it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  discriminator?: { propertyName: string };
  [keyword: string]: unknown;
}

interface Reference {
  $ref: string;
}

/** What is sent, by its kind. */
export type Content = Record<string, { schema: Schema }>;

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
}

export interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Content; required?: boolean };
  responses: Record<string, { content?: Content } | Reference>;
}

export type PathItem = { parameters?: Parameter[] } & Record<string, Operation | undefined>;

export interface Description {
  paths: Record<string, PathItem>;
  components: { schemas: Record<string, Schema>; responses: Record<string, { content?: Content }> };
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];

/** A description from its file. */
export function readDescription(path: string): Description {
  return JSON.parse(readFileSync(path, 'utf8')) as Description;
}

/** What a method does at a path; undefined: nothing. */
export function operationOf(item: PathItem, method: string): Operation | undefined {
  const name = method.toLowerCase();
  return METHODS.includes(name) ? item[name] : undefined;
}

/** The content that an operation may answer with a status; undefined: it doesn't answer so. */
export function answerContent(
  { components }: Description,
  operation: Operation,
  status: number,
): Content | undefined {
  const { responses } = operation;
  const found = responses[status] ?? responses[`${String(status)[0]}XX`];
  if (!found) return undefined;
  const response = '$ref' in found ? components.responses[nameOf(found.$ref)] : found;
  return response?.content ?? {};
}

/** The last part of a reference. */
export const nameOf = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);
