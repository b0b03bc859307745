/**
 * `almanac health`: whether the process that runs here is ready, as it says itself. Supervisors ask every few seconds, so that
 * this loads nothing but the settings, and opens neither the database nor a way to Discord.
 */
import { request } from 'node:http';
import { ConfigError, type HttpConfig, loadConfig } from '../config.ts';
import type { Verb } from './main.ts';

/** Exit codes: ready; not ready; nobody answers. */
const [READY, NOT_READY, NOT_ASKED] = [0, 1, 2];

const WITHIN_MS = 5_000;
const ANSWER_CHARACTERS_MAX = 65_536;

export const health: Verb = {
  define(program, run) {
    const command = program.command('health');
    const answered = command.createOption('--format <format>', 'how to answer').choices(['text', 'json']);
    command
      .description('ask the process that runs on this machine whether all is well with it')
      .addOption(answered.default('text'))
      .option('--json', 'short for --format json')
      .addHelpText('after', '\nExit codes: 0 ready; 1 not ready; 2 nobody answers.')
      .action(({ format, json }: { format: string; json?: boolean }) =>
        run(({ config, print, tell }) => ask(config.http, json === true || format === 'json', print, tell)),
      );
  },
};

/** The same as a program of its own, for who asks often: the other verbs take half a second to be loaded. */
export async function askHealth(
  isJson: boolean,
  print: (text: string) => void,
  tell: (text: string) => void,
): Promise<number> {
  try {
    return await ask(loadConfig().http, isJson, print, tell);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    tell(error.message);
    return NOT_ASKED;
  }
}

/** What a process says of itself. */
interface Readiness {
  status: 'ready' | 'not-ready';
  checks: Record<string, { ok: boolean } & Record<string, unknown>>;
}

async function ask(
  http: HttpConfig,
  isJson: boolean,
  print: (text: string) => void,
  tell: (text: string) => void,
): Promise<number> {
  const { port } = http;
  if (port === null) {
    tell('Nobody can be asked: HTTP_PORT is off.');
    return NOT_ASKED;
  }
  const asked = await fetchReadiness({ ...http, port });
  if (typeof asked === 'string') {
    tell(`${asked} (port ${port}, by HTTP_PORT)`);
    return NOT_ASKED;
  }
  print(isJson ? JSON.stringify(asked, null, 2) : render(asked));
  return asked.status === 'ready' ? READY : NOT_READY;
}

/** Who listens everywhere is asked here. */
const EVERYWHERE: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** What is answered, or a sentence about why nothing is. */
function fetchReadiness({ host, port, token }: HttpConfig & { port: number }): Promise<Readiness | string> {
  return new Promise((resolve) => {
    const asking = request({
      host: EVERYWHERE[host] ?? host,
      port,
      path: '/health/ready',
      headers: token ? { authorization: `Bearer ${token}` } : {},
      signal: AbortSignal.timeout(WITHIN_MS),
    });
    const fail = ({ name, code }: NodeJS.ErrnoException) =>
      resolve(
        name === 'AbortError' || name === 'TimeoutError'
          ? `No answer within ${WITHIN_MS / 1000} s`
          : `Nobody answers: ${code ?? name}`,
      );
    asking.on('error', fail).on('response', (response) => {
      let said = '';
      response
        .setEncoding('utf8')
        .on('error', fail)
        .on('data', (part: string) => {
          said += part;
          if (said.length > ANSWER_CHARACTERS_MAX) response.destroy();
        })
        .on('close', () => resolve(readAnswer(response.statusCode, said)));
    });
    asking.end();
  });
}

function readAnswer(status: number | undefined, said: string): Readiness | string {
  if (status === 401) return 'HTTP_TOKEN is not the one that the running process was given';
  const read = parse(said) as Partial<Readiness> | undefined;
  const isOurs =
    (read?.status === 'ready' || read?.status === 'not-ready') && Object(read.checks) === read.checks;
  return isOurs ? (read as Readiness) : 'Another program answers there';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What each check says where all is well, and where it is not. */
const SAID: Record<string, [well: string, ill: string]> = {
  database: ['answers', 'DOES NOT ANSWER'],
  gateway: ['every shard held here is connected', 'NOT CONNECTED with every shard held here'],
  spool: ['nothing waits on disk', 'EVENTS WAIT ON DISK, as the database is away or slow'],
  lag: ['what happens is in the database soon', 'EVENTS WAIT for the database for long'],
};

function render({ status, checks }: Readiness): string {
  const lines = Object.entries(checks).map(([name, { ok, ...facts }]) => {
    const [well, ill] = SAID[name] ?? ['is well', 'IS NOT WELL'];
    const told = Object.entries(facts).map(([fact, value]) => `${fact} ${JSON.stringify(value)}`);
    return `  ${name}: ${ok ? well : ill}${told.length > 0 ? ` (${told.join(', ')})` : ''}`;
  });
  return [status === 'ready' ? 'Ready.' : 'Not ready.', ...lines]
    .join('\n')
    .replaceAll(/[^\x20-\x7e\n]/g, '?');
}
