    with recursive hidden as (
  select channel_id from excluded_channels where guild_id = $1
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $2 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $3)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $4))), bots as (select user_id from members where guild_id = $5 and (is_bot or is_webhook)),
  looked as (
    select 0 as bucket, m.author_id, m.message_id, position(lower($6::text) in lower("m"."content")) > 0 as is_found
    from messages m where ("m"."guild_id" = $7 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $8
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $9 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $10)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $11))) and "m"."channel_id" = any($12::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $13 and (is_bot or is_webhook)) and "m"."author_id" = any($14::bigint[]))) and ("m"."message_id" >= $15 and "m"."message_id" < $16) and coalesce("m"."body_key" & 3, 0) > 0
    -- A fence: without it each text is looked through once for every sum.
    offset 0
  ),
  searched as (
    select bucket, author_id, count(*) as messages, count(*) filter (where is_found) as found,
      min(message_id) filter (where is_found) as first_id, max(message_id) filter (where is_found) as last_id
    from looked group by bucket, author_id
  )
    select coalesce(sum(found), 0)::int as messages, (count(distinct author_id) filter (where found > 0))::int as people,
      to_char(to_timestamp(((min(first_id) >> 22) + 1420070400000) / 1000.0) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "firstAt", to_char(to_timestamp(((max(last_id) >> 22) + 1420070400000) / 1000.0) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "lastAt",
      coalesce(sum(messages), 0)::int as searched
    from searched
