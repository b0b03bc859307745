import { type ChannelSketch, channelSketches, FORUMS, GUILD_NAME, type Purpose } from './channels.ts';
import { type Language, languages, type Subject } from './languages.ts';
import { type People, PEOPLE_FOR_ALL_LANGUAGES } from './people.ts';
import type { SettledPlan } from './plan.ts';
import type { Random } from './random.ts';
import type { Life } from './rhythm.ts';
import { lowBits, snowflake } from './snowflake.ts';
import type { Topic } from './speech.ts';
import { planThreads } from './threads.ts';

/** A channel, thread or forum post: one export file. */
export interface Place {
  /** 0 to 3,999; part of the ids of its messages. */
  index: number;
  id: string;
  type: 'GuildTextChat' | 'GuildNews' | 'GuildVoiceChat' | 'GuildPublicThread';
  name: string;
  topic: string | null;
  /** The category of a channel, the channel or forum of a thread. */
  parent: { id: string; name: string } | null;
  purpose: Purpose;
  language: Language;
  subjects: readonly Subject[];
  /** Written messages to come, the first of a post and those that threads begin from included. */
  messages: number;
  opensAt: number;
  closesAt: number;
  /** Threads that begin from a message here. */
  threads: Place[];
  opening: Opening | null;
}

/** How a thread began. */
export interface Opening {
  kind: 'post' | 'thread';
  creator: number;
  /** What is asked, and its text in the first message. */
  topic: Topic;
  asked: string;
  /** When Discord's notices of it were written, shortly after the message it began from. */
  noticedAt: number;
}

/** The server: its identity and every place that is exported. */
export interface Guild {
  id: string;
  name: string;
  iconUrl: string;
  places: readonly Place[];
}

const DAY = 86_400_000;
// Places have numbers below 4,000; those above are for what is not exported itself.
const GUILD_NUMBER = 4_090;
const CATEGORY_NUMBER = 4_000;
const POSTS = 0.08;
const THREADS = 0.05;

/** The server of a plan: channels first, then posts and threads, with what is written in each adding up to the plan. */
export function layOut(plan: SettledPlan, life: Life, people: People, random: Random): Guild {
  const foundedAt = life.startsAt - 2 * DAY;
  const id = plan.guildId ?? snowflake(foundedAt, lowBits(GUILD_NUMBER, 0));
  const channels = layOutChannels(plan, life, people);
  const forums = FORUMS.map((name, at) => ({ id: numbered(foundedAt, GUILD_NUMBER + 1 + at), name }));
  const posts = Math.min(1_600, Math.max(2, Math.round(0.2 * plan.messages ** 0.6)));
  const threads = Math.min(1_200, Math.max(2, Math.round(0.15 * plan.messages ** 0.6)));
  const written = {
    posts: Math.max(posts, plan.messages * POSTS),
    threads: Math.max(threads, plan.messages * THREADS),
  };
  const inPosts = apportion(Math.round(written.posts), sizes(posts, random), 1);
  const inThreads = apportion(Math.round(written.threads), sizes(threads, random), 1);
  const rest = plan.messages - sum(inPosts) - sum(inThreads) - threads;
  shareOut(rest, channels, life.weeks);
  const openings = planThreads({ life, people, random, channels, forums, inPosts, inThreads });
  return {
    id,
    name: GUILD_NAME,
    iconUrl: `https://cdn.discordapp.com/icons/${id}/${random.hex(32)}.png?size=512`,
    places: [...channels, ...openings],
  };
}

function layOutChannels(plan: SettledPlan, life: Life, people: People): Place[] {
  const foundedAt = life.startsAt - 2 * DAY;
  const sketches = channelSketches
    .filter(({ language }) => language === 'en' || people.count >= PEOPLE_FOR_ALL_LANGUAGES)
    .slice(0, plan.channels);
  const categories = [...new Set(sketches.map(({ category }) => category))];
  return sketches.map((sketch, index) => {
    const { category } = sketch;
    const language = languages.find(({ code }) => code === sketch.language) as Language;
    const subjects = language.subjects.filter(({ name }) => sketch.subjects.includes(name));
    return {
      index,
      id: numbered(foundedAt + index * 41_000, index),
      type: sketch.type,
      name: sketch.name,
      topic: sketch.topic,
      parent:
        category === null
          ? null
          : { id: numbered(foundedAt, CATEGORY_NUMBER + categories.indexOf(category)), name: category },
      purpose: sketch.purpose,
      language,
      subjects: subjects.length === 0 ? language.subjects : subjects,
      messages: 0,
      opensAt: life.startsAt,
      closesAt: life.endsAt,
      threads: [],
      opening: null,
    };
  });
}

/** Gives each channel its share of the messages; a channel with a weekly limit leaves the rest to the others. */
function shareOut(messages: number, channels: readonly Place[], weeks: number): void {
  const sketchOf = new Map(channelSketches.map((sketch) => [sketch.name, sketch]));
  const sketches = channels.map(({ name }) => sketchOf.get(name) as ChannelSketch);
  const total = sum(sketches.map(({ weight }) => weight));
  const limited = sketches.map(({ weight, weeklyMax }) => {
    return weeklyMax === Infinity ? 0 : Math.floor(Math.min(weeklyMax * weeks, (messages * weight) / total));
  });
  const free = sketches.map(({ weight, weeklyMax }) => (weeklyMax === Infinity ? weight : 0));
  const shares = apportion(messages - sum(limited), free, 0);
  channels.forEach((channel, at) => {
    channel.messages = (limited[at] as number) + (shares[at] as number);
  });
}

/** Whole numbers that add up to `total`, in proportion to the weights, each at least `least`. */
export function apportion(total: number, weights: readonly number[], least: number): number[] {
  const all = sum(weights);
  const free = total - least * weights.length;
  let weightSoFar = 0;
  let givenSoFar = 0;
  return weights.map((weight) => {
    weightSoFar += weight;
    const given = Math.round((free * weightSoFar) / all) - givenSoFar;
    givenSoFar += given;
    return least + given;
  });
}

function sizes(count: number, random: Random): number[] {
  return Array.from({ length: count }, () => Math.exp(random.normal() * 1.1));
}

function numbered(ms: number, number: number): string {
  return snowflake(ms, lowBits(number, 0));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
