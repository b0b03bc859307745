/** A recorder that goes on from a backup knows that it missed what came since. */
import { describe, expect, it } from 'vitest';
import { type Scene, useScenes } from '../bot/recording-bot.ts';
import { backedUp, restored, tables } from './backup-scene.ts';

const open = useScenes();

const texts = async ({ rows }: Scene) =>
  (
    await rows<{ content: string }>(
      'select content from messages where guild_id = $1 and content is not null order by message_id',
    )
  ).map(({ content }) => content);

/** The database is lost, and made anew from a backup. */
async function replace({ database, discord }: Scene, bytes: Buffer): Promise<void> {
  for (const { name } of await tables(database.pool)) await database.pool.query(`delete from ${name}`);
  await restored(database, bytes, { nowMs: discord.world.now() });
}

describe('a bot that starts on a restored database', () => {
  it('reads what came since the backup, though Discord would have resumed its session', async () => {
    const scene = await open();
    const first = await scene.start();
    scene.say('kept');
    await scene.written();
    await first.close();
    const { bytes } = await backedUp(scene.database.pool);
    const second = await scene.start();
    scene.say('lost with the database');
    await scene.written();
    await second.close();
    await replace(scene, bytes);
    expect(await texts(scene)).toEqual(['kept']);
    expect(await scene.rows('select state from gaps where guild_id = $1')).toEqual([{ state: 'open' }]);
    scene.say('said meanwhile');
    await scene.start();
    await scene.written();
    await scene.repaired();
    expect(await texts(scene)).toEqual(['kept', 'lost with the database', 'said meanwhile']);
  });

  it('reads it, too, where a spool on disk is further than the backup', async () => {
    const scene = await open();
    const first = await scene.start();
    scene.say('kept');
    await scene.written();
    await first.close();
    const { bytes } = await backedUp(scene.database.pool);
    const second = await scene.start();
    scene.say('lost with the database');
    await scene.written();
    // The tables of the recorder go away: what comes from now on waits on disk, of the same session.
    await scene.database.pool.query('alter table messages rename to messages_away');
    scene.say('on disk');
    await expect
      .poll(async () => scene.log.some((line) => line.includes('spool')), { timeout: 20_000 })
      .toBe(true);
    await second.close();
    await scene.database.pool.query('alter table messages_away rename to messages');
    await replace(scene, bytes);
    await scene.start();
    await scene.written();
    await scene.repaired();
    expect(await texts(scene)).toEqual(['kept', 'lost with the database', 'on disk']);
  });
});
