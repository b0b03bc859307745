/** Who may ask about a guild over HTTP: tokens, of which only a hash is kept. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Pool } from 'pg';
import type { Snowflake } from './records.ts';
import { isSnowflake } from './snowflake.ts';

/** What a token is told of: what every member can read, or all that counts. */
export type TokenAudience = 'everyone' | 'all';

export interface ApiToken {
  guildId: Snowflake;
  tokenId: string;
  /** What whoever made it calls it. */
  name: string;
  audience: TokenAudience;
  createdAtMs: number;
  expiresAtMs: number | null;
  /** To a minute; null: never. */
  lastUsedAtMs: number | null;
  revokedAtMs: number | null;
}

export type NewToken = Pick<ApiToken, 'guildId' | 'name' | 'audience'> & { expiresAtMs?: number };

/** 48 bits tell a guild's tokens apart, 256 cannot be guessed. */
const [ID_BYTES, SECRET_BYTES] = [6, 32];
/** It is noted no more often that a token is used. */
const NOTED_MS = 60_000;

const FORM = /^almanac_(\d{1,19})_([0-9a-f]{12})_([\w-]{43})$/;

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Makes a token; tells it, once: nothing that is kept can tell it again. */
export async function createToken(
  pool: Pool,
  { guildId, name, audience, expiresAtMs }: NewToken,
  nowMs: number,
): Promise<{ tokenId: string; token: string }> {
  const tokenId = randomBytes(ID_BYTES).toString('hex');
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  await pool.query(
    `insert into api_tokens (guild_id, token_id, secret_hash, name, audience, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      guildId,
      tokenId,
      hashOf(secret),
      name,
      audience,
      new Date(nowMs),
      expiresAtMs === undefined ? null : new Date(expiresAtMs),
    ],
  );
  return { tokenId, token: `almanac_${guildId}_${tokenId}_${secret}` };
}

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;
const TOKEN = `guild_id::text as "guildId", token_id as "tokenId", name, audience, ${ms('created_at')} as "createdAtMs",
  ${ms('expires_at')} as "expiresAtMs", ${ms('last_used_at')} as "lastUsedAtMs", ${ms('revoked_at')} as "revokedAtMs"`;

/** The tokens of a guild, or of all, the newest first. */
export async function listTokens(pool: Pool, guildId?: Snowflake): Promise<ApiToken[]> {
  const { rows } = await pool.query<ApiToken>(
    `select ${TOKEN} from api_tokens where $1::bigint is null or guild_id = $1
     order by created_at desc, guild_id, token_id`,
    [guildId ?? null],
  );
  return rows;
}

/** Refuses a token from now on; false where the guild has none of that id that is not revoked. */
export async function revokeToken(
  pool: Pool,
  guildId: Snowflake,
  tokenId: string,
  nowMs: number,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    'update api_tokens set revoked_at = $3 where guild_id = $1 and token_id = $2 and revoked_at is null',
    [guildId, tokenId, new Date(nowMs)],
  );
  return rowCount === 1;
}

/** The token that a text is, where it is one that is good now. Looked up each time, so that a revoked one is none at once. */
export async function tokenOf(pool: Pool, text: string, nowMs: number): Promise<ApiToken | undefined> {
  const [, guildId, tokenId, secret] = FORM.exec(text) ?? [];
  if (secret === undefined || !isSnowflake(guildId)) return undefined;
  const { rows } = await pool.query<ApiToken & { secretHash: Buffer }>(
    `select ${TOKEN}, secret_hash as "secretHash" from api_tokens where guild_id = $1 and token_id = $2`,
    [guildId, tokenId],
  );
  const { secretHash = Buffer.alloc(32), ...token } = rows[0] ?? {};
  const isIts = timingSafeEqual(hashOf(secret), secretHash);
  const found = token as ApiToken;
  if (!isIts || rows.length === 0 || found.revokedAtMs !== null) return undefined;
  if (found.expiresAtMs !== null && found.expiresAtMs <= nowMs) return undefined;
  if (found.lastUsedAtMs === null || nowMs - found.lastUsedAtMs >= NOTED_MS)
    await noteUse(pool, found, nowMs);
  return found;
}

async function noteUse(pool: Pool, { guildId, tokenId }: ApiToken, nowMs: number): Promise<void> {
  await pool.query(
    `update api_tokens set last_used_at = greatest(last_used_at, $3) where guild_id = $1 and token_id = $2`,
    [guildId, tokenId, new Date(nowMs)],
  );
}
