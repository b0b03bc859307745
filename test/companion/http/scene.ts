/** A server over two guilds: one that the bot is in, with a channel that not everybody reads; another that was only imported. */
import { afterEach, beforeAll } from 'vitest';
import { openHttp, type HttpOptions } from '../../../companion/http/index.ts';
import type { Vitals } from '../../../companion/vitals.ts';
import { chooseUnranked } from '../../../db/choices.ts';
import { createToken, type NewToken } from '../../../db/tokens.ts';
import { openWriter } from '../../../db/write-batch.ts';
import { makeCommunity } from '../../support/community.ts';
import type { TestDatabase } from '../../support/database.ts';
import { imported, NOW_MS } from '../../support/imports.ts';
import { batchOf } from '../../support/records.ts';
import { posts, write } from '../../support/written.ts';

/** Its every name, text and id is told apart from the first one's. */
export const OTHER = {
  guildId: '777777777777777771',
  channelId: '777777777777777772',
  personId: '777777777777777773',
  word: 'zzqother',
} as const;

/** View Channel, Read Message History, Connect. */
const READS = String(1024 + 65_536 + 1_048_576);

export interface Scene {
  guildId: string;
  guildName: string;
  /** The busiest channel: only some roles read it. */
  hidden: { id: string; name: string };
  /** Every other one, sorted. */
  open: string[];
  /** Who is not to be named. */
  unranked: { id: string; name: string };
  tokens: { everyone: string; all: string; other: string; otherAll: string };
}

/** Records both guilds before the file's tests. */
export function useScene(database: TestDatabase, folder: { path: string }): Scene {
  const scene = {} as Scene;
  beforeAll(async () => {
    const { truth, files } = await makeCommunity(folder.path, { messages: 1500, weeks: 20, seed: 'http' });
    await imported(database, files, { lanes: 2 });
    const guildId = truth.guild.id;
    const [unranked] = truth.topAuthors.slice(1);
    await chooseUnranked(database.db, guildId, unranked!.id, true, new Date(0));
    const { rows } = await database.pool.query<{ id: string; name: string; type: number }>(
      `select c.channel_id::text as id, c.name, coalesce(c.type, 0) as type from channels c
       left join messages m using (guild_id, channel_id) where guild_id = $1 and coalesce(c.type, 0) not in (4, 10, 11, 12)
       group by c.guild_id, c.channel_id order by count(m.message_id) desc, c.channel_id`,
      [guildId],
    );
    const hidden = rows[0]!;
    await know(database, guildId, rows, hidden.id);
    await writeOther(database);
    const open = await readableIds(database, guildId, hidden.id);
    const make = async (more: Pick<NewToken, 'guildId' | 'audience'>) =>
      (await createToken(database.pool, { name: 'a token', ...more }, NOW_MS)).token;
    Object.assign(scene, {
      guildId,
      guildName: truth.guild.name,
      hidden: { id: hidden.id, name: hidden.name },
      open,
      unranked: { id: unranked!.id, name: unranked!.name },
      tokens: {
        everyone: await make({ guildId, audience: 'everyone' }),
        all: await make({ guildId, audience: 'all' }),
        other: await make({ guildId: OTHER.guildId, audience: 'everyone' }),
        otherAll: await make({ guildId: OTHER.guildId, audience: 'all' }),
      },
    } satisfies Scene);
    await database.pool.query('analyze');
  });
  return scene;
}

/** Tells, as Discord does, who may read what. */
async function know(
  { pool }: TestDatabase,
  guildId: string,
  channels: { id: string; type: number }[],
  hiddenId: string,
): Promise<void> {
  const told = { source: 'rest' as const, observedAt: NOW_MS - 1000, guildId };
  const overwrites = [{ id: guildId, type: 0, allow: '0', deny: '1024' }];
  const writer = await openWriter(pool, { content: 'full' });
  try {
    await writer.write(
      batchOf({
        guilds: [{ ...told, ownerId: '1' }],
        roles: [{ ...told, roleId: guildId, permissions: READS }],
        channels: channels.map(({ id, type }) => ({
          ...told,
          channelId: id,
          type,
          details: { topic: null, overwrites: id === hiddenId ? overwrites : [] },
        })),
      }),
    );
  } finally {
    await writer.close();
  }
}

async function readableIds({ pool }: TestDatabase, guildId: string, hiddenId: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `select channel_id::text as id from channels where guild_id = $1 and deleted_at is null
       and coalesce(type, 0) not in (4, 12) and channel_id <> $2 and parent_id is distinct from $2
       and (type <> 11 or parent_id is not null) order by channel_id`,
    [guildId, hiddenId],
  );
  return rows.map(({ id }) => id);
}

async function writeOther(database: TestDatabase): Promise<void> {
  const { guildId, channelId, personId, word } = OTHER;
  const told = { source: 'rest' as const, observedAt: 1, guildId };
  const said = {
    guildId,
    channelId,
    authorId: personId,
    body: { content: `${word} why?`, fidelity: 3 as const },
  };
  await write(database, posts(30, '2025-10-28T10:00Z', said), {
    guilds: [{ ...told, name: `${word} guild` }],
    members: [{ ...told, userId: personId, name: `${word} person` }],
    channels: [{ ...told, channelId, type: 0, name: `${word}-channel` }],
  });
}

export const VITALS: Vitals = {
  shardsHeld: 1,
  shardsOf: 2,
  shards: [
    {
      shardId: 0,
      isConnected: true,
      queued: 3,
      spooledEvents: 4,
      spooledBytes: 500,
      written: 600,
      setAside: 7,
      dropped: 8,
      lagMs: 900,
      isSpooling: false,
    },
  ],
  commands: [{ command: 'stats', outcome: 'answered', count: 2, seconds: 0.5 }],
  charts: { drawn: 3, failed: 1, seconds: 1.5 },
};

/** Whatever JSON tells. */
export type Parsed = ReturnType<typeof JSON.parse>;

export interface Answered {
  status: number;
  headers: Headers;
  text: string;
  /** Undefined where it is none. */
  json: Parsed;
}

export interface Opened {
  url: string;
  /** What was logged. */
  logged: object[];
  get(path: string, token?: string, headers?: Record<string, string>): Promise<Answered>;
}

/** Opens servers that the test's end closes. */
export function useHttp(database: TestDatabase): (more?: Partial<HttpOptions>) => Promise<Opened> {
  const opened: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((server) => server.close()));
  });
  return async (more = {}) => {
    const logged: object[] = [];
    const log = {
      info: (facts: object) => void logged.push(facts),
      warn: (facts: object) => void logged.push(facts),
    };
    const server = await openHttp({
      settings: { host: '127.0.0.1', port: 0 },
      store: database,
      now: () => NOW_MS,
      rest: () => ({ answers: 10, invalid: 2, limited: 1, refused: 3, broken: 4, unanswered: 5 }),
      charts: () => ({ drawn: 5, failed: 0, seconds: 2 }),
      jobs: async () => [],
      isApi: true,
      log,
      ...more,
    });
    opened.push(server);
    return { url: server.url, logged, get: (...asked) => get(server.url, ...asked) };
  };
}

async function get(
  url: string,
  path: string,
  token?: string,
  headers: Record<string, string> = {},
): Promise<Answered> {
  const answer = await fetch(`${url}${path}`, {
    headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.startsWith('application/json');
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    json: isJson ? JSON.parse(text) : undefined,
  };
}
