import { describe, expect, it } from 'vitest';
import { readRun } from '../../../db/runs.ts';
import { asked, runAWhile, talked, town, type Town } from './acts.ts';
import { differences, recordOf, type Scene, truthOf, useScenes } from './scene.ts';

const open = useScenes();

/** Each message of a channel has reactions of some. */
function liked(scene: Scene, here: Town, count: number) {
  const [a, b, c] = here.people as [string, string, string];
  return talked(scene, here, count, {
    more: (n) => ({
      reactions: [
        { emoji: '👍', users: n % 2 ? [a, b] : [c] },
        ...(n % 5 === 0 ? [{ emoji: '🎉', users: [a], burst: [a, b] }] : []),
      ],
    }),
  });
}

async function reactorsOf({ rows }: Scene): Promise<string[]> {
  const found = await rows<{ told: string }>(
    `select concat_ws(' ', message_id, emoji_key, user_id, burst) as told from reaction_users where seen_at is not null`,
  );
  return found.map(({ told }) => told).toSorted();
}

const truth = ({ guild }: Town): string[] =>
  [...guild.channels.values()]
    .flatMap(({ messages }) => [...messages.values()])
    .flatMap(({ id, reactions }) =>
      [...reactions].flatMap(([key, { normal, burst }]) => [
        ...[...normal].map((user) => `${id} ${key} ${user} f`),
        ...[...burst].map((user) => `${id} ${key} ${user} t`),
      ]),
    )
    .toSorted();

const LISTS = /\/reactions\//;

describe('who reacted', () => {
  it('is known afterwards by one request an emoji, two where there are super reactions, and asked for once', async () => {
    const scene = await open();
    const here = town(scene);
    liked(scene, here, 40);
    await scene.run(await scene.order(here.guild, { withReactors: true }));
    expect(await reactorsOf(scene)).toEqual(truth(here));
    expect(asked(scene, LISTS)).toBe(40 + 2 * 8);
    expect(differences(truthOf(scene, here.guild), await recordOf(scene, here.guild))).toEqual([]);
    await scene.run(await scene.order(here.guild, { withReactors: true }));
    expect(asked(scene, LISTS)).toBe(40 + 2 * 8);
  });

  it('is not asked for unless that is wanted', async () => {
    const scene = await open();
    const here = town(scene);
    liked(scene, here, 10);
    await scene.run(await scene.order(here.guild));
    expect(asked(scene, LISTS)).toBe(0);
  });

  it('of channels that were read before a stop is asked for after it', async () => {
    const scene = await open();
    const here = town(scene);
    for (let n = 0; n < 3; n++) liked(scene, here, 8);
    const run = await scene.order(here.guild, { withReactors: true });
    const end = await runAWhile(scene, run, 25, { requestsAtOnce: () => 2 });
    expect(end.state).toBe('stopped');
    expect((await scene.run((await readRun(scene.database.pool, run))!)).state).toBe('done');
    expect(await reactorsOf(scene)).toEqual(truth(here));
    const lists = scene.discord.requests.filter(({ path }) => LISTS.test(path));
    expect(new Set(lists.map(({ path, query }) => path + query)).size).toBe(lists.length);
  });

  it('of a channel that is closed meanwhile is not asked for again and again', async () => {
    const scene = await open();
    const here = town(scene);
    const channel = liked(scene, here, 60);
    liked(scene, here, 5);
    let isClosed = false;
    await scene.run(await scene.order(here.guild, { withReactors: true }), {
      requestsAtOnce: () => 3,
      calls: {
        get(route, query, signal) {
          if (!isClosed && route.startsWith(`/channels/${channel.id}`) && LISTS.test(route)) {
            isClosed = true;
            scene.world.forbid(channel.id, 'ViewChannel');
          }
          return scene.rest.calls.get(route, query, signal);
        },
      },
    });
    expect(isClosed).toBe(true);
    expect(asked(scene, LISTS, 403)).toBeLessThanOrEqual(3);
    const listed = await reactorsOf(scene);
    expect(listed.length).toBeGreaterThan(0);
  });

  it('more than a hundred are all listed', async () => {
    const scene = await open();
    const here = town(scene);
    const many = Array.from({ length: 230 }, (_, n) => scene.world.addUser(`fan-${n}`).id);
    talked(scene, here, 1, { more: () => ({ reactions: [{ emoji: '👍', users: many }] }) });
    await scene.run(await scene.order(here.guild, { withReactors: true }));
    expect(await reactorsOf(scene)).toEqual(truth(here));
    expect(asked(scene, LISTS)).toBe(3);
  });
});

describe('members', () => {
  const listed = (scene: Scene) => asked(scene, /\/guilds\/\d+\/members$/);

  it('are listed once, with when they joined; who is in no list has left', async () => {
    const scene = await open();
    const here = town(scene);
    talked(scene, here, 30);
    const joinedAt = Date.UTC(2024, 0, 1);
    const late = scene.world.addUser('dora').id;
    scene.world.seedMember(here.guild.id, late, { joinedAt });
    here.guild.members.delete(here.people[1]!);
    const end = await scene.run(await scene.order(here.guild));
    expect(end.card.members).toBe(here.guild.members.size);
    const members = await scene.rows<{ id: string; joined: number | null; here: boolean }>(
      `select user_id::text as id, (extract(epoch from joined_at) * 1000)::float8 as joined,
         coalesce(greatest(joined_at, present_at) > coalesce(left_at, '-infinity')
           and greatest(joined_at, present_at) >= g.members_listed_at, false) as here
       from members m join guilds g using (guild_id)`,
    );
    expect(new Set(members.filter((one) => one.here).map(({ id }) => id))).toEqual(
      new Set(here.guild.members.keys()),
    );
    expect(members.find(({ id }) => id === late)!.joined).toBe(joinedAt);
    expect(members.find(({ id }) => id === here.people[1])).toMatchObject({ here: false });
    await scene.run(await scene.order(here.guild));
    expect(listed(scene)).toBe(1);
  });

  it('are not listed without the intent', async () => {
    const scene = await open();
    const here = town(scene);
    await scene.run(await scene.order(here.guild), { hasMembersIntent: false });
    expect(listed(scene)).toBe(0);
  });

  it('that Discord does not list after all leave the rest to be read', async () => {
    const scene = await open({ world: { application: { flags: 0 as never } } });
    const here = town(scene);
    const channel = talked(scene, here, 30);
    expect((await scene.run(await scene.order(here.guild))).state).toBe('done');
    expect(listed(scene)).toBe(1);
    const [row] = await scene.rows<{ n: number }>(
      'select count(*)::int as n from messages where channel_id = $1',
      channel.id,
    );
    expect(row!.n).toBe(30);
  });

  it('are known in full although a message could not be recorded', async () => {
    const scene = await open();
    const here = town(scene);
    talked(scene, here, 30);
    await scene.run(await scene.order(here.guild), {
      calls: {
        async get<T>(...given: Parameters<typeof scene.rest.calls.get>) {
          const answer = await scene.rest.calls.get<T>(...given);
          if (answer.is !== 'found' || !given[0].endsWith('/messages')) {
            // The list comes last.
            if (given[0].endsWith('/members')) await new Promise((resolve) => setTimeout(resolve, 300));
            return answer;
          }
          const [, ...rest] = answer.payload as { id: string }[];
          return { ...answer, payload: [{ id: '17' }, ...rest] as T };
        },
      },
    });
    const [row] = await scene.rows<{ is: boolean }>('select members_listed_at is not null as is from guilds');
    expect(row!.is).toBe(true);
  });
});
