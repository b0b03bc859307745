/** Accounts that are not here any more. */
import { type RawBuilder, sql } from 'kysely';

/** Discord's account to which it gives what deleted accounts wrote. */
const DELETED_USER = '456226577798135808';

/** Names that Discord gives deleted accounts. One called `Deleted User` can be anybody. */
const DELETED_NAME = '^(deleted_user_[0-9a-f]{8,}|Deleted User [0-9a-f]{8})$';

/** The common table `gone` of accounts that left or were banned and did not come back, or were deleted. */
export const gone = (guildId: string): RawBuilder<unknown> => sql`
  moved as (
    select user_id, max(at) filter (where kind = 'joined') as came_at,
      max(at) filter (where kind in ('left', 'banned')) as went_at
    from member_moments where guild_id = ${guildId} group by user_id
  ),
  gone as (
    select p.user_id
    from members p
    join guilds g on g.guild_id = p.guild_id
    left join moved v on v.user_id = p.user_id
    cross join lateral (select
      greatest(p.joined_at, p.present_at, p.last_seen_at, v.came_at) as here_at,
      greatest(p.left_at, v.went_at) as went_at) t
    where p.guild_id = ${guildId} and (
      t.went_at >= coalesce(t.here_at, '-infinity')
      or g.members_listed_at > coalesce(t.here_at, '-infinity')
      or p.user_id = ${DELETED_USER} or p.name ~ ${DELETED_NAME})
  )`;
