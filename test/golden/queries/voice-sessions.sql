    with unranked as (select user_id from choices where guild_id = $1 and choice = 'unranked'),
    states as (
      select v.user_id, v.channel_id, v.at, v.listed, row_number() over story as place,
        lead(v.at) over story as next_at, lead(v.listed) over story as next_listed
      from voice_states v
      where v.guild_id = $2 and ("v"."user_id" not in (select user_id from members where guild_id = $3 and (is_bot or is_webhook)) and "v"."user_id" = any($4::bigint[]))
      window story as (partition by v.user_id order by v.at, v.channel_id, v.listed)
    ),
    -- A complete list before their next state does not name them.
    seen as (
      select s.*, case when l.at < coalesce(s.next_at, 'infinity') then l.at end as missed_at
      from states s
      cross join lateral (
        select min(g.at) as at from guild_moments g
        where g.guild_id = $5 and g.kind = 'voice_listed' and g.at > s.at
      ) l
    ),
    begun as (
      select *, lag(channel_id) over story is distinct from channel_id
        or lag(missed_at) over story is not null as begins
      from seen window story as (partition by user_id order by place)
    ),
    numbered as (
      select *, count(*) filter (where begins) over (partition by user_id order by place) as session from begun
    ),
    sessions as (
      select user_id, channel_id, min(at) as from_at, max(coalesce(missed_at, next_at, 'infinity')) as to_at,
        (array_agg(not listed order by place))[1] as is_from_exact,
        (array_agg(missed_at is null and not next_listed order by place desc))[1] as is_to_exact
      from numbered where channel_id <> 0
      group by user_id, session, channel_id
    )
    select case when "s"."user_id" not in (select user_id from unranked) then s.user_id::text end as "userId",
      case when "s"."user_id" not in (select user_id from unranked) then coalesce("p"."nick", "p"."display_name", "p"."name", "s"."user_id"::text) end as name,
      s.channel_id::text as "channelId", c.name as channel, s.from_at as from, nullif(s.to_at, 'infinity') as to,
      s.is_from_exact as "isFromExact", s.is_to_exact as "isToExact"
    from sessions s
    left join channels c on c.guild_id = $6 and c.channel_id = s.channel_id
    left join members p on p.guild_id = $7 and p.user_id = s.user_id
    where ("s"."channel_id" not in (
  select channel_id from excluded_channels where guild_id = $8
  union all
  select c.channel_id from channels c
  left join channels p on p.guild_id = c.guild_id and p.channel_id = c.parent_id
  left join channels g on g.guild_id = p.guild_id and g.channel_id = p.parent_id
  where c.guild_id = $9 and (coalesce(c.deleted_at, p.deleted_at, g.deleted_at) is not null
    or c.parent_id in (select channel_id from excluded_channels where guild_id = $10)
    or p.parent_id in (select channel_id from excluded_channels where guild_id = $11))) and "s"."channel_id" = any($12::bigint[]))
      and s.from_at < $13 and s.to_at > $14
    order by s.from_at desc, s.user_id
    limit $15
