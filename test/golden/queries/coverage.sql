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
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $4))), bots as (select user_id from members where guild_id = $5 and (is_bot or is_webhook)), tallied as (select m.channel_id, m.author_id, count(*)::int as "messages", min(m.message_id) as "first_id", max(m.message_id) as "last_id" from messages m
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
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $12))) and "m"."channel_id" = any($13::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $14 and (is_bot or is_webhook)) and "m"."author_id" = any($15::bigint[]))) group by 1, 2), answered as (
    select channel_id, range_agg(int8range(from_id, least(to_id, 9223372036854775806), '[]')) as ids from coverage
    where guild_id = $16 and grade <> 'claimed' group by channel_id
  ),
  told as materialized (
    select v.channel_id, from_id, to_id, greatest(to_id | 4194303, ((ceil(extract(epoch from at) * 1000)::bigint - 1420070400000) << 22)) as reach_id,
      (a.ids @> int8range(from_id, greatest(to_id | 4194303, ((ceil(extract(epoch from at) * 1000)::bigint - 1420070400000) << 22)), '[]')) is not true as is_open
    from coverage v left join answered a using (channel_id) where guild_id = $17 and grade = 'claimed'
  ),
  ends as materialized (
    select channel_id, (
  select m.message_id from messages m
  where m.guild_id = "o"."guild_id" and m.channel_id = "o"."channel_id"
  order by m.message_id desc limit 1) as last_id
    from (select distinct $18::bigint as guild_id, channel_id from told where is_open) o
  ),
  exports as (
    select channel_id, is_open,
      int8range(from_id, case when to_id >= last_id then reach_id else to_id end, '[]') as ids
    from told left join ends using (channel_id)
  ),
  live_guild as (
    select coalesce(range_agg(ids), '{}') - coalesce((
      select range_agg(int8range(((ceil(extract(epoch from from_at) * 1000)::bigint - 1420070400000) << 22), greatest(((ceil(extract(epoch from from_at) * 1000)::bigint - 1420070400000) << 22), coalesce(((ceil(extract(epoch from to_at) * 1000)::bigint - 1420070400000) << 22), '9223372036854775807')))) from gaps where guild_id = $19
    ), '{}') as ids
    from (
      select kind, int8range(((ceil(extract(epoch from at) * 1000)::bigint - 1420070400000) << 22), greatest(((ceil(extract(epoch from at) * 1000)::bigint - 1420070400000) << 22), coalesce(((ceil(extract(epoch from least(lead(at) over (order by at, kind), (
  select max(greatest(alive_at, last_event_at)) from shards
  where shard_id = (($20::bigint >> 22) % shard_count)) + interval '1 ms')) * 1000)::bigint - 1420070400000) << 22), '9223372036854775807'))) as ids
      from guild_moments where guild_id = $21 and kind in ('available', 'unavailable', 'left')
    ) stretches where kind = 'available' and (
  select max(greatest(alive_at, last_event_at)) from shards
  where shard_id = (($22::bigint >> 22) % shard_count)) + interval '1 ms' is not null
  ),
  accesses as (
    select channel_id, max(access) filter (where next_at is null) as access,
      range_agg(int8range(((ceil(extract(epoch from at) * 1000)::bigint - 1420070400000) << 22), greatest(((ceil(extract(epoch from at) * 1000)::bigint - 1420070400000) << 22), coalesce(((ceil(extract(epoch from next_at) * 1000)::bigint - 1420070400000) << 22), '9223372036854775807')))) filter (where access in ('readable', 'no history'))
        * (select ids from live_guild) as ids
    from (
      select channel_id, access, at, lead(at) over (partition by channel_id order by at) as next_at
      from channel_access where guild_id = $23
    ) looked group by channel_id
  ),
  exclusions as (
    select channel_id, range_agg(ids) as ids from (
      select channel_id, int8range(((ceil(extract(epoch from from_at) * 1000)::bigint - 1420070400000) << 22), greatest(((ceil(extract(epoch from from_at) * 1000)::bigint - 1420070400000) << 22), coalesce(((ceil(extract(epoch from to_at) * 1000)::bigint - 1420070400000) << 22), '9223372036854775807'))) as ids from past_exclusions where guild_id = $24
      union all
      select channel_id, int8range(((ceil(extract(epoch from since) * 1000)::bigint - 1420070400000) << 22), greatest(((ceil(extract(epoch from since) * 1000)::bigint - 1420070400000) << 22), coalesce(((ceil(extract(epoch from null::timestamptz) * 1000)::bigint - 1420070400000) << 22), '9223372036854775807'))) from excluded_channels where guild_id = $25
    ) excluded group by channel_id
  ),
  live_channels as (
    select l.channel_id, l.access, case
      when lower(l.ids) - l.channel_id between 0 and '41943040000' and g.ids @> l.channel_id
      then l.ids + int8multirange(int8range(l.channel_id, lower(l.ids))) else l.ids end as ids
    from live_guild g cross join (
      select c.channel_id, a.access, case
        when coalesce(x.ids, y.ids, z.ids) is null then a.ids
        else a.ids - coalesce(x.ids, '{}') - coalesce(y.ids, '{}') - coalesce(z.ids, '{}') end as ids
      from channels c
      left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
      left join accesses own on own.channel_id = c.channel_id
      join accesses a on a.channel_id = case
        -- A thread is as its parent; who is in a private one is told of itself.
        when own.channel_id is null and c.type in (10, 11) then c.parent_id else c.channel_id end
      left join exclusions x on x.channel_id = c.channel_id
      left join exclusions y on y.channel_id = c.parent_id
      left join exclusions z on z.channel_id = p.parent_id
      where c.guild_id = $26
    ) l
  ),
  spans as (
    select s.* from (
      select channel_id, 'verified' as grade, source, int8range(from_id, least(to_id, 9223372036854775806), '[]') as ids
      from coverage where guild_id = $27 and grade <> 'claimed'
      union all
      select channel_id, 'claimed', 'dce', ids from exports
      union all
      select c.channel_id, 'verified', 'gateway', stretch * int8range(c.channel_id, null)
      from channels c join live_channels l using (channel_id) cross join unnest(l.ids) stretch
      where c.guild_id = $28 and (c.type is null or (c.type not in (4, 14) and c.type not in (15, 16)))
    ) s where not isempty(s.ids) and ("s"."channel_id" not in (select channel_id from hidden)
    and ("s"."channel_id" = any($29::bigint[])))
  ),
    wrote as (
      select channel_id, sum(messages)::int as messages, min(first_id) as first_id, max(last_id) as last_id
      from tallied group by channel_id
    ),
    merged as (
      select channel_id, grade, unnest(range_agg(ids) * int8multirange(int8range($30, $31))) as ids
      from spans group by channel_id, grade
    )
    select s.channel_id::text as "channelId", c.name as channel,
      to_char(to_timestamp(((lower(s.ids) >> 22) + 1420070400000) / 1000.0) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "fromAt", to_char(to_timestamp(((upper(s.ids) >> 22) + 1420070400000) / 1000.0) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "toAt",
      (select string_agg(distinct t.source, ', ' order by t.source) from spans t
        where t.channel_id = s.channel_id and t.grade = s.grade and t.ids && s.ids) as source,
      s.grade,
      case
        when w.messages is null then 0
        when w.first_id <@ s.ids and w.last_id <@ s.ids then w.messages
        else (
    select count(*)::int from messages m
    where ("m"."guild_id" = $32 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $33
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $34 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $35)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $36))) and "m"."channel_id" = any($37::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $38 and (is_bot or is_webhook)) and "m"."author_id" = any($39::bigint[]))) and m.channel_id = "s"."channel_id"
      and m.message_id >= lower("s"."ids") and m.message_id < upper("s"."ids")
  )
      end as messages
    from merged s left join wrote w using (channel_id)
    left join channels c on c.guild_id = $40 and c.channel_id = s.channel_id
    order by messages desc, s.channel_id, lower(s.ids), s.grade desc
    limit $41
