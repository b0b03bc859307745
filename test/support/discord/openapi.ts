/**
 * Discord's own description of its REST API, asked about each request and each answer of the loopback Discord. Stricter
 * than the description: what it doesn't name (a route, a method, a query parameter, a property) is a fault.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../sources.ts';
import {
  answerContent,
  type Description,
  type Operation,
  operationOf,
  type Parameter,
  readDescription,
  type Schema,
} from './openapi/description.ts';
import { templateMatcher } from './openapi/templates.ts';
import { type Compile, makeCompile } from './openapi/validator.ts';

const JSON_TYPE = 'application/json';

/** A request as it came. `path` is without `/api/v10`; `body` is parsed (of a multipart body, its `payload_json`). */
export interface RequestToCheck {
  method: string;
  path: string;
  query: URLSearchParams;
  /** Undefined: the request has none. */
  body: unknown;
  /** Absent: `application/json`. */
  contentType?: string | undefined;
}

/** An answer that is to be given. `body` is undefined where there is none. */
export interface AnswerToCheck {
  method: string;
  path: string;
  status: number;
  body: unknown;
}

/** What Discord's description has to say. Answers are faults in words ("body.flags: must be integer"); none is good. */
export interface Oracle {
  checkRequest(request: RequestToCheck): string[];
  checkAnswer(answer: AnswerToCheck): string[];
}

/** Where Discord's description is: `DISCORD_OPENAPI`, or beside this project; undefined: not here, so nothing is checked. */
export function findDescription(): string | undefined {
  const path = process.env.DISCORD_OPENAPI ?? join(ROOT, '..', 'shared', 'discord-openapi.json');
  return existsSync(path) ? path : undefined;
}

const oracles = new Map<string, Oracle>();

/** The oracle that the description in a file makes, one in a process; undefined without a path. */
export function loadOracle(path: string | undefined): Oracle | undefined {
  if (path === undefined) return undefined;
  const oracle = oracles.get(path) ?? makeOracle(readDescription(path));
  oracles.set(path, oracle);
  return oracle;
}

function makeOracle(description: Description): Oracle {
  const matchOf = templateMatcher(Object.keys(description.paths));
  const answer = makeCompile(description, 'answer');
  // A parameter is read as what it means, so none need be lenient.
  const compile = { request: makeCompile(description, 'request'), parameter: answer, answer };

  function find(method: string, path: string) {
    const matched = matchOf(path);
    if (!matched) return { fault: 'path: unknown route' };
    const item = description.paths[matched.template]!;
    const operation = operationOf(item, method);
    if (!operation) return { fault: `method: no ${method} on ${matched.template}` };
    const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
    return { operation, parameters, given: matched.parameters };
  }

  return {
    checkRequest({ method, path, query, body, contentType = JSON_TYPE }) {
      const found = find(method, path);
      if (found.fault !== undefined) return [found.fault];
      const { operation, parameters, given } = found;
      const ofPath = parameters
        .filter((one) => one.in === 'path')
        .flatMap((one) => checkText(compile.parameter, one, [given[one.name]!]));
      const ofQuery = parameters.filter((one) => one.in === 'query');
      return [
        ...ofPath,
        ...checkQuery(compile.parameter, ofQuery, query),
        ...checkBody(compile.request, operation, body, contentType),
      ];
    },
    checkAnswer({ method, path, status, body }) {
      // Discord describes none of its own failures.
      if (status >= 500) return [];
      const found = find(method, path);
      if (found.fault !== undefined) return status === 404 || status === 405 ? [] : [found.fault];
      const content = answerContent(description, found.operation, status);
      if (!content) return [`status: ${status} is not described`];
      const schema = content[JSON_TYPE]?.schema;
      if (!schema)
        return body === undefined || Object.keys(content).length > 0 ? [] : ['body: none is described'];
      return body === undefined ? ['body: missing'] : compile.answer(schema)('body', body);
    },
  };
}

function checkQuery(compile: Compile, described: Parameter[], query: URLSearchParams): string[] {
  const names = new Set(described.map(({ name }) => name));
  const unknown = [...new Set(query.keys())].filter((name) => !names.has(name));
  return [
    ...unknown.map((name) => `query.${name}: unknown parameter`),
    ...described.flatMap((one) => {
      if (query.has(one.name)) return checkText(compile, one, query.getAll(one.name));
      return one.required ? [`query.${one.name}: missing`] : [];
    }),
  ];
}

/** A parameter is text, whatever it means: it is good if any way to read it is. */
function checkText(compile: Compile, { name, in: where, schema }: Parameter, texts: string[]): string[] {
  const check = compile(schema);
  const answers = [...readings(texts[0]!, texts.length), texts, texts.map(Number)].map((value) =>
    check(`${where}.${name}`, value),
  );
  return answers.some((faults) => faults.length === 0) ? [] : answers[0]!;
}

/** What one text may mean, the likeliest first; nothing if there are several. */
function readings(text: string, count: number): unknown[] {
  if (count > 1) return [];
  if (/^-?\d+(\.\d+)?$/.test(text)) return [Number(text), text];
  return text === 'true' || text === 'false' ? [text === 'true', text] : [text];
}

function checkBody(compile: Compile, operation: Operation, body: unknown, contentType: string): string[] {
  const { content = {}, required = false } = operation.requestBody ?? {};
  if (body === undefined) return required ? ['body: missing'] : [];
  const kind = contentType.split(';')[0]!.trim().toLowerCase();
  const schema: Schema | undefined = content[kind]?.schema;
  if (!schema) return [operation.requestBody ? `body: ${kind} is not described` : 'body: none is described'];
  // What a multipart body says beside its files is what the same request says in JSON.
  return compile(content[JSON_TYPE]?.schema ?? schema)('body', body);
}
