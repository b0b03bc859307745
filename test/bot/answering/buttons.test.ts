/** Buttons below answers: they hold what they ask, so that whoever answers need not remember anything. */
import {
  ApplicationCommandOptionType,
  InteractionResponseType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { afterEach, describe, expect, it } from 'vitest';
import { PRESS_LENGTH_MAX } from '../../../commands/press.ts';
import { saveSettings } from '../../../db/settings.ts';
import { wordsIn } from '../../../reports/words.ts';
import type { Use } from '../../support/discord/interactions.ts';
import { bytesOf, CANARY, messagesIn, refusalOf, textOf, useTown } from './town.ts';

/** Buttons as another version or somebody else may have made them. */
const ODD = [
  'weekly:2026-46',
  'x',
  'a|stats|',
  'a|stats||',
  'a|stats||z1',
  'a|stats||c!!',
  'a|stats||p%E0%A4%A',
  'w|settings',
  'a|never-heard-of',
  'a||',
  'w|stats||pnonsense',
  'a|stats||gzzzzzzzzzzzzz',
  'a|stats||p__proto__',
  'w|constructor',
  `a|stats||p${'x'.repeat(PRESS_LENGTH_MAX - 10)}`,
];

const town = useTown({
  commands: [
    {
      data: {
        name: 'odd',
        description: 'Odd buttons',
        options: [{ type: ApplicationCommandOptionType.Integer, name: 'from', description: 'From which on' }],
      },
      async *act({ options }) {
        const ids = ODD.slice(Number(options['from'] ?? 0), Number(options['from'] ?? 0) + 5);
        yield {
          blocks: [{ is: 'text', text: 'odd' }],
          buttons: [ids.map((id) => ({ label: id.slice(0, 80), id }))],
        };
      },
    },
  ],
});
const { refusals, howCounted, earlier, later } = wordsIn('en').answering;
const { DeferredChannelMessageWithSource, DeferredMessageUpdate } = InteractionResponseType;
const shape = ({ answers }: Use) => answers.map(({ what, message: { isEphemeral } }) => [what, isEphemeral]);

afterEach(() => saveSettings(town.database.db, town.whole.guild.id, { commandRoles: {} }, new Date()));

describe('Earlier and Later', () => {
  it('change the message in its place for who asked for it, and lead back', async () => {
    const message = await town.ask('stats', { period: '2026-W46', channel: 'general' });
    const use = town.press(message, earlier);
    expect(await use.acknowledged()).toMatchObject({ type: DeferredMessageUpdate });
    const before = await use.answered();
    expect(shape(use)).toEqual([['answered', false]]);
    expect([before.id, before.attachments.length]).toEqual([message.id, 1]);
    expect(textOf(before)).toContain('Week 45');
    // Before the record there is nothing.
    expect(() => town.press(before, earlier)).toThrow(/no button/);
    const back = await town.press(before, later).answered();
    expect([back.id, textOf(back)]).toEqual([message.id, textOf(message)]);
  });

  it('give everybody else an answer of their own, of what they can read', async () => {
    const message = await town.ask('stats', {}, { by: town.ada });
    const use = town.press(message, earlier, town.hidden.zoe);
    expect(await use.acknowledged()).toMatchObject({ type: DeferredChannelMessageWithSource });
    const own = await use.answered();
    expect(shape(use)).toEqual([
      ['deferred', true],
      ['answered', true],
    ]);
    expect(own.id).not.toBe(message.id);
    expect(textOf(own)).toContain(`${CANARY}-secret`);
    expect(textOf(own)).toContain('Week 45');
    expect(textOf(town.whole.general.messages.get(message.id)! as never)).toContain('Week 46');
    // From there on it is theirs.
    const next = await town.press(own, later, town.hidden.zoe).answered();
    expect([next.id, next.isEphemeral]).toEqual([own.id, true]);
    expect(textOf(next)).toContain('Week 46');
  });

  it('stay private below a private answer, and public below a public one', async () => {
    const own = await town.ask('stats', { private: true });
    expect(messagesIn(await town.press(own, earlier).answered())).toBe(75);
    const open = await town.ask('stats');
    const use = town.press(open, earlier);
    expect(messagesIn(await use.answered())).toBe(20);
    expect(bytesOf(use)).not.toContain(CANARY);
  });

  it('of a week lead to a week', async () => {
    const message = await town.ask('weekly');
    const before = await town.press(message, earlier).answered();
    expect(textOf(before)).toContain('week 45 of 2026');
    expect(before.attachments.map(({ name }) => name)).toEqual(['weekly-2026-W45.html']);
  });

  it('speak the language of who presses', async () => {
    const { whole, ben, ada } = town;
    const message = await town.ask('stats');
    const german = town.press(message, earlier, ada, 'de');
    expect(textOf(await german.answered())).toContain('Kalenderwoche 45/2026');
    const own = town.press(message, earlier, ben, 'de');
    expect(textOf(await own.answered())).toContain('Kalenderwoche 45/2026');
    expect(whole.general.messages.has(message.id)).toBe(true);
  });

  it('ask anew: of who may read what by now, and who may use what', async () => {
    const { world, whole, ben, ada } = town;
    const { ViewChannel } = PermissionFlagsBits;
    const message = await town.ask('stats', {}, { by: ada });
    world.overwrite(whole.chat.id, whole.guild.id, { deny: ViewChannel });
    const closed = await town.press(message, earlier, ada).answered();
    expect(textOf(closed)).not.toContain('#chat');
    world.overwrite(whole.chat.id, whole.guild.id, { allow: ViewChannel });
    const open = await town.press(closed, later, ada).answered();
    expect(textOf(open)).toContain('#chat');

    const rules = { commandRoles: { stats: [town.hidden.crew] } };
    await saveSettings(town.database.db, whole.guild.id, rules, new Date());
    const refused = town.press(open, earlier, ada);
    expect(textOf(await refused.answered())).toBe(refusals.notAllowed);
    expect(shape(refused)).toEqual([['followed up', true]]);
    expect(textOf(whole.general.messages.get(message.id)! as never)).toContain('Week 46');
    expect(textOf(await town.press(open, earlier, ben).answered())).toContain('Week 45');
  });

  it('of a channel that is closed by now say so', async () => {
    const { world, whole } = town;
    const { ViewChannel } = PermissionFlagsBits;
    const message = await town.ask('stats', { channel: whole.chat.id });
    world.overwrite(whole.chat.id, whole.guild.id, { deny: ViewChannel });
    for (const by of [town.ben, town.ada]) {
      const use = town.press(message, howCounted, by);
      expect(textOf(await use.answered())).toBe(refusals.noChannel(whole.chat.id));
    }
    world.overwrite(whole.chat.id, whole.guild.id, { allow: ViewChannel });
  });
});

describe('How was this counted?', () => {
  it.each(['stats', 'top-contributors', 'weekly'])(
    'tells whoever presses it of the message, privately: /%s',
    async (name) => {
      const message = await town.ask(name);
      const [asker, reader] = [town.ben, town.hidden.zoe].map((by) => town.press(message, howCounted, by));
      for (const use of [asker!, reader!]) {
        expect(await use.acknowledged()).toMatchObject({ type: DeferredChannelMessageWithSource });
        const told = await use.answered();
        expect(shape(use)).toEqual([
          ['deferred', true],
          ['answered', true],
        ]);
        expect(textOf(told)).toMatch(/2026-11-09T00:00\+00:00/);
        expect(textOf(told)).toMatch(/19 of the 19 recorded/);
        expect(bytesOf(use)).not.toContain(CANARY);
      }
      expect(textOf(await asker!.answered())).toBe(textOf(await reader!.answered()));
    },
  );

  it('below a private answer is of what its reader can read', async () => {
    const message = await town.ask('stats', { private: true });
    expect(textOf(await town.press(message, howCounted).answered())).toMatch(/72 of the 72 recorded/);
  });
});

const SENTENCES = [refusals.oldButton, refusals.managersOnly, '” is no period', 'is linked to this one'];

describe('a button that is not ours, or not of this version', () => {
  it.each(ODD.map((id, i) => [id.slice(0, 40), i] as const))(
    'is answered with a sentence: %s',
    async (_, i) => {
      for (const by of [town.ben, town.ada]) {
        const message = await town.ask('odd', { from: Math.floor(i / 5) * 5 });
        const use = town.press(message, ODD[i]!.slice(0, 80), by);
        const told = await use.answered();
        // The first is how we would write what asks for nothing particular.
        if (ODD[i] === 'a|stats|') expect(textOf(told)).toContain('Week 46');
        else expect(SENTENCES.filter((sentence) => textOf(told).includes(sentence))).toHaveLength(1);
        expect(told.isEphemeral || by === town.ben).toBe(true);
      }
      expect(town.log.join('')).not.toContain('"level":50');
    },
  );
});

describe('after the bot was started again', () => {
  it('buttons of before work, by the process that answers now', async () => {
    const message = await town.ask('stats', { channel: 'chat' });
    await town.restart();
    const use = town.press(message, earlier);
    const before = await use.answered();
    expect([before.id, messagesIn(before)]).toEqual([message.id, 4]);
    // Another takes over.
    const first = town.run;
    town.run = await town.launch({}, town.answering);
    await first.close();
    await town.run.connected();
    expect(await refusalOf(town.press(before, howCounted))).toMatch(/4 of the 4 recorded/);
    expect(messagesIn(await town.press(before, later).answered())).toBe(3);
  });
});
