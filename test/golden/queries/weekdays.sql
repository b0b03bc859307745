    with recursive hidden as (
    select channel_id from excluded_channels where guild_id = $1
    union
    select channel_id from channels where guild_id = $2 and deleted_at is not null
    union
    select c.channel_id from channels c join hidden h on h.channel_id = c.parent_id where c.guild_id = $3
  ), bots as (select user_id from members where guild_id = $4 and (is_bot or is_webhook)), written as (select (((("m"."message_id" >> 22) + ($5::bigint[])[width_bucket("m"."message_id", $6::bigint[])]) / 3600000 + 72) % 168)::int as slot, count(*) as messages
    from messages m where ("m"."guild_id" = $7 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (select channel_id from hidden) and "m"."channel_id" = any($8::bigint[])) and ("m"."author_id" not in (select user_id from bots) and "m"."author_id" = any($9::bigint[]))) and (("m"."message_id" >= $10 and "m"."message_id" < $11)) group by 1)
    select slot, sum(messages)::int as messages from written group by slot
