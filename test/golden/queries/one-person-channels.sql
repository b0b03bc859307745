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
  ), unranked as (select user_id from choices where guild_id = $16 and choice = 'unranked'),
    kept_alive as (
      select channel_id, sum(messages)::int as messages, count(*)::int as people, max(messages) as most
      from written group by channel_id
      having sum(messages) >= 20 and max(messages) * 5 >= sum(messages) * 4
    )
    select k.channel_id::text as "channelId", c.name as channel, k.messages, k.people,
      case when "t"."author_id" not in (select user_id from unranked) then t.author_id::text end as "topId",
      case when "t"."author_id" not in (select user_id from unranked) then coalesce("p"."nick", "p"."display_name", "p"."name", "t"."author_id"::text) end as "topName",
      round((k.most)::numeric / nullif(k.messages, 0), 4)::float8 as share
    -- Nobody else can have written as much.
    from kept_alive k join written t on t.channel_id = k.channel_id and t.messages = k.most
    left join channels c on c.guild_id = $17 and c.channel_id = k.channel_id
    left join members p on p.guild_id = $18 and p.user_id = t.author_id
    where not coalesce("c"."type" in (10, 11, 12), false)
    order by k.messages desc, k.channel_id
    limit $19
