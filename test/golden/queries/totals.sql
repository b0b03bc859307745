      with recursive hidden as (
  select channel_id from excluded_channels where guild_id = $1
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $2 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $3)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $4))), bots as (select user_id from members where guild_id = $5 and (is_bot or is_webhook)), tallied as (select m.channel_id, m.author_id, count(*)::int as "messages", (count(*) filter (where m.type = 19))::int as "replies", 0 as "reactions", 0 as "attachments", 0 as "links", (count(*) filter (where m.edited_at is not null))::int as "edited" from messages m
      where true and (("m"."message_id" >= $6 and "m"."message_id" < $7)) and ("m"."guild_id" = $8 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $9
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $10 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $11)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $12))) and "m"."channel_id" = any($13::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $14 and (is_bot or is_webhook)) and "m"."author_id" = any($15::bigint[]))) group by 1, 2 union all select m.channel_id, m.author_id, 0 as "messages", 0 as "replies", sum(c.total)::int as "reactions", 0 as "attachments", 0 as "links", 0 as "edited" from "reactions" c join messages m on m.guild_id = c.guild_id and m.message_id = c.message_id
      where (("c"."message_id" >= $16 and "c"."message_id" < $17)) and (("m"."message_id" >= $18 and "m"."message_id" < $19)) and ("m"."guild_id" = $20 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $21
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $22 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $23)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $24))) and "m"."channel_id" = any($25::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $26 and (is_bot or is_webhook)) and "m"."author_id" = any($27::bigint[]))) group by 1, 2 union all select m.channel_id, m.author_id, 0 as "messages", 0 as "replies", 0 as "reactions", count(*)::int as "attachments", 0 as "links", 0 as "edited" from "attachments" c join messages m on m.guild_id = c.guild_id and m.message_id = c.message_id
      where (("c"."message_id" >= $28 and "c"."message_id" < $29)) and (("m"."message_id" >= $30 and "m"."message_id" < $31)) and ("m"."guild_id" = $32 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $33
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $34 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $35)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $36))) and "m"."channel_id" = any($37::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $38 and (is_bot or is_webhook)) and "m"."author_id" = any($39::bigint[]))) group by 1, 2 union all select m.channel_id, m.author_id, 0 as "messages", 0 as "replies", 0 as "reactions", 0 as "attachments", count(*)::int as "links", 0 as "edited" from "links" c join messages m on m.guild_id = c.guild_id and m.message_id = c.message_id
      where (("c"."message_id" >= $40 and "c"."message_id" < $41)) and (("m"."message_id" >= $42 and "m"."message_id" < $43)) and ("m"."guild_id" = $44 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $45
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $46 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $47)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $48))) and "m"."channel_id" = any($49::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $50 and (is_bot or is_webhook)) and "m"."author_id" = any($51::bigint[]))) group by 1, 2),
      authors as (select author_id from tallied group by author_id having sum(messages) > 0),
      places as (
        select coalesce("c"."type" in (10, 11, 12), false) as is_thread
        from (select channel_id from tallied group by channel_id having sum(messages) > 0) t
        left join channels c on c.guild_id = $52 and c.channel_id = t.channel_id
      )
      select coalesce(sum("messages"), 0)::int as "messages", (select count(*)::int from authors) as "people", (select (count(*) filter (where not is_thread))::int from places) as "channels", (select (count(*) filter (where is_thread))::int from places) as "threads", coalesce(sum("replies"), 0)::int as "replies", coalesce(sum("reactions"), 0)::int as "reactions", coalesce(sum("attachments"), 0)::int as "attachments", coalesce(sum("links"), 0)::int as "links", coalesce(sum("edited"), 0)::int as "edits"
      from tallied
;
    select r.time_zone as "timeZone", (
    select ((message_id >> 22) + 1420070400000)::float8 from messages where guild_id = $1
    order by message_id asc limit 1) as "firstMs", (
    select ((message_id >> 22) + 1420070400000)::float8 from messages where guild_id = $2
    order by message_id desc limit 1) as "lastMs", array(
      select distinct day from stale_days where guild_id = $3 order by day
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
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $2 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $3)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $4))), bots as (select user_id from members where guild_id = $5 and (is_bot or is_webhook))
    select count(*)::int as deletions from messages m
    where m.guild_id = $6 and ("m"."message_id" >= $7 and "m"."message_id" < $8)
      and (m.gone_at is not null or m.absent_at is not null)
      and (m.type is null or m.type in (0, 19, 20, 23))
      and m.channel_id is not null and ("m"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $9
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $10 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $11)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $12))) and "m"."channel_id" = any($13::bigint[]))
      and (false or (m.author_id is not null and ("m"."author_id" not in (select user_id from members where guild_id = $14 and (is_bot or is_webhook)) and "m"."author_id" = any($15::bigint[]))))
