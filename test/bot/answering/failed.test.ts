/** What goes wrong while something is answered: it is said, and everything goes on. */
import { InteractionType } from 'discord-api-types/v10';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { wordsIn } from '../../../reports/words.ts';
import { type DatabaseDoor, openDoor } from '../../support/database-door.ts';
import { interactionPayload } from '../../support/discord/interactions/payload.ts';
import type { Use } from '../../support/discord/interactions.ts';
import { eventually } from '../recording-bot.ts';
import { BROKEN, hold, release, STUCK, stuckSoFar } from './broken.ts';
import { CANARY, refusalOf, textOf, useTown } from './town.ts';

const { refusals } = wordsIn('en').answering;
let door: DatabaseDoor;
const town = useTown({
  commands: [...BROKEN, ...STUCK],
  env: async ({ database }) => ({ DATABASE_URL: (door = await openDoor(database.url)).url }),
});
afterAll(() => door.close());
afterEach(() => {
  town.does = {};
  release();
  hold();
});

/** What is told of one that was ended: its deferral, or what it showed last, and why. */
const saidOf = (use: Use) => use.shown().map(textOf);

/** So long is over when this says so, and nothing earlier: what a test waits for must not depend on how busy a machine is. */
function endWhen(waitMs: number, isOver: () => Promise<unknown>): void {
  town.does.wait = async (ms, signal) =>
    ms === waitMs ? void (await isOver()) : sleep(ms, undefined, { signal });
}
const areStuck = (count: number) => () =>
  eventually(() => expect(stuckSoFar()).toBeGreaterThanOrEqual(count));

describe('an error that nobody expected', () => {
  it.each(BROKEN.map(({ data }) => data.name))(
    'has one reference for who asked and for the log, and no text of its own: %s',
    async (name) => {
      town.log.length = 0;
      const use = town.use(name);
      await use.until(() => use.shown().some(({ isEphemeral }) => isEphemeral));
      const said = textOf(use.shown().at(-1)!);
      const [line] = await town.logged('question not answered');
      expect(said).toBe(refusals.unexpected(String(line!['reference'])));
      expect(line).toMatchObject({ level: 50, command: name });
      expect(line!['reference']).toMatch(/^[\dA-F]{8}$/);
      expect(town.log.join('') + said).not.toContain(CANARY);
      // What was shown before stays, and nothing else.
      expect(saidOf(use).slice(0, -1)).toEqual(name === 'broken-later' ? ['first'] : []);
    },
  );

  it('ends nothing', async () => {
    expect(textOf(await town.ask('stats'))).toContain('Week 46');
  });
});

it('a Discord that does not answer what is asked of it is said', async () => {
  expect(await refusalOf(town.use('discord-away'))).toBe(refusals.discordAway);
});

describe('an answer that takes too long', () => {
  const ANSWER_MS = 14 * 60_000;

  it('is ended with a message after 14 minutes', async () => {
    endWhen(ANSWER_MS, areStuck(1));
    const use = town.use('stuck');
    expect(await refusalOf(use)).toBe(refusals.tooLong);
    endWhen(ANSWER_MS, areStuck(2));
    const own = town.use('stuck', {}, { by: town.ada });
    await own.acknowledged();
    expect(await refusalOf(own)).toBe(refusals.tooLong);
  });

  it('gives its place to others', async () => {
    endWhen(ANSWER_MS, areStuck(4));
    const uses = [1, 2, 3, 4].map(() => town.use('stuck'));
    expect(await Promise.all(uses.map(refusalOf))).toEqual(uses.map(() => refusals.tooLong));
    town.does = {};
    expect(textOf(await town.ask('stats', { period: 'today' }))).toContain('Harbour');
  });

  it('is not shown any more, though it comes', async () => {
    endWhen(ANSWER_MS, areStuck(1));
    const use = town.use('stuck');
    expect(await refusalOf(use)).toBe(refusals.tooLong);
    const before = town.discord.requests.length;
    release();
    await town.ask('stats', { private: true });
    const later = town.discord.requests.slice(before).filter(({ path }) => path.includes(use.token));
    expect(later).toEqual([]);
    expect(saidOf(use)).toEqual([refusals.tooLong]);
  });

  it('keeps what it showed, where it showed something', async () => {
    const shown = Promise.withResolvers<void>();
    endWhen(ANSWER_MS, () => shown.promise);
    const use = town.use('stuck-act');
    await use.answered();
    shown.resolve();
    await use.until(() => use.shown().length === 2);
    expect(saidOf(use)).toEqual(['begun', refusals.tooLong]);
    expect(use.shown()[1]).toMatchObject({ isEphemeral: true });
  });
});

describe('a crowd', () => {
  it('waits in turn, and who would be one too many is told so', async () => {
    const people = Array.from({ length: 506 }, (_, i) => {
      const guildId = town.whole.guild.id;
      return town.world.addUser(`asker-${i}`, { guildId }).id;
    });
    const uses = people.map((by) => town.use('stuck', {}, { by }));
    let refused = 0;
    const answered = uses.map(async (use) => {
      if ((await use.answered()).isEphemeral) refused++;
    });
    await eventually(() => expect(refused).toBe(2));
    release();
    await Promise.all(answered);
    const said = Map.groupBy(
      uses.map((use) => saidOf(use).join()),
      (one) => one,
    );
    expect(Object.fromEntries([...said].map(([one, all]) => [one, all.length]))).toEqual({
      released: 504,
      [refusals.tooMany]: 2,
    });
  });
});

describe('suggestions that go wrong', () => {
  it('are none, and the log says so without a text', async () => {
    town.log.length = 0;
    expect(await town.suggested('broken-ask', { any: CANARY }, { isUnchecked: true })).toEqual([]);
    expect(await town.logged('nothing was suggested')).toMatchObject([{ command: 'broken-ask' }]);
    expect(town.log.join('')).not.toContain(CANARY);
  });

  it('are none where they take too long, and give their place to others', async () => {
    endWhen(2_500, areStuck(2));
    const slow = () => town.suggested('stuck', { any: '' }, { isUnchecked: true });
    expect(await Promise.all([slow(), slow(), slow()])).toEqual([[], [], []]);
    town.does = {};
    expect(await town.suggested('stats', { period: 'week' })).not.toEqual([]);
  });
});

describe('malformed interactions', () => {
  /** One that Discord holds, told with other facts. */
  function tell(more: object, type = InteractionType.ApplicationCommand as const) {
    const { interactions, world } = town.discord;
    const { held } = interactions;
    const { guild, general: channel } = town.whole;
    const interaction = held.begin({
      type,
      guild,
      channel,
      userId: town.ada,
      typed: '/stats',
      command: 'stats',
    });
    const data = { id: guild.id, name: 'stats', type: 1 };
    const payload = { ...interactionPayload(held, interaction, { data, locale: 'en-US' }), ...more };
    world.emitRaw({ guildId: guild.id, intents: 0, dispatch: { t: 'INTERACTION_CREATE', d: payload } });
    return interaction;
  }
  const user = {
    id: '100000000000000077',
    username: 'x',
    discriminator: '0',
    global_name: null,
    avatar: null,
  };
  const undone = { member: undefined, user };

  it('outside of a server are answered with a sentence', async () => {
    const { answers } = tell({ ...undone, guild_id: undefined, context: 1 });
    await eventually(() => expect(answers.at(-1)?.message.isDeferred).toBe(false));
    expect(textOf(answers.at(-1)!.message)).toBe(refusals.notHere);
  });

  it('without a member are refused', async () => {
    const { answers } = tell(undone);
    await eventually(() => expect(answers.at(-1)?.what).toBe('followed up'));
  });

  it('of a command that there is not are refused', async () => {
    const use = town.use('never-heard-of', { any: 1.5 }, { isUnchecked: true });
    expect(await refusalOf(use)).toBe(refusals.oldButton);
  });

  it('of any kind hurt nobody', async () => {
    const { id } = town.whole.guild;
    const kinds: object[] = [
      { type: 77 },
      { type: 5, data: { custom_id: 'x', components: [] } },
      { type: 2, data: { id, name: 'users', type: 2, target_id: town.ada } },
      { type: 2, data: { id, name: 'stats', type: 1, options: [{ name: 'private', type: 3, value: 'x' }] } },
      { type: 2, data: { id, name: 'stats', type: 1, options: [{ name: 'period', type: 1, options: 5 }] } },
      { type: 2, data: null },
      { type: 3, data: {}, message: null },
      { type: 4, data: { id, name: 'stats', type: 1, options: [] } },
      { locale: undefined },
      { member: null, user: null },
      { member: { user, permissions: 'x', roles: null } },
    ];
    for (const kind of kinds) tell(kind);
    expect(textOf(await town.ask('stats', { private: true }))).toContain('Week 46');
    expect(town.gateway.connected).toBe(1);
  });
});

describe('a database that does not answer', () => {
  it('keeps no acknowledgement waiting', async () => {
    const message = await town.ask('stats');
    door.set('held');
    const uses = [
      town.use('stats'),
      town.use('settings', {}, { by: town.whole.guild.ownerId }),
      town.press(message, 'How was this counted?'),
      town.press(message, 'Earlier'),
    ];
    const acknowledged = await Promise.all(uses.map((use) => use.acknowledged()));
    expect(acknowledged.map(({ type }) => type)).toEqual([5, 5, 5, 6]);
    door.set('open');
    await Promise.all(uses.map((use) => use.answered()));
  });
});

describe('a database that is away', () => {
  it('is said, and what could not be written keeps answers back until it is', async () => {
    const { use } = town;
    door.set('shut');
    expect(await refusalOf(use('stats'))).toBe(refusals.databaseAway);
    expect(await refusalOf(use('settings', {}, { by: town.whole.guild.ownerId }))).toBe(
      refusals.databaseAway,
    );
    expect(await town.suggested('stats', { period: 'w' })).toEqual([]);
    town.say('while it is away');
    await town.logged('Postgres is away: events go to the spool');
    expect(await refusalOf(use('stats', { private: true }))).toBe(refusals.databaseAway);
    door.set('open');
    await town.written();
    await eventually(async () => expect(textOf(await town.ask('stats'))).toContain('Week 46'));
  });
});

describe('a process that ends', () => {
  const CLOSE_MS = 2_000;

  it('ends what is under way with a sentence, and takes nothing more', async () => {
    endWhen(CLOSE_MS, () => new Promise(() => {}));
    const uses = [town.use('stuck'), town.use('stuck-act')];
    await uses[1]!.answered();
    await town.run.close();
    expect(uses.map(saidOf)).toEqual([[refusals.stopping], ['begun', refusals.stopping]]);
  });
});
