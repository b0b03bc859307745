import type { GatewayDispatchEvents, GatewayDispatchPayload, GatewayIntentBits } from 'discord-api-types/v10';
import type {
  ChannelTruth,
  GuildTruth,
  Happening,
  MemberTruth,
  MessageTruth,
  ReactionTruth,
  Snowflake,
  Truth,
} from '../model.ts';

/** Where a message is. */
export type MessageKey = Pick<MessageTruth, 'channelId' | 'id'>;

/** What every action stands on: the truth, its clock, its ids, who listens, and looking things up or else throwing. */
export interface Base {
  truth: Truth;
  /** Ms since 1970. */
  now(): number;
  /** An id of now, larger than all before it. */
  nextId(): Snowflake;
  /** An id of then, that no other call gets; of one millisecond, larger than those before it. */
  idAt(ms: number): Snowflake;
  /** Hears everything that happens, until the returned function is called. */
  on(listener: (happening: Happening) => void): () => void;
  /** Tells something as it stands, true or not: for malformed dispatches. */
  emitRaw(happening: Omit<Happening, 'dispatch'> & { dispatch: { t: string; d: unknown } }): void;
  /** Tells it if the bot is in the guild and the guild is no outage; any one of the intents is enough. */
  tell<T extends GatewayDispatchEvents>(
    guild: GuildTruth,
    t: T,
    d: DispatchData<T>,
    intents: Intents,
    about?: About,
  ): void;
  guild(guildId: Snowflake): GuildTruth;
  channel(channelId: Snowflake): { guild: GuildTruth; channel: ChannelTruth };
  member(guildId: Snowflake, userId: Snowflake): { guild: GuildTruth; member: MemberTruth };
  message(key: MessageKey): { guild: GuildTruth; channel: ChannelTruth; message: MessageTruth };
}

/** Who of those who listen may know. */
export type About = Pick<Happening, 'channelId' | 'authorId' | 'mentions'>;

/** Needed to be told; 0 is told to everybody. */
export type Intents = GatewayIntentBits | 0;

/** What a dispatch of that name carries. */
export type DispatchData<T, P = GatewayDispatchPayload> = P extends { t: infer U; d: infer D }
  ? T extends U
    ? D
    : never
  : never;

const DISCORD_EPOCH_MS = 1_420_070_400_000;

/** A world in which nothing happens yet. */
export function makeBase(truth: Truth, now: () => number): Base {
  const listeners = new Set<(happening: Happening) => void>();
  const emit = (happening: Happening) => {
    for (const listener of listeners) listener(happening);
  };
  const base: Base = {
    truth,
    now,
    nextId: makeIds(now),
    idAt: makePastIds(),
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emitRaw: (happening) => emit({ ...(happening as Happening), isRaw: true }),
    tell(guild, t, d, intents, about = {}) {
      if (guild.hasBot && !guild.isUnavailable)
        emit({ guildId: guild.id, intents, dispatch: { t, d }, ...about });
    },
    guild: (id) => known(truth.guilds.get(id), 'guild', id),
    channel(id) {
      for (const guild of truth.guilds.values()) {
        const channel = guild.channels.get(id);
        if (channel) return { guild, channel };
      }
      throw unknown('channel', id);
    },
    member(guildId, userId) {
      const guild = base.guild(guildId);
      return { guild, member: known(guild.members.get(userId), 'member', userId) };
    },
    message({ channelId, id }) {
      const place = base.channel(channelId);
      return { ...place, message: known(place.channel.messages.get(id), 'message', id) };
    },
  };
  return base;
}

/** The value, or else the Error that this world has none of that id. */
export function known<T>(value: T | undefined, what: string, id: string): T {
  if (value === undefined) throw unknown(what, id);
  return value;
}

/** A key of `reactions`: the id of a custom emoji, else the emoji itself. */
export function emojiKey({ id, name }: ReactionTruth['emoji']): string {
  return id ?? name;
}

function unknown(what: string, id: string): Error {
  return new Error(`This world has no ${what} ${id}`);
}

/** Ids ascend even where the clock stands still or goes back. */
function makeIds(now: () => number): () => Snowflake {
  let ms = 0;
  let count = 0;
  return () => {
    const next = Math.floor(now()) - DISCORD_EPOCH_MS;
    if (next > ms) [ms, count] = [next, 0];
    else count += 1;
    return String((BigInt(ms) << 22n) | BigInt(count));
  };
}

/** Counted on for all of them, in the half of a millisecond's ids that those of now don't reach. */
function makePastIds(): (ms: number) => Snowflake {
  let count = 0n;
  return (ms) => {
    count = (count + 1n) & HALF_MASK;
    return String((BigInt(Math.floor(ms) - DISCORD_EPOCH_MS) << 22n) | (HALF_MASK + 1n) | count);
  };
}

const HALF_MASK = (1n << 21n) - 1n;
