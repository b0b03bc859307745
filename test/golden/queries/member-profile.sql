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
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $4))), bots as (select user_id from members where guild_id = $5 and (is_bot or is_webhook)), tallied as (select m.channel_id, m.author_id, ($6::date[])[width_bucket("m"."message_id", $7::bigint[])] as "day", count(*)::int as "messages", (count(*) filter (where m.type = 19))::int as "replies", (count(*) filter (where m.edited_at is not null))::int as "edited", (count(*) filter (where m.asks))::int as "asks", coalesce(sum(m.content_length), 0)::bigint as "length", min(m.message_id) as "first_id", max(m.message_id) as "last_id", bit_or(set_bit(B'000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000', ((m.message_id >> 22) - ($8::bigint[])[width_bucket("m"."message_id", $9::bigint[])])::int / 600000, 1)) as "blocks", 0 as "reactions", 0 as "attachments", 0 as "links", 0 as "replied" from messages m
      where true and (("m"."message_id" >= $10 and "m"."message_id" < $11)) and ("m"."guild_id" = $12 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $13
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $14 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $15)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $16))) and "m"."channel_id" = any($17::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $18 and (is_bot or is_webhook)) and "m"."author_id" = any($19::bigint[]))) group by 1, 2, 3 union all select m.channel_id, m.author_id, ($20::date[])[width_bucket("m"."message_id", $21::bigint[])] as "day", 0 as "messages", 0 as "replies", 0 as "edited", 0 as "asks", 0::bigint as "length", null::bigint as "first_id", null::bigint as "last_id", null::bit(150) as "blocks", sum(c.total)::int as "reactions", 0 as "attachments", 0 as "links", 0 as "replied" from "reactions" c join messages m on m.guild_id = c.guild_id and m.message_id = c.message_id
      where (("c"."message_id" >= $22 and "c"."message_id" < $23)) and (("m"."message_id" >= $24 and "m"."message_id" < $25)) and ("m"."guild_id" = $26 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $27
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $28 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $29)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $30))) and "m"."channel_id" = any($31::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $32 and (is_bot or is_webhook)) and "m"."author_id" = any($33::bigint[]))) group by 1, 2, 3 union all select m.channel_id, m.author_id, ($34::date[])[width_bucket("m"."message_id", $35::bigint[])] as "day", 0 as "messages", 0 as "replies", 0 as "edited", 0 as "asks", 0::bigint as "length", null::bigint as "first_id", null::bigint as "last_id", null::bit(150) as "blocks", 0 as "reactions", count(*)::int as "attachments", 0 as "links", 0 as "replied" from "attachments" c join messages m on m.guild_id = c.guild_id and m.message_id = c.message_id
      where (("c"."message_id" >= $36 and "c"."message_id" < $37)) and (("m"."message_id" >= $38 and "m"."message_id" < $39)) and ("m"."guild_id" = $40 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $41
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $42 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $43)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $44))) and "m"."channel_id" = any($45::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $46 and (is_bot or is_webhook)) and "m"."author_id" = any($47::bigint[]))) group by 1, 2, 3 union all select m.channel_id, m.author_id, ($48::date[])[width_bucket("m"."message_id", $49::bigint[])] as "day", 0 as "messages", 0 as "replies", 0 as "edited", 0 as "asks", 0::bigint as "length", null::bigint as "first_id", null::bigint as "last_id", null::bit(150) as "blocks", 0 as "reactions", 0 as "attachments", count(*)::int as "links", 0 as "replied" from "links" c join messages m on m.guild_id = c.guild_id and m.message_id = c.message_id
      where (("c"."message_id" >= $50 and "c"."message_id" < $51)) and (("m"."message_id" >= $52 and "m"."message_id" < $53)) and ("m"."guild_id" = $54 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $55
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $56 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $57)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $58))) and "m"."channel_id" = any($59::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $60 and (is_bot or is_webhook)) and "m"."author_id" = any($61::bigint[]))) group by 1, 2, 3 union all select m.channel_id, m.author_id, ($62::date[])[width_bucket("m"."message_id", $63::bigint[])] as "day", 0 as "messages", 0 as "replies", 0 as "edited", 0 as "asks", 0::bigint as "length", null::bigint as "first_id", null::bigint as "last_id", null::bit(150) as "blocks", 0 as "reactions", 0 as "attachments", 0 as "links", count(*)::int as "replied" from messages c join messages m on m.guild_id = c.guild_id and m.message_id = c.reference_message_id
        and c.type = 19 and c.author_id <> m.author_id and c.channel_id = m.channel_id and ("c"."guild_id" = $64 and "c"."gone_at" is null
    and "c"."absent_at" is null and "c"."type" in (0, 19, 20, 23)
    and "c"."author_id" is not null
    and ("c"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $65
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $66 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $67)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $68)))) and ("c"."author_id" not in (select user_id from members where guild_id = $69 and (is_bot or is_webhook))))
      where (("c"."reference_message_id" >= $70 and "c"."reference_message_id" < $71)) and (("m"."message_id" >= $72 and "m"."message_id" < $73)) and ("m"."guild_id" = $74 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $75
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $76 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $77)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $78))) and "m"."channel_id" = any($79::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $80 and (is_bot or is_webhook)) and "m"."author_id" = any($81::bigint[]))) group by 1, 2, 3), unranked as (select user_id from choices where guild_id = $82 and choice = 'unranked'),
    days as (
      select day, sum(messages) as messages, bit_count(bit_or(blocks)) as blocks from tallied group by day
    ),
    busiest as (select day, messages from days where messages > 0 order by messages desc, day limit 1),
    places as (select channel_id from tallied group by channel_id having sum(messages) > 0),
    ends as (select min(first_id) as first_id, max(last_id) as last_id from tallied)
    select
      (select coalesce("p"."nick", "p"."display_name", "p"."name", "p"."user_id"::text) from members p where p.guild_id = $83
        and p.user_id = $84 and p.user_id not in (select user_id from unranked)) as name,
      coalesce(sum(messages), 0)::int as messages,
      (select (count(*) filter (where messages > 0))::int from days) as "activeDays",
      (select coalesce(sum(blocks), 0)::int from days) as blocks,
      coalesce(sum(reactions), 0)::int as reactions, coalesce(sum(replied), 0)::int as replied,
      coalesce(sum(replies), 0)::int as replies, coalesce(sum(asks), 0)::int as questions,
      coalesce(sum(attachments), 0)::int as attachments, coalesce(sum(links), 0)::int as links,
      coalesce(sum(edited), 0)::int as edited,
      round((sum(length))::numeric / nullif(sum(messages), 0), 1)::float8 as "averageLength",
      (select count(*)::int from places) as channels,
      (select to_char(to_timestamp((("first_id" >> 22) + 1420070400000) / 1000.0) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from ends) as "firstAt", (select to_char(to_timestamp((("last_id" >> 22) + 1420070400000) / 1000.0) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from ends) as "lastAt",
      (select day::text from busiest) as "busiestDay",
      coalesce((select messages from busiest), 0)::int as "busiestDayMessages"
    from tallied
;
    with recursive hidden as (
  select channel_id from excluded_channels where guild_id = $1
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $2 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $3)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $4))), bots as (select user_id from members where guild_id = $5 and (is_bot or is_webhook)), tallied as (select m.channel_id, m.author_id, count(*)::int as "messages" from messages m
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
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $12))) and "m"."channel_id" = any($13::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $14 and (is_bot or is_webhook)))) group by 1, 2), unranked as (select user_id from choices where guild_id = $15 and choice = 'unranked'),
    writers as (select author_id, sum(messages) as messages from tallied group by author_id having sum(messages) > 0),
    ranks as (
      select author_id, row_number() over (order by messages desc, author_id) as rank from writers
      where author_id not in (select user_id from unranked)
    )
    select (select rank::int from ranks where author_id = $16) as rank,
      round((coalesce(sum(messages) filter (where author_id = $17), 0))::numeric / nullif(sum(messages), 0), 4)::float8 as share
    from writers
