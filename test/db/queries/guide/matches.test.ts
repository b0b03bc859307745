import { beforeAll, describe, expect, it } from 'vitest';
import type { RelevantExchange } from '../../../../db/queries/guide/evidence.ts';
import { lookUp, type Topic } from '../../../../db/queries/guide/topic.ts';
import type { Scope } from '../../../../db/queries/scope.ts';
import { saveSettings } from '../../../../db/settings.ts';
import { useDatabase } from '../../../support/database.ts';
import { naiveGuild, type NaiveGuild } from '../../../support/naive.ts';
import { GUILD } from '../../../support/records.ts';
import { NOW_MS, Talk, topicOf } from '../../../support/talk.ts';
import { chatter } from './chatter.ts';
import { naiveTopic, type NaiveTopic } from './naive-topic.ts';

const database = useDatabase();
let guild: NaiveGuild;
const scopes: Record<string, Scope> = {};
beforeAll(async () => {
  const talk = new Talk();
  chatter(talk, 7, 500);
  await talk.write(database);
  await saveSettings(database.db, GUILD, { excludedChannels: [talk.place('hidden')] }, new Date(NOW_MS));
  guild = await naiveGuild(database.db, GUILD);
  const all = topicOf('');
  const threads = guild.messages
    .map((m) => m.channelId)
    .filter((id, i) => guild.channels.get(id)?.type === 11 && i % 2 === 0);
  const channels = ['clay', 'help', 'hidden', 'forum'].map((name) => talk.place(name));
  scopes['everything'] = all;
  scopes['some of the channels and threads'] = { ...all, channels: [...channels, ...new Set(threads)] };
  scopes['half of the year'] = { ...all, window: { ...all.window, toMs: NOW_MS - 180 * 86_400_000 } };
});

const TOPICS: Record<string, string[][]> = {
  kiln: [['kiln', 'kilns']],
  'a stoneware kiln?': [
    ['stoneware', 'stonewares'],
    ['kiln', 'kilns'],
  ],
  'node-cron for my Öfen': [['node-cron'], ['node'], ['cron'], ['ofen']],
};

const near = (value: number) => expect.closeTo(value, 5) as number;

function agree({ matches, exchanges }: Topic, naive: NaiveTopic, name: string): void {
  expect({ messages: matches.messages, people: matches.people }, name).toEqual({
    messages: naive.messages,
    people: naive.people,
  });
  expect(matches.places, name).toEqual(
    naive.places.slice(0, 8).map((place) => ({ ...place, mass: near(place.mass) })),
  );
  const relevances = matches.best.map(({ id, relevance }) => [id, relevance]);
  const found = [...naive.relevances].filter(([, relevance]) => relevance > 0);
  expect(relevances.toSorted(), name).toEqual(
    found.map(([id, relevance]) => [id, near(relevance)]).toSorted(),
  );
  const key = (one: RelevantExchange) => `${one.questionId} ${one.answerId}`;
  const inOrder = <T extends RelevantExchange>(list: readonly T[]) =>
    list.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  expect(inOrder(exchanges), name).toEqual(
    inOrder(naive.exchanges).map((one) => ({
      ...one,
      relevance: near(one.relevance),
      ownRelevance: near(one.ownRelevance),
    })),
  );
}

describe('messages, places and exchanges of a topic are what a naive pass finds', () => {
  it.each(Object.keys(TOPICS))('%s', async (topic) => {
    for (const [name, scope] of Object.entries(scopes)) {
      const naive = await naiveTopic(database.db, guild, scope, TOPICS[topic]!);
      agree(await lookUp(database.db, scope, topic), naive, name);
    }
  });

  it('with what is misspelled', async () => {
    const naive = await naiveTopic(database.db, guild, scopes['everything']!, [
      ['wheelbarrow', 'wheelbarow'],
    ]);
    agree(await lookUp(database.db, scopes['everything']!, 'wheelbarrow'), naive, '');
  });

  it('and there is some of each sort among them', async () => {
    const { exchanges } = await naiveTopic(database.db, guild, scopes['everything']!, TOPICS['kiln']!);
    const count = (is: (one: RelevantExchange) => unknown) => exchanges.filter(is).length;
    expect(count((one) => one.isQuestion)).toBeGreaterThan(20);
    expect(count((one) => !one.isQuestion)).toBeGreaterThan(0);
    expect(count((one) => one.place === 2)).toBeGreaterThan(5);
    expect(count((one) => one.channelId !== one.placeId)).toBeGreaterThan(5);
    expect(count((one) => one.isThanked)).toBeGreaterThan(3);
    expect(count((one) => one.isFollowed)).toBeGreaterThan(2);
    expect(count((one) => one.reactions)).toBeGreaterThan(3);
  });
});
