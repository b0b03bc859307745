    with recursive hidden as (
    select channel_id from excluded_channels where guild_id = $1
    union
    select channel_id from channels where guild_id = $2 and deleted_at is not null
    union
    select c.channel_id from channels c join hidden h on h.channel_id = c.parent_id where c.guild_id = $3
  ),
    ends as (select (
    select m.message_id from messages m
    where m.guild_id = $4 and ("m"."author_id" is not null and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."channel_id" not in (select channel_id from hidden)) and m.type in (0, 19, 20, 23)
      and ("m"."channel_id" not in (select channel_id from hidden) and "m"."channel_id" = any($5::bigint[]))
    order by m.message_id asc limit 1) as first_id, (
    select m.message_id from messages m
    where m.guild_id = $6 and ("m"."author_id" is not null and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."channel_id" not in (select channel_id from hidden)) and m.type in (0, 19, 20, 23)
      and ("m"."channel_id" not in (select channel_id from hidden) and "m"."channel_id" = any($7::bigint[]))
    order by m.message_id desc limit 1) as last_id)
    select to_timestamp((("first_id" >> 22) + 1420070400000) / 1000.0) as first, to_timestamp((("last_id" >> 22) + 1420070400000) / 1000.0) as last from ends
