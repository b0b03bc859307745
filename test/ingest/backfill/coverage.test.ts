import { describe, expect, it } from 'vitest';
import { readRun } from '../../../db/runs.ts';
import { snowflakeAt } from '../../../db/snowflake.ts';
import { absent, asked, coveredOf, importMessages, leftOf, runAWhile, talked, town } from './acts.ts';
import { bigGuild, differences, recordOf, type Scene, truthOf, useScenes } from './scene.ts';

const open = useScenes();
const DAY = 86_400_000;

/** Every message that is recorded is covered, and every other is not. */
async function coversWhatIsRead(scene: Scene, guild: Parameters<typeof truthOf>[1]): Promise<number> {
  const record = await recordOf(scene, guild);
  let wrong = 0;
  for (const channel of guild.channels.values()) {
    const covered = await coveredOf(scene, channel.id);
    for (const id of channel.messages.keys()) {
      const isCovered = covered.some(({ from, to }) => from <= BigInt(id) && BigInt(id) < to);
      if (isCovered !== record.has(id)) wrong++;
    }
  }
  expect(wrong).toBe(0);
  return record.size;
}

describe('coverage', () => {
  it('is what was read: before, after each stop, and in the end', async () => {
    const scene = await open();
    const { guild, readable, readableMessages } = bigGuild(scene, {
      messages: 2_500,
      channels: 22,
      threads: 25,
    });
    let run = await scene.order(guild);
    const sizes = [await coversWhatIsRead(scene, guild)];
    for (let n = 0; n < 4; n++) {
      await runAWhile(scene, run, 14, { requestsAtOnce: () => 4 });
      run = (await readRun(scene.database.pool, run))!;
      sizes.push(await coversWhatIsRead(scene, guild));
    }
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    expect((await scene.run(run)).state).toBe('done');
    expect(await coversWhatIsRead(scene, guild)).toBe(readableMessages);
    expect(await leftOf(scene, guild, [...readable.keys()])).toEqual([]);
  });

  it('what only a file has told of is found deleted at the top, in the middle and at the bottom, and asked for where no page proves it', async () => {
    const scene = await open();
    const here = town(scene);
    const channel = talked(scene, here, 250, { end: Date.now() - 2 * DAY });
    const ids = [...channel.messages.keys()];
    const [top, middle, bottom] = [
      snowflakeAt(Date.now() - DAY),
      String(BigInt(ids[120]!) + 7n),
      String(BigInt(ids[0]!) - 7n),
    ];
    await importMessages(scene, here, channel.id, [top, middle, bottom, ids[3]!, ids[200]!]);
    await scene.run(await scene.order(here.guild));
    expect(await absent(scene, here.guild)).toEqual([bottom, middle, top].toSorted());
    expect(differences(truthOf(scene, here.guild), await recordOf(scene, here.guild))).toEqual([]);
    // The newest page is full: it proves what is above it, too.
    expect(asked(scene, /\/messages\/\d+$/)).toBe(0);
  });

  it('of a channel with less than a page, what lies above its newest message is asked for', async () => {
    const scene = await open();
    const here = town(scene);
    const channel = talked(scene, here, 30, { end: Date.now() - 2 * DAY });
    const ids = [...channel.messages.keys()];
    const above = [1, 2, 3].map((n) => snowflakeAt(Date.now() - DAY + n));
    await importMessages(scene, here, channel.id, [...above, ids[3]!, String(BigInt(ids[3]!) + 7n)]);
    await scene.run(await scene.order(here.guild));
    expect(await absent(scene, here.guild)).toEqual([...above, String(BigInt(ids[3]!) + 7n)].toSorted());
    expect(asked(scene, /\/messages\/\d+$/)).toBe(3);
    expect(differences(truthOf(scene, here.guild), await recordOf(scene, here.guild))).toEqual([]);
  });

  it.each(['never had any', 'lost all of them'])('of a channel that %s, all is asked for', async (how) => {
    const scene = await open();
    const here = town(scene);
    const channel = talked(scene, here, how === 'never had any' ? 0 : 5, { end: Date.now() - 2 * DAY });
    channel.messages.clear();
    const told = [1, 2, 3].map((n) => snowflakeAt(Date.now() - DAY + n));
    await importMessages(scene, here, channel.id, told);
    const end = await scene.run(await scene.order(here.guild));
    expect(end.state).toBe('done');
    expect(await absent(scene, here.guild)).toEqual(told.toSorted());
  });

  it('what a file tells of after all has been read is found deleted by the next run', async () => {
    const scene = await open();
    const here = town(scene);
    const channel = talked(scene, here, 30, { end: Date.now() - 2 * DAY });
    await scene.run(await scene.order(here.guild));
    const told = [1, 2].map((n) => snowflakeAt(Date.now() - DAY + n));
    await importMessages(scene, here, channel.id, told, Date.now() - DAY);
    expect(await absent(scene, here.guild)).toEqual([]);
    await scene.run(await scene.order(here.guild));
    expect(await absent(scene, here.guild)).toEqual(told.toSorted());
    const before = asked(scene, /\/messages\/\d+$/);
    await scene.run(await scene.order(here.guild));
    expect(asked(scene, /\/messages\/\d+$/)).toBe(before);
  });

  it('stopped while they are asked for, the rest is asked for later', async () => {
    const scene = await open();
    const here = town(scene);
    const channel = talked(scene, here, 30, { end: Date.now() - 2 * DAY });
    const told = Array.from({ length: 20 }, (_, n) => snowflakeAt(Date.now() - DAY + n));
    await importMessages(scene, here, channel.id, told);
    const stop = new AbortController();
    const run = await scene.order(here.guild);
    const end = await scene.run(run, {
      signal: stop.signal,
      calls: {
        get(route, query, signal) {
          if (asked(scene, /\/messages\/\d+$/) === 7) stop.abort();
          return scene.rest.calls.get(route, query, signal);
        },
      },
    });
    expect(end.state).toBe('stopped');
    expect((await absent(scene, here.guild)).length).toBe(8);
    await scene.run((await readRun(scene.database.pool, run))!);
    expect(await absent(scene, here.guild)).toEqual(told.toSorted());
    expect(asked(scene, /\/messages\/\d+$/)).toBe(20);
  });

  it('a deletion that was found before is not found again', async () => {
    const scene = await open();
    const here = town(scene);
    const channel = talked(scene, here, 30, { end: Date.now() - 2 * DAY });
    await importMessages(scene, here, channel.id, [snowflakeAt(Date.now() - 2 * DAY - 90_000)]);
    expect((await scene.run(await scene.order(here.guild))).card.deletions).toBe(1);
    const again = await scene.run(await scene.order(here.guild, { isAgain: true }));
    expect(again.card.deletions).toBe(0);
    expect((await absent(scene, here.guild)).length).toBe(1);
  });

  it.each([
    ['refused', 'partly', 'closed: refused'],
    ['deleted with its channel', 'done', 'closed: gone'],
  ])('where they are %s while they are asked for, the run goes on', async (how, state, channelState) => {
    const scene = await open();
    const here = town(scene);
    const channel = talked(scene, here, 30, { end: Date.now() - 2 * DAY });
    const told = Array.from({ length: 4 }, (_, n) => snowflakeAt(Date.now() - DAY + n));
    await importMessages(scene, here, channel.id, told);
    const body = { message: 'Missing Access', code: 50_001 };
    if (how === 'refused')
      scene.discord.faults.next({ status: 403, body }, { path: /\/messages\/\d+$/, times: 100 });
    let isGone = how === 'refused';
    const end = await scene.run(await scene.order(here.guild), {
      calls: {
        get(route, query, signal) {
          if (!isGone && (isGone = /\/messages\/\d+$/.test(route))) scene.world.deleteChannel(channel.id);
          return scene.rest.calls.get(route, query, signal);
        },
      },
    });
    expect(end.state).toBe(state);
    const [row] = await scene.rows<{ state: string; reason: string }>(
      'select state, reason from backfill_channels',
    );
    expect(`${row!.state}: ${row!.reason}`).toBe(channelState);
    expect(asked(scene, /\/messages\/\d+$/)).toBeLessThanOrEqual(2);
  });
});
