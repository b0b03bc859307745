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
    select width_bucket("m"."message_id", $6::bigint[]) as bucket, m.author_id, m.message_id, position(lower($7::text) in lower("m"."content")) > 0 as is_found
    from messages m where ("m"."guild_id" = $8 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $9
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $10 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $11)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $12))) and "m"."channel_id" = any($13::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $14 and (is_bot or is_webhook)) and "m"."author_id" = any($15::bigint[]))) and ("m"."message_id" >= $16 and "m"."message_id" < $17) and coalesce("m"."body_key" & 3, 0) > 0
    -- A fence: without it each text is looked through once for every sum.
    offset 0
  ),
  searched as (
    select bucket, author_id, count(*) as messages, count(*) filter (where is_found) as found,
      min(message_id) filter (where is_found) as first_id, max(message_id) filter (where is_found) as last_id
    from looked group by bucket, author_id
  )
    select bucket, sum(found)::int as messages, sum(messages)::int as searched from searched group by bucket
