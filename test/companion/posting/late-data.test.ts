/** What is recorded of a week after its report was posted. */
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetPerson } from '../../../db/choices.ts';
import { queueRun, setRunState } from '../../../db/runs.ts';
import { useDatabase } from '../../support/database.ts';
import { at, type Companion, openScene, type Scene, type Told } from './scene.ts';

const database = useDatabase();
beforeEach(() => database.clear());

const HOUR_MS = 3_600_000;
const WEDNESDAY_MS = at('2026-11-11T12:00[UTC]');
const DUE_MS = at('2026-11-16T09:00[UTC]');

/** Messages of the week, from an hour of Wednesday on, each of somebody else of ten. */
const messages = (count: number, hour: number, more: Partial<Told> = {}): Told[] =>
  Array.from({ length: count }, (_, i) => ({
    atMs: WEDNESDAY_MS + hour * HOUR_MS + i * 1000,
    authorId: `10000000000000001${i % 10}`,
    ...more,
  }));

interface Posted {
  scene: Scene;
  companion: Companion;
  /** Half an hour passes, and what is to be looked at is. */
  pass(times?: number): Promise<void>;
  edits(): number;
}

/** The report of a week of 100 messages by ten people is posted. */
async function posted(prepare: (scene: Scene) => Promise<void> = async () => {}): Promise<Posted> {
  const scene = await openScene(database, DUE_MS - 5 * 24 * HOUR_MS);
  await scene.set({ weeklyChannel: scene.channelId });
  await scene.record(messages(100, 0));
  await prepare(scene);
  const companion = await scene.companion();
  scene.clock.ms = DUE_MS;
  await companion.look();
  expect(scene.posted()).toHaveLength(1);
  return {
    scene,
    companion,
    async pass(times = 1) {
      for (let time = 0; time < times; time++) {
        scene.clock.ms += HOUR_MS / 2;
        await companion.look();
      }
    },
    edits: () => scene.discord.requests.filter(({ method }) => method === 'PATCH').length,
  };
}

const claimOf = async (scene: Scene) => (await scene.claims())[0]!;
/** Everything that can be read of the post, its page too. */
const wholeOf = (scene: Scene): string => {
  const [{ components, attachments }] = scene.posted() as [ReturnType<Scene['posted']>[number]];
  return [JSON.stringify(components), ...attachments.map(({ bytes }) => bytes?.toString() ?? '')].join('\n');
};

describe('late data', () => {
  it('of less than 5 % changes nothing', async () => {
    const { scene, pass, edits } = await posted();
    await scene.record(messages(4, 5));
    await pass(4);
    expect([edits(), (await claimOf(scene)).editedAtMs]).toEqual([0, null]);
  });

  it('of 5 % is in the post when it has come to rest, which says so, and a second time changes nothing', async () => {
    const { scene, pass, edits } = await posted();
    await scene.record(messages(3, 5));
    await pass();
    await scene.record(messages(3, 6));
    await pass();
    expect(edits()).toBe(0);
    await pass();
    expect(edits()).toBe(1);
    expect(wholeOf(scene)).toMatch(/106/);
    expect(JSON.stringify(scene.posted()[0]!.components)).toMatch(
      /106 messages by 10 people\. When it was posted it was 100 by 10/,
    );
    const { editedAtMs, inputs } = await claimOf(scene);
    expect([editedAtMs, inputs]).toMatchObject([scene.clock.ms, { week: '2026-W46' }]);
    await scene.record(messages(50, 8));
    await pass(4);
    expect([edits(), scene.made.length]).toEqual([1, 1]);
    expect(scene.discord.oracleFaults).toEqual([]);
  });

  it('of few messages by new people is told as well', async () => {
    const { scene, pass, edits } = await posted();
    await scene.record(messages(1, 5, { authorId: '200000000000000001' }));
    await pass(2);
    expect(edits()).toBe(1);
  });

  it('is not told while history is being read', async () => {
    const { scene, pass, edits } = await posted();
    const order = {
      guildId: scene.guildId,
      channelIds: null,
      sinceId: '0',
      withReactors: false,
      isAgain: false,
    };
    const run = await queueRun(database.pool, order, scene.clock.ms);
    await scene.record(messages(20, 5));
    await pass(4);
    expect(edits()).toBe(0);
    await setRunState(database.pool, run, 'done', { nowMs: scene.clock.ms });
    await pass(1);
    expect(edits()).toBe(1);
  });

  it('after 72 hours is not told any more; shortly before, it is, though it has not come to rest', async () => {
    const early = await posted();
    early.scene.clock.ms = DUE_MS + 71 * HOUR_MS;
    await early.companion.look();
    await early.scene.record(messages(20, 5));
    await early.pass();
    expect(early.edits()).toBe(1);
    await early.companion.close();
    await database.clear();

    const late = await posted();
    late.scene.clock.ms = DUE_MS + 72 * HOUR_MS;
    await late.scene.record(messages(20, 5));
    await late.pass(3);
    expect(late.edits()).toBe(0);
  });

  it('of a post that somebody deleted is nothing: it is not posted again, and nothing fails', async () => {
    const { scene, pass } = await posted();
    scene.discord.world.deleteMessage(scene.posted()[0]!);
    await scene.record(messages(20, 5));
    await pass(6);
    const failures = scene.warnings.filter((warning) => warning !== 'checks found something');
    expect([scene.posted(), scene.made.length, failures]).toEqual([[], 1, []]);
    expect(await claimOf(scene)).toMatchObject({ state: 'posted', checked: { isDeleted: true } });
    scene.clock.ms = DUE_MS + 7 * 24 * HOUR_MS;
    await pass();
    expect(scene.made.map(({ mark }) => mark)).toEqual(['2026-W46', '2026-W47']);
  });

  it('is told once, though Discord does not answer to the edit at first', async () => {
    const { scene, pass } = await posted();
    await scene.record(messages(20, 5));
    scene.discord.faults.next({ status: 502, after: true }, { method: 'PATCH' });
    await pass(4);
    expect([(await claimOf(scene)).editedAtMs === null, scene.made.length]).toEqual([false, 1]);
    expect(wholeOf(scene)).toMatch(/120/);
  });

  it('is told without what has become private since, and without what was private and new', async () => {
    let talk = '';
    const { scene, pass, edits } = await posted(async ({ discord: { world }, guildId, record }) => {
      talk = world.addChannel(guildId, 0, { name: 'talk' }).id;
      await record(
        messages(60, 3, { channelId: talk, content: 'zanzibar?', authorId: '300000000000000001' }),
      );
    });
    expect(wholeOf(scene)).toMatch(/160/);
    const { world } = scene.discord;
    const close = (id: string) =>
      world.overwrite(id, scene.guildId, { deny: PermissionFlagsBits.ViewChannel });
    world.permit(talk, 'ViewChannel', 'ReadMessageHistory');
    close(talk);
    const secret = world.addChannel(scene.guildId, 0, { name: 'quagmire' }).id;
    world.permit(secret, 'ViewChannel', 'ReadMessageHistory');
    close(secret);
    await scene.record(messages(30, 5, { channelId: secret, content: 'zanzibar?' }));
    await scene.record(messages(200, 7));
    await pass(3);
    expect(edits()).toBe(1);
    expect(wholeOf(scene)).not.toMatch(/zanzibar|quagmire|300000000000000001/);
    const { inputs } = await claimOf(scene);
    const { channels } = inputs as { channels: string[] };
    expect([channels.includes(talk), channels.includes(secret)]).toEqual([false, false]);
  });

  it('is told without anybody who is forgotten by then', async () => {
    const person = '400000000000000001';
    const { scene, pass, edits } = await posted(({ record }) =>
      record(messages(90, 3, { authorId: person, content: 'zanzibar?' })),
    );
    expect(wholeOf(scene)).toMatch(/user400000000000000001/);
    await forgetPerson(database.pool, scene.guildId, person, new Date(scene.clock.ms));
    await pass(3);
    expect(edits()).toBe(1);
    expect(wholeOf(scene)).not.toMatch(/400000000000000001|zanzibar/);
    expect(JSON.stringify((await claimOf(scene)).built)).not.toContain(person);
  });
});

describe('the readers of a post', () => {
  it('are told nothing of a channel that some of them cannot see', async () => {
    const { scene } = await posted(async ({ discord: { world }, guildId, record }) => {
      const secret = world.addChannel(guildId, 0, { name: 'quagmire' }).id;
      world.permit(secret, 'ViewChannel', 'ReadMessageHistory');
      world.overwrite(secret, guildId, { deny: PermissionFlagsBits.ViewChannel });
      await record(
        messages(77, 4, { channelId: secret, content: 'zanzibar?', authorId: '300000000000000001' }),
      );
    });
    expect(wholeOf(scene)).toMatch(/100/);
    expect(wholeOf(scene)).not.toMatch(/zanzibar|quagmire|300000000000000001|\b77\b|\b177\b|\b11 people/);
    const { built, inputs } = await claimOf(scene);
    expect(JSON.stringify([built, inputs])).not.toMatch(/quagmire|300000000000000001/);
  });

  it('of a channel that few see are told of it, and of what everybody sees', async () => {
    let secret = '';
    const { scene } = await posted(async ({ discord: { world }, guildId, record, set }) => {
      secret = world.addChannel(guildId, 0, { name: 'quagmire' }).id;
      world.permit(secret, 'ViewChannel', 'ReadMessageHistory', 'SendMessages', 'AttachFiles');
      world.overwrite(secret, guildId, { deny: PermissionFlagsBits.ViewChannel });
      await record(messages(77, 4, { channelId: secret }));
      await set({ weeklyChannel: secret });
    });
    expect([scene.posted()[0]!.channelId, /177/.test(wholeOf(scene))]).toEqual([secret, true]);
  });
});
