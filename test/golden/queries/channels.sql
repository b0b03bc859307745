    select r.time_zone as "timeZone", (
    select ((message_id >> 22) + 1420070400000)::float8 from messages where guild_id = $1
    order by message_id asc limit 1) as "firstMs", (
    select ((message_id >> 22) + 1420070400000)::float8 from messages where guild_id = $2
    order by message_id desc limit 1) as "lastMs", array(
      select distinct day from stale_days where guild_id = $3 order by day
    ) as stale
    from rollups r
    where r.guild_id = $4 and not exists (
      select from members m
      where m.guild_id = $5 and (m.is_bot or m.is_webhook) and m.user_id <> all(r.bots)
        and exists (select from year_tallies t where t.guild_id = $6 and t.author_id = m.user_id)
    )
;
    with recursive hidden as (
  select channel_id from excluded_channels where guild_id = $1
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $2 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $3)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $4))), bots as (select user_id from members where guild_id = $5 and (is_bot or is_webhook)), tallied as (select m.channel_id, m.author_id, count(*)::int as "messages", max(m.message_id) as "last_id" from messages m
      where true and (("m"."message_id" >= $6 and "m"."message_id" < $7)) and ("m"."guild_id" = $8 and "m"."gone_at" is null
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
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $12))) and "m"."channel_id" = any($13::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $14 and (is_bot or is_webhook)) and "m"."author_id" = any($15::bigint[]))) group by 1, 2),
  written as (
    select channel_id, author_id, sum(messages)::int as messages, max(last_id) as last_id
    from tallied group by channel_id, author_id having sum(messages) > 0
  ),
  channel_sums as (
    select channel_id, sum(messages)::int as messages, count(*)::int as people, max(last_id) as last_id
    from written group by channel_id
  ),
  known as (
    select channel_id from channels c
    where guild_id = $16 and (type is null or type not in (4, 14)) and ("c"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $17
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $18 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $19)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $20))) and "c"."channel_id" = any($21::bigint[]))
    union
    select channel_id from channel_sums
  ),
  places as (
    select k.channel_id, c.name, c.type, c.parent_id, coalesce(s.messages, 0) as messages, coalesce(s.people, 0) as people
    from known k
    left join channels c on c.guild_id = $22 and c.channel_id = k.channel_id
    left join channel_sums s on s.channel_id = k.channel_id
  )
    select k.channel_id::text as id, k.name, k.type, case when ("q"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $23
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $24 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $25)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $26))) and "q"."channel_id" = any($27::bigint[])) then "q"."name" end as parent, k.messages, k.people
    from places k left join channels q on q.guild_id = $28 and q.channel_id = k.parent_id
    order by k.messages desc, k.channel_id
    limit $29
