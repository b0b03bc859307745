    select r.time_zone as "timeZone", array(
      select distinct day from stale_days
      where guild_id = $1 and day between $2 and $3 order by day
    ) as stale
    from rollups r
    where r.guild_id = $4 and not exists (
      select from members m
      where m.guild_id = $5 and (m.is_bot or m.is_webhook) and m.user_id <> all(r.bots)
        and exists (select from year_tallies t where t.guild_id = $6 and t.author_id = m.user_id)
    )
;
    with recursive hidden as (
    select channel_id from excluded_channels where guild_id = $1
    union
    select channel_id from channels where guild_id = $2 and deleted_at is not null
    union
    select c.channel_id from channels c join hidden h on h.channel_id = c.parent_id where c.guild_id = $3
  ), bots as (select user_id from members where guild_id = $4 and (is_bot or is_webhook)), tallied as (select m.channel_id, m.author_id, count(*)::int as "messages", max(m.message_id) as "last_id" from messages m
      where true and (("m"."message_id" >= $5 and "m"."message_id" < $6)) and ("m"."guild_id" = $7 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (select channel_id from hidden) and "m"."channel_id" = any($8::bigint[])) and ("m"."author_id" not in (select user_id from bots) and "m"."author_id" = any($9::bigint[]))) group by 1, 2),
  written as (
    select channel_id, author_id, sum(messages)::int as messages, max(last_id) as last_id
    from tallied group by channel_id, author_id having sum(messages) > 0
  ),
  channel_sums as (
    select channel_id, sum(messages)::int as messages, count(*)::int as people, max(last_id) as last_id
    from written group by channel_id
  ),
    quiet as (
      select c.channel_id, c.name, c.type, (c.type is null or c.type in (15, 16)) as has_posts from channels c
      where c.guild_id = $10 and ("c"."channel_id" not in (select channel_id from hidden) and "c"."channel_id" = any($11::bigint[]))
        -- Exports name a forum as a parent, and don't say that it is one.
        and (c.type in (0, 2, 5, 13, 15, 16) or (c.type is null and exists (
          select 1 from channels t
          where t.guild_id = c.guild_id and t.parent_id = c.channel_id and t.type in (10, 11, 12))))
    ),
    parts as (
      select channel_id as place, channel_id from quiet
      union all
      select q.channel_id, t.channel_id from quiet q
      join channels t on t.guild_id = $12 and t.parent_id = q.channel_id and t.type in (10, 11, 12)
      where q.has_posts
    )
    select q.channel_id::text as id, q.name, q.type, coalesce(sum(s.messages), 0)::int as messages,
      max(s.last_id)::text as "lastId"
    from quiet q
    join parts p on p.place = q.channel_id
    left join channel_sums s on s.channel_id = p.channel_id
    group by q.channel_id, q.name, q.type
