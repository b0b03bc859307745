import { ChannelType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { saveAccess } from '../../../../db/access.ts';
import { gapsToRepair, listGaps, openGaps } from '../../../../db/gaps.ts';
import { snowflakeMs } from '../../../../db/snowflake.ts';
import { idAt } from '../../../support/records.ts';
import { keyOf, makeActs, reactorsOf, useScene } from './scene.ts';

const scene = useScene();
const { gone, isSame, missing, remove, talk } = makeActs(scene);

describe('the repair of a gap', () => {
  it('finds what was sent, edited, deleted and reacted to', async () => {
    const { world, people } = scene;
    const [ada, ben, cleo] = people as [string, string, string];
    const old = talk(30);
    world.react(keyOf(old[3]!), ada, '👍');
    world.react(keyOf(old[3]!), ben, '👍');
    world.react(keyOf(old[4]!), ben, '🎉');
    world.react(keyOf(old[5]!), cleo, '👀');
    await missing(() => {
      talk(230);
      world.edit(keyOf(old[1]!), 'another word');
      for (const i of [0, 10, 11, 12]) remove(old[i]!);
      world.unreact(keyOf(old[3]!), ada, '👍');
      world.react(keyOf(old[3]!), cleo, '🔥', { burst: true });
      world.clearReactions(keyOf(old[4]!));
    });
    const card = await scene.repair();
    await isSame();
    expect(await gone()).toEqual({ told: 0, inferred: 4 });
    expect(card).toMatchObject({ messages: 230, deletions: 4, channelsRead: 1, refusedPayloads: 0 });
    expect(await reactorsOf(scene, old[3]!.id)).toEqual([ben, cleo].toSorted());
    expect(card!.notRecovered.toSorted()).toEqual([
      'joins-and-leaves',
      'older-messages',
      'sent-and-deleted',
      'swapped-reactions',
      'voice',
    ]);
    expect(await gapsToRepair(scene.database.pool, [scene.guild.id])).toEqual([]);
    expect(scene.discord.oracleFaults).toEqual([]);
  });

  it('keeps the earlier text of what was edited', async () => {
    const [message] = talk(1);
    await missing(() => scene.world.edit(keyOf(message!), 'another'));
    await scene.repair();
    const { rows } = await scene.database.pool.query('select content from edits');
    expect(rows).toEqual([{ content: 'word 0' }]);
  });

  it.each([
    ['the last messages of a channel', 20, 15],
    ['all messages of a channel', 20, 0],
    ['the first that are read again', 250, -3],
  ])('finds that %s were deleted', async (_, count, kept) => {
    const messages = talk(count);
    const doomed = kept < 0 ? messages.slice(50, 50 - kept) : messages.slice(kept);
    await missing(() => doomed.forEach(remove));
    const card = await scene.repair();
    await isSame();
    expect(card!.deletions).toBe(doomed.length);
    expect(await gone()).toEqual({ told: 0, inferred: doomed.length });
  });

  it('finds a message that was deleted seconds before', async () => {
    const messages = talk(5);
    await scene.recorded();
    scene.lose();
    scene.pass(1);
    remove(messages[4]!);
    remove(messages[2]!);
    await scene.find();
    await scene.repair();
    await isSame();
    expect(await gone()).toEqual({ told: 0, inferred: 2 });
  });

  it('reads threads and forum posts, those of the gap and those that were archived in it', async () => {
    const { world, people, guild, channel } = scene;
    const [ada, ben] = people as [string, string];
    const forum = world.addChannel(guild.id, ChannelType.GuildForum);
    const before = world.startThread(channel.id, { ownerId: ada });
    const asleep = world.startThread(channel.id, { ownerId: ada });
    const doomed = world.startThread(channel.id, { ownerId: ada });
    for (const { id } of [before, asleep, doomed]) talk(3, id);
    world.archiveThread(asleep.id);
    scene.pass(60);
    await missing(() => {
      talk(3, before.id);
      world.archiveThread(before.id);
      world.deleteThread(doomed.id);
      const [root] = talk(1);
      const made = world.startThread(channel.id, { ownerId: ben, messageId: root!.id });
      const hidden = world.startThread(channel.id, { ownerId: ben, isPrivate: true });
      const post = world.startThread(forum.id, { ownerId: ben, content: 'a question' });
      for (const { id } of [made, hidden, post]) talk(2, id);
      world.archiveThread(post.id);
      world.archiveThread(hidden.id);
    });
    const asked = scene.discord.requests.length;
    const card = await scene.repair();
    await isSame();
    expect(card).toMatchObject({ channelsDeleted: 1 });
    const pages = scene.discord.requests.slice(asked).map(({ path }) => path);
    expect(pages).not.toContain(`/channels/${asleep.id}/messages`);
    expect(scene.discord.oracleFaults).toEqual([]);
  });

  it('finds that a channel was deleted, and takes its messages for hidden, not for deleted', async () => {
    const other = scene.world.addChannel(scene.guild.id);
    talk(3, other.id);
    await missing(() => scene.world.deleteChannel(other.id), 3);
    const card = await scene.repair();
    await isSame();
    expect(card).toMatchObject({ channelsDeleted: 1, deletions: 0 });
    expect(await gone()).toEqual({ told: 0, inferred: 0 });
  });

  it('begins on an older record at its end', async () => {
    talk(10);
    await missing(() => talk(250));
    await scene.database.pool.query('delete from gaps');
    const client = await scene.database.pool.connect();
    await openGaps(client, { reason: 'new session', guildIds: [scene.guild.id] }, { at: scene.now() });
    client.release();
    const card = await scene.repair();
    await isSame();
    expect(card).toMatchObject({ messages: 250 });
  });

  it('does not read what is long recorded and older than its settings say', async () => {
    talk(400);
    scene.pass(100_000);
    await missing(() => talk(5));
    const card = await scene.repair();
    await isSame();
    // 200 and 5 messages, and an empty page.
    expect(card).toMatchObject({ pages: 3, messages: 5 });
  });

  it('reads a day of what is recorded again', async () => {
    const messages = talk(400);
    await missing(() => scene.world.edit(keyOf(messages[20]!), 'another'));
    await scene.repair();
    await isSame();
  });

  it('proves what Discord answered in full: from the cursor only where more came, and nothing that is young', async () => {
    const first = talk(1)[0]!.id;
    scene.pass(86_400);
    let messages: string[] = [];
    await missing(() => {
      messages = talk(130).map(({ id }) => id);
      scene.pass(-600);
    });
    // The last were sent within ten seconds before they were asked for.
    await scene.repair();
    await isSame();
    const { rows } = await scene.database.pool.query<{ from: string; to: string }>(
      `select from_id::text as from, to_id::text as to from coverage where grade = 'verified' order by from_id`,
    );
    const lives = (id: string, { from, to }: { from: string; to: string }) =>
      BigInt(id) >= BigInt(from) && BigInt(id) <= BigInt(to);
    expect(rows).toHaveLength(2);
    expect(rows[0]!.from).toBe(first);
    expect(rows[0]!.to).toBe(messages[98]);
    expect(rows[1]!.from).toBe(messages[99]);
    expect(messages.slice(100).filter((id) => lives(id, rows[1]!)).length).toBeGreaterThan(15);
    expect(lives(messages.at(-1)!, rows[1]!)).toBe(false);
  });

  it('covers what it read to its end, also where nothing was said, and an id that could not be recorded', async () => {
    const { world, guild, channel, discord, database } = scene;
    const quiet = world.addChannel(guild.id);
    const first = talk(1)[0]!.id;
    await missing(() => talk(3));
    discord.faults.next(
      { status: 200, body: [{ id: idAt(scene.now() - 60_000), channel_id: channel.id }] },
      { path: `/channels/${channel.id}/messages` },
    );
    await scene.repair();
    const { rows } = await database.pool.query<{ id: string; from: string; to: string }>(
      `select channel_id::text as id, from_id::text as from, to_id::text as to from coverage
       where grade = 'read' and to_id > from_id order by channel_id`,
    );
    expect(rows.map(({ id }) => id)).toEqual([channel.id, quiet.id].toSorted());
    const gap = (await listGaps(database.pool, guild.id, 1))[0]!;
    for (const { id, from, to } of rows) {
      expect(BigInt(from)).toBeLessThanOrEqual(id === channel.id ? BigInt(first) : BigInt(idAt(gap.fromMs)));
      // Up to ten seconds before the end was asked for.
      expect(snowflakeMs(to)).toBeGreaterThanOrEqual(gap.toMs - 11_000);
      expect(snowflakeMs(to)).toBeLessThan(scene.now() - 9_000);
    }
    const alone = await database.pool.query(`select from coverage where grade = 'read' and to_id = from_id`);
    expect(alone.rows).toHaveLength(1);
  });

  it('covers nothing of a channel that is known to have been closed meanwhile', async () => {
    const { guild, channel, database, now } = scene;
    await missing(() => {}, 5);
    await saveAccess(database.pool, guild.id, now(), new Map([[channel.id, 'no history']]));
    await scene.repair();
    const { rows } = await database.pool.query(`select from coverage where grade = 'read'`);
    expect(rows).toEqual([]);
  });

  it('leaves to live recording what is younger than the gap', async () => {
    await missing(() => talk(5), 5);
    scene.pass(3600);
    talk(500);
    await scene.recorded();
    const card = await scene.repair();
    await isSame();
    expect(card).toMatchObject({ pages: 1, messages: 5 });
  });
});
