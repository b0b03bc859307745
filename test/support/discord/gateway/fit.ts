import {
  type APIMessage,
  GatewayDispatchEvents,
  type GatewayGuildCreateDispatchData,
  GatewayIntentBits,
} from 'discord-api-types/v10';
import type { GuildTruth, Happening, Truth } from '../model.ts';
import { fitGuildCreate, guildCreatePayload, withhold } from '../payloads.ts';
import { mayRead } from '../visibility.ts';
import { type Session, shardOf } from './session.ts';

const { GuildCreate, MessageCreate, MessageUpdate } = GatewayDispatchEvents;

/** Tells each session what it may know of something that happened. */
export function tellSessions(truth: Truth, sessions: Iterable<Session>, happening: Happening): void {
  const { guildId, intents, dispatch } = happening;
  if (!isSeen(truth, happening)) return;
  const whole = once(() => toJson(dispatch.d));
  const withheld = once(() => toJson(withhold(dispatch.d as APIMessage, truth.bot.id)));
  for (const session of sessions) {
    const [shard, count] = session.shard;
    if (intents !== 0 && (intents & session.intents) === 0) continue;
    if (count > 1 && shardOf(guildId, count) !== shard) continue;
    if (!happening.isRaw && dispatch.t === GuildCreate)
      session.dispatch(
        dispatch.t,
        toJson(fitGuildCreate(dispatch.d as GatewayGuildCreateDispatchData, session)),
      );
    else session.dispatch(dispatch.t, isWithheld(happening, session) ? withheld() : whole());
  }
}

/** Tells one session of a guild, unless there is an outage. */
export function tellGuild(truth: Truth, session: Session, guild: GuildTruth): void {
  if (guild.isUnavailable || !(session.intents & GatewayIntentBits.Guilds)) return;
  session.dispatch(GuildCreate, toJson(fitGuildCreate(guildCreatePayload(truth, guild), session)));
}

/** A channel that is not known hides nothing: what is told of it is made up. */
function isSeen(truth: Truth, { guildId, channelId }: Happening): boolean {
  const guild = truth.guilds.get(guildId);
  const channel = channelId === undefined ? undefined : guild?.channels.get(channelId);
  return !guild || !channel || mayRead(guild, channel, truth.bot.id);
}

function isWithheld({ dispatch, isRaw }: Happening, { intents }: Session): boolean {
  const isMessage = dispatch.t === MessageCreate || dispatch.t === MessageUpdate;
  return isMessage && !isRaw && !(intents & GatewayIntentBits.MessageContent);
}

/** Nothing at all is null. */
function toJson(d: unknown): string {
  return JSON.stringify(d) ?? 'null';
}

/** The same however often it is asked for. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
