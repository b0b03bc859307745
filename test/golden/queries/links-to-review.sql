    with recursive hidden as (
  select channel_id from excluded_channels where guild_id = $1
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $2 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $3)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $4))), bots as (select user_id from members where guild_id = $5 and (is_bot or is_webhook)),
  linked as (
    select l.message_id, m.channel_id, m.author_id, l.domain, l.address, l.uses
    from (
      select message_id, domain, address, count(*)::int as uses from links l
      where guild_id = $6 and ("l"."message_id" >= $7 and "l"."message_id" < $8) group by message_id, domain, address
    ) l
    cross join lateral (
      select m.channel_id, m.author_id from messages m where m.message_id = l.message_id and ("m"."guild_id" = $9 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $10
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $11 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $12)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $13))) and "m"."channel_id" = any($14::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $15 and (is_bot or is_webhook)) and "m"."author_id" = any($16::bigint[]))) limit 1
    ) m
  ), unranked as (select user_id from choices where guild_id = $17 and choice = 'unranked'),
  moved as (
    select user_id, max(at) filter (where kind = 'joined') as came_at,
      max(at) filter (where kind in ('left', 'banned')) as went_at
    from member_moments where guild_id = $18 group by user_id
  ),
  gone as (
    select p.user_id
    from members p
    join guilds g on g.guild_id = p.guild_id
    left join moved v on v.user_id = p.user_id
    cross join lateral (select
      greatest(p.joined_at, p.present_at, p.last_seen_at, v.came_at) as here_at,
      greatest(p.left_at, v.went_at) as went_at) t
    where p.guild_id = $19 and (
      t.went_at >= coalesce(t.here_at, '-infinity')
      or g.members_listed_at > coalesce(t.here_at, '-infinity')
      or p.user_id = $20 or p.name ~ $21)
  ),
    reviewed as (
      select l.*, concat_ws(', ',
        case when l.domain = any($22::text[]) then 'shortener' end,
        case when l.domain like 'xn--%' or l.domain like '%.xn--%' then 'lookalike' end,
        case when l.message_id >= l.author_id and (l.message_id >> 22) - (l.author_id >> 22) < $23
          then 'new account' end,
        case when l.author_id in (select user_id from gone) then 'gone account' end) as reasons
      from linked l
    )
    select m.message_id::text as "messageId", m.channel_id::text as "channelId", c.name as channel,
    case when "m"."author_id" not in (select user_id from unranked) then m.author_id::text end as "authorId",
    case when "m"."author_id" not in (select user_id from unranked) then coalesce("p"."nick", "p"."display_name", "p"."name", "m"."author_id"::text) end as author,
    to_char(to_timestamp((("m"."message_id" >> 22) + 1420070400000) / 1000.0) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, case when coalesce("m"."body_key" & 3, 0) > 0 then left("m"."content", 200) end as text, l.domain, l.address, l.reasons
    from (
      select * from reviewed where reasons <> '' order by message_id desc, domain, address limit $24
    ) l
    join messages m on m.guild_id = $25 and m.message_id = l.message_id
    left join channels c on c.guild_id = m.guild_id and c.channel_id = m.channel_id
    left join members p on p.guild_id = m.guild_id and p.user_id = m.author_id
    order by m.message_id desc, l.domain, l.address
