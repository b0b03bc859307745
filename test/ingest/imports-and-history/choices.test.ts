/** What is not to be kept, of a past that two sources tell. */
import { describe, expect, it } from 'vitest';
import { forgetPerson } from '../../../db/choices.ts';
import type { ContentChoice } from '../../../db/keep.ts';
import { saveSettings } from '../../../db/settings.ts';
import { CANARY } from '../../support/canary.ts';
import type { Export } from '../../support/discord/exports/export.ts';
import { exportOf } from '../../support/exports.ts';
import { EXPORTS, PERSON } from '../../support/forgotten.ts';
import { at, CHANNEL, idAt } from '../../support/records.ts';
import { UNEDITED, NOTES, smallGuild, THREAD } from './guilds.ts';
import { factsOf, ORDERS, type Past, unlike, usePasts } from './scene.ts';

const open = usePasts();

/** The same past, with the exports' texts kept or not, and Discord's. */
const keeping = (past: Past, ofExports: ContentChoice, ofDiscord: ContentChoice): Past => ({
  ...past,
  take: (exports, options) => past.take(exports, { content: ofExports, ...options }),
  ask: (order, options) => past.ask(order, { content: ofDiscord, ...options }),
});

/** What is recorded after each order. */
async function factsOfEach(past: Past, exports: Export[]): Promise<string[][]> {
  const found: string[][] = [];
  for (const tell of Object.values(ORDERS)) {
    await past.database.clear();
    await tell(past, exports);
    found.push(await factsOf(past));
  }
  return found;
}

async function textsOf({ rows }: Past): Promise<Record<string, string>> {
  const found = await rows<{ id: string; content: string }>(
    'select message_id::text as id, content from messages where channel_id = $1 order by message_id',
    CHANNEL,
  );
  return Object.fromEntries(found.map(({ id, content }) => [id, content]));
}

describe('texts', () => {
  const [first, second] = [idAt(at(1)), idAt(at(2))];

  it.for<[ContentChoice, ContentChoice, string, string]>([
    ['none', 'full', 'hello <@100000000000000004> <:lamp:100000000000000061>', 'so we meet'],
    ['full', 'none', 'hello @bela :lamp:', 'so we meet'],
    ['none', 'none', '', ''],
  ])(
    'of exports kept: %s, of Discord: %s; in every order the same',
    async ([ofExports, ofDiscord, one, two]) => {
      const exports = smallGuild();
      const past = keeping(await open(exports), ofExports, ofDiscord);
      const [facts, ...others] = await factsOfEach(past, exports);
      for (const other of others) expect(unlike(facts!, other)).toEqual([]);
      const texts = await textsOf(past);
      expect([texts[first], texts[second]]).toEqual([one, two]);
    },
  );

  it.for(UNEDITED)(
    'of neither kept: in every order the same, and no word of any: $name',
    async ({ load }) => {
      const exports = await load();
      const past = keeping(await open(exports), 'none', 'none');
      const [facts, ...others] = await factsOfEach(past, exports);
      for (const other of others) expect(unlike(facts!, other)).toEqual([]);
      const [row] = await past.rows<{ texts: number }>(
        `select ((select count(*) from messages where content <> '') + (select count(*) from edits where content <> '')
         + (select count(*) from attachments where file_name is not null))::int as texts`,
      );
      expect(row!.texts).toBe(0);
    },
  );
});

describe('a forgotten person', () => {
  const said = Object.values(EXPORTS).map((parts) => exportOf(parts) as unknown as Export);
  const forget = ({ database, guild, now }: Past) =>
    forgetPerson(database.pool, guild.id, PERSON, new Date(now()));

  it('stays forgotten whatever brings them again, and whenever they were', async () => {
    const past = await open(said);
    past.guild.ownerId = PERSON;
    // A server's sticker is nobody's, whatever it is called.
    past.guild.stickers.set('61', { id: '61', name: 'wave' });
    for (const one of said)
      for (const message of one.messages) for (const sticker of message.stickers ?? []) sticker.name = 'wave';
    const steps = [
      forget,
      () => past.take(said),
      () => past.ask({ withReactors: true, isAgain: true }),
    ] as const;
    const [forgetting, importing, reading] = steps;
    const orders = [
      [forgetting, importing, reading],
      [forgetting, reading, importing],
      [importing, forgetting, reading],
      [reading, forgetting, importing],
      [importing, reading, forgetting],
      [reading, importing, forgetting],
    ];
    let first: string[] | undefined;
    for (const [n, order] of orders.entries()) {
      await past.database.clear();
      let facts: string[] = [];
      for (const [m, step] of order.entries()) {
        await step(past);
        facts = await factsOf(past);
        if (m >= order.indexOf(forgetting))
          expect(facts.join('\n'), `order ${n}, ${m}`).not.toMatch(new RegExp(`${CANARY}|${PERSON}`, 'i'));
      }
      first ??= facts;
      expect(unlike(first, facts), `order ${n}`).toEqual([]);
    }
    const [row] = await past.rows<{ erased: number; others: number }>(
      `select count(*) filter (where erased)::int as erased, count(*) filter (where not erased)::int as others from messages`,
    );
    expect(row).toEqual({ erased: 3, others: 8 });
  });
});

describe('an excluded channel', () => {
  it.for(Object.entries(ORDERS).map(([order, tell]) => ({ order, tell })))(
    'is asked for nothing, and nothing of it is recorded, nor of its threads: $order',
    async ({ tell }) => {
      const exports = smallGuild();
      const past = await open(exports);
      await saveSettings(
        past.database.db,
        past.guild.id,
        { excludedChannels: [CHANNEL] },
        new Date(past.now()),
      );
      past.world.deleteThread(THREAD);
      await tell(past, exports);
      const places = await past.rows<{ id: string }>(
        'select distinct channel_id::text as id from messages where channel_id = any($1::bigint[])',
        [CHANNEL, THREAD, NOTES],
      );
      expect(places).toEqual([{ id: NOTES }]);
      const asked = past.discord.requests.filter(({ path }) =>
        [CHANNEL, THREAD].some((id) => path.startsWith(`/channels/${id}`)),
      );
      expect(asked).toEqual([]);
      expect(
        await past.rows('select 1 from coverage where channel_id = any($1::bigint[])', [CHANNEL, THREAD]),
      ).toEqual([]);
    },
  );
});
