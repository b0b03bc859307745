/** Telling Discord our commands, over the loopback Discord. */
import {
  type APIApplicationCommand,
  ApplicationCommandOptionType,
  Locale,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { REST } from '@discordjs/rest';
import { describe, expect, it } from 'vitest';
import backfill from '../../commands/backfill.ts';
import { applicationIdOf, deploy } from '../../commands/deploy.ts';
import { differences } from '../../commands/deploy/differences.ts';
import { deployTyped } from '../../commands/deploy/typed.ts';
import { UserError } from '../../reports/user-error.ts';
import { type Begun, useDiscord } from '../support/discord/rest/asking.ts';

type Data = RESTPostAPIChatInputApplicationCommandsJSONBody;

const begin = useDiscord();

const PING: Data = {
  name: 'ping',
  description: 'Says pong',
  description_localizations: { [Locale.German]: 'Sagt pong' },
  contexts: [0],
  integration_types: [0],
  options: [
    { type: ApplicationCommandOptionType.String, name: 'loud', description: 'How loud', max_length: 9 },
    {
      type: ApplicationCommandOptionType.Integer,
      name: 'times',
      description: 'How often',
      choices: [{ name: 'once', value: 1, name_localizations: { [Locale.German]: 'einmal' } }],
    },
  ],
};
const COMMANDS = [{ data: PING }, backfill];

/** Deploys, and tells what was said. */
async function put(begun: Begun, more: Partial<Parameters<typeof deploy>[0]> = {}) {
  const { rest, discord } = begun;
  const said: string[] = [];
  const before = discord.requests.length;
  const changes = await deploy({
    rest,
    applicationId: await applicationIdOf(rest),
    commands: COMMANDS,
    tell: (text) => void said.push(text),
    ...more,
  });
  const puts = discord.requests.slice(before).filter(({ method }) => method === 'PUT').length;
  return { said, changes, puts };
}

const known = (begun: Begun, guildId?: string) =>
  begun.get<APIApplicationCommand[]>(
    `/applications/${begun.world.truth.application.id}${guildId === undefined ? '' : `/guilds/${guildId}`}/commands`,
    { with_localizations: 'true' },
  );

describe('a deployment', () => {
  it('puts what is new, and the second time nothing', async () => {
    const begun = await begin();
    expect(await put(begun)).toMatchObject({
      said: [
        '+ /ping  added',
        '+ /backfill  added',
        '2 commands differ for every server (2 added), and Discord has them now.',
      ],
      puts: 1,
    });
    expect((await known(begun)).map(({ name }) => name)).toEqual(['ping', 'backfill']);
    expect(await put(begun)).toEqual({
      said: ['Nothing to change for every server: 2 commands are as they should be.'],
      changes: [],
      puts: 0,
    });
  });

  it('says what changes, a line a field', async () => {
    const begun = await begin();
    await put(begun);
    const data: Data = {
      ...PING,
      description_localizations: { [Locale.German]: 'Sagt Pong' },
      default_member_permissions: '32',
      options: [{ ...PING.options![0]!, required: true } as NonNullable<Data['options']>[number]],
    };
    const { said } = await put(begun, { commands: [{ data }] });
    expect(said).toEqual([
      '~ /ping',
      '    description (de): "Sagt pong" -> "Sagt Pong"',
      '    default permissions: null -> "32"',
      '    options: loud, times -> loud',
      '    loud: required: false -> true',
      '- /backfill  removed',
      '2 commands differ for every server (1 changed, 1 removed), and Discord has them now.',
    ]);
  });

  it('of a dry run changes nothing', async () => {
    const begun = await begin();
    const { said, puts, changes } = await put(begun, { isDryRun: true });
    expect(said.at(-1)).toBe(
      '2 commands differ for every server (2 added). Nothing was changed: this was a dry run.',
    );
    expect([puts, changes.length]).toEqual([0, 2]);
    expect(await known(begun)).toEqual([]);
  });

  it('for one server leaves out what only commands for every server have', async () => {
    const begun = await begin();
    const guildId = begun.guild.id;
    await put(begun, { guildId });
    expect(await known(begun)).toEqual([]);
    const [ping] = await known(begun, guildId);
    expect(ping).not.toHaveProperty('contexts');
    expect(await put(begun, { guildId })).toMatchObject({ changes: [], puts: 0 });
  });

  it('says where a server shows a command twice, and how to have it once', async () => {
    const begun = await begin();
    const guildId = begun.guild.id;
    await put(begun, { guildId, commands: [{ data: PING }] });
    const { said } = await put(begun);
    expect(said.at(-1)).toBe(
      `NOTE: the server ${guildId} has /ping of its own, too, and shows them twice. To take those away: npm run deploy-commands -- --guild ${guildId} --remove`,
    );
    const again = await put(begun, { guildId });
    expect(again.said.at(-1)).toMatch(/^NOTE: this server shows twice .*: \/ping, \/backfill\./);
    expect((await put(begun, { guildId, commands: [] })).said.at(-1)).toMatch(/\(2 removed\)/);
  });
});

describe('what Discord adds by itself', () => {
  const added = (more: object) =>
    ({
      id: '1',
      application_id: '2',
      version: '3',
      type: 1,
      default_member_permissions: null,
      nsfw: false,
      dm_permission: true,
      name_localizations: null,
      ...PING,
      ...more,
    }) as APIApplicationCommand;
  const options = PING.options!.map((option) => ({
    ...option,
    required: false,
    autocomplete: false,
    name_localizations: null,
    description_localizations: {},
  }));

  it.each([
    [{}],
    [{ options }],
    [{ default_permission: true, handler: undefined }],
    [{ description_localizations: { 'pt-BR': null, de: 'Sagt pong' } }],
  ])('is no difference: %o', (more) => {
    expect(differences([added(more)], [PING], { isGlobal: true })).toEqual([]);
  });

  it('where we leave it to Discord is no difference either, and where we do not it is', () => {
    const { contexts: _, integration_types: __, ...plain } = PING;
    const before = [added({ contexts: [2, 1, 0], integration_types: [1, 0] })];
    expect(differences(before, [plain], { isGlobal: true })).toEqual([]);
    expect(differences(before, [PING], { isGlobal: true })[0]!.fields).toEqual([
      { field: 'contexts', before: '[0,1,2]', after: '[0]' },
      { field: 'ways to install', before: '[0,1]', after: '[0]' },
    ]);
    expect(differences(before, [PING], { isGlobal: false })).toEqual([]);
    const unset = [added({ contexts: null })];
    expect(differences(unset, [PING], { isGlobal: true })[0]!.fields).toEqual([
      { field: 'contexts', after: '[0]' },
    ]);
  });

  it('permissions are the same as a number and as a text', () => {
    const before = [added({ default_member_permissions: '32' })];
    expect(differences(before, [{ ...PING, default_member_permissions: '32' }], { isGlobal: true })).toEqual(
      [],
    );
    expect(differences(before, [PING], { isGlobal: true })).toHaveLength(1);
  });
});

describe('what Discord refuses', () => {
  it('is a sentence that says what to do', async () => {
    const begun = await begin();
    const { rest, world, discord } = begun;
    await expect(put(begun, { guildId: '999999999999999999' })).rejects.toThrow(
      /^There is no server 999999999999999999/,
    );
    const wrong = new REST({ api: discord.url, retries: 0 }).setToken('wrong');
    await expect(applicationIdOf(wrong)).rejects.toThrow('Discord refuses DISCORD_TOKEN');
    const nowhere = new REST({ api: 'http://127.0.0.1:9/api', retries: 0 }).setToken('any');
    await expect(applicationIdOf(nowhere)).rejects.toThrow('Discord cannot be reached (ECONNREFUSED)');
    discord.faults.next({ status: 502 });
    await expect(applicationIdOf(rest)).rejects.toThrow('Discord cannot be reached (502)');
    const applicationId = world.truth.application.id;
    const forbidden = {
      put: rest.put.bind(rest),
      get: () => rest.get(`/applications/${begun.guild.id}/guilds/${begun.guild.id}/commands`),
    };
    const asked = deploy({ rest: forbidden, applicationId, guildId: '1', commands: [], tell() {} });
    await expect(asked).rejects.toThrow(UserError);
    await expect(asked).rejects.toThrow('invite it again, with the scope applications.commands');
  });
});

describe('as it is typed', () => {
  const type = async (args: string[], rest?: Begun['rest']) => {
    const [said, warned]: [string[], string[]] = [[], []];
    const code = await deployTyped({
      args,
      commands: COMMANDS,
      ...(rest && { rest }),
      tell: (text) => void said.push(text),
      warn: (text) => void warned.push(text),
    });
    return { code, said, warned };
  };

  it('ends with 0 where it is done, and where there was nothing to do', async () => {
    const { rest, guild } = await begin();
    expect(await type(['--guild', guild.id, '--dry-run'], rest)).toMatchObject({ code: 0, warned: [] });
    expect(await type(['--guild', guild.id], rest)).toMatchObject({ code: 0, warned: [] });
    const again = await type(['--guild', guild.id], rest);
    expect(again.said).toEqual([
      `Nothing to change for the server ${guild.id}: 2 commands are as they should be.`,
    ]);
    const removed = await type(['--guild', guild.id, '--remove'], rest);
    expect(removed.said.slice(0, 2)).toEqual(['- /ping  removed', '- /backfill  removed']);
    expect((await type(['--help'])).said[0]).toContain('--dry-run');
  });

  it.each([
    [['--guild', 'harbour'], /^harbour is no id of a server/],
    [['--nonsense'], /Unknown option '--nonsense'/],
    [[], /^DISCORD_TOKEN is not set/],
  ])('ends with 2 and a sentence where it is not: %o', async (args, sentence) => {
    const { code, said, warned } = await type(args);
    expect([code, said]).toEqual([2, []]);
    expect(warned.join('\n')).toMatch(sentence);
  });
});
