    with recursive hidden as (
    select channel_id from excluded_channels where guild_id = $1
    union
    select channel_id from channels where guild_id = $2 and deleted_at is not null
    union
    select c.channel_id from channels c join hidden h on h.channel_id = c.parent_id where c.guild_id = $3
  ), bots as (select user_id from members where guild_id = $4 and (is_bot or is_webhook)), used as (select 'emoji' as kind, c.emoji_key as key, m.channel_id, max(c.emoji_name) as name, sum(c.uses) as uses
    from "emoji_uses" c join messages m on m.message_id = c.message_id and ("m"."guild_id" = $5 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (select channel_id from hidden) and "m"."channel_id" = any($6::bigint[])) and ("m"."author_id" not in (select user_id from bots) and "m"."author_id" = any($7::bigint[]))) and (("m"."message_id" >= $8 and "m"."message_id" < $9))
    where c.guild_id = $10 and (("c"."message_id" >= $11 and "c"."message_id" < $12)) and c.uses > 0
    group by 2, m.channel_id union all select 'reaction' as kind, c.emoji_key as key, m.channel_id, max(c.emoji_name) as name, sum(c.total) as uses
    from "reactions" c join messages m on m.message_id = c.message_id and ("m"."guild_id" = $13 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (select channel_id from hidden) and "m"."channel_id" = any($14::bigint[])) and ("m"."author_id" not in (select user_id from bots) and "m"."author_id" = any($15::bigint[]))) and (("m"."message_id" >= $16 and "m"."message_id" < $17))
    where c.guild_id = $18 and (("c"."message_id" >= $19 and "c"."message_id" < $20)) and c.total > 0
    group by 2, m.channel_id),
    sums as (
      select key, max(name) as name, coalesce(sum(uses) filter (where kind = 'emoji'), 0)::int as "inTexts",
        coalesce(sum(uses) filter (where kind = 'reaction'), 0)::int as "asReactions", sum(uses)::int as total
      from used group by key
    )
    select * from sums where "asReactions" > 0 order by "asReactions" desc, key
    limit $21
