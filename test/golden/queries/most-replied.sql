    with recursive hidden as (
  select channel_id from excluded_channels where guild_id = $1
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $2 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $3)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $4))), bots as (select user_id from members where guild_id = $5 and (is_bot or is_webhook)), unranked as (select user_id from choices where guild_id = $6 and choice = 'unranked'), replied as (
    select m.message_id, count(*)::int as replies, count(distinct r.author_id)::int as people
    from messages m join messages r on r.guild_id = m.guild_id and (r.type = 19 and r.reference_message_id = m.message_id and r.channel_id = m.channel_id
    and r.author_id <> m.author_id and ("r"."guild_id" = $7 and "r"."gone_at" is null
    and "r"."absent_at" is null and "r"."type" in (0, 19, 20, 23)
    and "r"."author_id" is not null
    and ("r"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $8
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $9 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $10)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $11)))) and ("r"."author_id" not in (select user_id from members where guild_id = $12 and (is_bot or is_webhook)))))
    where ("m"."guild_id" = $13 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $14
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $15 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $16)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $17))) and "m"."channel_id" = any($18::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $19 and (is_bot or is_webhook)) and "m"."author_id" = any($20::bigint[]))) and ("m"."message_id" >= $21 and "m"."message_id" < $22)
    group by m.message_id
  ),
    ranked as (select * from replied order by replies desc, message_id limit $23)
    select m.message_id::text as "messageId", m.channel_id::text as "channelId", c.name as channel,
    case when "m"."author_id" not in (select user_id from unranked) then m.author_id::text end as "authorId",
    case when "m"."author_id" not in (select user_id from unranked) then coalesce("p"."nick", "p"."display_name", "p"."name", "m"."author_id"::text) end as author,
    to_char(to_timestamp((("m"."message_id" >> 22) + 1420070400000) / 1000.0) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, case when coalesce("m"."body_key" & 3, 0) > 0 then left("m"."content", 200) end as text, r.replies, r.people
    from ranked r join messages m on m.guild_id = $24 and m.message_id = r.message_id
    left join channels c on c.guild_id = m.guild_id and c.channel_id = m.channel_id
    left join members p on p.guild_id = m.guild_id and p.user_id = m.author_id
    order by r.replies desc, r.message_id
