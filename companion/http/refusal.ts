/** What is said when something is not answered: a word for programs, and a sentence that says what to do. */
import { WindowError } from '../../db/window.ts';
import { TooLateError } from '../../db/time-limit.ts';
import { UserError } from '../../reports/user-error.ts';

/** Shown as it stands. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly status: number;
  readonly error: string;
  readonly headers: Record<string, string>;

  constructor(status: number, error: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.error = error;
    this.headers = headers;
  }
}

/** As it is sent. */
export const bodyOf = ({ error, message }: Refusal) => ({ error, message });

export const notFound = (): Refusal =>
  new Refusal(404, 'not-found', 'There is nothing here. What there is: GET /api/v1/openapi.json');

/** The same for every token that is not good here, whatever is wrong with it. */
export const unauthorized = (): Refusal =>
  new Refusal(
    401,
    'unauthorized',
    'Send a token that is good here as `Authorization: Bearer TOKEN`. `almanac token create` makes one for the API; health and metrics take HTTP_TOKEN.',
    { 'www-authenticate': 'Bearer realm="almanac"' },
  );

export const tooMany = (seconds: number): Refusal =>
  new Refusal(429, 'too-many-requests', `Too many requests. Ask again in ${seconds} s.`, {
    'retry-after': String(seconds),
  });

export const busy = (): Refusal =>
  new Refusal(503, 'busy', 'Too many questions are being answered. Ask again in some seconds.', {
    'retry-after': '5',
  });

export const databaseAway = (): Refusal =>
  new Refusal(503, 'database-away', 'The database cannot be reached now. Ask again in some seconds.', {
    'retry-after': '5',
  });

const tooSlow = (): Refusal =>
  new Refusal(503, 'too-slow', 'The answer took too long. Ask about less: fewer days, or fewer channels.', {
    'retry-after': '30',
  });

/** Postgres ended a statement that took too long. */
const CANCELED = '57014';

/** What an error says to whoever asked; undefined of one that nobody expected. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof UserError || error instanceof WindowError)
    return new Refusal(400, 'bad-request', error.message);
  const { code, statusCode, validation } = Object(error) as Thrown;
  if (error instanceof TooLateError || code === CANCELED) return tooSlow();
  if (validation?.[0]) return new Refusal(400, 'bad-parameter', faultOf(validation[0]));
  if (statusCode === undefined || statusCode < 400 || statusCode > 499) return undefined;
  return new Refusal(
    statusCode,
    'bad-request',
    'This request cannot be read. Its address is not well formed.',
  );
}

interface Thrown {
  code?: unknown;
  statusCode?: number;
  validation?: Fault[];
}

/** As ajv tells it. */
interface Fault {
  instancePath: string;
  keyword: string;
  params: Record<string, unknown>;
}

const FORMATS: Record<string, string> = {
  snowflake: 'an id of Discord, a number of up to 19 digits',
  moment: 'a date as 2026-11-16, or an instant as 2026-11-16T09:00Z, of the years 2000 to 2084',
  'iso-week': 'an ISO week as 2026-W46, of the years 2000 to 2084',
  'time-zone': 'a time zone as Europe/Vienna or UTC',
};

/** Which parameter is wrong, and how it is right. */
function faultOf({ instancePath, keyword, params }: Fault): string {
  if (keyword === 'additionalProperties') {
    const name = String(params['additionalProperty']).slice(0, 50);
    return `There is no parameter ${JSON.stringify(name)} here. See those that there are: GET /api/v1/openapi.json`;
  }
  if (keyword === 'required') return `The parameter ${String(params['missingProperty'])} is missing.`;
  const name = instancePath.split('/')[1] || 'A parameter';
  return `${name} must be ${wanted(keyword, params)}.`;
}

function wanted(keyword: string, params: Record<string, unknown>): string {
  const limit = String(params['limit']);
  switch (keyword) {
    case 'type':
      return params['type'] === 'integer' ? 'one whole number' : `one ${String(params['type'])}`;
    case 'format':
      return FORMATS[String(params['format'])] ?? String(params['format']);
    case 'enum':
      return `one of ${(params['allowedValues'] as unknown[]).join(', ')}`;
    case 'minimum':
      return `${limit} or more`;
    case 'maximum':
      return `${limit} or less`;
    case 'minLength':
      return `${limit} or more characters`;
    case 'maxLength':
      return `${limit} or fewer characters`;
    case 'maxItems':
      return `given ${limit} times at most`;
    default:
      return 'as GET /api/v1/openapi.json says';
  }
}
