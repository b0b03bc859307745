import { channelSketches, HOBBY } from './channels.ts';
import { say, silence } from './grammar.ts';
import { languages, type Language, type Subject } from './languages.ts';
import { crowdOf, type People, speaker } from './people.ts';
import type { Opening, Place } from './places.ts';
import { draw, firstAbove, mixture, type Mixture, type Random } from './random.ts';
import { HOUR, hourWeight, type Life } from './rhythm.ts';
import { lowBits, snowflake } from './snowflake.ts';
import type { Topic } from './speech.ts';

// A title is part of a file's name, and file systems allow 255 bytes.
const TITLE_BYTES = 100;

type Facts = Pick<Place, 'index' | 'opensAt' | 'messages'>;
type Parent = NonNullable<Place['parent']>;

/** What threads are planned from. */
export interface ThreadPlans {
  life: Life;
  people: People;
  random: Random;
  channels: readonly Place[];
  forums: readonly Parent[];
  /** Written messages of each forum post. */
  inPosts: readonly number[];
  /** Written messages of each thread, without the one that it begins from. */
  inThreads: readonly number[];
}

/** All forum posts and threads, each kind in order of time; what threads begin from is added to their channels. */
export function planThreads(plans: ThreadPlans): Place[] {
  const { channels, inPosts, inThreads } = plans;
  const times = openingTimes(plans, inPosts.length + inThreads.length);
  const posts = inOrder(times.slice(0, inPosts.length)).map((opensAt, at) => {
    const facts = { index: channels.length + at, opensAt, messages: inPosts[at] as number };
    return planPost(plans, facts);
  });
  const parents = threadParents(channels);
  const threads = inOrder(times.slice(inPosts.length)).map((opensAt, at) => {
    const facts = { index: channels.length + posts.length + at, opensAt, messages: inThreads[at] as number };
    return planThread(plans, facts, draw(plans.random, parents));
  });
  return [...posts, ...threads];
}

function inOrder(times: readonly number[]): number[] {
  return times.toSorted((one, other) => one - other);
}

function threadParents(channels: readonly Place[]): Mixture<Place> {
  const weights = new Map(channelSketches.map(({ name, weight }) => [name, weight]));
  return mixture(
    channels
      .filter(({ purpose, type }) => (purpose === 'talk' || purpose === 'help') && type === 'GuildTextChat')
      .map((channel) => [channel, weights.get(channel.name) ?? 1] as const),
  );
}

/** A forum post: it has the id of its own first message. */
function planPost(plans: ThreadPlans, facts: Facts): Place {
  const { random, forums } = plans;
  const language = random.chance(0.12) ? random.pick(languages) : (languages[0] as Language);
  const hobby = language.subjects.filter(({ name }) => HOBBY.includes(name));
  const subject = random.pick(hobby.length === 0 ? language.subjects : hobby);
  const parent = forums[random.chance(0.7) ? 0 : 1] as Parent;
  const id = snowflake(facts.opensAt, lowBits(facts.index, 0));
  return newThread(plans, { ...facts, id, parent }, 'post', { language, subject });
}

/** A thread that begins from a message of a channel: it has that message's id. */
function planThread(plans: ThreadPlans, facts: Facts, channel: Place): Place {
  const { language, subjects } = channel;
  const id = snowflake(facts.opensAt, lowBits(channel.index, 0));
  const parent = { id: channel.id, name: channel.name };
  const thread = newThread(plans, { ...facts, id, parent }, 'thread', {
    language,
    subject: plans.random.pick(subjects),
  });
  channel.threads.push(thread);
  channel.messages++;
  return thread;
}

function newThread(
  { life, people, random }: ThreadPlans,
  facts: Facts & { id: string; parent: Parent },
  kind: Opening['kind'],
  { language, subject }: Pick<Topic, 'language' | 'subject'>,
): Place {
  const { index, opensAt, messages } = facts;
  const question = random.pick(subject.questions);
  const asked = silence();
  say(asked, question.ask, random);
  // Long threads take longer: days, not hours.
  const lifetime = 6 * HOUR + random.exponential(30 * HOUR) * (1 + messages / 15);
  return {
    ...facts,
    type: 'GuildPublicThread',
    name: titleOf(subject, asked.text, random),
    topic: null,
    purpose: 'help',
    language,
    subjects: [subject],
    closesAt: Math.min(life.endsAt, opensAt + Math.floor(lifetime)),
    threads: [],
    opening: {
      kind,
      creator: speaker(people, crowdOf(people, language, opensAt), opensAt, index, random),
      topic: { language, subject, question },
      asked: asked.text,
      noticedAt: opensAt + random.between(900, 4000),
    },
  };
}

/** A thread's title: its question where that is short enough, or something about its subject. */
function titleOf(subject: Subject, asked: string, random: Random): string {
  const question = JSON.parse(`"${asked}"`) as string;
  if (Buffer.byteLength(question) <= TITLE_BYTES && random.chance(0.5)) return question;
  const title = silence();
  say(title, random.pick(subject.titles), random);
  return JSON.parse(`"${title.text}"`) as string;
}

/** When threads begin: at lively hours, not in the first day nor the last, and no two in the same millisecond. */
function openingTimes({ life, people, random }: ThreadPlans, count: number): number[] {
  const from = life.startsAt + 24 * HOUR;
  const hours = Math.floor((life.endsAt - 12 * HOUR - from) / HOUR);
  const sums = new Float64Array(hours);
  let sum = 0;
  for (let hour = 0; hour < hours; hour++) {
    sums[hour] = sum += hourWeight(life, people.everyone.rhythm, Math.floor(from / HOUR) + hour);
  }
  const times = new Set<number>();
  while (times.size < count) {
    times.add(from + firstAbove(sums, hours, random.next() * sum) * HOUR + random.below(HOUR));
  }
  return [...times];
}
