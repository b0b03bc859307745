/** Payloads damaged at random: all that comes of them is records that the writer takes, or a refusal. */
import { describe, expect, it } from 'vitest';
import type { RecordBatch } from '../../../db/records.ts';
import type { ContentChoice } from '../../../db/keep.ts';
import { openWriter } from '../../../db/write-batch.ts';
import { dispatchRecords, PayloadError, type Told } from '../../../ingest/discord/to-records.ts';
import { atLength } from '../../support/at-length.ts';
import { useDatabase } from '../../support/database.ts';
import { pick, seededRandom } from '../../support/random.ts';
import { at, CHANNEL, GUILD, idAt, joined } from '../../support/records.ts';
import {
  BLIND,
  gatewayMessage,
  guildCreate,
  iso,
  member,
  message,
  MESSAGE,
  PERSON,
  profile,
  reactionAdd,
  role,
  SEES,
  textChannel,
  thread,
  user,
} from './payloads.ts';

const IDS = { guild_id: GUILD, channel_id: CHANNEL };
const FULL = {
  ...gatewayMessage(),
  content: `see <#${CHANNEL}>? https://example.org <:parrot:400000000000000001>`,
  edited_timestamp: iso(4),
  flags: 4,
  mentions: [{ ...user(PERSON), member: profile({ nick: 'Nicky' }) }],
  mention_roles: ['300000000000000001'],
  attachments: [
    {
      id: '500000000000000001',
      filename: 'a.png',
      size: 1,
      content_type: 'image/png',
      width: 1,
      height: 2,
      duration_secs: 3.5,
    },
  ],
  embeds: [{ title: 't', fields: [{ name: 'n', value: 'v' }] }],
  components: [{ type: 1, components: [{ type: 2, label: 'Go' }] }],
  sticker_items: [{ id: '600000000000000001', name: 'wave', format_type: 1 }],
  reactions: [{ emoji: { id: null, name: '👍' }, count: 2 }],
  poll: {
    question: { text: 'q' },
    answers: [{ answer_id: 1, poll_media: { text: 'a' } }],
    expiry: iso(9999),
    results: { is_finalized: false, answer_counts: [{ id: 1, count: 1, me_voted: false }] },
  },
  message_reference: { type: 1, guild_id: GUILD, channel_id: CHANNEL, message_id: idAt(at(-9)) },
  message_snapshots: [
    { message: { content: 'copy', timestamp: iso(-9), embeds: [{ title: 't' }], attachments: [] } },
  ],
  interaction_metadata: { id: MESSAGE, type: 2, user: user(PERSON) },
  interaction: { id: MESSAGE, type: 2, name: 'stats', user: user(PERSON), member: profile() },
  webhook_id: PERSON,
  application_id: '100000000000000009',
  activity: { type: 1, party_id: 'p' },
  call: { participants: [], ended_timestamp: iso(9) },
  thread: thread(),
  type: 7,
};

const VALID: [string, unknown][] = [
  ['MESSAGE_CREATE', FULL],
  ['MESSAGE_UPDATE', FULL],
  ['MESSAGE_UPDATE', { ...IDS, id: MESSAGE, edited_timestamp: iso(5), embeds: [{}] }],
  ['MESSAGE_CREATE', { ...message(), guild_id: GUILD }],
  ['MESSAGE_DELETE', { ...IDS, id: MESSAGE }],
  ['MESSAGE_DELETE_BULK', { ...IDS, ids: [MESSAGE, idAt(at(1))] }],
  ['MESSAGE_REACTION_ADD', reactionAdd()],
  [
    'MESSAGE_REACTION_REMOVE',
    reactionAdd({ emoji: { id: '400000000000000001', name: 'parrot', animated: true } }),
  ],
  ['MESSAGE_REACTION_REMOVE_EMOJI', { ...IDS, message_id: MESSAGE, emoji: { id: null, name: '👍' } }],
  ['MESSAGE_REACTION_REMOVE_ALL', { ...IDS, message_id: MESSAGE }],
  ['MESSAGE_POLL_VOTE_ADD', { ...IDS, message_id: MESSAGE, user_id: PERSON, answer_id: 1 }],
  ['GUILD_CREATE', guildCreate()],
  ['GUILD_UPDATE', guildCreate()],
  ['GUILD_DELETE', { id: GUILD, unavailable: true }],
  ['GUILD_ROLE_CREATE', { guild_id: GUILD, role: role() }],
  ['GUILD_ROLE_DELETE', { guild_id: GUILD, role_id: role().id }],
  ['GUILD_STICKERS_UPDATE', { guild_id: GUILD, stickers: [{ id: '600000000000000001', name: 'wave' }] }],
  ['GUILD_MEMBER_ADD', { guild_id: GUILD, ...member(PERSON) }],
  ['GUILD_MEMBER_REMOVE', { guild_id: GUILD, user: user(PERSON) }],
  ['GUILD_MEMBERS_CHUNK', { guild_id: GUILD, members: [member(PERSON)], chunk_index: 0, chunk_count: 1 }],
  ['GUILD_BAN_ADD', { guild_id: GUILD, user: user(PERSON) }],
  ['CHANNEL_UPDATE', textChannel()],
  ['THREAD_UPDATE', thread()],
  ['THREAD_LIST_SYNC', { guild_id: GUILD, threads: [thread()] }],
  ['VOICE_STATE_UPDATE', { ...IDS, user_id: PERSON, member: member(PERSON) }],
];

function nested(levels: number): unknown {
  let value: unknown = 'bottom';
  for (let i = 0; i < levels; i++) value = i % 2 ? [value] : { deep: value };
  return value;
}

/** What a database would choke on if it came so far. */
const INDIGESTIBLE: unknown[] = [
  -1, 0.5, 1e308, 2 ** 31, 2 ** 53, '', '9223372036854775808', idAt(at(9e6)), '2090-01-01T00:00:00Z',
  'a\0b', '\udc00\ud83d', 'x'.repeat(5000), [5], { '\0': '\ud83d' }, [{ type: 2, label: 'a\0\udfff' }],
  [{ id: PERSON, name: '\0', emoji: {}, count: 3e9 }], nested(200),
]; // prettier-ignore

const DAMAGE: unknown[] = [
  ...INDIGESTIBLE,
  null, true, false, 0, 5, -1e308, 32_768, 100_000_000_000_000_001, ' ', '0', '-1', '1', '01', '9223372036854775807',
  GUILD, PERSON, '\0', '\ud83d', '😀'.repeat(100), '___hidden___', '__proto__', '0001-01-01T00:00:00+00:00',
  '2026-13-45T99:00:00Z', iso(3), iso(900_000), [], {}, [null], [[]], ['x'], [GUILD, GUILD], { id: PERSON },
  { id: PERSON, username: 'x\0' }, JSON.parse('{"__proto__": {"id": "1"}, "constructor": 1}'),
]; // prettier-ignore

/** Written together: each of them is rows of its own. */
const AT_ONCE = 250;

interface Slot {
  holder: Record<string, unknown>;
  key: string;
}

function slotsOf(value: unknown, depth = 0): Slot[] {
  if (typeof value !== 'object' || value === null || depth > 12) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...slotsOf(holder[key], depth + 1)]);
}

/** A valid dispatch with a few of its parts exchanged, taken away or doubled. */
function damaged(random: () => number): { t: string; d: unknown } {
  const [t, valid] = pick(VALID, random);
  const root = { d: structuredClone(valid) };
  for (let changes = 1 + Math.floor(random() * 3); changes > 0; changes--) {
    const slots = slotsOf(root);
    if (slots.length === 0) break;
    const { holder, key } = pick(slots, random);
    const chance = random();
    if (chance < 0.15) delete holder[key];
    else if (chance < 0.25) holder[key] = [holder[key], structuredClone(holder[key])];
    else holder[key] = structuredClone(pick(DAMAGE, random));
  }
  return { t, d: root.d };
}

/** What is taken of every valid dispatch with each of its parts exchanged for what is indigestible, of a message of its own. */
function* eachDamage(): Generator<{ what: string; batch: RecordBatch }> {
  let n = 0;
  for (const [t, valid] of VALID) {
    const root = { d: structuredClone(valid) };
    for (const { holder, key } of slotsOf(root)) {
      const whole = holder[key];
      for (const [i, damage] of INDIGESTIBLE.entries()) {
        holder[key] = damage;
        const d = JSON.parse(JSON.stringify(root.d).replaceAll(MESSAGE, idAt(at(0), ++n)));
        const told = taken({ t, d }, n);
        if (told) yield { what: `${t}.${key}, damage ${i}`, batch: told.batch };
      }
      holder[key] = whole;
    }
  }
}

/** The records, or undefined where it was refused; anything else fails the test. */
function taken(dispatch: { t: string; d: unknown }, seed: number): Told | undefined {
  try {
    return dispatchRecords(dispatch, at(10), seed % 2 ? SEES : BLIND);
  } catch (error) {
    if (error instanceof PayloadError) return undefined;
    throw new Error(`seed ${seed}, ${dispatch.t}`, { cause: error });
  }
}

const records = (seed: number) => taken(damaged(seededRandom(seed)), seed);

describe('damaged payloads', () => {
  const database = useDatabase();

  it('are refused as such or become records, and do nothing else', () => {
    let kept = 0;
    const seeds = atLength(5_000, 20_000);
    for (let seed = 1; seed <= seeds; seed++) if (records(seed)) kept++;
    expect(kept / seeds).toBeGreaterThan(0.4);
    expect(kept / seeds).toBeLessThan(0.75);
  });

  it('may be nested as deep as JSON goes', () => {
    const parts = [
      'embeds',
      'components',
      'poll',
      'message_snapshots',
      'author',
      'thread',
      'role_subscription_data',
    ];
    for (const part of parts) {
      const d = { ...FULL, [part]: part === 'poll' ? { question: nested(1e5) } : [nested(1e5)] };
      if (part === 'author')
        expect(() => dispatchRecords({ t: 'MESSAGE_CREATE', d }, at(10), SEES)).toThrow(PayloadError);
      else expect(dispatchRecords({ t: 'MESSAGE_CREATE', d }, at(10), SEES)?.batch.messages).toHaveLength(1);
    }
  });

  it('become the same records each time', () => {
    for (let seed = 1; seed <= 500; seed++) expect(records(seed)).toEqual(records(seed));
  });

  it.each<ContentChoice>(['full', 'none'])(
    'never become what the writer refuses, with content %s',
    async (content) => {
      await database.clear();
      const writer = await openWriter(database.pool, { content });
      try {
        const all = [...eachDamage()];
        expect(all.length).toBeGreaterThan(5000);
        for (let from = 0; from < all.length; from += AT_ONCE) {
          const part = all.slice(from, from + AT_ONCE);
          await writer.write(joined(part.map(({ batch }) => batch))).catch(async () => {
            for (const { what, batch } of part)
              await writer.write(batch).catch((cause: unknown) => {
                throw new Error(what, { cause });
              });
          });
        }
      } finally {
        await writer.close();
      }
    },
  );
});
