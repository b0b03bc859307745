/** Talk in a guild, made by hand: who said what, where, when, and in answer to whom. */
import type { Pool } from 'pg';
import { refreshWords } from '../../db/full-text/refresh.ts';
import type { TopicAsked } from '../../db/queries/guide/asked.ts';
import type { Store } from '../../db/connect.ts';
import type { ContentChoice } from '../../db/keep.ts';
import {
  type ChannelRecord,
  emptyBatch,
  type MemberRecord,
  type MessageRecord,
  type RecordBatch,
} from '../../db/records.ts';
import type { GuideRequest } from '../../reports/guide/report.ts';
import { openWriter } from '../../db/write-batch.ts';
import { GUILD, idAt } from './records.ts';

/** The guild's now. */
export const NOW_MS = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const TOLD = { source: 'rest' as const, observedAt: NOW_MS - 365 * DAY_MS, guildId: GUILD };

/** A topic in the whole guild, up to now. */
export const topicOf = (topic: string, more: Partial<TopicAsked> = {}): TopicAsked => ({
  guildId: GUILD,
  window: { fromMs: Date.UTC(2024, 0, 1), toMs: NOW_MS, timeZone: 'UTC' },
  topic,
  limit: 3,
  ...more,
});

/** The same, asked for as a guide. */
export const guideTo = (
  topic: string,
  more: Partial<GuideRequest> = {},
): GuideRequest & { topic: string } => ({
  guildId: GUILD,
  guildName: 'Lighthouse',
  topic,
  window: topicOf('').window,
  countedFor: 'everyone',
  ...more,
});

/** Written down as it goes on; each message a minute behind the one before, from 30 days before now. People and channels go by any names. */
export class Talk {
  readonly #records: RecordBatch = emptyBatch();
  readonly #people = new Map<string, string>();
  readonly #channels = new Map<string, string>();
  readonly #said = new Map<string, MessageRecord>();
  #clockMs = NOW_MS - 30 * DAY_MS;

  /** Goes on so many days before now. */
  daysAgo(days: number): void {
    this.#clockMs = Math.round(NOW_MS - days * DAY_MS);
  }

  /** Lets time pass. */
  minutes(minutes: number): void {
    this.#clockMs += Math.round(minutes * MINUTE_MS);
  }

  /** The account of somebody. */
  person(who: string): string {
    const known = this.#people.get(who);
    if (known) return known;
    const userId = String(600_000_000_000_000_000n + BigInt(this.#people.size + 1));
    this.#people.set(who, userId);
    this.member(who, { name: who, displayName: who });
    return userId;
  }

  /** The id of a channel, or of a thread by its id. */
  place(where: string): string {
    if (/^\d+$/.test(where)) return where;
    const known = this.#channels.get(where);
    if (known) return known;
    const channelId = String(500_000_000_000_000_000n + BigInt(this.#channels.size + 1));
    this.#channels.set(where, channelId);
    this.channel(channelId, { type: 0, name: where });
    return channelId;
  }

  /** More that is known of somebody. */
  member(who: string, more: Partial<MemberRecord>): void {
    this.#records.members.push({ ...TOLD, userId: this.person(who), ...more });
  }

  /** More that is known of a channel. */
  channel(where: string, more: Partial<ChannelRecord>): void {
    this.#records.channels.push({ ...TOLD, channelId: this.place(where), ...more });
  }

  /** A message, by its id. */
  says(who: string, where: string, text: string, more: Partial<MessageRecord> = {}): string {
    const messageId = more.messageId ?? idAt(this.#clockMs, this.#said.size);
    const message: MessageRecord = {
      source: 'rest',
      observedAt: this.#clockMs,
      guildId: GUILD,
      channelId: this.place(where),
      messageId,
      authorId: this.person(who),
      type: 0,
      body: { content: text, fidelity: 3 },
      reactions: { at: this.#clockMs, counts: [] },
      ...more,
    };
    this.#said.set(messageId, message);
    this.#records.messages.push(message);
    this.minutes(1);
    return messageId;
  }

  /** A reply to a message, where that is. */
  replies(who: string, to: string, text: string, more: Partial<MessageRecord> = {}): string {
    const { channelId } = this.#said.get(to)!;
    return this.says(who, channelId, text, { type: 19, reference: { messageId: to, channelId }, ...more });
  }

  /** Somebody asks about something, and somebody replies. */
  exchange(
    asker: string,
    answerer: string,
    about = 'kiln',
    where = 'help',
  ): { question: string; answer: string } {
    const question = this.says(asker, where, `how do I use a ${about}?`);
    return {
      question,
      answer: this.replies(answerer, question, `slowly, at first ${this.#said.size} minutes`),
    };
  }

  /** A thread that begins at a message, which has its id. */
  thread(messageId: string, name = 'thread'): string {
    this.channel(messageId, { type: 11, name, parentId: this.#said.get(messageId)!.channelId });
    return messageId;
  }

  /** A forum's post, by the id of it and of its first message. */
  posts(who: string, forum: string, title: string, text: string): string {
    const id = idAt(this.#clockMs, this.#said.size);
    this.channel(forum, { type: 15, name: forum });
    this.channel(id, { type: 11, name: title, parentId: this.place(forum) });
    return this.says(who, id, text, { messageId: id });
  }

  /** A reaction, or one taken back. */
  reacts(who: string, messageId: string, key = '👍', change: 'addedAt' | 'removedAt' = 'addedAt'): void {
    const { channelId } = this.#said.get(messageId)!;
    this.#records.reactionUsers.push({
      guildId: GUILD,
      channelId,
      messageId,
      emoji: { key },
      userId: this.person(who),
      burst: false,
      [change]: this.#clockMs,
    });
    this.minutes(1);
  }

  /** A message is deleted: Discord told of it, or answered without it. */
  deletes(messageId: string, how: 'told' | 'inferred' = 'told'): void {
    const { channelId } = this.#said.get(messageId)!;
    const base = { guildId: GUILD, channelId };
    if (how === 'told')
      this.#records.messages.push({
        ...base,
        source: 'gateway',
        observedAt: NOW_MS,
        messageId,
        goneAt: NOW_MS,
      });
    else
      this.#records.coverage.push({
        ...base,
        source: 'rest',
        grade: 'verified',
        fromId: messageId,
        toId: messageId,
        at: NOW_MS,
      });
  }

  /** Anything else that is told. */
  tell(more: Partial<RecordBatch>): void {
    for (const [list, records] of Object.entries(more))
      this.#records[list as keyof RecordBatch].push(...(records as never[]));
  }

  /** Writes it down, and looks its words through; of some channels alone as if nothing had ever been said elsewhere. */
  async write(
    store: Pick<Store, 'db' | 'pool'>,
    { content = 'full', only }: { content?: ContentChoice; only?: readonly string[] } = {},
  ): Promise<void> {
    const records = structuredClone(this.#records);
    records.guilds.push({ ...TOLD, name: 'Lighthouse' });
    if (only) {
      const isThere = ({ channelId }: { channelId: string }) => only.includes(channelId);
      records.messages = records.messages.filter(isThere);
      records.reactions = records.reactions.filter(isThere);
      records.reactionUsers = records.reactionUsers.filter(isThere);
    }
    await writeDown(store.pool, records, content);
    for await (const _ of refreshWords(store, GUILD));
  }
}

async function writeDown(pool: Pool, records: RecordBatch, content: ContentChoice): Promise<void> {
  const writer = await openWriter(pool, { content });
  try {
    await writer.write(records);
  } finally {
    await writer.close();
  }
}
