/** What is covered of a past that two sources tell, and by which. */
import { describe, expect, it } from 'vitest';
import { holesOf } from '../../../db/holes.ts';
import { coverage } from '../../../db/queries/coverage.ts';
import { coverageSummary } from '../../../db/queries/coverage-summary.ts';
import type { Scope } from '../../../db/queries/scope.ts';
import { snowflakeAt } from '../../../db/snowflake.ts';
import type { Export } from '../../support/discord/exports/export.ts';
import { exportOf, iso, said } from '../../support/exports.ts';
import { at, CHANNEL, idAt } from '../../support/records.ts';
import { FEW_MESSAGES, NEWS, NOTES, smallGuild } from './guilds.ts';
import { halvesOf, type Past, usePasts } from './scene.ts';

const open = usePasts();

interface Span {
  channelId: string;
  fromId: string;
  toId: string;
}

/** What exports claim: each from its first to its last message. */
const claimsOf = (exports: Export[]): Span[] =>
  exports.flatMap(({ channel: { id: channelId }, messages }) => {
    const ids = messages.map(({ id }) => id).toSorted((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
    return ids.length === 0 ? [] : { channelId, fromId: ids[0]!, toId: ids.at(-1)! };
  });

const sorted = (spans: Span[]) =>
  spans.map(({ channelId, fromId, toId }) => `${channelId} ${fromId} ${toId}`).toSorted();

/** The spans of some grades that are written down, each once. */
async function spansOf({ rows }: Past, grades: string[]): Promise<string[]> {
  const found = await rows<Span>(
    `select distinct channel_id::text as "channelId", from_id::text as "fromId", to_id::text as "toId"
     from coverage where grade = any($1)`,
    grades,
  );
  return sorted(found);
}

const allOf = ({ guild, now }: Past): Scope => ({
  guildId: guild.id,
  window: { fromMs: 0, toMs: now(), timeZone: 'UTC' },
  bots: true,
});

/** What is left to be read of the channels and threads that have messages. */
async function leftOf({ database, guild, now }: Past): Promise<string[]> {
  const places = [...guild.channels.values()].filter(({ messages }) => messages.size > 0);
  const ids = places.map(({ id }) => id);
  const target = { fromId: '0', toId: snowflakeAt(now() - 60_000) };
  const holes = await holesOf(database.pool, guild.id, ids, target);
  return ids.filter((id) => holes.get(id)!.length > 0);
}

/** The export with what was said between two times alone. */
function ranged(one: Export, afterMs: number, beforeMs: number): Export {
  const cut = {
    dateRange: { after: iso(afterMs), before: iso(beforeMs) },
    messages: one.messages.filter(({ timestamp: time }) => time > iso(afterMs) && time < iso(beforeMs)),
  };
  return { ...one, ...cut };
}

describe('coverage', () => {
  it.for(FEW_MESSAGES)(
    'is claimed by the exports, and verified once history is read: $name',
    async ({ load }) => {
      const exports = await load();
      const past = await open(exports);
      const [first, second] = halvesOf(exports);
      const claims = [...new Set(sorted(claimsOf([...first, ...second])))];
      await past.take([...first, ...second]);
      expect(await spansOf(past, ['claimed'])).toEqual(claims);
      expect(await spansOf(past, ['verified', 'read'])).toEqual([]);
      const before = await coverageSummary(past.database.db, allOf(past));
      expect(before.verified).toBe(0);

      await past.ask();
      expect(await leftOf(past)).toEqual([]);
      expect(await spansOf(past, ['claimed'])).toEqual(claims);
      const after = await coverageSummary(past.database.db, allOf(past));
      expect(after).toMatchObject({ verified: after.channels, claimed: 0, partly: 0, missing: 0 });
      // It proves nothing of what is not Discord's to answer: not one message is found deleted.
      expect(await past.rows('select 1 from messages where absent_at is not null')).toEqual([]);
    },
  );

  it('of a channel that the bot may not read stays claimed', async () => {
    const exports = smallGuild();
    const past = await open(exports);
    past.world.forbid(NOTES, 'ReadMessageHistory');
    past.world.hideChannel(NEWS);
    await past.take(exports);
    await past.ask();
    expect((await leftOf(past)).toSorted()).toEqual([NOTES, NEWS].toSorted());
    const rows = await coverage(past.database.db, { ...allOf(past), limit: 100 });
    const grades = Map.groupBy(rows, ({ channelId }) => channelId);
    for (const id of [NOTES, NEWS])
      expect(grades.get(id)!.map(({ grade, source, messages }) => ({ grade, source, messages }))).toEqual([
        { grade: 'claimed', source: 'dce', messages: past.guild.channels.get(id)!.messages.size },
      ]);
    expect(
      grades
        .get(CHANNEL)!
        .map(({ grade }) => grade)
        .toSorted(),
    ).toEqual(['claimed', 'verified']);
    expect(await past.rows('select 1 from messages where absent_at is not null')).toEqual([]);
  });

  it('of a reading back to a day reaches to that day, and what is older stays claimed', async () => {
    const many = Array.from({ length: 300 }, (_, n) => said(n, `word ${n}`));
    const exports = [
      exportOf({ channel: { id: NOTES, name: 'notes' }, messages: many }) as unknown as Export,
    ];
    const past = await open(exports);
    await past.take(exports);
    const sinceId = idAt(at(250));
    await past.ask({ sinceId });
    const asked = await past.rows<{ first: string; count: number }>(
      'select min(message_id)::text as first, count(*)::int as count from messages where by_api',
    );
    // A page reads on beyond the day, to its own first message.
    expect(asked).toEqual([{ first: idAt(at(200)), count: 100 }]);
    const grades = await past.rows(
      'select grade, min(from_id)::text as from from coverage group by 1 order by 1',
    );
    expect(grades).toEqual([
      { grade: 'claimed', from: idAt(at(0)) },
      { grade: 'verified', from: idAt(at(200)) },
    ]);
  });

  it('of a reading that begins in the future is as before', async () => {
    const exports = smallGuild();
    const past = await open(exports);
    await past.take(exports);
    const claimed = await spansOf(past, ['claimed', 'verified', 'read']);
    expect((await past.ask({ sinceId: idAt(past.now() + 3_600_000) })).state).toBe('done');
    expect(await spansOf(past, ['claimed', 'verified', 'read'])).toEqual(claimed);
  });

  it.for([
    ['partitions of one export', (one: Export) => halvesOf([one]).flat()],
    ['an export of a range of days', (one: Export) => [ranged(one, at(2), at(5))]],
  ] as const)('of %s is what their messages span, and history fills what lies between', async ([, cut]) => {
    const exports = smallGuild().slice(0, 1);
    const past = await open(exports);
    const parts = exports.flatMap(cut);
    await past.take(parts);
    expect(await spansOf(past, ['claimed'])).toEqual(sorted(claimsOf(parts)));
    const holes = async () =>
      (await holesOf(past.database.pool, past.guild.id, [CHANNEL], { fromId: '0', toId: idAt(at(9)) })).get(
        CHANNEL,
      )!;
    expect(await holes()).toEqual([{ fromId: '0', toId: idAt(at(9)) }]);
    await past.ask();
    expect(await holes()).toEqual([]);
    expect(await spansOf(past, ['claimed'])).toEqual(sorted(claimsOf(parts)));
    expect((await past.take(exports)).messages.new).toBe(0);
  });

  it('is claimed beside what was verified before, when the import comes second', async () => {
    const exports = smallGuild();
    const past = await open(exports);
    await past.ask();
    const verified = await spansOf(past, ['verified', 'read']);
    await past.take(exports);
    expect(await spansOf(past, ['verified', 'read'])).toEqual(verified);
    expect(await spansOf(past, ['claimed'])).toEqual(sorted(claimsOf(exports)));
    expect(await leftOf(past)).toEqual([]);
  });
});
