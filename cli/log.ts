/**
 * The log of a running bot, to stderr: one line of JSON a unit of work, or a short plain one where a person looks on.
 * Never texts, names, tokens or addresses with passwords.
 */
import { type Logger, pino, stdSerializers } from 'pino';

export type Log = Logger;

type Facts = Record<string, unknown>;

/** What of an error may be told: a database's and a network's messages can hold what was being written. */
function safeError(error: unknown) {
  const { type, stack, message } = stdSerializers.err(error instanceof Error ? error : new Error('thrown'));
  const { code, status, name, cause } = Object(error) as Facts;
  return {
    type,
    name,
    code,
    status,
    cause: (Object(cause) as Facts)['code'],
    // Where it came from, without its message, which may look like a part of that.
    at: (message === '' ? stack : stack.replaceAll(message, ''))
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 8)
      .map((line) => line.trim()),
  };
}

/** Opens the log. Lines are written at once, so that none is lost where the process ends; `write` ends them. */
export function openLog(
  level: string,
  write: (line: string) => void,
  isForPeople = process.stderr.isTTY === true,
): Log {
  const lineOf = isForPeople ? plainLines() : (json: string) => json;
  return pino(
    { level, base: null, serializers: { err: safeError } },
    { write: (line) => write(lineOf(line.trimEnd())) },
  );
}

const LEVELS = { warn: 40, error: 50, fatal: 60 };

/** Makes of a line's JSON what a person reads: `16:20:01 shard 0 connected`. */
function plainLines(): (json: string) => string {
  const sentences = makeSentences();
  return (json) => {
    const { level, time, msg, err, component: _, ...facts } = JSON.parse(json) as Facts;
    const sentence =
      sentences[String(msg)]?.(facts) ?? `${msg}${inBrackets(Object.entries(facts).map(asWords))}`;
    const at = new Date(Number(time)).toTimeString().slice(0, 8);
    const mark = Number(level) >= LEVELS.error ? 'ERROR: ' : Number(level) >= LEVELS.warn ? 'WARNING: ' : '';
    return `${at} ${mark}${sentence}${err ? causeOf(err as Facts, Number(level)) : ''}`;
  };
}

/** What is told most, by its message in the log. */
function makeSentences(): Record<string, (facts: Facts) => string> {
  const before = new Map<unknown, number>();
  return {
    shard: ({ shardId, state, code, failures, cause }) => {
      const facts = Object.entries({ code, cause, tries: failures }).filter(
        ([, value]) => value !== undefined,
      );
      return `shard ${shardId} ${STATES[String(state)] ?? state}${inBrackets(facts.map(asWords))}`;
    },
    'shard held': ({ shardId }) => `shard ${shardId} is recorded by this process`,
    'gap repaired': ({ guildId, durationMs }) =>
      `what was missed of server ${guildId} has been looked for in its history (took ${seconds(durationMs)})`,
    'backfill worked on': ({ guildId, state, messages, durationMs }) =>
      `the history of server ${guildId} was read for ${seconds(durationMs)}: ${count(messages)} new messages so far (${state})`,
    recording({ shardId, written, lagMs, spooledEvents, setAside, dropped }) {
      const events = Number(written) - (before.get(shardId) ?? 0);
      before.set(shardId, Number(written));
      const more = [
        Number(spooledEvents) > 0 && `${count(spooledEvents)} wait on the disk`,
        Number(setAside) > 0 && `${count(setAside)} could not be read and were set aside`,
        Number(dropped) > 0 && `${count(dropped)} were missed`,
      ];
      const told = `shard ${shardId} recorded ${count(events)} event${events === 1 ? '' : 's'} in the last minute`;
      return [`${told}, ${seconds(lagMs)} behind`, ...more].filter(Boolean).join('; ');
    },
  };
}

const STATES: Record<string, string> = {
  identified: 'connected',
  resumed: 'connected again where it was; nothing was missed',
  dropped: 'disconnected',
  retrying: 'tries to connect again',
  'session refused': 'was away for too long: what it missed is looked for in the history',
};

const count = (value: unknown): string => Number(value).toLocaleString('en');
const seconds = (ms: unknown): string => `${(Number(ms) / 1000).toFixed(1)} s`;
const inBrackets = (parts: string[]): string => (parts.length === 0 ? '' : ` (${parts.join(', ')})`);

function asWords([key, value]: [string, unknown]): string {
  if (key.endsWith('Ms')) return `${key.slice(0, -2)} ${seconds(value)}`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `${key} ${text.replaceAll(/[^\x20-\x7e]/g, '?')}`;
}

/** Of an error why; of one that nobody expected also where, for whoever mends it. */
function causeOf({ type, code, status, cause, at }: Facts, level: number): string {
  const why = inBrackets([String(code ?? cause ?? status ?? type)]);
  return level < LEVELS.fatal ? why : [why, ...(at as string[])].join('\n    ');
}
