/** What cannot be answered: each is said in a sentence, to who asked alone. */
import { afterEach, describe, expect, it } from 'vitest';
import { linkGuild, openLinked } from '../../../db/linked-guilds.ts';
import { saveSettings } from '../../../db/settings.ts';
import { ChartError } from '../../../reports/draw.ts';
import { wordsIn } from '../../../reports/words.ts';
import { CANARY, messagesIn, refusalOf, textOf, useTown } from './town.ts';

const town = useTown();
const { refusals } = wordsIn('en').answering;
const LINKED = '999999999999999999';

/** Changes settings until the end of the test. */
async function set(change: Parameters<typeof saveSettings>[2]): Promise<void> {
  await saveSettings(town.database.db, town.whole.guild.id, change, new Date());
}

afterEach(async () => {
  town.does = {};
  await set({ commandRoles: {}, excludedChannels: [] });
  await town.database.pool.query('delete from linked_guilds');
});

describe('who may not', () => {
  it('use a command by the roles that are set is told so in public and in private; who may Manage Server may', async () => {
    await set({ commandRoles: { stats: [town.hidden.crew] } });
    expect(await refusalOf(town.use('stats', {}, { by: town.ada }))).toBe(refusals.notAllowed);
    const own = town.use('stats', { private: true }, { by: town.ada });
    expect(await refusalOf(own)).toBe(refusals.notAllowed);
    expect(own.answers.map(({ what }) => what)).toEqual(['deferred', 'answered']);
    for (const by of [town.ben, town.whole.guild.ownerId])
      expect(textOf(await town.ask('stats', {}, { by }))).toContain('Week 46');
    expect(textOf(await town.ask('top-contributors', {}, { by: town.ada }))).toContain('Week 46');
  });

  it('manage the server is refused a command for those who may, though Discord let it through', async () => {
    for (const [command, subcommand] of [['settings'], ['backfill', 'start']] as const) {
      const asked = { by: town.ada, isUnchecked: true, ...(subcommand && { subcommand }) };
      expect(await refusalOf(town.use(command, {}, asked))).toBe(refusals.managersOnly);
    }
    expect(await town.rows('select from backfill_runs where guild_id = $1')).toEqual([]);
  });
});

describe('a refusal in public', () => {
  it('takes the deferral away, and then comes privately', async () => {
    const use = town.use('stats', { period: 'sometime' });
    expect(await refusalOf(use)).toBe(refusals.noPeriod('sometime'));
    expect(use.answers.map(({ what, message: { isEphemeral } }) => [what, isEphemeral])).toEqual([
      ['deferred', false],
      ['deleted', false],
      ['followed up', true],
    ]);
    expect([...town.whole.general.messages.keys()]).not.toContain(use.answers[0]!.message.id);
  });

  it('is in the language of who asked', async () => {
    const asked = town.use('stats', { period: 'irgendwann' }, { locale: 'de' });
    expect(await refusalOf(asked)).toBe(wordsIn('de').answering.refusals.noPeriod('irgendwann'));
  });

  it('says what was typed as it was typed, harmless', async () => {
    const asked = town.use('stats', { period: '@everyone **x** <@&5>' });
    const said = await refusalOf(asked);
    expect(said).toContain('\\*\\*x\\*\\*');
    expect(said).not.toMatch(/@everyone|<@&?\d/);
  });
});

describe('what cannot be counted', () => {
  it('a channel that not everyone can read', async () => {
    const channel = town.hidden.channel.id;
    const said = await refusalOf(town.use('stats', { channel }));
    expect(said).toBe(refusals.channelNotPublic(`\\#${CANARY}-secret`));
    expect(messagesIn(await town.ask('stats', { channel, private: true }))).toBe(42);
    const inIt = await town.ask('stats', { channel }, { where: town.hidden.channel });
    expect(inIt.isEphemeral).toBe(false);
    expect(messagesIn(inIt)).toBe(42);
  });

  it.each(['nowhere', '123456789012345678', `${CANARY}-secret`, 'the id', 'its mention'])(
    'a channel that is not there for who asks: %s',
    async (typed) => {
      const { id } = town.hidden.channel;
      const channel = typed === 'the id' ? id : typed === 'its mention' ? `<#${id}>` : typed;
      for (const isPrivate of [false, true]) {
        const use = town.use('stats', { channel, private: isPrivate }, { by: town.ada });
        expect(await refusalOf(use)).toMatch(/^There is no channel “.*” that you can read/);
      }
    },
  );

  it('a server whose every channel is excluded', async () => {
    await set({ excludedChannels: [...town.whole.guild.channels.keys()] });
    expect(await refusalOf(town.use('stats'))).toBe(refusals.nothingPublic);
    expect(await refusalOf(town.use('stats', { private: true }))).toBe(refusals.nothingPrivate);
  });

  it('a server of whose permissions nothing is known', async () => {
    const { world, database, ada } = town;
    const guild = world.addGuild({ name: 'New' });
    world.join(guild.id, ada);
    const channel = world.addChannel(guild.id);
    await town.written();
    await database.pool.query('delete from roles where guild_id = $1', [guild.id]);
    const asked = town.use('weekly', {}, { by: ada, where: channel });
    expect(await refusalOf(asked)).toBe(refusals.permissionsUnknown);
  });
});

describe('another server', () => {
  const server = LINKED;
  const asOwner = () => ({ by: town.whole.guild.ownerId });
  const link = async () => void (await linkGuild(town.database.db, town.whole.guild.id, LINKED, new Date()));
  const record = () =>
    town.database.pool.query(
      `insert into guilds (guild_id, name, name_at) values ($1, 'Imported', now()) on conflict do nothing`,
      [LINKED],
    );

  it('that is not linked, or no server at all', async () => {
    for (const typed of [server, 'Imported', town.plain.guild.id]) {
      const asked = town.use('stats', { server: typed, private: true }, asOwner());
      expect(await refusalOf(asked)).toBe(refusals.noServer(typed));
    }
  });

  it('of which nothing is recorded', async () => {
    await link();
    expect(await refusalOf(town.use('stats', { server, private: true }, asOwner()))).toBe(
      refusals.notRecorded,
    );
  });

  it('that is closed: to members, and in public; and one that is open to all', async () => {
    await link();
    await record();
    expect(await refusalOf(town.use('stats', { server, private: true }, { by: town.ada }))).toBe(
      refusals.serverClosed,
    );
    expect(await refusalOf(town.use('stats', { server }, asOwner()))).toBe(refusals.serverPrivateOnly);
    expect(textOf(await town.ask('stats', { server, private: true }, asOwner()))).toContain('Imported');
    await openLinked(town.database.db, town.whole.guild.id, LINKED, true);
    expect(textOf(await town.ask('stats', { server }, { by: town.ada }))).toContain('Imported');
  });
});

describe('a chart that cannot be drawn', () => {
  it('leaves the answer without its picture, and the answer says so', async () => {
    town.log.length = 0;
    town.does.draw = () => Promise.reject(new ChartError(CANARY));
    for (const command of ['stats', 'top-contributors', 'weekly']) {
      const message = await town.ask(command, command === 'weekly' ? {} : { period: '2026-W45' });
      expect(textOf(message)).toMatch(/\bcould not be drawn/);
      expect(message.attachments.filter(({ contentType }) => contentType === 'image/png')).toEqual([]);
    }
    expect(await town.logged('a chart is missing')).not.toEqual([]);
    expect(town.log.join('')).not.toContain(CANARY);
  });
});
