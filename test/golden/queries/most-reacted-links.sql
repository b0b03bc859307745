    with recursive hidden as (
    select channel_id from excluded_channels where guild_id = $1
    union
    select channel_id from channels where guild_id = $2 and deleted_at is not null
    union
    select c.channel_id from channels c join hidden h on h.channel_id = c.parent_id where c.guild_id = $3
  ), bots as (select user_id from members where guild_id = $4 and (is_bot or is_webhook)),
  linked as (
    select l.message_id, m.channel_id, m.author_id, l.domain, l.address, l.uses
    from (
      select message_id, domain, address, count(*)::int as uses from links l
      where guild_id = $5 and ("l"."message_id" >= $6 and "l"."message_id" < $7) group by message_id, domain, address
    ) l
    cross join lateral (
      select m.channel_id, m.author_id from messages m where m.message_id = l.message_id and ("m"."guild_id" = $8 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (select channel_id from hidden) and "m"."channel_id" = any($9::bigint[])) and ("m"."author_id" not in (select user_id from bots) and "m"."author_id" = any($10::bigint[]))) limit 1
    ) m
  ),
    sums as (
      select r.message_id, sum(r.total) as reactions
      from reactions r join (select distinct message_id from linked) l on l.message_id = r.message_id
      where r.guild_id = $11 group by r.message_id
    )
    select l.address, l.domain, sum(l.uses)::int as uses, sum(s.reactions)::int as reactions
    from linked l left join sums s on s.message_id = l.message_id
    group by l.domain, l.address having sum(s.reactions) > 0
    order by reactions desc, l.domain, l.address
    limit $12
