import { type APIApplicationCommand, ApplicationCommandOptionType as Type } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { COMMANDS } from './interactions/asking.ts';
import { refusalOf, useDiscord } from './rest/asking.ts';

const begin = useDiscord();

async function beginWithCommands() {
  const begun = await begin();
  const { rest, get, guild, world } = begun;
  const all = `/applications/${world.truth.application.id}/commands` as const;
  const own = `/applications/${world.truth.application.id}/guilds/${guild.id}/commands` as const;
  const put = async (body: unknown, path: typeof all | typeof own = all) =>
    (await rest.put(path, { body })) as APIApplicationCommand[];
  const list = (query = {}, path: string = all) => get<APIApplicationCommand[]>(path, query);
  return { ...begun, put, list, all, own };
}

test('commands come back with what Discord adds, and other languages where they are asked for', async () => {
  const { put, list, own, world } = await beginWithCommands();
  const [stats, backfill] = await put(COMMANDS);
  expect(stats).toMatchObject({
    application_id: world.truth.application.id,
    type: 1,
    nsfw: false,
    dm_permission: true,
    integration_types: [0],
    contexts: null,
    default_member_permissions: null,
    name_localizations: null,
    options: [
      { name: 'period', name_localizations: { de: 'zeitraum' }, description_localizations: null },
      {},
      {},
      {},
    ],
  });
  expect(backfill).toMatchObject({ default_member_permissions: '32' });
  expect(await list({ with_localizations: 'true' })).toEqual([stats, backfill]);
  expect(JSON.stringify(await list())).not.toContain('locali');
  expect(await list({}, own)).toEqual([]);
  const [ownStats] = await put(COMMANDS, own);
  expect(ownStats).not.toHaveProperty('contexts');
});

test('a command that is put again keeps its id, and its version where nothing changed', async () => {
  const { put } = await beginWithCommands();
  const [stats, backfill] = await put(COMMANDS);
  expect(await put(COMMANDS)).toEqual([stats, backfill]);
  const [changed] = await put([{ ...COMMANDS[0]!, description: 'Other' }]);
  expect(changed!.id).toBe(stats!.id);
  expect(changed!.version).not.toBe(stats!.version);
});

const option = (more: object) => ({ type: Type.String, name: 'o', description: 'd', ...more });
const many = (count: number) => Array.from({ length: count }, (_, i) => option({ name: `o${i}` }));
const choices = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ name: `n${i}`, value: `v${i}` }));
const branch = (type: Type, options: object[]) => ({ type, name: 'b', description: 'd', options });
const wrong: [what: string, command: object][] = [
  ['capitals in a name', { name: 'Stats' }],
  ['a space in a name', { name: 'my stats' }],
  ['a long name', { name: 'x'.repeat(33) }],
  ['a name in a language that has capitals', { name_localizations: { de: 'Statistik' } }],
  ['a language that Discord has not', { name_localizations: { xx: 'stats' } }],
  ['no description', { description: '' }],
  ['a long description', { description: 'x'.repeat(101) }],
  ['a long description in a language', { description_localizations: { de: 'x'.repeat(101) } }],
  ['26 options', { options: many(26) }],
  ['26 choices', { options: [option({ choices: choices(26) })] }],
  ['a choice without a value', { options: [option({ choices: [{ name: 'n', value: '' }] })] }],
  ['two options of one name', { options: [option({}), option({})] }],
  ['a required option behind a free one', { options: [option({}), option({ name: 'p', required: true })] }],
  ['suggestions beside choices', { options: [option({ autocomplete: true, choices: choices(1) })] }],
  ['options beside subcommands', { options: [branch(Type.Subcommand, []), option({})] }],
  ['a subcommand in a subcommand', { options: [branch(Type.Subcommand, [branch(Type.Subcommand, [])])] }],
  [
    'more than 8,000 characters',
    {
      options: many(25).map((one) => ({
        ...one,
        choices: choices(25).map(({ value }) => ({ name: value.padEnd(20, 'n'), value })),
      })),
    },
  ],
];
test.for(wrong)('%s is refused', async ([, command]) => {
  const { put, discord, list } = await beginWithCommands();
  const stats = { name: 'stats', description: 'Figures', ...command };
  expect(await refusalOf(put([stats]))).toEqual([400, 50_035]);
  expect(await list()).toEqual([]);
  // Some of it Discord's description forbids as well.
  discord.oracleFaults.length = 0;
});

test('two commands of one name are refused, and contexts of a command for one guild', async () => {
  const { put, own } = await beginWithCommands();
  expect(await refusalOf(put([COMMANDS[0], COMMANDS[0]]))).toEqual([400, 50_035]);
  expect(await refusalOf(put([{ ...COMMANDS[0], contexts: [0] }], own))).toEqual([400, 50_035]);
});
