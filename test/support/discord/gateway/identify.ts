import {
  APIVersion,
  ApplicationFlags,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  GatewayIntentBits,
  GatewayOpcodes,
  type GatewayReadyDispatchData,
} from 'discord-api-types/v10';
import { LARGE_THRESHOLD, userPayload } from '../payloads.ts';
import type { Connection } from './connection.ts';
import { tellGuild } from './fit.ts';
import { makeSession, type Session, shardOf } from './session.ts';
import type { State } from './state.ts';

type Payload = Record<string, unknown>;

/** Starts a session: READY, then each guild. Or says with which code to close. */
export function identify(state: State, connection: Connection, d: Payload): GatewayCloseCodes | undefined {
  const { world, options, sessions, tally } = state;
  const { truth } = world;
  if (d.token !== truth.token) return GatewayCloseCodes.AuthenticationFailed;
  // Discord then takes the token away.
  if (++tally.identifies > options.identifiesPerDay) return GatewayCloseCodes.AuthenticationFailed;
  const shard = shardAsked(d.shard);
  if (!shard) return GatewayCloseCodes.InvalidShard;
  const { intents, large_threshold: largeThreshold = LARGE_THRESHOLD } = d;
  if (!areIntents(intents)) return GatewayCloseCodes.InvalidIntents;
  if (!areGranted(intents, truth.application.flags)) return GatewayCloseCodes.DisallowedIntents;
  const session = makeSession(
    {
      id: `session-${tally.identifies}-${world.nextId()}`,
      shard,
      intents,
      largeThreshold: Number(largeThreshold),
    },
    options.replayMax,
  );
  sessions.set(session.id, session);
  join(connection, session);
  sayReady(state, session);
  return undefined;
}

/** Goes on with a session: what was missed, then RESUMED. Or op 9, or a code to close with. */
export function resume(state: State, connection: Connection, d: Payload): GatewayCloseCodes | undefined {
  const { faults, sessions, tally, world } = state;
  if (d.token !== world.truth.token) return GatewayCloseCodes.AuthenticationFailed;
  if (faults.ignoredResumes > 0) {
    faults.ignoredResumes -= 1;
    return undefined;
  }
  const known = sessions.get(String(d.session_id));
  const session = known?.isForgotten ? undefined : known;
  const sequence = Number(d.seq);
  if (session && !(sequence >= 0 && sequence <= session.sequence)) return GatewayCloseCodes.InvalidSeq;
  const missed = session?.since(sequence);
  if (!session || !missed) {
    tally.refusedResumes += 1;
    connection.signal(GatewayOpcodes.InvalidSession, false);
    return undefined;
  }
  tally.resumes += 1;
  session.receiver?.close(GatewayCloseCodes.UnknownError);
  join(connection, session);
  for (const frame of missed) connection.send(frame);
  session.dispatch(GatewayDispatchEvents.Resumed, '{"_trace":[]}', { isReplayed: false });
  return undefined;
}

function join(connection: Connection, session: Session): void {
  clearTimeout(session.expiry);
  session.receiver = connection;
  connection.session = session;
}

function sayReady(state: State, session: Session): void {
  const { truth } = state.world;
  const [shard, count] = session.shard;
  const guilds = [...truth.guilds.values()].filter(
    ({ id, hasBot }) => hasBot && shardOf(id, count) === shard,
  );
  const ready: Omit<GatewayReadyDispatchData, 'shard'> & { shard: [number, number] } = {
    v: Number(APIVersion),
    user: userPayload(truth.bot),
    guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
    session_id: session.id,
    resume_gateway_url: state.url(),
    shard: session.shard,
    application: {
      id: truth.application.id,
      flags: truth.application.flags,
    } as GatewayReadyDispatchData['application'],
  };
  session.dispatch(GatewayDispatchEvents.Ready, JSON.stringify(ready), { isReplayed: false });
  for (const guild of guilds) tellGuild(truth, session, guild);
}

/** Which shard of how many; the only one where it is not said; undefined: there is no such shard. */
function shardAsked(shard: unknown): [number, number] | undefined {
  if (shard === undefined) return [0, 1];
  if (!Array.isArray(shard)) return undefined;
  const [id, count] = shard as unknown[];
  const isShard =
    Number.isInteger(id) && Number.isInteger(count) && Number(id) >= 0 && Number(id) < Number(count);
  return isShard ? [Number(id), Number(count)] : undefined;
}

const ALL_INTENTS = Object.values(GatewayIntentBits)
  .filter((bit) => typeof bit === 'number')
  .reduce((all, bit) => all | bit, 0);

function areIntents(intents: unknown): intents is number {
  return Number.isInteger(intents) && Number(intents) >= 0 && (Number(intents) & ~ALL_INTENTS) === 0;
}

/** Either flag grants its intent. */
const PRIVILEGED: [intent: GatewayIntentBits, flags: number][] = [
  [
    GatewayIntentBits.GuildMembers,
    ApplicationFlags.GatewayGuildMembers | ApplicationFlags.GatewayGuildMembersLimited,
  ],
  [
    GatewayIntentBits.GuildPresences,
    ApplicationFlags.GatewayPresence | ApplicationFlags.GatewayPresenceLimited,
  ],
  [
    GatewayIntentBits.MessageContent,
    ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited,
  ],
];

function areGranted(intents: number, granted = 0): boolean {
  return PRIVILEGED.every(([intent, flags]) => !(intents & intent) || (granted & flags) !== 0);
}
