/** What sort of files people send: in all, and by channel. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import { share } from './columns.ts';
import { inScope, inWindow, scoped } from './counted.ts';
import type { Asked, Question } from './question.ts';
import type { Scope } from './scope.ts';

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
    with recursive ${attached(asked)}
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
    with recursive ${attached(asked)},
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

/** The common tables of `scoped`, and `attached`: files by channel, kind and extension. */
function attached(scope: Scope): RawBuilder<unknown> {
  return sql`${scoped(scope)},
  attached as (
    select m.channel_id, coalesce(f.kind, 'other') as kind, f.extension, count(*) as files
    from attachments f join messages m on m.guild_id = f.guild_id and m.message_id = f.message_id
    where f.guild_id = ${scope.guildId} and ${inWindow(scope, 'f')}
      and ${inScope(scope, 'm')} and ${inWindow(scope, 'm')}
    group by m.channel_id, 2, f.extension
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
