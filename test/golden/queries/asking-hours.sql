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
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $4))), begun as (select (
  select m.message_id from messages m
  where m.guild_id = $5 and ("m"."author_id" is not null and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."channel_id" not in (select channel_id from hidden)) and m.type in (0, 19, 20, 23)
    and ("m"."channel_id" = any($6::bigint[]))
  order by m.message_id asc limit 1) as first_id)
    select to_timestamp((("first_id" >> 22) + 1420070400000) / 1000.0) as first, (
  select greatest(to_timestamp((("last_id" >> 22) + 1420070400000) / 1000.0), (
    select case when kind <> 'left' then (
  select max(greatest(alive_at, last_event_at)) from shards
  where shard_id = (($7::bigint >> 22) % shard_count)) end from guild_moments
    where guild_id = $8 and kind in ('available', 'unavailable', 'left')
    order by at desc, kind desc limit 1)) from (select (
  select m.message_id from messages m
  where m.guild_id = $9 and ("m"."author_id" is not null and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."channel_id" not in (select channel_id from hidden)) and m.type in (0, 19, 20, 23)
    and ("m"."channel_id" = any($10::bigint[]))
  order by m.message_id desc limit 1) as last_id) ended) as last from begun
;
    with recursive hidden as (
  select channel_id from excluded_channels where guild_id = $1
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $2 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $3)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $4))), bots as (select user_id from members where guild_id = $5 and (is_bot or is_webhook)), asked as (select q.message_id, q.channel_id, q.author_id, r.message_id as reply_id, r.author_id as replier_id,
      t.message_id as thread_reply_id, t.author_id as thread_replier_id
    from (
      select m.message_id, m.channel_id, m.author_id from messages m
      where m.asks and ("m"."guild_id" = $6 and "m"."gone_at" is null
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
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $10))) and "m"."channel_id" = any($11::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $12 and (is_bot or is_webhook)) and "m"."author_id" = any($13::bigint[]))) and (("m"."message_id" >= $14 and "m"."message_id" < $15))
      union all
      -- Only what begins a forum's post has the id of the channel that it is in.
      select m.message_id, m.channel_id, m.author_id
      from channels c join messages m on m.message_id = c.channel_id and m.channel_id = c.channel_id
      where c.guild_id = $16 and m.asks is not true and ("m"."guild_id" = $17 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $18
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $19 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $20)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $21))) and "m"."channel_id" = any($22::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $23 and (is_bot or is_webhook)) and "m"."author_id" = any($24::bigint[])))
        and (("m"."message_id" >= $25 and "m"."message_id" < $26)) and (("c"."channel_id" >= $27 and "c"."channel_id" < $28))
    ) q
    left join lateral (select m.message_id, m.author_id from messages m
    where m.guild_id = $29 and m.type = 19 and m.reference_message_id = q.message_id and m.channel_id = q.channel_id and m.message_id > q.message_id and m.author_id <> q.author_id
      and m.gone_at is null and m.absent_at is null and m.type in (0, 19, 20, 23)
      and m.author_id not in (select user_id from bots)
    order by m.message_id limit 1) r on true
    left join lateral (select m.message_id, m.author_id from messages m
    where m.guild_id = $30 and m.channel_id = q.message_id and m.message_id > q.message_id and m.author_id <> q.author_id
      and m.gone_at is null and m.absent_at is null and m.type in (0, 19, 20, 23)
      and m.author_id not in (select user_id from bots)
    order by m.message_id limit 1) t on true),
    questions as (
      select a.message_id, a.channel_id, a.author_id,
        case when (a.thread_reply_id is not null and ("a"."message_id" not in (
  select channel_id from excluded_channels where guild_id = $31
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $32 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $33)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $34))) and "a"."message_id" = any($35::bigint[]))
    and (a.reply_id is null or a.thread_reply_id < a.reply_id)) then a.thread_reply_id else a.reply_id end as answer_id,
        case when (a.thread_reply_id is not null and ("a"."message_id" not in (
  select channel_id from excluded_channels where guild_id = $36
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $37 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $38)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $39))) and "a"."message_id" = any($40::bigint[]))
    and (a.reply_id is null or a.thread_reply_id < a.reply_id)) then a.thread_replier_id else a.replier_id end as answerer_id
      from asked a
    )
    select (((("x"."id" >> 22) + ($41::bigint[])[width_bucket("x"."id", $42::bigint[])]) / 3600000 + 72) % 168)::int % 24 as hour, (count(*) filter (where x.is_asked))::int as asked,
      (count(*) filter (where not x.is_asked))::int as answered
    from (
      select message_id as id, true as is_asked from questions
      union all
      select answer_id, false from questions where answer_id is not null
    ) x group by 1
