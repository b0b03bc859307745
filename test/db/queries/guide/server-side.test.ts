/** The guide without a topic, held against a naive pass over the raw rows, and against a store in which nothing else exists. */
import { beforeAll, describe, expect, it } from 'vitest';
import { refreshWords } from '../../../../db/full-text/refresh.ts';
import { asking } from '../../../../db/queries/guide/asking.ts';
import { usedWords } from '../../../../db/queries/guide/channel-vocabulary.ts';
import { channelWords } from '../../../../db/queries/guide/channel-words.ts';
import { nameable } from '../../../../db/queries/guide/named.ts';
import { firstPlaces } from '../../../../db/queries/guide/newcomer-places.ts';
import { presenceOf } from '../../../../db/queries/guide/presence.ts';
import { welcomers } from '../../../../db/queries/guide/welcomers.ts';
import { type AskedGuild, askedGuild } from '../../../support/asked-guild.ts';
import { makeDatabase, useDatabase } from '../../../support/database.ts';
import { useFolder } from '../../../support/folder.ts';
import { byId, groupBy, localParts } from '../../../support/naive.ts';
import {
  lately,
  namedOf,
  newcomersOf,
  people,
  placeOf,
  welcomersOf,
  wordsUsed,
  upToNow,
} from '../../../support/naive-guide.ts';
import { questionsOf, waitedMinutes } from '../../../support/naive-questions.ts';

const DAY_MS = 86_400_000;

const database = useDatabase();
const folder = useFolder();
let guild: AskedGuild;
beforeAll(async () => {
  guild = await askedGuild(database, `${folder.path}/asked`, 3000);
  const { guildId, naive } = guild;
  // Somebody who writes to the end has left.
  const leftId = naive.messages.findLast(
    (m) => !naive.bots.has(m.authorId) && !naive.unranked.has(m.authorId),
  )!.authorId;
  await database.pool.query(`update members set left_at = now() where guild_id = $1 and user_id = $2`, [
    guildId,
    leftId,
  ]);
  naive.members.get(leftId)!.left_at = new Date();
  for await (const _ of refreshWords(database, guildId));
});

const scopes = () => Object.entries(guild.scopes);

describe('in every scope, as a naive pass finds it', () => {
  it('those may be named who are people, here, not opted out, and wrote in the last 90 days', async () => {
    for (const [name, asked] of scopes()) {
      const all = guild.naive.messages.map((m) => m.authorId);
      expect(await nameable(database.db, asked, all), name).toEqual(namedOf(guild.naive, asked));
    }
    expect(namedOf(guild.naive, guild.scopes['all time']!).size).toBeGreaterThan(10);
  });

  it('people are around in the shortest stretch of the clock that holds 60 % of what they wrote', async () => {
    for (const [name, asked] of scopes()) {
      const naive = [...groupBy(lately(guild.naive, asked), (m) => m.authorId)].map(([id, own]) => {
        const hours = own.map(({ ms }) => localParts(ms, asked.window.timeZone).hour);
        const stretches = Array.from({ length: 240 }, (_, i) => ({
          from: i % 24,
          length: Math.floor(i / 24) + 1,
        }))
          .map(({ from, length }) => ({
            from,
            length,
            held: hours.filter((h) => (h - from + 24) % 24 < length).length,
          }))
          .filter(({ held }) => held >= 0.6 * own.length)
          .toSorted((a, b) => a.length - b.length || b.held - a.held || a.from - b.from);
        const [best] = own.length < 10 ? [] : stretches;
        return [
          id,
          {
            hours: best ? { from: best.from, to: (best.from + best.length) % 24 } : null,
            lastAt: new Date(own.at(-1)!.ms).toISOString(),
          },
        ] as const;
      });
      expect(await presenceOf(database.db, asked, people(guild.naive, asked)), name).toEqual(new Map(naive));
    }
  });

  it('newcomers of the last 90 days wrote first in these channels', async () => {
    for (const [name, asked] of scopes()) {
      const firsts = newcomersOf(guild.naive, asked).map(({ first }) =>
        placeOf(guild.naive, asked, first.channelId),
      );
      const places = [...groupBy(firsts, ({ id }) => id).values()]
        .map((own) => ({ ...own[0]!, newcomers: own.length }))
        .toSorted((a, b) => b.newcomers - a.newcomers || byId(a.id, b.id));
      expect(await firstPlaces(database.db, asked), name).toEqual({
        people: firsts.length,
        places: places.slice(0, 5),
      });
    }
  });

  it('these answered newcomers in their first week', async () => {
    for (const [name, asked] of scopes()) {
      const naive = welcomersOf(guild.naive, asked);
      const rows = await welcomers(database.db, asked, 60);
      const presences = await presenceOf(
        database.db,
        asked,
        naive.map(({ id }) => id),
      );
      expect(rows, name).toEqual(naive.map((one) => ({ ...one, ...presences.get(one.id) })));
      expect(await welcomers(database.db, asked, 2), name).toEqual(rows.slice(0, 2));
    }
    expect(welcomersOf(guild.naive, guild.scopes['all time']!).length).toBeGreaterThan(2);
  });

  it('questions fared so within a day that is over', async () => {
    for (const [name, { guildId, channels, window }] of scopes()) {
      const asked = { guildId, limit: 10, window, ...(channels && { channels }) };
      const from = Math.max(window.fromMs, window.toMs - 90 * DAY_MS);
      const over = { ...window, fromMs: from, toMs: Math.max(from, window.toMs - DAY_MS) };
      const list = questionsOf(guild.naive, { ...asked, window: over });
      const fared = (own: typeof list) => {
        const soon = own.filter(({ waitedMs }) => waitedMs <= DAY_MS);
        return { asked: own.length, answered: soon.length, medianMinutes: waitedMinutes(soon, 0.5) };
      };
      const places = [
        ...groupBy(list, ({ question }) => placeOf(guild.naive, asked, question.channelId).id),
      ].map(([id, own]) => ({ ...placeOf(guild.naive, asked, id), ...fared(own) }));
      const min = Math.min(5, Math.max(0, ...places.map((place) => place.asked)));
      const answer = await asking(database.db, asked);
      const isKnown = upToNow(guild.naive, asked).some((m) => m.type === 19);
      expect(answer, name).toMatchObject({ ...fared(list), isKnown });
      expect(
        answer.places.toSorted((a, b) => byId(a.id, b.id)),
        name,
      ).toEqual(
        places
          .filter((place) => place.asked >= min && place.answered > 0)
          .filter(({ id }) => answer.places.length < 5 || answer.places.some((place) => place.id === id))
          .toSorted((a, b) => byId(a.id, b.id)),
      );
    }
  });

  it('channels are lively, and these words are used there', async () => {
    for (const [name, asked] of scopes()) {
      const placed = groupBy(
        lately(guild.naive, asked, 30),
        (m) => placeOf(guild.naive, asked, m.channelId).id,
      );
      const lively = [...placed]
        .map(([id, own]) => ({
          ...placeOf(guild.naive, asked, id),
          messages: own.length,
          people: new Set(own.map((m) => m.authorId)).size,
        }))
        .toSorted((a, b) => b.messages - a.messages || byId(a.id, b.id))
        .slice(0, 8);
      const rows = await channelWords(database.db, asked, 8);
      expect(
        rows.map(({ words: _, ...row }) => row),
        name,
      ).toEqual(lively);

      const { rows: kept } = await database.pool.query<{ id: string; words: string[] }>(
        'select message_id::text as id, tsvector_to_array(words) as words from message_words where guild_id = $1',
        [asked.guildId],
      );
      const wordsOf = new Map(kept.map(({ id, words }) => [id, words]));
      const ids = lively.map(({ id }) => id);
      const from = Math.max(asked.window.fromMs, asked.window.toMs - 90 * DAY_MS);
      const scope = { ...asked, window: { ...asked.window, fromMs: from } };
      const used = await usedWords(database.db, scope, ids);
      const sorted = <T extends { channelId: string; word: string }>(list: T[]) =>
        list.toSorted((a, b) => (`${a.channelId} ${a.word}` < `${b.channelId} ${b.word}` ? -1 : 1));
      expect(sorted(used.words), name).toEqual(sorted(wordsUsed(guild.naive, asked, ids, wordsOf)));
    }
  });
});

describe('what is out of scope', () => {
  it('changes no answer: a store that has nothing else gives the same', async () => {
    const other = await makeDatabase();
    try {
      const { guildId, scopes: all, naive } = guild;
      const asked = { ...all['some of the channels']!, window: { ...all['some of the channels']!.window } };
      asked.window.toMs -= 100 * DAY_MS;
      const tables = {
        guilds: 'true',
        members: 'true',
        member_moments: 'true',
        choices: 'true',
        channels: 'channel_id = any($2)',
        messages: `channel_id = any($2) and message_id < ${BigInt(asked.window.toMs - 1_420_070_400_000) << 22n}`,
      };
      for (const [table, which] of Object.entries(tables)) {
        const { rows } = await database.pool.query(
          `select coalesce(json_agg(t), '[]')::text as all from ${table} t where guild_id = $1 and ($2::bigint[] is null or true) and ${which}`,
          [guildId, asked.channels],
        );
        await other.database.pool.query(
          `insert into ${table} select * from json_populate_recordset(null::${table}, $1)`,
          [rows[0].all],
        );
      }
      await other.database.pool.query(
        'insert into stale_words select distinct guild_id, ((message_id >> 22) / 86400000)::int, 0 from messages',
      );
      for await (const _ of refreshWords(other.database, guildId));
      const ids = [...naive.members.keys()];
      const askAll = async ({ db }: Pick<typeof database, 'db'>) => [
        await nameable(db, asked, ids),
        await presenceOf(db, asked, ids),
        await firstPlaces(db, asked),
        await welcomers(db, asked, 60),
        await asking(db, asked),
        await channelWords(db, asked, 8),
      ];
      const answers = await askAll(database);
      expect(answers).toEqual(await askAll(other.database));
      expect(answers[3]).not.toEqual([]);
    } finally {
      await other.drop();
    }
  });
});
