/** What only live recording knows: voice, expressions, votes, outages; and the recorder's own ledger. */
export const sql = `
alter table guilds
  add column owner_at timestamptz,
  add column owner_id bigint,
  add column emoji_listed_at timestamptz,
  add column stickers_listed_at timestamptz;
comment on column guilds.owner_id is '0: somebody who is forgotten';
comment on column guilds.emoji_listed_at is 'the last complete list; an emoji that was not in it is no more';

alter table roles
  add column permissions_at timestamptz,
  add column permissions bigint;
comment on column roles.permissions is 'Discord''s permission bits; exports do not tell them';

create table guild_moments (
  guild_id bigint not null,
  kind text collate "C" not null,
  at timestamptz not null,
  primary key (guild_id, kind, at)
);
comment on column guild_moments.kind is 'of the bot: joined, left; of the guild: unavailable, available; voice_listed: who was in voice was told in full';

create table expressions (
  guild_id bigint not null,
  kind text collate "C" not null,
  expression_id bigint not null,
  listed_at timestamptz not null,
  name text collate "C",
  animated boolean,
  primary key (guild_id, kind, expression_id)
);
comment on column expressions.kind is 'emoji or sticker';

create table voice_states (
  guild_id bigint not null,
  user_id bigint not null,
  at timestamptz not null,
  channel_id bigint not null,
  listed boolean not null,
  primary key (guild_id, user_id, at, channel_id, listed)
);
comment on column voice_states.channel_id is 'where the person was from then on; 0: in none';
comment on column voice_states.listed is 'was found there in a complete list: came at some time before';

create table poll_votes (
  guild_id bigint not null,
  message_id bigint not null,
  answer_id integer not null,
  user_id bigint not null,
  added_at timestamptz,
  removed_at timestamptz,
  primary key (guild_id, message_id, answer_id, user_id)
);

create table shards (
  application_id bigint not null,
  shard_id integer not null,
  shard_count integer not null,
  holder text collate "C",
  beat bigint not null default 0,
  session_id text collate "C",
  resume_url text collate "C",
  sequence bigint,
  last_event_at timestamptz,
  primary key (application_id, shard_id)
);
comment on table shards is 'who records a shard, and how far: a lease, and the gateway session that a restart resumes';
comment on column shards.beat is 'rises as long as the holder lives; no clock decides, only that it stands still';
comment on column shards.sequence is 'of the last dispatch that is kept, in tables or in the spool on disk';
comment on column shards.last_event_at is 'when that dispatch came; a gap begins here';

create table gaps (
  guild_id bigint not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  reason text collate "C" not null,
  state text collate "C" not null check (state in ('open', 'repaired', 'partly')),
  repaired_at timestamptz,
  card jsonb not null,
  primary key (guild_id, from_at)
);
comment on table gaps is 'when live recording of a guild missed events';
comment on column gaps.reason is 'new session, outage, overflow (of the spool), or first start (on an older record)';
comment on column gaps.card is 'what the repair read and found, and what it could not';

create table gap_channels (
  guild_id bigint not null,
  from_at timestamptz not null,
  channel_id bigint not null,
  start_id bigint not null,
  cursor_id bigint not null,
  state text collate "C" not null check (state in ('open', 'read', 'closed')),
  primary key (guild_id, from_at, channel_id)
);
comment on column gap_channels.start_id is 'reading began behind this id, before the gap';
comment on column gap_channels.cursor_id is 'read in full up to this id; live events do not move it';
comment on column gap_channels.state is 'closed: Discord does not let us read it';

create table set_aside (
  guild_id bigint not null,
  at timestamptz not null,
  dispatch text collate "C" not null,
  channel_id bigint not null,
  message_id bigint not null,
  reason text collate "C" not null,
  primary key (guild_id, at, dispatch, message_id)
);
comment on table set_aside is 'events that could not be recorded, by what names them; 0: names none. Their text is not kept here';
`;
