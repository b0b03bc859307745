    with recursive hidden as (
  select channel_id from excluded_channels where guild_id = $1
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $2 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $3)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $4))), bots as (select user_id from members where guild_id = $5 and (is_bot or is_webhook)),
  counted as (
    select null::bigint as channel_id, coalesce(m.content_length, 0) as length, count(*) as messages, sum(m.words) as words
    from messages m where ("m"."guild_id" = $6 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $7
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $8 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $9)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $10))) and "m"."channel_id" = any($11::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $12 and (is_bot or is_webhook)) and "m"."author_id" = any($13::bigint[]))) and ("m"."message_id" >= $14 and "m"."message_id" < $15) group by 1, 2
  ),
  histogram as (
    select *, sum(messages) over (partition by channel_id order by length) as upto,
      sum(messages) over (partition by channel_id) as of_all
    from counted
  )
    select sum(messages)::int as messages, round((sum(messages * length))::numeric / nullif(sum(messages), 0), 1)::float8 as "averageLength",
      ((min(length) filter (where upto * 2 >= of_all) + min(length) filter (where upto * 2 > of_all)) / 2.0)::float8 as "medianLength", round((sum(words))::numeric / nullif(sum(messages), 0), 1)::float8 as "averageWords"
    from histogram having sum(messages) > 0
