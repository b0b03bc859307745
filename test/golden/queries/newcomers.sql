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
    with recursive unranked as (select user_id from choices where guild_id = $1 and choice = 'unranked'), firsts as (with recursive hidden as (
    select channel_id from excluded_channels where guild_id = $2
    union
    select channel_id from channels where guild_id = $3 and deleted_at is not null
    union
    select c.channel_id from channels c join hidden h on h.channel_id = c.parent_id where c.guild_id = $4
  ), bots as (select user_id from members where guild_id = $5 and (is_bot or is_webhook)), tallied as (select m.channel_id, m.author_id, min(m.message_id) as "first_id" from messages m
      where true and (("m"."message_id" >= $6 and "m"."message_id" < $7)) and ("m"."guild_id" = $8 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (select channel_id from hidden) and "m"."channel_id" = any($9::bigint[])) and ("m"."author_id" not in (select user_id from bots) and "m"."author_id" = any($10::bigint[]))) group by 1, 2)
    select author_id, min(first_id) as first_id from tallied group by author_id)
    select author_id::text as id, first_id::text as first from firsts
    where first_id >= $11 and author_id not in (select user_id from unranked)
    order by first_id desc limit $12
