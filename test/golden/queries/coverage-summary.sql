    with recursive hidden as (
  select channel_id from excluded_channels where guild_id = $1
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $2 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $3)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $4))), answered as (
    select channel_id, range_agg(int8range(from_id, least(to_id, 9223372036854775806), '[]')) as ids from coverage
    where guild_id = $5 and grade <> 'claimed' group by channel_id
  ),
  told as materialized (
    select v.channel_id, from_id, to_id, greatest(to_id | 4194303, ((ceil(extract(epoch from at) * 1000)::bigint - 1420070400000) << 22)) as reach_id,
      (a.ids @> int8range(from_id, greatest(to_id | 4194303, ((ceil(extract(epoch from at) * 1000)::bigint - 1420070400000) << 22)), '[]')) is not true as is_open
    from coverage v left join answered a using (channel_id) where guild_id = $6 and grade = 'claimed'
  ),
  ends as materialized (
    select channel_id, (
  select m.message_id from messages m
  where m.guild_id = "o"."guild_id" and m.channel_id = "o"."channel_id"
  order by m.message_id desc limit 1) as last_id
    from (select distinct $7::bigint as guild_id, channel_id from told where is_open) o
  ),
  exports as (
    select channel_id, is_open,
      int8range(from_id, case when to_id >= last_id then reach_id else to_id end, '[]') as ids
    from told left join ends using (channel_id)
  ),
  live_guild as (
    select coalesce(range_agg(ids), '{}') - coalesce((
      select range_agg(int8range(((ceil(extract(epoch from from_at) * 1000)::bigint - 1420070400000) << 22), greatest(((ceil(extract(epoch from from_at) * 1000)::bigint - 1420070400000) << 22), coalesce(((ceil(extract(epoch from to_at) * 1000)::bigint - 1420070400000) << 22), '9223372036854775807')))) from gaps where guild_id = $8
    ), '{}') as ids
    from (
      select kind, int8range(((ceil(extract(epoch from at) * 1000)::bigint - 1420070400000) << 22), greatest(((ceil(extract(epoch from at) * 1000)::bigint - 1420070400000) << 22), coalesce(((ceil(extract(epoch from least(lead(at) over (order by at, kind), (
  select max(greatest(alive_at, last_event_at)) from shards
  where shard_id = (($9::bigint >> 22) % shard_count)) + interval '1 ms')) * 1000)::bigint - 1420070400000) << 22), '9223372036854775807'))) as ids
      from guild_moments where guild_id = $10 and kind in ('available', 'unavailable', 'left')
    ) stretches where kind = 'available' and (
  select max(greatest(alive_at, last_event_at)) from shards
  where shard_id = (($11::bigint >> 22) % shard_count)) + interval '1 ms' is not null
  ),
  accesses as (
    select channel_id, max(access) filter (where next_at is null) as access,
      range_agg(int8range(((ceil(extract(epoch from at) * 1000)::bigint - 1420070400000) << 22), greatest(((ceil(extract(epoch from at) * 1000)::bigint - 1420070400000) << 22), coalesce(((ceil(extract(epoch from next_at) * 1000)::bigint - 1420070400000) << 22), '9223372036854775807')))) filter (where access in ('readable', 'no history'))
        * (select ids from live_guild) as ids
    from (
      select channel_id, access, at, lead(at) over (partition by channel_id order by at) as next_at
      from channel_access where guild_id = $12
    ) looked group by channel_id
  ),
  exclusions as (
    select channel_id, range_agg(ids) as ids from (
      select channel_id, int8range(((ceil(extract(epoch from from_at) * 1000)::bigint - 1420070400000) << 22), greatest(((ceil(extract(epoch from from_at) * 1000)::bigint - 1420070400000) << 22), coalesce(((ceil(extract(epoch from to_at) * 1000)::bigint - 1420070400000) << 22), '9223372036854775807'))) as ids from past_exclusions where guild_id = $13
      union all
      select channel_id, int8range(((ceil(extract(epoch from since) * 1000)::bigint - 1420070400000) << 22), greatest(((ceil(extract(epoch from since) * 1000)::bigint - 1420070400000) << 22), coalesce(((ceil(extract(epoch from null::timestamptz) * 1000)::bigint - 1420070400000) << 22), '9223372036854775807'))) from excluded_channels where guild_id = $14
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
      where c.guild_id = $15
    ) l
  ),
  claimed as (select channel_id, range_agg(ids) as ids from exports where is_open group by channel_id),
  record as materialized (select ((ceil(extract(epoch from (
  select greatest(to_timestamp((("last_id" >> 22) + 1420070400000) / 1000.0), (
    select case when kind <> 'left' then (
  select max(greatest(alive_at, last_event_at)) from shards
  where shard_id = (($16::bigint >> 22) % shard_count)) end from guild_moments
    where guild_id = $17 and kind in ('available', 'unavailable', 'left')
    order by at desc, kind desc limit 1)) from (select (
  select m.message_id from messages m
  where m.guild_id = $18 and ("m"."author_id" is not null and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."channel_id" not in (select channel_id from hidden)) and m.type in (0, 19, 20, 23)
    and ("m"."channel_id" = any($19::bigint[]))
  order by m.message_id desc limit 1) as last_id) ended)) * 1000)::bigint - 1420070400000) << 22) + 4194304 as end_id),
  lived as materialized (
    select c.channel_id, c.type, c.name, c.parent_id, a.ids as answered, case
        when c.type not in (10, 11, 12) then null when x.channel_id is not null then x.last_id
        when c.archived is not true then (
  select m.message_id from messages m
  where m.guild_id = "c"."guild_id" and m.channel_id = "c"."channel_id"
  order by m.message_id desc limit 1) end as last_id,
      int8range(case when a.ids @> c.channel_id then c.channel_id else coalesce((
  select case when m.type = 21 or (m.message_id - c.channel_id) >> 22 <= 86400000
      then m.message_id else c.channel_id end from messages m
  where m.guild_id = "c"."guild_id" and m.channel_id = "c"."channel_id"
  order by m.message_id asc limit 1), c.channel_id) end, null)
        * int8range(null, least(r.end_id, case when c.type in (10, 11, 12) and c.archived
          then greatest(((ceil(extract(epoch from c.archived_at) * 1000)::bigint - 1420070400000) << 22), (x.last_id | 4194303) + 1) end))
        * int8range($20, $21) as ids
    from record r join channels c on c.guild_id = $22 and r.end_id is not null
    left join answered a using (channel_id) left join ends x using (channel_id)
    where ("c"."channel_id" not in (select channel_id from hidden)
    and ("c"."channel_id" = any($23::bigint[]))) and (c.type is null or (c.type not in (4, 14) and c.type not in (15, 16)))
      -- Exports name a forum without saying what it is; its posts begin with a message of their own id.
      and (c.type is not null or not exists (
        select from channels t join messages m on m.guild_id = t.guild_id and m.message_id = t.channel_id
        where t.guild_id = c.guild_id and t.parent_id = c.channel_id and m.channel_id = t.channel_id
      ))
  ),
  lives as materialized (
    select v.channel_id, v.type, v.name, v.parent_id, g.access, v.ids, case
        when v.last_id is null then (upper(v.ids) >> 22) - (lower(v.ids) >> 22)
        else greatest(1, least(upper(v.ids) >> 22, (v.last_id >> 22) + 604800000) - (lower(v.ids) >> 22)) end as weight,
      w.verified,
      case when v.ids && k.ids then w.verified + k.ids * int8multirange(v.ids) else w.verified end as covered
    from lived v left join claimed k using (channel_id) left join live_channels g using (channel_id)
    cross join lateral (
      select case
        when v.ids <@ v.answered then int8multirange(v.ids)
        else coalesce(v.answered * int8multirange(v.ids), '{}')
          + case when g.ids <@ v.ids then g.ids when v.ids && g.ids then g.ids * int8multirange(v.ids) else '{}' end
        end as verified
      offset 0
    ) w
    where not isempty(v.ids)
  ),
    judged as (
      select ids <@ verified as is_verified, ids <@ covered as is_whole, not isempty(covered) as is_met
      from lives
    )
    select count(*)::int as channels, (count(*) filter (where is_verified))::int as verified,
      (count(*) filter (where is_whole and not is_verified))::int as claimed,
      (count(*) filter (where is_met and not is_whole))::int as partly,
      (count(*) filter (where not is_met))::int as missing
    from judged
