    with recursive hidden as (
  select channel_id from excluded_channels where guild_id = $1
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $2 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $3)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $4))), bots as (select user_id from members where guild_id = $5 and (is_bot or is_webhook)),
  linked as (
    select l.message_id, m.channel_id, m.author_id, l.domain, l.address, l.uses
    from (
      select message_id, domain, address, count(*)::int as uses from links l
      where guild_id = $6 and ("l"."message_id" >= $7 and "l"."message_id" < $8) group by message_id, domain, address
    ) l
    cross join lateral (
      select m.channel_id, m.author_id from messages m where m.message_id = l.message_id and ("m"."guild_id" = $9 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $10
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $11 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $12)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $13))) and "m"."channel_id" = any($14::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $15 and (is_bot or is_webhook)) and "m"."author_id" = any($16::bigint[]))) limit 1
    ) m
  )
    select domain, sum(uses)::int as uses, count(distinct message_id)::int as messages,
      count(distinct author_id)::int as people
    from linked group by domain order by uses desc, domain
    limit $17
