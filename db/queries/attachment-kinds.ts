/** What sort of files people send: in all, and by channel. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import { share } from './columns.ts';
import type { Asked, Question } from './question.ts';
import type { Scope } from './scope.ts';
import { uses } from './uses.ts';

export interface AttachmentKindRow {
  /** image, video, audio, document, text, code, archive or other. */
  kind: string;
  /** Null where it is not one that is known. */
  extension: string | null;
  attachments: number;
  /** Of all attachments. */
  share: number;
}

export interface ChannelAttachmentKindRow {
  channelId: string;
  /** Null where its name isn't known or not kept. */
  channel: string | null;
  kind: string;
  attachments: number;
  /** Of the channel's attachments. */
  share: number;
}

/**
 * Attachments by what their names tell of them.
 *
 * Shape   at most `limit` rows, most attachments first, ties by kind and extension
 * Source  README.md, "attachment-kinds"
 */
export async function attachmentKinds(db: Db, asked: Asked): Promise<AttachmentKindRow[]> {
  const { rows } = await sql<AttachmentKindRow>`
    with recursive ${await attached(db, asked)}
    select kind, extension, sum(files)::int as attachments, ${share(sql`sum(files)`, sql`sum(sum(files)) over ()`)} as share
    from attached group by kind, extension
    order by attachments desc, kind, extension
    limit ${asked.limit}`.execute(db);
  return rows;
}

/**
 * Attachments by channel and kind.
 *
 * Shape   at most `limit` rows, most attachments first, ties by channel and kind
 * Source  README.md, "attachment-kinds"
 */
export async function attachmentKindsByChannel(db: Db, asked: Asked): Promise<ChannelAttachmentKindRow[]> {
  const { rows } = await sql<ChannelAttachmentKindRow>`
    with recursive ${await attached(db, asked)},
    kinds as (
      select channel_id, kind, sum(files) as files, sum(sum(files)) over (partition by channel_id) as of_all
      from attached group by channel_id, kind
    )
    select k.channel_id::text as "channelId", c.name as channel, k.kind, k.files::int as attachments,
      ${share(sql`k.files`, sql`k.of_all`)} as share
    from kinds k left join channels c on c.guild_id = ${asked.guildId} and c.channel_id = k.channel_id
    order by k.files desc, k.channel_id, k.kind
    limit ${asked.limit}`.execute(db);
  return rows;
}

/** The common tables of `uses`, and `attached`: files by channel, kind and extension. */
async function attached(db: Db, scope: Scope): Promise<RawBuilder<unknown>> {
  return sql`${await uses(db, scope, ['attachment'])},
  attached as (
    select channel_id, split_part(key, '/', 1) as kind, nullif(split_part(key, '/', 2), '') as extension, uses as files
    from used
  )`;
}

export default [
  { name: 'attachment-kinds', about: 'what sort of files people send', ask: attachmentKinds },
  {
    name: 'attachment-kinds-by-channel',
    about: 'what sort of files people send in which channel',
    ask: attachmentKindsByChannel,
  },
] satisfies Question[];
