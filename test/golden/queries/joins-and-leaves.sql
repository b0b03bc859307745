    select kind, min(at) as first, max(at) as last from member_moments
    where guild_id = $1 and kind in ('joined', 'left', 'banned') group by kind
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
    and true
  order by m.message_id asc limit 1) as first_id)
    select to_timestamp((("first_id" >> 22) + 1420070400000) / 1000.0) as first, (
  select greatest(to_timestamp((("last_id" >> 22) + 1420070400000) / 1000.0), (
    select case when kind <> 'left' then (
  select max(greatest(alive_at, last_event_at)) from shards
  where shard_id = (($6::bigint >> 22) % shard_count)) end from guild_moments
    where guild_id = $7 and kind in ('available', 'unavailable', 'left')
    order by at desc, kind desc limit 1)) from (select (
  select m.message_id from messages m
  where m.guild_id = $8 and ("m"."author_id" is not null and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."channel_id" not in (select channel_id from hidden)) and m.type in (0, 19, 20, 23)
    and true
  order by m.message_id desc limit 1) as last_id) ended) as last from begun
