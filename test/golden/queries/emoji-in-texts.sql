    with recursive hidden as (
  select channel_id from excluded_channels where guild_id = $1
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $2 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $3)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $4))), bots as (select user_id from members where guild_id = $5 and (is_bot or is_webhook)), used as (select 'emoji' as kind, c.emoji_key as key, m.channel_id, max(c.emoji_name) as name, sum(c.uses) as uses
    from "emoji_uses" c join messages m on m.message_id = c.message_id and ("m"."guild_id" = $6 and "m"."gone_at" is null
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
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $10))) and "m"."channel_id" = any($11::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $12 and (is_bot or is_webhook)) and "m"."author_id" = any($13::bigint[])))
    where c.guild_id = $14 and (("c"."message_id" >= $15 and "c"."message_id" < $16)) and (("m"."message_id" >= $17 and "m"."message_id" < $18)) and c.uses > 0
    group by 2, m.channel_id union all select 'reaction' as kind, c.emoji_key as key, m.channel_id, max(c.emoji_name) as name, sum(c.total) as uses
    from "reactions" c join messages m on m.message_id = c.message_id and ("m"."guild_id" = $19 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $20
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $21 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $22)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $23))) and "m"."channel_id" = any($24::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $25 and (is_bot or is_webhook)) and "m"."author_id" = any($26::bigint[])))
    where c.guild_id = $27 and (("c"."message_id" >= $28 and "c"."message_id" < $29)) and (("m"."message_id" >= $30 and "m"."message_id" < $31)) and c.total > 0
    group by 2, m.channel_id),
    sums as (
      select key, max(name) as name, coalesce(sum(uses) filter (where kind = 'emoji'), 0)::int as "inTexts",
        coalesce(sum(uses) filter (where kind = 'reaction'), 0)::int as "asReactions", sum(uses)::int as total
      from used group by key
    )
    select * from sums where "inTexts" > 0 order by "inTexts" desc, key
    limit $32
