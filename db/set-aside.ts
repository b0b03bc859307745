/** Events that could not be recorded: what names them and why, never their text. */
import type { ClientBase, Pool } from 'pg';

export interface SetAside {
  guildId: string;
  /** Receipt, ms. */
  at: number;
  dispatch: string;
  channelId?: string;
  messageId?: string;
  /** A code and constant words. */
  reason: string;
}

const ID = /^\d{1,19}$/;
const ID_MAX = 2n ** 63n - 1n;
/** The last instant of JavaScript; Postgres knows later ones. */
const TIME_MAX = 8.64e15;
const DISPATCH = /^[A-Z_]{1,64}$/;

/**
 * Notes events within the caller's transaction; the same again is nothing new. What is wrong with an event may be what
 * names it, so what is no id is written as 0, and what names no dispatch as OTHER.
 */
export async function setAside(client: ClientBase, events: SetAside[]): Promise<void> {
  if (events.length === 0) return;
  const ids = (pick: (event: SetAside) => string | undefined) =>
    events.map(pick).map((id) => (id && ID.test(id) && BigInt(id) <= ID_MAX ? id : '0'));
  await client.query(
    `insert into set_aside (guild_id, at, dispatch, channel_id, message_id, reason)
     select guild_id, to_timestamp(ms / 1000.0), dispatch, channel_id, message_id, reason
     from unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::text[])
       as event (guild_id, ms, dispatch, channel_id, message_id, reason)
     on conflict do nothing`,
    [
      ids((event) => event.guildId),
      events.map(({ at }) => (at >= 0 && at <= TIME_MAX ? Math.floor(at) : 0)),
      events.map(({ dispatch }) => (DISPATCH.test(dispatch) ? dispatch : 'OTHER')),
      ids((event) => event.channelId),
      ids((event) => event.messageId),
      events.map(({ reason }) => reason),
    ],
  );
}

/** How many events could not be recorded since a time, ms. */
export async function countSetAside(client: ClientBase | Pool, sinceMs: number): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int as count from set_aside where at >= $1',
    [new Date(sinceMs)],
  );
  return rows[0]!.count;
}
