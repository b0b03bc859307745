/** Commands that go wrong, each in its own way. */
import type { ActionCommand, Command, QuestionCommand } from '../../../commands/command.ts';
import { UnansweredError } from '../../../ingest/discord/fetch-calls.ts';
import { CANARY } from './town.ts';

const text = (said: string) => ({ blocks: [{ is: 'text' as const, text: said }] });
const fail = (): never => {
  throw new Error(CANARY, { cause: new Error(CANARY) });
};

const question = (name: string, more: Partial<QuestionCommand>): Command => ({
  data: { name, description: name },
  ask: async ({ guildId, language, options }) => ({ guildId, language, options }),
  answer: async () => () => text('answered'),
  explain: async () => text('explained'),
  ...more,
});
const action = (name: string, act: ActionCommand['act']): Command => ({
  data: { name, description: name },
  act,
});

/** Errors that nobody expected. */
export const BROKEN = [
  question('broken-ask', { ask: async () => fail(), complete: async () => fail() }),
  question('broken-answer', { answer: async () => fail() }),
  question('broken-telling', { answer: async () => fail }),
  question('broken-message', { answer: async () => () => ({ blocks: [] }) }),
  question('broken-thrown', { answer: () => Promise.reject(CANARY) }),
  action('broken-act', fail),
  action('broken-later', async function* () {
    yield text('first');
    fail();
  }),
];

let released = Promise.withResolvers<void>();
let stuckNow = 0;
const stuck = async () => {
  stuckNow++;
  await released.promise;
  return text('released');
};
/** No two questions are the same. */
let asked = 0;

/** Nothing is stuck from now on. */
export const release = (): void => released.resolve();

/** All that is asked from now on is stuck. */
export function hold(): void {
  released = Promise.withResolvers();
  stuckNow = 0;
}

/** How many are stuck since then. */
export const stuckSoFar = (): number => stuckNow;

/** `stuck` waits until it is released, `stuck-act` for ever; `discord-away` cannot ask Discord. */
export const STUCK = [
  question('stuck', {
    complete: () => stuck().then(() => []),
    ask: async ({ guildId, language }) => ({ guildId, language, options: { number: ++asked } }),
    answer: async () => {
      const message = await stuck();
      return () => message;
    },
  }),
  action('stuck-act', async function* (_, { wait }) {
    yield text('begun');
    await wait(3_600_000);
  }),
  action('discord-away', () => {
    throw new UnansweredError('GET /any');
  }),
];
