    with recursive hidden as (
  select channel_id from excluded_channels where guild_id = $1
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $2 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $3)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $4))), bots as (select user_id from members where guild_id = $5 and (is_bot or is_webhook)), used as (select 'attachment' as kind, coalesce(c.kind, 'other') || '/' || coalesce(c.extension, '') as key, m.channel_id, max(null) as name, sum(1) as uses
    from "attachments" c join messages m on m.message_id = c.message_id and ("m"."guild_id" = $6 and "m"."gone_at" is null
    and "m"."absent_at" is null and "m"."type" in (0, 19, 20, 23)
    and "m"."author_id" is not null
    and ("m"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $7
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $8 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $9)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $10))) and "m"."channel_id" = any($11::bigint[])) and ("m"."author_id" not in (select user_id from members where guild_id = $12 and (is_bot or is_webhook)) and "m"."author_id" = any($13::bigint[])))
    where c.guild_id = $14 and (("c"."message_id" >= $15 and "c"."message_id" < $16)) and (("m"."message_id" >= $17 and "m"."message_id" < $18)) and 1 > 0
    group by 2, m.channel_id),
  attached as (
    select channel_id, split_part(key, '/', 1) as kind, nullif(split_part(key, '/', 2), '') as extension, uses as files
    from used
  ),
    kinds as (
      select channel_id, kind, sum(files) as files, sum(sum(files)) over (partition by channel_id) as of_all
      from attached group by channel_id, kind
    )
    select k.channel_id::text as "channelId", c.name as channel, k.kind, k.files::int as attachments,
      round((k.files)::numeric / nullif(k.of_all, 0), 4)::float8 as share
    from kinds k left join channels c on c.guild_id = $19 and c.channel_id = k.channel_id
    order by k.files desc, k.channel_id, k.kind
    limit $20
