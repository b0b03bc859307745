/** Interactions over REST alone: what is refused, how, and when. */
import { ButtonStyle, ComponentType as Type, MessageFlags } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { identifyRaw } from './gateway/raw-client.ts';
import { png, register } from './interactions/asking.ts';
import type { Use } from './interactions.ts';
import { type Begun, refusalOf, useDiscord } from './rest/asking.ts';

const begin = useDiscord();

const { Ephemeral, IsComponentsV2: V2, Loading } = MessageFlags;
const QUIET = { allowed_mentions: { parse: [] } };

interface RawFile {
  name: string;
  data: Buffer;
}

/** A use of /stats, and the routes that answer it. */
async function asked(begun?: Omit<Begun, 'get'>) {
  const all = begun ?? (await begin());
  if (!begun) await register(all);
  const { rest, world, channel, anna, discord } = all;
  const app = world.truth.application.id;
  const use = discord.interactions.use({ channelId: channel, userId: anna, command: 'stats' });
  const hook = (of: Pick<Use, 'token'> = use) => `/webhooks/${app}/${of.token}` as const;
  const message = (id = '@original') => `${hook()}/messages/${id}` as const;
  const open = { auth: false } as const;
  const said = (body: object) => ({ body: { ...QUIET, ...body }, ...open });
  return {
    ...all,
    use,
    hook,
    app,
    callback: (body: object, of: Pick<Use, 'id' | 'token'> = use, files: RawFile[] = []) =>
      rest.post(`/interactions/${of.id}/${of.token}/callback`, { body, files, ...open }),
    get: (id?: string) => rest.get(message(id), open),
    patch: (body: object, files: RawFile[] = []) => rest.patch(message(), { ...said(body), files }),
    remove: (id?: string) => rest.delete(message(id), open),
    follow: (body: object) => rest.post(hook(), said(body)),
  };
}

const deferral = (flags = 0) => ({ type: 5, data: { flags } });
const reply = (data: object) => ({ type: 4, data: { ...QUIET, ...data } });
const text = (content: string) => ({ type: Type.TextDisplay, content });
const button = (more: object = {}) => ({
  type: Type.Button,
  style: ButtonStyle.Primary,
  label: 'L',
  custom_id: 'c',
  ...more,
});
const row = (...components: object[]) => ({ type: Type.ActionRow, components });
const picture = (name: string, description = 'alt') => ({
  type: Type.MediaGallery,
  items: [{ media: { url: `attachment://${name}` }, description }],
});
const box = (...components: object[]) => ({ flags: V2, components: [{ type: Type.Container, components }] });

test('three seconds later, a second time, or with a wrong token it is too late', async () => {
  const late = await asked();
  late.clock.now += 3001;
  expect(await refusalOf(late.callback(deferral()))).toEqual([404, 10_062]);
  expect(await refusalOf(late.get())).toEqual([404, 10_015]);
  const { use, callback } = await asked(late);
  late.clock.now += 3000;
  expect(await refusalOf(callback(deferral(), { id: use.id, token: 'none' }))).toEqual([404, 10_062]);
  expect(await refusalOf(callback(deferral(), { id: '100000000000000001', token: use.token }))).toEqual([
    404, 10_062,
  ]);
  await callback(deferral());
  expect(await use.acknowledged()).toEqual({ type: 5, atMs: late.clock.now });
  expect(await refusalOf(callback(deferral()))).toEqual([400, 40_060]);
});

test('a token is good for fifteen minutes from the first answer', async () => {
  const { clock, callback, follow, get, patch, remove, rest, app } = await asked();
  expect(await refusalOf(follow({ content: 'too early' }))).toEqual([404, 10_015]);
  await callback(deferral());
  expect(await get()).toMatchObject({ content: '', flags: Loading });
  clock.now += 15 * 60_000;
  expect(await patch({ content: 'just so' })).toMatchObject({ content: 'just so', flags: 0 });
  clock.now += 1;
  for (const request of [get(), patch({ content: 'x' }), follow({ content: 'x' }), remove()])
    expect(await refusalOf(request)).toEqual([401, 50_027]);
  expect(
    await refusalOf(rest.post(`/webhooks/${app}/none`, { body: { content: 'x' }, auth: false })),
  ).toEqual([401, 50_027]);
});

test('what is gone, or never was its own, is unknown', async () => {
  const { callback, get, patch, remove, follow, world, channel, anna } = await asked();
  const theirs = world.send(channel, { author: anna, content: 'mine' });
  await callback(reply({ content: 'x', flags: Ephemeral }));
  const { id } = (await follow({ content: 'more' })) as { id: string };
  expect(await get(id)).toMatchObject({ content: 'more', flags: 0 });
  await remove(id);
  await remove();
  for (const request of [get(), patch({ content: 'x' }), remove(), get(id), get(theirs.id)])
    expect(await refusalOf(request)).toEqual([404, 10_008]);
});

test('an answer fits what was asked, and a deferral says no more than whether it is private', async () => {
  const { callback, discord, channel, anna, world, use, clock } = await asked();
  for (const type of [6, 7]) expect(await refusalOf(callback({ type }))).toEqual([400, 50_035]);
  expect(await refusalOf(callback({ type: 8, data: { choices: [] } }))).toEqual([400, 50_035]);
  expect(await refusalOf(callback(deferral(V2)))).toEqual([400, 50_035]);
  // A refusal is no answer: there is time for another.
  await callback(deferral(Ephemeral));
  expect(use.shown()).toMatchObject([{ isEphemeral: true, isDeferred: true }]);
  const typing = () =>
    discord.interactions.type({
      channelId: channel,
      userId: anna,
      command: 'stats',
      options: { period: '' },
      focused: 'period',
    });
  const suggest = (of: Use, ...choices: object[]) => callback({ type: 8, data: { choices } }, of);
  expect(await refusalOf(callback(deferral(), typing()))).toEqual([400, 50_035]);
  for (const wrong of [
    { name: '', value: 'x' },
    { name: 'x', value: '' },
    { name: 'x'.repeat(101), value: 'x' },
    { name: 'x', value: 'x'.repeat(101) },
  ])
    expect((await refusalOf(suggest(typing(), wrong)))[1]).toBe(50_035);
  const many = Array.from({ length: 26 }, (_, i) => ({ name: `n${i}`, value: `v${i}` }));
  expect((await refusalOf(suggest(typing(), ...many)))[1]).toBe(50_035);
  discord.oracleFaults.length = 0;
  clock.now += 1;
  const good = typing();
  await suggest(good, ...many.slice(1));
  expect(await good.choices()).toHaveLength(25);
  expect(world.channel(channel).channel.messages.size).toBe(0);
});

test('with a response, it is told what came of it', async () => {
  const { rest, use, callback } = await asked();
  const path = `/interactions/${use.id}/${use.token}/callback` as const;
  const query = new URLSearchParams({ with_response: 'true' });
  const answer = await rest.post(path, { body: reply({ content: 'x' }), query, auth: false });
  expect(answer).toMatchObject({
    interaction: { id: use.id, type: 2, response_message_loading: false, response_message_ephemeral: false },
    resource: { type: 4, message: { content: 'x' } },
  });
  expect(await refusalOf(callback(reply({ content: 'y' })))).toEqual([400, 40_060]);
});

const refused: [what: string, body: object, files?: string[]][] = [
  ['nothing', {}],
  ['a text beyond 2,000', { content: 'x'.repeat(2001) }],
  ['11 embeds', { embeds: Array.from({ length: 11 }, () => ({ title: 'x' })) }],
  ['an embed beyond 4,096', { embeds: [{ description: 'x'.repeat(4097) }] }],
  ['26 fields', { embeds: [{ fields: Array.from({ length: 26 }, () => ({ name: 'n', value: 'v' })) }] }],
  ['a field beyond 1,024', { embeds: [{ fields: [{ name: 'n', value: 'v'.repeat(1025) }] }] }],
  ['a field without a name', { embeds: [{ fields: [{ name: '', value: 'v' }] }] }],
  ['embeds beyond 6,000', { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] }],
  ['components V2 without the flag', { components: [text('x')] }],
  ['a text beside components V2', { content: 'x', ...box(text('x')) }],
  ['an embed beside components V2', { embeds: [{ title: 'x' }], ...box(text('x')) }],
  ['components V2 without any', { flags: V2, components: [] }],
  ['41 components', box(...Array.from({ length: 40 }, () => text('x')))],
  ['texts beyond 4,000', box(text('x'.repeat(2000)), text('x'.repeat(2001)))],
  ['an empty text', box(text(''))],
  ['two buttons of one id', box(row(button(), button()))],
  ['a button id beyond 100', box(row(button({ custom_id: 'x'.repeat(101) })))],
  ['a label beyond 80', box(row(button({ label: 'x'.repeat(81) })))],
  ['a button that says nothing', box(row({ type: Type.Button, style: 1, custom_id: 'c' }))],
  ['a button that asks nothing', box(row({ type: Type.Button, style: 1, label: 'x' }))],
  ['six buttons in a row', box(row(...Array.from({ length: 6 }, (_, i) => button({ custom_id: `${i}` }))))],
  [
    'six rows',
    { content: 'x', components: Array.from({ length: 6 }, (_, i) => row(button({ custom_id: `${i}` }))) },
  ],
  ['a picture that was not uploaded', box(picture('none.png'))],
  ['an uploaded picture that is not shown', box(text('x')), ['chart.png']],
  ['an alternative text beyond 1,024', box(picture('chart.png', 'x'.repeat(1025))), ['chart.png']],
  [
    'a description beyond 1,024',
    { attachments: [{ id: '0', description: 'x'.repeat(1025) }] },
    ['chart.png'],
  ],
  ['a file that was not uploaded', { content: 'x', attachments: [{ id: '1' }] }, ['chart.png']],
  ['11 files', {}, Array.from({ length: 11 }, (_, i) => `f${i}.png`)],
  ['a file from elsewhere', box({ type: Type.File, file: { url: 'https://example.com/a.csv' } })],
];
test.for(refused)('%s is refused, as Discord does', async ([, body, names = []]) => {
  const { callback, use, discord, patch } = await asked();
  const files = names.map((name) => ({ name, data: png(1, 1) }));
  const [status, code] = await refusalOf(callback(reply(body), use, files));
  expect(status).toBe(400);
  expect([50_006, 50_035]).toContain(code);
  expect(use.answers).toEqual([]);
  await callback(deferral());
  expect((await refusalOf(patch(body, files)))[0]).toBe(400);
  // Some of it Discord's description forbids as well.
  discord.oracleFaults.length = 0;
});

test('the most that Discord takes is taken', async () => {
  const { callback, patch, use } = await asked();
  await callback(deferral());
  const buttons = Array.from({ length: 5 }, (_, i) =>
    button({ custom_id: `${i}`.repeat(100), label: 'x'.repeat(80) }),
  );
  const texts = Array.from({ length: 31 }, (_, i) => text('x'.repeat(i === 0 ? 3970 : 1)));
  const most = box(...texts, row(...buttons), picture('chart.png', 'x'.repeat(1024)));
  await patch(most, [{ name: 'chart.png', data: png(1, 1) }]);
  expect(use.shown()[0]!.components).toHaveLength(1);
  await patch(box(text('less')));
  expect(use.shown()[0]).toMatchObject({ flags: V2, attachments: [] });
  // Once it is of components V2 it stays so.
  expect(await refusalOf(patch({ content: 'x', components: [], flags: 0 }))).toEqual([400, 50_035]);
  expect(use.answers.map(({ what }) => what)).toEqual(['deferred', 'answered', 'edited']);
});

test('an embed shows its file, which is then not listed; an edit keeps the files that it names', async () => {
  const { callback, patch, get, use } = await asked();
  await callback(deferral());
  const [chart, table] = ['chart.png', 'table.csv'].map((name) => ({ name, data: png(800, 400) }));
  await patch({ embeds: [{ title: 'Week', image: { url: 'attachment://chart.png' } }] }, [chart!, table!]);
  const first = (await get()) as { attachments: { id: string; filename: string }[] };
  expect(first).toMatchObject({
    embeds: [
      {
        type: 'rich',
        image: { width: 800, height: 400, url: expect.stringContaining('/chart.png?') as string },
      },
    ],
    attachments: [{ filename: 'table.csv' }],
  });
  await patch({ embeds: [], content: 'x', attachments: [{ id: first.attachments[0]!.id }] });
  expect(use.shown()[0]!.attachments.map(({ name }) => name)).toEqual(['table.csv']);
  await patch({ content: 'y' });
  expect(use.shown()[0]!.attachments).toHaveLength(1);
});

test('an answer that leaves open whom it mentions is noted', async () => {
  const { callback, follow, patch, discord } = await asked();
  await callback(deferral());
  await patch({ content: 'good' });
  await follow({ content: 'good' });
  expect(discord.interactions.careless).toEqual([]);
  await patch({ content: 'x', allowed_mentions: undefined });
  await patch({ content: 'x', allowed_mentions: { parse: ['users'] } });
  await follow({ content: 'x', allowed_mentions: { parse: [], replied_user: true } });
  expect(discord.interactions.careless).toEqual([
    'an edit to /stats',
    'an edit to /stats',
    'a follow-up to /stats',
  ]);
});

test('only a public answer is told by the gateway, and a message of it is gone when it is taken back', async () => {
  const begun = await begin();
  await register(begun);
  const client = await identifyRaw(begun.discord.gateway.url, 1 << 9);
  const hidden = await asked(begun);
  await hidden.callback(reply({ content: 'hidden', flags: Ephemeral }));
  await hidden.patch({ content: 'hidden still' });
  await hidden.remove();
  const shown = await asked(begun);
  await shown.callback(deferral());
  await shown.patch({ content: 'shown' });
  await shown.remove();
  await client.next('MESSAGE_DELETE');
  const told = client.frames.flatMap(({ t }) => t ?? []);
  expect(told.filter((name) => name.startsWith('MESSAGE'))).toEqual([
    'MESSAGE_CREATE',
    'MESSAGE_UPDATE',
    'MESSAGE_DELETE',
  ]);
  expect(JSON.stringify(client.frames)).not.toContain('hidden');
});
