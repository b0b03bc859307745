import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Asked } from '../../../db/queries/question.ts';
import { type VoiceSessionRow, voiceSessions } from '../../../db/queries/voice-sessions.ts';
import type { RecordBatch } from '../../../db/records.ts';
import { saveSettings } from '../../../db/settings.ts';
import { openWriter } from '../../../db/write-batch.ts';
import { chooseUnranked } from '../../../db/choices.ts';
import { type AskedGuild, askedGuild } from '../../support/asked-guild.ts';
import { useDatabase } from '../../support/database.ts';
import { useFolder } from '../../support/folder.ts';
import { byId, groupBy, type NaiveGuild, nameOf } from '../../support/naive.ts';
import { channelName } from '../../support/naive-rows.ts';
import { pick, seededRandom } from '../../support/random.ts';
import { at, batchOf, GUILD, spoke, voiceList } from '../../support/records.ts';

interface Stay {
  userId: string;
  channelId: string;
  fromMs: number;
  toMs: number;
  isFromExact: boolean;
  isToExact: boolean | null;
}

const database = useDatabase();

async function write(lists: Partial<RecordBatch>) {
  const writer = await openWriter(database.pool, { content: 'full' });
  await writer.write(batchOf(lists)).finally(() => writer.close());
}

/** Walks through all that was told in its order, knowing where everybody is. */
function naiveStays({ voice, guildMoments }: Pick<RecordBatch, 'voice' | 'guildMoments'>): Stay[] {
  const there = new Map<string, Stay>();
  const stays: Stay[] = [];
  const leave = (userId: string, toMs: number, isToExact: boolean) => {
    const stay = there.get(userId);
    if (stay) stays.push({ ...stay, toMs, isToExact });
    there.delete(userId);
  };
  const states = groupBy(voice, (v) => String(v.at));
  const lists = new Set(guildMoments.filter((m) => m.kind === 'voice_listed').map((m) => m.at));
  const times = [...new Set([...voice.map((v) => v.at), ...lists])].toSorted((a, b) => a - b);
  for (const ms of times) {
    const told = states.get(String(ms)) ?? [];
    if (lists.has(ms)) {
      const named = new Set(told.map((v) => v.userId));
      for (const userId of there.keys()) if (!named.has(userId)) leave(userId, ms, false);
    }
    for (const { userId, channelId, isListed } of told) {
      if (there.get(userId)?.channelId === channelId) continue;
      leave(userId, ms, !isListed);
      if (channelId !== null) {
        const stay = { userId, channelId, fromMs: ms, toMs: Infinity };
        there.set(userId, { ...stay, isFromExact: !isListed, isToExact: null });
      }
    }
  }
  return [...stays, ...there.values()];
}

describe('in a community', () => {
  const folder = useFolder();
  let guild: AskedGuild;
  let stays: Stay[];
  beforeAll(async () => {
    guild = await askedGuild(database, `${folder.path}/asked`);
    const { guildId, naive } = guild;
    const random = seededRandom(7);
    const some = [...naive.members.keys()].slice(0, 40);
    const people = [...new Set([...some, ...naive.bots, ...naive.unranked])];
    const channels = [...naive.channels.keys()];
    const told: Pick<RecordBatch, 'voice' | 'guildMoments'> = { voice: [], guildMoments: [] };
    for (
      let ms = naive.messages[0]!.ms;
      ms < naive.messages.at(-1)!.ms;
      ms += 1 + random() * 86_400_000 * 0.7
    ) {
      const t = Math.floor(ms);
      if (random() < 0.06) {
        told.guildMoments.push({ guildId, kind: 'voice_listed', at: t });
        for (const userId of people.filter(() => random() < 0.3))
          told.voice.push({ guildId, userId, at: t, channelId: pick(channels, random), isListed: true });
      } else {
        const channelId = random() < 0.4 ? null : pick(channels.slice(0, 8), random);
        told.voice.push({ guildId, userId: pick(people, random), at: t, channelId, isListed: false });
      }
    }
    stays = naiveStays(told);
    // As it was told, also of a channel that was excluded since.
    await database.pool.query(
      `insert into voice_states select $1, *  from unnest($2::bigint[], $3::timestamptz[], $4::bigint[], $5::bool[])`,
      [
        guildId,
        told.voice.map((v) => v.userId),
        told.voice.map((v) => new Date(v.at)),
        told.voice.map((v) => v.channelId ?? '0'),
        told.voice.map((v) => v.isListed),
      ],
    );
    await write({ guildMoments: told.guildMoments });
  });

  function expected(of: NaiveGuild, { window, channels, bots, members, limit }: Asked, hidden: string[]) {
    return stays
      .filter(
        ({ userId, channelId, fromMs, toMs }) =>
          fromMs < window.toMs &&
          toMs > window.fromMs &&
          channels?.includes(channelId) !== false &&
          !hidden.includes(channelId) &&
          (bots || !of.bots.has(userId)) &&
          members?.includes(userId) !== false,
      )
      .toSorted((a, b) => b.fromMs - a.fromMs || byId(a.userId, b.userId))
      .slice(0, limit)
      .map(({ userId, channelId, fromMs, toMs, ...exact }): VoiceSessionRow => {
        const isNamed = !of.unranked.has(userId);
        return {
          userId: isNamed ? userId : null,
          name: isNamed ? nameOf(of, userId) : null,
          channelId,
          channel: channelName(of, channelId),
          from: new Date(fromMs).toISOString(),
          to: toMs === Infinity ? null : new Date(toMs).toISOString(),
          ...exact,
        };
      });
  }

  it('are what a naive walk through all that was told gives', async () => {
    expect(stays.filter((stay) => !stay.isToExact).length).toBeGreaterThan(50);
    const { rows } = await database.pool.query<{ id: string }>(
      `select e.channel_id::text as id from excluded_channels e
       union select c.channel_id::text from channels c join excluded_channels e on e.channel_id = c.parent_id`,
    );
    const hidden = rows.map(({ id }) => id);
    for (const [name, scope] of Object.entries(guild.scopes)) {
      expect(await voiceSessions(database.db, scope), name).toEqual(expected(guild.naive, scope, hidden));
    }
  });
});

describe('by hand', () => {
  const [ANNA, BELA] = ['200000000000000001', '200000000000000002'];
  const [LOUNGE, STAGE] = ['400000000000000001', '400000000000000002'];
  const asked: Asked = {
    guildId: GUILD,
    limit: 10,
    window: { fromMs: at(0), toMs: at(1000), timeZone: 'UTC' },
  };
  const seconds = (iso: string | null) => iso && (Date.parse(iso) - at(0)) / 1000;
  const sessions = async (more: Partial<Asked> = {}) =>
    (await voiceSessions(database.db, { ...asked, ...more })).map((s) => [
      s.userId === ANNA ? 'anna' : 'bela',
      s.channelId === LOUNGE ? 'lounge' : 'stage',
      `${s.isFromExact ? '' : '<'}${seconds(s.from)}`,
      `${s.isToExact === false ? '<' : ''}${seconds(s.to)}`,
    ]);
  beforeEach(() => database.clear());

  it('there are none where nothing of it was recorded', async () => {
    expect(await sessions()).toEqual([]);
  });

  it('one lasts until its person is somewhere else; that they are muted there ends nothing', async () => {
    await write({
      voice: [
        spoke(10, ANNA, LOUNGE),
        spoke(15, ANNA, LOUNGE),
        spoke(20, ANNA, STAGE),
        spoke(30, ANNA, null),
        spoke(40, ANNA, null),
        spoke(50, ANNA, LOUNGE),
      ],
    });
    expect(await sessions()).toEqual([
      ['anna', 'lounge', '50', 'null'],
      ['anna', 'stage', '20', '30'],
      ['anna', 'lounge', '10', '20'],
    ]);
  });

  it('who is listed where they were is there all along; who is not has left by then', async () => {
    const list = voiceList(50, { [ANNA]: LOUNGE });
    await write({
      guildMoments: [...list.guildMoments, { guildId: GUILD, kind: 'unavailable', at: at(30) }],
      voice: [spoke(10, ANNA, LOUNGE), spoke(11, BELA, LOUNGE), ...list.voice, spoke(90, ANNA, null)],
    });
    expect(await sessions()).toEqual([
      ['bela', 'lounge', '11', '<50'],
      ['anna', 'lounge', '10', '90'],
    ]);
  });

  it('who is listed elsewhere came there at some time before, and left the former channel by then', async () => {
    const list = voiceList(50, { [ANNA]: STAGE, [BELA]: STAGE });
    await write({
      guildMoments: list.guildMoments,
      voice: [spoke(10, ANNA, LOUNGE), ...list.voice, spoke(60, BELA, null)],
    });
    expect(await sessions()).toEqual([
      ['anna', 'stage', '<50', 'null'],
      ['bela', 'stage', '<50', '60'],
      ['anna', 'lounge', '10', '<50'],
    ]);
  });

  it('who was missing from a list and is back in the same channel has come anew', async () => {
    const [without, back] = [voiceList(50, {}), voiceList(90, { [ANNA]: LOUNGE })];
    await write({
      guildMoments: [...without.guildMoments, ...back.guildMoments],
      voice: [spoke(10, ANNA, LOUNGE), ...back.voice],
    });
    expect(await sessions()).toEqual([
      ['anna', 'lounge', '<90', 'null'],
      ['anna', 'lounge', '10', '<50'],
    ]);
  });

  it('those that reach into the window are told whole', async () => {
    await write({ voice: [spoke(10, ANNA, LOUNGE), spoke(20, ANNA, null), spoke(30, BELA, STAGE)] });
    const within = (from: number, to: number) =>
      sessions({ window: { fromMs: at(from), toMs: at(to), timeZone: 'UTC' } });
    expect(await within(15, 18)).toEqual([['anna', 'lounge', '10', '20']]);
    expect(await within(20, 30)).toEqual([]);
    expect(await within(900, 901)).toEqual([['bela', 'stage', '30', 'null']]);
  });

  it('a channel that is excluded later is as if nobody had been there, and an unranked person is not named', async () => {
    await write({ voice: [spoke(10, ANNA, LOUNGE), spoke(20, ANNA, STAGE), spoke(30, ANNA, null)] });
    await saveSettings(database.db, GUILD, { excludedChannels: [STAGE] }, new Date(0));
    expect(await sessions()).toEqual([['anna', 'lounge', '10', '20']]);
    await chooseUnranked(database.db, GUILD, ANNA, true, new Date(0));
    expect(await voiceSessions(database.db, asked)).toMatchObject([{ userId: null, name: null }]);
  });
});
