import { describe, expect, it } from 'vitest';
import { main } from '../../cli/main.ts';
import type { Ended } from '../support/program.ts';
import { forget } from '../ingest/backfill/auditing.ts';
import { past } from '../ingest/backfill/past.ts';
import { type Scene, useScenes } from '../ingest/backfill/scene.ts';
import { useFolder } from '../support/folder.ts';

const open = useScenes();
const folder = useFolder();

/** `almanac audit`, with the companion at hand. */
async function audit({ database, discord, world }: Scene, ...words: string[]): Promise<Ended> {
  const said = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof said) => ({ write: (text: string) => (said[name] += text) });
  const code = await main(['audit', ...words], {
    env: {
      DATABASE_URL: database.url,
      ALMANAC_DATA: folder.path,
      DISCORD_TOKEN: world.truth.token,
      DISCORD_API: discord.url,
    },
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    companion: () => import('../../companion/index.ts'),
  });
  return { code, ...said };
}

async function readGuild() {
  const scene = await open();
  const guild = scene.world.addGuild({ name: 'Tea' });
  const general = past(scene, guild, 500);
  const random = past(scene, guild, 60);
  scene.world.updateChannel(general.channel.id, { name: 'general' });
  scene.world.updateChannel(random.channel.id, { name: 'random' });
  await scene.run(await scene.order(guild));
  return { scene, guild, general, random };
}

describe('almanac audit', () => {
  it('says that all is the same', async () => {
    const { scene, guild } = await readGuild();
    const { code, stdout } = await audit(scene, '--guild', guild.id);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Compared with Discord's own counts, of Tea up to \d{4}-\d\d-\d\d \d\d:\d\d \(UTC\): 560 messages in 2 channels\.\n\nThe same: 2 channels\.\n\n\d+ requests in \d+ s\.\n$/,
    );
  });

  it('shows what differed, and that it was repaired', async () => {
    const { scene, guild, general, random } = await readGuild();
    for (const message of general.said.slice(100, 103)) await forget(scene, message);
    scene.world.deleteMessage({ id: random.said[5]!.id, channelId: random.channel.id });
    const { code, stdout } = await audit(scene, '--guild', guild.id);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^channel +recorded +Discord +differed on +now$/m);
    expect(stdout).toMatch(/^#general +497 +500 +\d{4}-\d\d-\d\d.* repaired: 3 messages found$/m);
    expect(stdout).toMatch(/^#random +60 +59 +\d{4}-\d\d-\d\d +repaired: 1 deletion found$/m);
    const again = await audit(scene, '--guild', guild.id);
    expect(again.stdout).toContain('The same: 2 channels.');
  });

  it('only looks where it is told so, and ends with 1', async () => {
    const { scene, guild, general, random } = await readGuild();
    await forget(scene, general.said[100]!);
    const { code, stdout } = await audit(scene, '--guild', guild.id, '--no-repair');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^#general +499 +500 .* not repaired$/m);
    expect(stdout).toContain('The same: 1 channel.\nTo read again what differs: the same command without');
    const other = await audit(scene, '--guild', guild.id, '--channel', random.channel.id);
    expect(other).toMatchObject({ code: 0, stdout: expect.stringContaining('60 messages in 1 channel.') });
  });

  it('says what was not compared, and what to do', async () => {
    const { scene, guild, random } = await readGuild();
    const fresh = past(scene, guild, 5).channel;
    scene.world.updateChannel(fresh.id, { name: 'fresh' });
    scene.world.forbid(random.channel.id, 'ReadMessageHistory');
    const { code, stdout } = await audit(scene, '--guild', guild.id);
    expect(code).toBe(1);
    expect(stdout).toContain('Not compared:\n  #fresh: not read yet\n  #random: the bot lacks Read Message');
    expect(stdout).toContain(`To read what is not read yet: npx almanac backfill --guild ${guild.id}\n`);
  });

  it('tells what differs still', async () => {
    const { scene, guild, general } = await readGuild();
    await scene.rows(`update messages set gone_at = now() where message_id = $1`, general.said[9]!.id);
    const { code, stdout } = await audit(scene, '--guild', guild.id);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^#general +499 +500 .* still 1 missing$/m);
    expect(stdout).toContain('What still differs was read again');
  });

  it('answers as JSON', async () => {
    const { scene, guild, general } = await readGuild();
    await forget(scene, general.said[100]!);
    const { code, stdout } = await audit(scene, '--guild', guild.id, '--since', '2015-02-01', '--json');
    expect(code).toBe(0);
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({ guild: { id: guild.id, name: 'Tea' }, timeZone: 'UTC', notReadable: [] });
    const found = answer.channels.find((one: { channelId: string }) => one.channelId === general.channel.id);
    expect(found).toMatchObject({ state: 'repaired', ours: 499, discord: 500, messagesFound: 1 });
    expect(found.months).toHaveLength(1);
    expect(found.months[0].days).toHaveLength(1);
  });

  it('is not done for a server that the bot is not in, or a channel of another', async () => {
    const { scene, guild } = await readGuild();
    const other = scene.world.addChannel(scene.world.addGuild().id).id;
    const strange = await audit(scene, '--guild', guild.id, '--channel', other);
    expect(strange).toEqual({
      code: 2,
      stdout: '',
      stderr: `The channel ${other} is in another server.\n`,
    });
    scene.world.kickBot(guild.id);
    const { code, stdout, stderr } = await audit(scene, '--guild', guild.id);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('npx almanac doctor');
  });
});
