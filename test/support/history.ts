/** Random histories of a few messages, told by all three sources, and what must come of them by a naive pass. */
import type { Body, MessageRecord, RecordBatch } from '../../db/records.ts';
import { pick } from './random.ts';
import {
  at,
  AUTHOR,
  batchOf,
  CHANNEL,
  dce,
  GUILD,
  idAt,
  reacted,
  rest,
  spoke,
  told,
  voiceList,
  voted,
} from './records.ts';

const MESSAGES = [idAt(at(0), 1), idAt(at(1), 2)];
export const USERS = ['200000000000000001', '200000000000000002'];
const EMOJI = ['👍', '300000000000000001'];
const VOICE = ['400000000000000001', '400000000000000002'];
const TEXTS = ['plain', 'other ｅ', 'other 🎈', '<@1> raw', 'asks why?', 'https://example.org/a'];

/** Observations in the order of their times, a batch each. */
export function makeHistory(random: () => number): RecordBatch[] {
  const length = 4 + Math.floor(random() * 12);
  // No two observations share a time, but for a chance to: ties are part of the rule.
  const batches = Array.from({ length }, (_, i) =>
    observe(10 + (random() < 0.2 ? Math.max(0, i - 1) : i) * 10, random),
  );
  return batches;
}

/** A list in random order. */
export function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}

function observe(seconds: number, random: () => number): RecordBatch {
  if (random() < 0.3) return heardLive(seconds, random);
  const id = pick(MESSAGES, random);
  const t = at(seconds);
  const chance = random();
  if (chance < 0.55) return batchOf({ messages: [sight(seconds, id, random)] });
  if (chance < 0.72) {
    const change = random() < 0.6 ? { addedAt: t } : { removedAt: t };
    return batchOf({ reactionUsers: [reacted(id, pick(USERS, random), pick(EMOJI, random), change)] });
  }
  if (chance < 0.78) return batchOf({ messages: [told(seconds, id, { reactionsClearedAt: t })] });
  if (chance < 0.83) {
    const emoji = { key: pick(EMOJI, random) };
    const counted = { at: t, count: 0 };
    return batchOf({
      reactions: [
        {
          source: 'gateway',
          observedAt: t,
          guildId: GUILD,
          channelId: CHANNEL,
          messageId: id,
          emoji,
          counted,
          clearedAt: t,
        },
      ],
    });
  }
  if (chance < 0.87) return batchOf({ messages: [told(seconds, id, { goneAt: t })] });
  if (chance < 0.9)
    return batchOf({ messages: [told(seconds, id, { authorId: AUTHOR, editedAt: at(seconds - 5) })] });
  if (chance < 0.95) return whoAndWhere(seconds, random);
  // A page that Discord answered in full: what it names is there, what it leaves out is not.
  const listed = MESSAGES.filter(() => random() < 0.6);
  return batchOf({
    messages: listed.map((messageId) => sight(seconds, messageId, random, 'rest')),
    coverage: [
      {
        guildId: GUILD,
        channelId: CHANNEL,
        fromId: MESSAGES[0]!,
        toId: MESSAGES[1]!,
        source: 'rest',
        grade: 'verified',
        at: t,
      },
    ],
  });
}

/** What only the gateway tells: votes, voice, expressions, who owns the guild, what roles may, outages. */
function heardLive(seconds: number, random: () => number): RecordBatch {
  const t = at(seconds);
  const base = { source: 'gateway' as const, observedAt: t, guildId: GUILD };
  const user = pick(USERS, random);
  const chance = random();
  if (chance < 0.35) {
    const change = random() < 0.6 ? { addedAt: t } : { removedAt: t };
    return batchOf({ pollVotes: [voted(pick(MESSAGES, random), user, pick([1, 2], random), change)] });
  }
  if (chance < 0.55) return batchOf({ voice: [spoke(seconds, user, pick([...VOICE, null], random))] });
  if (chance < 0.7) {
    const people = USERS.filter(() => random() < 0.6).map((id) => [id, pick(VOICE, random)]);
    return batchOf(voiceList(seconds, Object.fromEntries(people)));
  }
  if (chance < 0.85) {
    const kind = pick(['emoji', 'sticker'] as const, random);
    return batchOf({
      guilds: [{ ...base, [kind === 'emoji' ? 'emojiListedAt' : 'stickersListedAt']: t }],
      expressions: ['51', '52']
        .filter(() => random() < 0.6)
        .map((expressionId) => ({
          ...base,
          kind,
          expressionId,
          name: pick(['gull', 'heron', null], random),
          animated: pick([true, null], random),
        })),
    });
  }
  // At one moment there is one owner.
  return batchOf({
    guilds: [{ ...base, ownerId: USERS[(seconds / 10) % 2]! }],
    guildMoments: [{ guildId: GUILD, kind: pick(['unavailable', 'available'], random), at: t }],
    roles: [{ ...base, roleId: '5', permissions: pick(['0', '8', '4503599627370496'], random) }],
  });
}

/** A sight of the guild, the channel and a few people, as any source gives it along. */
function whoAndWhere(seconds: number, random: () => number): RecordBatch {
  const t = { source: pick(['dce', 'rest'] as const, random), observedAt: at(seconds), guildId: GUILD };
  const name = () => pick(['one', 'two'], random);
  const people = USERS.map((userId) => ({
    ...t,
    userId,
    ...(random() < 0.7 && { name: name(), displayName: name() }),
    ...(random() < 0.5 && { firstSeenAt: at(seconds - random() * 50), lastSeenAt: at(seconds) }),
    ...(random() < 0.3 && { roles: [pick(['5', '6'], random)], extra: { color: name() } }),
  }));
  return batchOf({
    guilds: [{ ...t, name: name() }],
    channels: [
      {
        ...t,
        channelId: CHANNEL,
        name: name(),
        parentId: random() < 0.5 ? null : '7',
        details: { topic: name() },
      },
    ],
    members: [...people, ...people.toReversed()],
    roles: [{ ...t, roleId: '5', look: { name: name(), color: 1, position: 2 } }],
  });
}

function sight(
  seconds: number,
  id: string,
  random: () => number,
  source = random() < 0.5 ? 'rest' : 'dce',
): MessageRecord {
  const edited = random() < 0.4 ? at(pick([3, 6], random)) : undefined;
  const fidelity = (source === 'rest' ? 3 : pick([1, 2], random)) as Body['fidelity'];
  const counts = EMOJI.filter(() => random() < 0.5).map((key) => ({ key, count: Math.floor(random() * 4) }));
  const more: Partial<MessageRecord> = {
    pinned: random() < 0.3,
    reactions: { at: at(seconds), counts },
    ...(edited !== undefined && { editedAt: edited }),
    ...(random() < 0.8 ? { body: { content: pick(TEXTS, random), fidelity } } : { body: undefined }),
    ...(random() < 0.5 && {
      attachments: [{ attachmentId: pick(['11', '12'], random), fileName: 'a.png', sizeBytes: 5 }],
    }),
    ...(random() < 0.4 && { mentions: [{ kind: 'user' as const, targetId: pick(USERS, random) }] }),
    ...(random() < 0.3 && { embeds: { fidelity: 1, count: 1, list: [{ title: pick(TEXTS, random) }] } }),
  };
  return source === 'rest' ? rest(seconds, id, more) : dce(seconds, id, more);
}

/** What is stored of a message after a history: by looking at all of it at once, no merging. */
export interface NaiveMessage {
  id: string;
  content: string | null;
  gone: boolean;
  absent: boolean;
  pinned: boolean | null;
  editedAt: number | null;
  totals: Record<string, number>;
  edits: string[];
}

const bytes = (text: string) => Buffer.from(text).toString('hex');

/** The naive pass over all observations. */
export function naiveMessages(history: RecordBatch[]): NaiveMessage[] {
  const ids = new Set(
    history.flatMap((b) =>
      [...b.messages, ...b.reactions, ...b.reactionUsers, ...b.pollVotes].map((r) => r.messageId),
    ),
  );
  return [...ids].toSorted().map((id) => naiveMessage(id, history));
}

function naiveMessage(id: string, history: RecordBatch[]): NaiveMessage {
  const seen = history.flatMap((batch) => batch.messages).filter((m) => m.messageId === id);
  const createdAt = Number(BigInt(id) >> 22n) + 1_420_070_400_000;
  const gone = seen.some((m) => m.goneAt !== undefined);
  const bodies = seen
    .filter((m) => m.body)
    .map((m) => ({ version: m.editedAt ?? createdAt, fidelity: m.body!.fidelity, content: m.body!.content }))
    .toSorted(
      (a, b) =>
        a.version - b.version || a.fidelity - b.fidelity || (bytes(a.content) < bytes(b.content) ? -1 : 1),
    );
  const best = new Map(bodies.map((body) => [body.version, body]));
  const current = bodies.at(-1);
  const edited = seen.flatMap((m) => m.editedAt ?? []);
  const sightings = seen.filter((m) => m.pinned !== undefined);
  const byApi = sightings.filter((m) => m.source !== 'dce');
  const told = (byApi.length > 0 ? byApi : sightings).toSorted(
    (a, b) => a.observedAt - b.observedAt || Number(a.pinned) - Number(b.pinned),
  );
  const answered = Math.max(-1, ...history.flatMap((b) => b.coverage).map((c) => c.at));
  const apiSawAt = Math.max(-1, ...byApi.map((m) => m.observedAt));
  return {
    id,
    content: gone ? null : (current?.content ?? null),
    gone,
    absent: answered >= 0 && apiSawAt < answered,
    pinned: told.at(-1)?.pinned ?? null,
    editedAt: edited.length > 0 ? Math.max(...edited) : null,
    totals: gone ? {} : naiveTotals(id, history),
    edits: gone
      ? []
      : [...best.values()].filter((body) => body.version !== current!.version).map((body) => body.content),
  };
}

function naiveTotals(id: string, history: RecordBatch[]): Record<string, number> {
  const messages = history.flatMap((b) => b.messages).filter((m) => m.messageId === id);
  const singles = history.flatMap((b) => b.reactions).filter((r) => r.messageId === id);
  const users = history.flatMap((b) => b.reactionUsers).filter((r) => r.messageId === id);
  const listedAt = Math.max(
    -1,
    ...messages.flatMap((m) => [m.reactions?.at ?? -1, m.reactionsClearedAt ?? -1]),
  );
  const totals: Record<string, number> = {};
  for (const key of EMOJI) {
    const counts = [
      ...messages.flatMap((m) =>
        (m.reactions?.counts ?? [])
          .filter((c) => c.key === key)
          .map((c) => ({ at: m.reactions!.at, count: c.count })),
      ),
      ...singles.filter((r) => r.emoji.key === key && r.counted).map((r) => r.counted!),
    ].toSorted((a, b) => a.at - b.at || a.count - b.count);
    const last = counts.at(-1);
    const since = Math.max(listedAt, last?.at ?? -1);
    const base = last && last.at >= since ? last.count : 0;
    let total = base;
    for (const userId of USERS) {
      const events = users.filter((u) => u.userId === userId && u.emoji.key === key);
      const added = Math.max(-1, ...events.map((u) => u.addedAt ?? -1));
      const removed = Math.max(-1, ...events.map((u) => u.removedAt ?? -1));
      if (base === 0) total += added > since && added > removed ? 1 : 0;
      else total += Number(added > since && removed <= since) - Number(removed > since && added <= since);
    }
    if (total > 0) totals[key] = total;
  }
  return totals;
}
