    with recursive hidden as (
  select channel_id from excluded_channels where guild_id = $1
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $2 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $3)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $4))), bots as (select user_id from members where guild_id = $5 and (is_bot or is_webhook)), unranked as (select user_id from choices where guild_id = $6 and choice = 'unranked'),
  sums as materialized (
    select r.message_id, sum(r.total)::int as reactions, (count(*) filter (where r.total > 0))::int as emoji
    from reactions r where r.guild_id = $7 and ("r"."message_id" >= $8 and "r"."message_id" < $9)
    group by r.message_id having sum(r.total) > 0
  ),
  likely as (select s.* from (select * from sums order by reactions desc, message_id limit $10) s cross join lateral (
    select from messages m where m.message_id = s.message_id and ("m"."guild_id" = $11 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $12
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $13 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $14)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $15))) and "m"."channel_id" = any($16::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $17 and (is_bot or is_webhook)) and "m"."author_id" = any($18::bigint[]))) and exists (select 1 from attachments f where f.guild_id = m.guild_id and f.message_id = m.message_id) limit 1
  ) m),
  enough as (select reactions from likely order by reactions desc offset $19 limit 1),
  ranked as (
    select s.* from (select * from sums where reactions >= coalesce((select reactions from enough), 1)) s cross join lateral (
    select from messages m where m.message_id = s.message_id and ("m"."guild_id" = $20 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $21
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $22 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $23)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $24))) and "m"."channel_id" = any($25::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $26 and (is_bot or is_webhook)) and "m"."author_id" = any($27::bigint[]))) and exists (select 1 from attachments f where f.guild_id = m.guild_id and f.message_id = m.message_id) limit 1
  ) m
    order by s.reactions desc, s.message_id limit $28
  )
    select m.message_id::text as "messageId", m.channel_id::text as "channelId", c.name as channel,
    case when "m"."author_id" not in (select user_id from unranked) then m.author_id::text end as "authorId",
    case when "m"."author_id" not in (select user_id from unranked) then coalesce("p"."nick", "p"."display_name", "p"."name", "m"."author_id"::text) end as author,
    to_char(to_timestamp((("m"."message_id" >> 22) + 1420070400000) / 1000.0) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, case when coalesce("m"."body_key" & 3, 0) > 0 then left("m"."content", 200) end as text, r.reactions, r.emoji, (select count(*)::int from attachments f where f.guild_id = m.guild_id and f.message_id = m.message_id) as attachments,
      (select string_agg(distinct coalesce(f.kind, 'other'), ', ') from attachments f where f.guild_id = m.guild_id and f.message_id = m.message_id) as kinds
  from ranked r join messages m on m.guild_id = $29 and m.message_id = r.message_id
  left join channels c on c.guild_id = m.guild_id and c.channel_id = m.channel_id
    left join members p on p.guild_id = m.guild_id and p.user_id = m.author_id
  order by r.reactions desc, r.message_id
