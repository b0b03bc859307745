/** Commands that are answered: acknowledged first, then filled in, for whom they are. */
import { InteractionResponseType, MessageFlags } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import type { Use } from '../../support/discord/interactions.ts';
import { bytesOf, CANARY, textOf, useTown } from './town.ts';

const town = useTown();
const { DeferredChannelMessageWithSource } = InteractionResponseType;

/** What the bot asked of Discord for an interaction, in order. */
const requestsOf = (use: Use) =>
  town.discord.requests
    .filter(({ path }) => path.includes(use.token))
    .map(({ method, path }) => `${method} ${path.replace(use.token, 'T').replace(/\d{17,}/, 'I')}`);

describe('a command', () => {
  it.each([
    ['stats', {}, 'Week 46 of 2026', 1],
    ['top-contributors', {}, 'Who wrote most', 1],
    ['weekly', {}, 'week 46 of 2026', 2],
  ] as const)(
    '/%s is acknowledged in public first, and then answered in its place',
    async (name, options, title, files) => {
      const use = town.use(name, options);
      expect(await use.acknowledged()).toMatchObject({ type: DeferredChannelMessageWithSource });
      const message = await use.answered();
      expect(use.answers.map(({ what, message: { isEphemeral } }) => [what, isEphemeral])).toEqual([
        ['deferred', false],
        ['answered', false],
      ]);
      expect(requestsOf(use)).toEqual([
        'POST /interactions/I/T/callback',
        'PATCH /webhooks/I/T/messages/%40original',
      ]);
      expect(message).toMatchObject({ flags: MessageFlags.IsComponentsV2, content: '', embeds: [] });
      expect(textOf(message)).toContain(title);
      expect(message.attachments).toHaveLength(files);
    },
  );

  it.each([
    ['stats', { private: true }, 'Week 46 of 2026', undefined],
    ['top-contributors', { private: true, by: 'answers' }, 'Who answered', undefined],
    ['weekly', { private: true, week: '2026-W45' }, 'week 45 of 2026', undefined],
    ['settings', {}, 'Settings of Harbour', undefined],
    ['backfill', {}, 'backfill', 'status'],
  ] as const)(
    '/%s is answered to who asks alone, where it says so or is for managers',
    async (name, options, title, subcommand) => {
      const by = town.whole.guild.ownerId;
      const use = town.use(name, options, { by, ...(subcommand && { subcommand }) });
      expect(await use.acknowledged()).toMatchObject({ type: DeferredChannelMessageWithSource });
      expect(textOf(await use.answered()).toLowerCase()).toContain(title.toLowerCase());
      expect(use.answers.map(({ what, message: { isEphemeral } }) => [what, isEphemeral])).toEqual([
        ['deferred', true],
        ['answered', true],
      ]);
      expect(requestsOf(use)[0]).toBe('POST /interactions/I/T/callback');
    },
  );

  it('is answered in the language of who asks, with its numbers and dates', async () => {
    const [german, english] = await Promise.all(
      ['de', 'fr'].map((locale) => town.ask('stats', {}, { locale })),
    );
    expect(textOf(german!)).toMatch(/Nachrichten/);
    expect(textOf(german!)).toMatch(/9\.\D+15\.\sNovember/);
    expect(textOf(english!)).toMatch(/messages/);
  });

  it('leaves a line in the log that says how long it took, and no name', async () => {
    town.log.length = 0;
    const use = town.use('stats', { channel: `${CANARY}-secret`, period: '2026-W44', private: true });
    await use.answered();
    expect(bytesOf(use)).toContain(CANARY);
    const [line] = await town.logged('answered');
    expect(line).toMatchObject({ command: 'stats', guildId: town.whole.guild.id, end: 'shown' });
    expect(line).toMatchObject({
      deferMs: expect.any(Number) as number,
      durationMs: expect.any(Number) as number,
    });
    expect(town.log.join('')).not.toMatch(new RegExp(`${CANARY}|W44|Harbour`));
  });
});

describe('the answering of the program', () => {
  it('draws charts, tells each in words, and asks Discord what a backfill would read', async () => {
    await town.run.close();
    town.run = await town.launch();
    await town.run.connected();
    const { attachments } = await town.ask('stats', { period: '2026-W45' });
    expect(attachments.map(({ name, contentType }) => [name, contentType])).toEqual([
      ['activity.png', 'image/png'],
    ]);
    expect(attachments[0]!.bytes.length).toBeGreaterThan(5_000);
    expect(attachments[0]!.description).toMatch(/messages/);
    const by = town.whole.guild.ownerId;
    const plan = town.use('backfill', {}, { by, subcommand: 'plan' });
    await plan.until(() => plan.answers.length > 2);
    expect(plan.answers.map(({ what, message: { isEphemeral } }) => [what, isEphemeral])).toEqual([
      ['deferred', true],
      ['answered', true],
      ['edited', true],
    ]);
    expect(textOf(plan.shown()[0]!)).toContain('general');
  });
});
