    with recursive hidden as (
  select channel_id from excluded_channels where guild_id = $1
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $2 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $3)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $4))), bots as (select user_id from members where guild_id = $5 and (is_bot or is_webhook)), unranked as (select user_id from choices where guild_id = $6 and choice = 'unranked'),
    ranked as (
      select author_id, count(*)::int as "mentions", count(distinct by)::int as "people", row_number() over (order by count(*) desc, author_id) as place
      from (
      select c.target_id as author_id, m.author_id as by
      from mentions c join messages m on m.message_id = c.message_id and ("m"."guild_id" = $7 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $8
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $9 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $10)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $11))) and "m"."channel_id" = any($12::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $13 and (is_bot or is_webhook)) and "m"."author_id" = any($14::bigint[])))
      where c.guild_id = $15 and c.kind = 'user' and c.target_id <> m.author_id and ("c"."target_id" not in (select user_id from members where guild_id = $16 and (is_bot or is_webhook)))
        and ("c"."message_id" >= $17 and "c"."message_id" < $18) and ("m"."message_id" >= $19 and "m"."message_id" < $20)
    ) mentioned where author_id not in (select user_id from unranked)
      group by author_id having true
      order by place limit $21
    )
    select r.author_id::text as id, coalesce("p"."nick", "p"."display_name", "p"."name", "r"."author_id"::text) as name,
      "r"."mentions", "r"."people"
    from ranked r left join members p on p.guild_id = $22 and p.user_id = r.author_id
    order by r.place
