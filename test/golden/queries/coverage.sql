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
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $12))) and "m"."channel_id" = any($13::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $14 and (is_bot or is_webhook)) and "m"."author_id" = any($15::bigint[]))) group by 1, 2), spans as (
    select v.channel_id, v.grade, v.source, int8range(v.from_id, case
      when v.grade = 'claimed' and v.to_id >= (
        select max(m.message_id) from messages m
        where m.guild_id = v.guild_id and m.channel_id = v.channel_id
      ) then greatest(v.to_id | 4194303, ((extract(epoch from v.at) * 1000)::bigint - 1420070400000) << 22)
      else v.to_id end, '[]') as ids
    from coverage v
    where v.guild_id = $16 and ("v"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $17
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $18 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $19)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $20))) and "v"."channel_id" = any($21::bigint[]))
  ),
    wrote as (
      select channel_id, sum(messages)::int as messages, min(first_id) as first_id, max(last_id) as last_id
      from tallied group by channel_id
    ),
    merged as (
      select channel_id, grade, unnest(range_agg(ids) * int8multirange(int8range($22, $23))) as ids
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
    where ("m"."guild_id" = $24 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $25
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $26 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $27)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $28))) and "m"."channel_id" = any($29::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $30 and (is_bot or is_webhook)) and "m"."author_id" = any($31::bigint[]))) and m.channel_id = "s"."channel_id"
      and m.message_id >= lower("s"."ids") and m.message_id < upper("s"."ids")
  )
      end as messages
    from merged s left join wrote w using (channel_id)
    left join channels c on c.guild_id = $32 and c.channel_id = s.channel_id
    order by messages desc, s.channel_id, lower(s.ids), s.grade desc
    limit $33
