    select r.time_zone as "timeZone", array(
      select distinct day from stale_days
      where guild_id = $1 and day between $2 and $3 order by day
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
    union
    select channel_id from channels where guild_id = $2 and deleted_at is not null
    union
    select c.channel_id from channels c join hidden h on h.channel_id = c.parent_id where c.guild_id = $3
  ), bots as (select user_id from members where guild_id = $4 and (is_bot or is_webhook)), tallied as (select m.channel_id, m.author_id, count(*)::int as "messages", min(m.message_id) as "first_id", max(m.message_id) as "last_id" from messages m
      where true and (("m"."message_id" >= $5 and "m"."message_id" < $6)) and ("m"."guild_id" = $7 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (select channel_id from hidden) and "m"."channel_id" = any($8::bigint[])) and ("m"."author_id" not in (select user_id from bots) and "m"."author_id" = any($9::bigint[]))) group by 1, 2), spans as (
    select v.channel_id, v.grade, v.source, int8range(v.from_id, case
      when v.grade = 'claimed' and v.to_id >= (
        select max(m.message_id) from messages m
        where m.guild_id = v.guild_id and m.channel_id = v.channel_id
      ) then greatest(v.to_id, ((extract(epoch from v.at) * 1000)::bigint - 1420070400000) << 22)
      else v.to_id end, '[]') as ids
    from coverage v
    where v.guild_id = $10 and ("v"."channel_id" not in (select channel_id from hidden) and "v"."channel_id" = any($11::bigint[]))
  ),
    wrote as (
      select channel_id, sum(messages)::int as messages, min(first_id) as first_id, max(last_id) as last_id
      from tallied group by channel_id
    ),
    merged as (
      select channel_id, grade, unnest(range_agg(ids) * int8multirange(int8range($12, $13))) as ids
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
    where ("m"."guild_id" = $14 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (select channel_id from hidden) and "m"."channel_id" = any($15::bigint[])) and ("m"."author_id" not in (select user_id from bots) and "m"."author_id" = any($16::bigint[]))) and m.channel_id = "s"."channel_id"
      and m.message_id >= lower("s"."ids") and m.message_id < upper("s"."ids")
  )
      end as messages
    from merged s left join wrote w using (channel_id)
    left join channels c on c.guild_id = $17 and c.channel_id = s.channel_id
    order by messages desc, s.channel_id, lower(s.ids), s.grade desc
    limit $18
