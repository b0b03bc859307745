/** How long an answer takes in a large guild. */
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Store } from '../../../db/connect.ts';
import { migrate } from '../../../db/migrate.ts';
import { guilds } from '../../../db/queries/guilds.ts';
import { recordSpan } from '../../../db/queries/record-span.ts';
import { buildGuide, type GuideRequest } from '../../../reports/guide.ts';
import { seededRandom } from '../../support/random.ts';
import { makeCommunity, openData } from '../community.ts';
import { spread } from './figures.ts';
import { readWords } from './ranker.ts';
import { slip } from './speech.ts';

const MESSAGES = Number(process.env.BENCH_MESSAGES ?? 1_000_000);
const RUNS = 7;
/** So many messages have the words that are asked for, or as near to it as there is a word. */
const MATCHES = [10, 100, 1000, 10_000, 100_000];

interface Time {
  asked: string;
  /** Of its word, where it is one. */
  matches: number | undefined;
  coldMs: number;
  p50: number;
  p95: number;
}

export interface BigReport {
  messages: number;
  readWordsMs: number;
  times: Time[];
}

/** Makes a community of a tenth of the size and one of the whole, or takes what is there; asks each the same. */
export async function measureBig(
  folder: string,
  data: string | undefined,
  say: (line: string) => void,
): Promise<BigReport[]> {
  if (data !== undefined) return [await measure(data, say)];
  const reports: BigReport[] = [];
  for (const size of [MESSAGES / 10, MESSAGES])
    reports.push(await measure((await makeCommunity(size, join(folder, String(size)), 'UTC')).data, say));
  return reports;
}

async function measure(data: string, say: (line: string) => void): Promise<BigReport> {
  let store = await openData(data);
  await migrate(store.db);
  const guild = (await guilds(store.db)).toSorted((a, b) => b.messages - a.messages)[0]!;
  const startedAt = performance.now();
  await readWords(store, guild.id);
  const readWordsMs = performance.now() - startedAt;
  const asked = await topicsOf(store, guild.id);
  const { firstMs, lastMs } = (await recordSpan(store.db, { guildId: guild.id }))!;
  // The server starts anew: nothing is in its memory, though it may be in the machine's.
  await store.close();
  store = await openData(data);
  say(
    `\n${guild.messages.toLocaleString('en')} messages; their words read in ${(readWordsMs / 1000).toFixed(0)} s\n`,
  );
  say('| asked | messages with the word | cold | p50 | p95 |\n| --- | ---: | ---: | ---: | ---: |');
  const times: Time[] = [];
  for (const { name, topic, matches } of asked) {
    const request: GuideRequest = {
      guildId: guild.id,
      guildName: guild.name ?? '',
      window: { fromMs: firstMs, toMs: lastMs + 1, timeZone: 'UTC' },
      countedFor: 'everyone',
      ...(topic !== undefined && { topic }),
    };
    const { coldMs, ...warm } = await timed(() => buildGuide(store.db, request));
    times.push({ asked: name, matches, coldMs, ...warm });
    const cells = [coldMs, warm.p50, warm.p95].map((ms) => `${Math.round(ms).toLocaleString('en')} ms`);
    say(`| ${[name, matches?.toLocaleString('en') ?? '', ...cells].join(' | ')} |`);
  }
  await store.close();
  return { messages: guild.messages, readWordsMs, times };
}

interface AskedTopic {
  name: string;
  topic: string | undefined;
  matches: number | undefined;
}

/** Topics of all kinds, in words that are spoken there. */
async function topicsOf({ db }: Store, guildId: string): Promise<AskedTopic[]> {
  const { rows: words } = await sql<{ word: string; matches: number }>`
    select word, sum(messages)::int as matches from vocabulary
    where guild_id = ${guildId} and word ~ '^[a-z]{5,}$' group by word order by matches, word`.execute(db);
  const { rows: questions } = await sql<{ content: string }>`
    select content from messages where guild_id = ${guildId} and asks and content_length between 60 and 200
    order by message_id limit 1`.execute(db);
  const near = (matches: number) =>
    words.reduce((best, word) =>
      Math.abs(word.matches - matches) < Math.abs(best.matches - matches) ? word : best,
    );
  const single = MATCHES.map(near).filter(
    ({ word }, i, all) => all.findIndex((other) => other.word === word) === i,
  );
  const [few, some] = [near(100), near(1000)];
  return [
    ...single.map(({ word, matches }) => ({ name: 'a word', topic: word, matches })),
    { name: 'two words', topic: `${few.word} ${some.word}`, matches: undefined },
    { name: 'a misspelled word', topic: slip(some.word, seededRandom(1)), matches: undefined },
    { name: 'a word that nobody used', topic: 'quizzaciously', matches: 0 },
    ...questions.map(({ content }) => ({ name: 'a whole question', topic: content, matches: undefined })),
    {
      name: 'a whole page',
      topic: `${words
        .slice(-400)
        .map(({ word }) => word)
        .join(' ')}?`,
      matches: undefined,
    },
    { name: 'no topic', topic: undefined, matches: undefined },
  ];
}

async function timed(work: () => Promise<unknown>): Promise<{ coldMs: number; p50: number; p95: number }> {
  const each: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const startedAt = performance.now();
    await work();
    each.push(performance.now() - startedAt);
    // What takes so long is not asked again and again.
    if (each[0]! > 30_000) break;
  }
  const [coldMs, ...warm] = each;
  return { coldMs: coldMs!, ...spread(warm.length > 0 ? warm : [coldMs!]) };
}
