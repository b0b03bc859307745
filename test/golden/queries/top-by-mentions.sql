    with recursive hidden as (
    select channel_id from excluded_channels where guild_id = $1
    union
    select channel_id from channels where guild_id = $2 and deleted_at is not null
    union
    select c.channel_id from channels c join hidden h on h.channel_id = c.parent_id where c.guild_id = $3
  ), bots as (select user_id from members where guild_id = $4 and (is_bot or is_webhook)), unranked as (select user_id from choices where guild_id = $5 and choice = 'unranked'),
    ranked as (
      select author_id, count(*)::int as "mentions", count(distinct by)::int as "people", row_number() over (order by count(*) desc, author_id) as place
      from (
      select c.target_id as author_id, m.author_id as by
      from mentions c join messages m on m.guild_id = c.guild_id and m.message_id = c.message_id
      where c.kind = 'user' and c.target_id <> m.author_id and ("c"."target_id" not in (select user_id from bots))
        and ("m"."guild_id" = $6 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (select channel_id from hidden) and "m"."channel_id" = any($7::bigint[])) and ("m"."author_id" not in (select user_id from bots) and "m"."author_id" = any($8::bigint[]))) and ("m"."message_id" >= $9 and "m"."message_id" < $10) and ("c"."message_id" >= $11 and "c"."message_id" < $12)
    ) mentioned where author_id not in (select user_id from unranked)
      group by author_id having true
      order by place limit $13
    )
    select r.author_id::text as id, coalesce("p"."nick", "p"."display_name", "p"."name", "r"."author_id"::text) as name,
      "r"."mentions", "r"."people"
    from ranked r left join members p on p.guild_id = $14 and p.user_id = r.author_id
    order by r.place
