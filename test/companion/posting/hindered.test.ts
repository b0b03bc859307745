/** What hinders a post: it waits, it is never sent again before it is known, and it comes when that is over. */
import { MessageFlags } from 'discord-api-types/v10';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Permission } from '../../support/discord/world/permissions.ts';
import { useDatabase } from '../../support/database.ts';
import { at, type Companion, marksOf, openScene, type Scene } from './scene.ts';

const database = useDatabase();
beforeEach(() => database.clear());

const MINUTE_MS = 60_000;
const DUE_MS = at('2026-11-16T09:00[UTC]');

/** A guild whose report is due now, and a companion that has not looked yet. */
async function due(): Promise<{ scene: Scene; companion: Companion; later(): Promise<void> }> {
  const scene = await openScene(database, DUE_MS - 3 * 86_400_000);
  await scene.set({ weeklyChannel: scene.channelId });
  await scene.record([{ atMs: scene.clock.ms }]);
  const companion = await scene.companion();
  scene.clock.ms = DUE_MS;
  return {
    scene,
    companion,
    async later() {
      scene.clock.ms += 11 * MINUTE_MS;
      await companion.look();
    },
  };
}

const claimOf = async (scene: Scene, guildId = scene.guildId) => (await scene.claims(guildId))[0];
const postsOf = (scene: Scene): number =>
  scene.discord.requests.filter(({ method }) => method === 'POST').length;

describe('a post waits, and is sent when that is over,', () => {
  it('where its channel is hidden from the bot since', async () => {
    const { scene, companion, later } = await due();
    await companion.look();
    scene.clock.ms = DUE_MS + 7 * 86_400_000;
    scene.discord.world.hideChannel(scene.channelId);
    await companion.look();
    expect([(await claimOf(scene))!.reason, postsOf(scene)]).toMatchObject([{ is: 'lacks' }, 1]);
    scene.discord.world.showChannel(scene.channelId);
    await later();
    expect(marksOf(scene.posted())).toEqual(['2026-W46', '2026-W47']);
  });

  it.each<[Permission, string]>([
    ['SendMessages', 'sendMessages'],
    ['ReadMessageHistory', 'readMessageHistory'],
    ['AttachFiles', 'attachFiles'],
  ])('where the bot lacks %s', async (permission, named) => {
    const { scene, companion, later } = await due();
    scene.discord.world.forbid(scene.channelId, permission);
    await companion.look();
    const { reason } = (await claimOf(scene))!;
    expect([reason, postsOf(scene)]).toMatchObject([{ is: 'lacks' }, 0]);
    expect((reason as { permissions: string[] }).permissions).toContain(named);
    await later();
    expect([await claimOf(scene), postsOf(scene)]).toMatchObject([{ state: 'due' }, 0]);
    scene.discord.world.permit(scene.channelId, permission);
    await later();
    expect([await claimOf(scene), scene.made.length]).toMatchObject([{ state: 'posted', reason: null }, 1]);
  });

  it('where its channel is deleted, until another is set', async () => {
    const { scene, companion, later } = await due();
    await companion.look();
    scene.clock.ms = DUE_MS + 7 * 86_400_000;
    scene.discord.world.deleteChannel(scene.channelId);
    await companion.look();
    expect([await claimOf(scene), postsOf(scene)]).toMatchObject([
      { period: '2026-W47', state: 'due', reason: { is: 'gone' } },
      1,
    ]);
    await scene.set({ weeklyChannel: scene.discord.world.addChannel(scene.guildId).id });
    await later();
    expect(marksOf(scene.posted())).toEqual(['2026-W47']);
  });

  it('where the bot is not in the guild', async () => {
    const { scene, companion, later } = await due();
    const guild = scene.discord.world.truth.guilds.get(scene.guildId)!;
    guild.hasBot = false;
    const member = guild.members.get(scene.discord.world.truth.bot.id)!;
    guild.members.delete(member.userId);
    await companion.look();
    expect(await claimOf(scene)).toMatchObject({ state: 'due', reason: { is: 'left' } });
    guild.hasBot = true;
    guild.members.set(member.userId, member);
    // That is seldom looked at: it may stay so.
    scene.clock.ms += 60 * MINUTE_MS;
    await later();
    expect(await claimOf(scene)).toMatchObject({ state: 'posted' });
  });

  it('while what was missed is being read, but not for long', async () => {
    const { scene, companion, later } = await due();
    await database.pool.query(
      `insert into gaps (guild_id, from_at, to_at, reason, state, card) values ($1, $2, $3, 'new session', 'open', '{}')`,
      [scene.guildId, new Date(DUE_MS - 3_600_000), new Date(DUE_MS - 60_000)],
    );
    await companion.look();
    expect([await claimOf(scene), postsOf(scene)]).toMatchObject([{ reason: { is: 'catching-up' } }, 0]);
    await later();
    expect(postsOf(scene)).toBe(0);
    await later();
    await later();
    expect(await claimOf(scene)).toMatchObject({ state: 'posted' });
  });

  it('while a recorder has not been heard of', async () => {
    const { scene, companion, later } = await due();
    await database.pool.query(
      `insert into shards (application_id, shard_id, shard_count, holder, alive_at) values (1, 0, 1, 'x', $1)`,
      [new Date(DUE_MS - 10 * MINUTE_MS)],
    );
    await companion.look();
    expect(await claimOf(scene)).toMatchObject({ reason: { is: 'catching-up' } });
    await database.pool.query('update shards set alive_at = $1', [new Date(DUE_MS + 11 * MINUTE_MS)]);
    await later();
    expect(await claimOf(scene)).toMatchObject({ state: 'posted' });
  });

  it('where Discord refuses its form, and says with what', async () => {
    const { scene, companion, later } = await due();
    const refusal = { status: 400, body: { code: 50035, message: 'Invalid Form Body' } };
    scene.discord.faults.next(refusal, { method: 'POST' });
    await companion.look();
    expect(await claimOf(scene)).toMatchObject({
      reason: { is: 'refused', code: 50035 },
      unsureSinceMs: null,
    });
    await later();
    expect([await claimOf(scene), scene.made.length]).toMatchObject([{ state: 'posted' }, 1]);
  });
});

describe('a post of which it is not known whether it arrived', () => {
  it.each(['ViewChannel', 'ReadMessageHistory'] as const)(
    'is never sent again while the bot lacks %s, and is found when it has that again',
    async (permission) => {
      const { scene, companion, later } = await due();
      scene.discord.faults.next({ status: 502, after: true }, { method: 'POST' });
      await companion.look();
      expect([await claimOf(scene), scene.made.length]).toMatchObject([{ state: 'due' }, 1]);
      scene.discord.world.forbid(scene.channelId, permission);
      for (let look = 0; look < 5; look++) {
        await later();
        expect([await claimOf(scene), postsOf(scene)]).toMatchObject([{ reason: { is: 'unsure' } }, 1]);
      }
      scene.discord.world.permit(scene.channelId, permission);
      await later();
      const [made] = scene.made;
      expect([await claimOf(scene), postsOf(scene)]).toMatchObject([
        { state: 'posted', messageId: made!.messageId, unsureSinceMs: null },
        1,
      ]);
    },
  );

  it('and was not is sent when the channel can be read', async () => {
    const { scene, companion, later } = await due();
    scene.discord.faults.next({ cut: 'before' }, { method: 'POST' });
    await companion.look();
    expect(scene.made).toEqual([]);
    await later();
    expect([await claimOf(scene), postsOf(scene)]).toMatchObject([{ state: 'posted' }, 2]);
  });

  it('is skipped when it is too late, and says that it is not known', async () => {
    const { scene, companion } = await due();
    scene.discord.faults.next({ status: 502, after: true }, { method: 'POST' });
    await companion.look();
    scene.discord.world.forbid(scene.channelId, 'ViewChannel');
    scene.clock.ms = DUE_MS + 3 * 86_400_000;
    await companion.look();
    expect([await claimOf(scene), scene.made.length]).toMatchObject([
      { state: 'skipped', reason: { is: 'late', because: { is: 'unsure' } } },
      1,
    ]);
  });

  it('is looked for in the channel it was sent to, though another is set by now', async () => {
    const { scene, companion, later } = await due();
    scene.discord.faults.next({ cut: 'after' }, { method: 'POST' });
    await companion.look();
    await scene.set({ weeklyChannel: scene.discord.world.addChannel(scene.guildId).id });
    await later();
    expect([await claimOf(scene), scene.made.length]).toMatchObject([
      { state: 'posted', channelId: scene.channelId },
      1,
    ]);
  });

  it('is not taken for one of another week, or of somebody else', async () => {
    const { scene, companion, later } = await due();
    const anna = scene.discord.world.addUser('anna', { guildId: scene.guildId });
    await companion.look();
    const before = scene.posted()[0]!;
    scene.clock.ms = DUE_MS + 7 * 86_400_000;
    const copy = JSON.parse(JSON.stringify(before.components).replaceAll('W46', 'W47')) as never;
    scene.discord.faults.next({ cut: 'before' }, { method: 'POST' });
    await companion.look();
    scene.discord.world.seed(scene.channelId, [{ at: scene.clock.ms, author: anna.id, components: copy }]);
    await later();
    expect(marksOf(scene.posted())).toEqual(['2026-W46', '2026-W47']);
  });
});

describe('two that send at once', () => {
  /** The first stands still on its way to Discord while another takes over. */
  async function frozen(forMs: number) {
    const { scene, companion } = await due();
    companion.life.await({ at: 1, only: /^POST/, when: 'before', what: 'stall' });
    await companion.look();
    await scene.endLeases();
    const other = await scene.companion();
    scene.clock.ms += 30_000;
    await other.look();
    expect(await claimOf(scene)).toMatchObject({ state: 'posted' });
    scene.clock.ms += forMs;
    companion.life.thaw();
    await companion.look();
    return scene;
  }

  it('make one message', async () => {
    const scene = await frozen(2 * MINUTE_MS);
    expect([scene.made.length, (await claimOf(scene))!.messageId]).toEqual([1, scene.made[0]!.messageId]);
  });

  it('so far apart that Discord knows nothing of the first: the second is taken away again', async () => {
    const scene = await frozen(20 * MINUTE_MS);
    const { messageId } = (await claimOf(scene))!;
    expect([scene.made.length, scene.posted().map(({ id }) => id)]).toEqual([2, [messageId]]);
  });
});

describe('a post', () => {
  it('of one guild does not wait for that of another', async () => {
    const { scene, companion } = await due();
    scene.discord.world.forbid(scene.channelId, 'SendMessages');
    const { id } = scene.discord.world.addGuild();
    scene.clock.ms -= 1_000;
    await scene.set({ weeklyChannel: scene.discord.world.addChannel(id).id }, id);
    scene.clock.ms += 1_000;
    await companion.look();
    expect([await claimOf(scene), await claimOf(scene, id)]).toMatchObject([
      { state: 'due', reason: { is: 'lacks' } },
      { state: 'posted' },
    ]);
  });

  it('mentions nobody, and has its files with texts in place of pictures', async () => {
    const { scene, companion } = await due();
    const people = ['100000000000000011', '100000000000000012', '100000000000000013'];
    await scene.record(
      people.flatMap((authorId, i) =>
        Array.from({ length: 24 + i }, (_, n) => ({
          atMs: DUE_MS - (2 + n) * 86_400_000,
          low: i,
          authorId,
          content: `<@${people[0]!}> @everyone hello?`,
        })),
      ),
    );
    await companion.look();
    const [post] = scene.posted();
    expect([post!.mentions, post!.mentionRoles, post!.mentionsEveryone]).toEqual([[], [], false]);
    expect(scene.discord.interactions.careless).toEqual([]);
    expect(post!.flags & MessageFlags.IsComponentsV2).not.toBe(0);
    const pictures = post!.attachments.filter(({ filename }) => filename.endsWith('.png'));
    expect(pictures.length).toBeGreaterThan(0);
    for (const { description = '' } of pictures) expect(description).toMatch(/\w+ \w+/);
    expect(post!.attachments.map(({ filename }) => filename)).toContain('weekly-2026-W46.html');
  });
});
