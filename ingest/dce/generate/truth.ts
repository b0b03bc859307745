import { type GeneratedMessage, writtenTypes } from './model.ts';
import type { WrittenAccounts } from './written-accounts.ts';

/**
 * The facts of a generated community, counted while it was made.
 *
 * "Messages" are those that somebody wrote (Default, Reply, 20, 23). Reactions, attachments, mentions, links, embeds,
 * stickers, edits and pins are counted over all messages.
 */
export interface CommunityTruth {
  guild: { id: string; name: string };
  messages: number;
  humanMessages: number;
  botMessages: number;
  /** Joins, pins, boosts, thread notices: on top of `messages`. */
  systemMessages: number;
  /** People who joined: those with a message about it. */
  joins: number;
  /** People who wrote at least once. */
  authors: number;
  botAuthors: number;
  replies: number;
  /** Sum of the counts of all reactions. */
  reactions: number;
  /** Reactions by emoji and message. */
  reactionEntries: number;
  attachments: number;
  mentions: number;
  /** http and https addresses in the text, each use. */
  links: number;
  edited: number;
  pinned: number;
  embeds: number;
  stickers: number;
  /** ISO instants in UTC of the written messages, and of all. */
  firstMessageAt: string;
  lastMessageAt: string;
  firstAt: string;
  lastAt: string;
  /** Written messages by ISO week in UTC, "2026-W07". */
  weeks: Record<string, number>;
  /** The ten people who wrote most; of equals the lower id first. */
  topAuthors: { id: string; name: string; messages: number }[];
  /** Export files, of channels and of threads. */
  files: number;
  channels: number;
  threads: number;
}

const DAY = 86_400_000;
const TOP_AUTHORS = 10;

/** The running counts of a community; people and, behind them, bots by their number. */
export class Tally {
  private readonly people: number;
  private readonly byAuthor: Float64Array;
  private readonly byDay = new Map<number, number>();
  private first = Infinity;
  private last = -Infinity;
  private firstWritten = Infinity;
  private lastWritten = -Infinity;
  private readonly sums = {
    messages: 0,
    humanMessages: 0,
    botMessages: 0,
    systemMessages: 0,
    joins: 0,
    replies: 0,
    reactions: 0,
    reactionEntries: 0,
    attachments: 0,
    mentions: 0,
    links: 0,
    edited: 0,
    pinned: 0,
    embeds: 0,
    stickers: 0,
  };

  constructor(people: number, bots: number) {
    this.people = people;
    this.byAuthor = new Float64Array(people + bots);
  }

  /** Written messages so far. */
  get messages(): number {
    return this.sums.messages;
  }

  /** Counts one message. */
  add(message: GeneratedMessage): void {
    const { sums } = this;
    this.first = Math.min(this.first, message.ms);
    this.last = Math.max(this.last, message.ms);
    if (writtenTypes.has(message.type)) this.addWritten(message);
    else sums.systemMessages++;
    if (message.type === 'GuildMemberJoin') sums.joins++;
    if (message.type === 'Reply') sums.replies++;
    if (message.editedMs !== null) sums.edited++;
    if (message.isPinned) sums.pinned++;
    sums.attachments += message.attachments.length;
    sums.mentions += message.mentions.length;
    sums.links += message.links;
    sums.embeds += message.embeds.length;
    sums.stickers += message.stickers.length;
    sums.reactionEntries += message.reactions.length;
    for (const { count } of message.reactions) sums.reactions += count;
  }

  /** Everything counted so far. */
  truth(guild: CommunityTruth['guild'], places: Places, accounts: WrittenAccounts): CommunityTruth {
    return {
      guild,
      ...this.sums,
      authors: this.byAuthor.subarray(0, this.people).filter((messages) => messages > 0).length,
      botAuthors: this.byAuthor.subarray(this.people).filter((messages) => messages > 0).length,
      firstMessageAt: new Date(this.firstWritten).toISOString(),
      lastMessageAt: new Date(this.lastWritten).toISOString(),
      firstAt: new Date(this.first).toISOString(),
      lastAt: new Date(this.last).toISOString(),
      weeks: this.weeks(),
      topAuthors: this.topAuthors(accounts),
      ...places,
    };
  }

  private addWritten({ author, ms }: GeneratedMessage): void {
    const day = Math.floor(ms / DAY);
    this.sums.messages++;
    if (author < this.people) this.sums.humanMessages++;
    else this.sums.botMessages++;
    this.byAuthor[author] = (this.byAuthor[author] as number) + 1;
    this.byDay.set(day, (this.byDay.get(day) ?? 0) + 1);
    this.firstWritten = Math.min(this.firstWritten, ms);
    this.lastWritten = Math.max(this.lastWritten, ms);
  }

  private weeks(): Record<string, number> {
    const weeks: Record<string, number> = {};
    for (const [day, messages] of [...this.byDay].toSorted(([one], [other]) => one - other)) {
      const { yearOfWeek, weekOfYear } = Temporal.Instant.fromEpochMilliseconds(day * DAY).toZonedDateTimeISO(
        'UTC',
      );
      const week = `${yearOfWeek}-W${String(weekOfYear).padStart(2, '0')}`;
      weeks[week] = (weeks[week] ?? 0) + messages;
    }
    return weeks;
  }

  private topAuthors(accounts: WrittenAccounts): CommunityTruth['topAuthors'] {
    const least = this.byAuthor.slice(0, this.people).toSorted().at(-TOP_AUTHORS) ?? 0;
    const top: CommunityTruth['topAuthors'] = [];
    for (let person = 0; person < this.people; person++) {
      const messages = this.byAuthor[person] as number;
      if (messages === 0 || messages < least) continue;
      const { id, name } = accounts.account(person);
      top.push({ id, name: JSON.parse(`"${name}"`) as string, messages });
    }
    return top
      .toSorted((one, other) => other.messages - one.messages || byId(one.id, other.id))
      .slice(0, TOP_AUTHORS);
  }
}

/** How many files there are, of which kind. */
export type Places = Pick<CommunityTruth, 'files' | 'channels' | 'threads'>;

function byId(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : 1);
}
