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
  ), bots as (select user_id from members where guild_id = $4 and (is_bot or is_webhook)), tallied as (select m.channel_id, m.author_id, count(*)::int as "messages", (count(*) filter (where m.type = 19))::int as "replies", 0 as "reactions", 0 as "attachments", 0 as "links", (count(*) filter (where m.edited_at is not null))::int as "edited" from messages m
      where true and (("m"."message_id" >= $5 and "m"."message_id" < $6)) and ("m"."guild_id" = $7 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (select channel_id from hidden) and "m"."channel_id" = any($8::bigint[])) and ("m"."author_id" not in (select user_id from bots) and "m"."author_id" = any($9::bigint[]))) group by 1, 2 union all select m.channel_id, m.author_id, 0 as "messages", 0 as "replies", sum(c.total)::int as "reactions", 0 as "attachments", 0 as "links", 0 as "edited" from "reactions" c join messages m on m.guild_id = c.guild_id and m.message_id = c.message_id
      where (("c"."message_id" >= $10 and "c"."message_id" < $11)) and (("m"."message_id" >= $12 and "m"."message_id" < $13)) and ("m"."guild_id" = $14 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (select channel_id from hidden) and "m"."channel_id" = any($15::bigint[])) and ("m"."author_id" not in (select user_id from bots) and "m"."author_id" = any($16::bigint[]))) group by 1, 2 union all select m.channel_id, m.author_id, 0 as "messages", 0 as "replies", 0 as "reactions", count(*)::int as "attachments", 0 as "links", 0 as "edited" from "attachments" c join messages m on m.guild_id = c.guild_id and m.message_id = c.message_id
      where (("c"."message_id" >= $17 and "c"."message_id" < $18)) and (("m"."message_id" >= $19 and "m"."message_id" < $20)) and ("m"."guild_id" = $21 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (select channel_id from hidden) and "m"."channel_id" = any($22::bigint[])) and ("m"."author_id" not in (select user_id from bots) and "m"."author_id" = any($23::bigint[]))) group by 1, 2 union all select m.channel_id, m.author_id, 0 as "messages", 0 as "replies", 0 as "reactions", 0 as "attachments", count(*)::int as "links", 0 as "edited" from "links" c join messages m on m.guild_id = c.guild_id and m.message_id = c.message_id
      where (("c"."message_id" >= $24 and "c"."message_id" < $25)) and (("m"."message_id" >= $26 and "m"."message_id" < $27)) and ("m"."guild_id" = $28 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (select channel_id from hidden) and "m"."channel_id" = any($29::bigint[])) and ("m"."author_id" not in (select user_id from bots) and "m"."author_id" = any($30::bigint[]))) group by 1, 2),
      authors as (select author_id from tallied group by author_id having sum(messages) > 0),
      places as (
        select coalesce("c"."type" in (10, 11, 12), false) as is_thread
        from (select channel_id from tallied group by channel_id having sum(messages) > 0) t
        left join channels c on c.guild_id = $31 and c.channel_id = t.channel_id
      )
      select coalesce(sum(messages), 0)::int as messages,
        (select count(*)::int from authors) as people,
        (select (count(*) filter (where not is_thread))::int from places) as channels,
        (select (count(*) filter (where is_thread))::int from places) as threads,
        coalesce(sum(replies), 0)::int as replies, coalesce(sum(reactions), 0)::int as reactions,
        coalesce(sum(attachments), 0)::int as attachments, coalesce(sum(links), 0)::int as links,
        coalesce(sum(edited), 0)::int as edits
      from tallied
;
    with recursive hidden as (
    select channel_id from excluded_channels where guild_id = $1
    union
    select channel_id from channels where guild_id = $2 and deleted_at is not null
    union
    select c.channel_id from channels c join hidden h on h.channel_id = c.parent_id where c.guild_id = $3
  ), bots as (select user_id from members where guild_id = $4 and (is_bot or is_webhook))
    select count(*)::int as deletions from messages m
    where m.guild_id = $5 and ("m"."message_id" >= $6 and "m"."message_id" < $7)
      and (m.gone_at is not null or m.absent_at is not null)
      and (m.type is null or m.type in (0, 19, 20, 23))
      and m.channel_id is not null and ("m"."channel_id" not in (select channel_id from hidden) and "m"."channel_id" = any($8::bigint[]))
      and (false or (m.author_id is not null and ("m"."author_id" not in (select user_id from bots) and "m"."author_id" = any($9::bigint[]))))
