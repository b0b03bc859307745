    with recursive hidden as (
  select channel_id from excluded_channels where guild_id = $1
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $2 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $3)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $4))), bots as (select user_id from members where guild_id = $5 and (is_bot or is_webhook)), hours as (select ($6::date[])[width_bucket("m"."message_id", $7::bigint[])] as day,
      (((("m"."message_id" >> 22) + ($8::bigint[])[width_bucket("m"."message_id", $9::bigint[])]) / 3600000 + 72) % 168)::int % 24 as hour, count(*)::int as messages
    from messages m where ("m"."guild_id" = $10 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $11
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $12 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $13)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $14))) and "m"."channel_id" = any($15::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $16 and (is_bot or is_webhook)) and "m"."author_id" = any($17::bigint[]))) and (("m"."message_id" >= $18 and "m"."message_id" < $19)) group by 1, 2)
    select ((extract(isodow from day)::int - 1) * 24 + hour)::int as slot, sum(messages)::int as messages
    from hours group by 1
