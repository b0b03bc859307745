/** What must be stored of what only live recording tells: by looking at a whole history at once, no merging. */
import type { RecordBatch, Told } from '../../db/records.ts';
import type { TestDatabase } from './database.ts';

/** Rows as texts, in the order of their bytes. */
export interface NaiveLive {
  guild: Record<'ownerId' | 'emojiListedAt' | 'stickersListedAt', string | number | null>;
  /** Those that are there: in the last complete list. */
  expressions: string[];
  permissions: Record<string, string>;
  moments: string[];
  voice: string[];
  /** Votes that stand, or were taken back. */
  votes: string[];
}

/** The naive pass over all observations. */
export function naiveLive(history: RecordBatch[]): NaiveLive {
  const all = <K extends keyof RecordBatch>(key: K) =>
    history.flatMap((b) => b[key] as RecordBatch[K][number][]);
  const guilds = all('guilds');
  const gone = new Set(
    all('messages')
      .filter((m) => m.goneAt !== undefined)
      .map((m) => m.messageId),
  );
  const listedAt = {
    emoji: latest(guilds.flatMap((g) => g.emojiListedAt ?? [])),
    sticker: latest(guilds.flatMap((g) => g.stickersListedAt ?? [])),
  };
  const roles = all('roles').filter((r) => r.permissions !== undefined);
  const votes = Map.groupBy(
    all('pollVotes').filter((v) => !gone.has(v.messageId)),
    (v) => `${v.messageId}/${v.answerId}/${v.userId}`,
  );
  return {
    guild: {
      ownerId: last(guilds.filter((g) => g.ownerId !== undefined))?.ownerId ?? null,
      emojiListedAt: listedAt.emoji,
      stickersListedAt: listedAt.sticker,
    },
    expressions: all('expressions')
      .filter((e) => e.observedAt === listedAt[e.kind])
      .map((e) => `${e.kind}/${e.expressionId}`)
      .toSorted()
      .filter((key, i, keys) => key !== keys[i - 1]),
    permissions: Object.fromEntries(
      [...Map.groupBy(roles, (r) => r.roleId)].map(([id, told]) => [
        id,
        last(told.toSorted((a, b) => Number(BigInt(a.permissions!) - BigInt(b.permissions!))))!.permissions!,
      ]),
    ),
    moments: distinct(all('guildMoments').map((m) => `${m.kind}/${m.at}`)),
    voice: distinct(all('voice').map((v) => `${v.userId}/${v.at}/${v.channelId ?? '0'}/${v.isListed}`)),
    votes: [...votes]
      .map(([key, told]) => {
        const added = latest(told.flatMap((v) => v.addedAt ?? [])) ?? -1;
        const removed = latest(told.flatMap((v) => v.removedAt ?? [])) ?? -1;
        return `${key} ${added > removed}`;
      })
      .toSorted(),
  };
}

const latest = (times: number[]): number | null => (times.length > 0 ? Math.max(...times) : null);
const distinct = (list: string[]): string[] => [...new Set(list)].toSorted();
/** The last that was told; of one moment, the last of the list. */
const last = <T extends Told>(list: T[]): T | undefined =>
  list.toSorted((a, b) => a.observedAt - b.observedAt).at(-1);

/** The same, of what is stored. */
export async function storedLive({ pool }: Pick<TestDatabase, 'pool'>): Promise<NaiveLive> {
  const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;
  const lines = async (query: string) =>
    (await pool.query<{ line: string }>(query)).rows.map(({ line }) => line).toSorted();
  const { rows: guilds } = await pool.query<NaiveLive['guild']>(
    `select owner_id::text as "ownerId", ${ms('emoji_listed_at')} as "emojiListedAt",
       ${ms('stickers_listed_at')} as "stickersListedAt" from guilds`,
  );
  const { rows: roles } = await pool.query<{ id: string; permissions: string }>(
    'select role_id::text as id, permissions::text from roles where permissions is not null',
  );
  return {
    guild: guilds[0] ?? { ownerId: null, emojiListedAt: null, stickersListedAt: null },
    expressions: await lines(
      `select e.kind || '/' || expression_id as line from expressions e join guilds g using (guild_id)
       where listed_at >= case e.kind when 'emoji' then emoji_listed_at else stickers_listed_at end`,
    ),
    permissions: Object.fromEntries(roles.map(({ id, permissions }) => [id, permissions])),
    moments: await lines(`select kind || '/' || ${ms('at')} as line from guild_moments`),
    voice: await lines(
      `select concat_ws('/', user_id, ${ms('at')}, channel_id, listed::text) as line from voice_states`,
    ),
    votes: await lines(
      `select message_id || '/' || answer_id || '/' || user_id || ' '
         || coalesce(added_at > coalesce(removed_at, '-infinity'), false)::text as line from poll_votes`,
    ),
  };
}
