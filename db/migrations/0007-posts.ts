/** What is posted by itself, what runs by itself, and who may ask over HTTP. */
export const sql = `
alter table guild_settings add column weekly_since timestamptz;
alter table guild_settings add column weekly_late_days smallint not null default 3;
comment on column guild_settings.weekly_since is 'when its day, hour, zone or first channel was set: what was due before is not';
comment on column guild_settings.weekly_late_days is 'a post that was missed is made up for within so many days';
-- Nothing was posted before; so nothing has been missed.
update guild_settings set weekly_since = now() where weekly_channel_id is not null;

create table posts (
  guild_id bigint not null,
  report text collate "C" not null,
  period text collate "C" not null,
  due_at timestamptz not null,
  state text collate "C" not null,
  reason jsonb,
  tries integer not null default 0,
  try_at timestamptz not null,
  unsure_since timestamptz,
  channel_id bigint,
  message_id bigint,
  inputs jsonb,
  built jsonb,
  posted_at timestamptz,
  checked_at timestamptz,
  checked jsonb,
  edited_at timestamptz,
  primary key (guild_id, report, period),
  check (state in ('due', 'posted', 'skipped'))
);
create index posts_open on posts (guild_id) where state = 'due';
create index posts_by_time on posts (guild_id, posted_at);
comment on table posts is 'a claim a period of what is posted by itself: it is posted once, or skipped';
comment on column posts.period is 'of a weekly report its week, 2026-W46';
comment on column posts.reason is 'why it is not posted yet, or was skipped';
comment on column posts.try_at is 'before that it is not tried again';
comment on column posts.unsure_since is 'Discord''s time before the first sending of which it is not known what came of it; null: none';
comment on column posts.channel_id is 'where it was last sent to';
comment on column posts.inputs is 'what the report was asked for with';
comment on column posts.built is 'the report as it was posted, without texts of messages; gone where somebody in it was forgotten';
comment on column posts.checked is 'its figures when they were last held against the post';
comment on column posts.edited_at is 'it was counted again, once, since much had come late';

create table jobs (
  guild_id bigint not null,
  job text collate "C" not null,
  token bigint not null default 0,
  holder text collate "C",
  leased_until timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  outcome text collate "C",
  note text,
  failures integer not null default 0,
  next_at timestamptz,
  primary key (guild_id, job)
);
comment on table jobs is 'what runs by itself: who does it now, and what came of it last';
comment on column jobs.guild_id is '0 where it is not about one guild';
comment on column jobs.token is 'counted up with each lease, so that who has lost one cannot write under it';
comment on column jobs.leased_until is 'by the clock of the database, which alone decides';
comment on column jobs.started_at is 'and the others by Discord''s clock';
comment on column jobs.next_at is 'after a failure: not before';

create table api_tokens (
  guild_id bigint not null,
  token_id text collate "C" not null,
  secret_hash bytea not null,
  name text not null,
  audience text collate "C" not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (guild_id, token_id),
  check (audience in ('everyone', 'all'))
);
comment on table api_tokens is 'who may ask about a guild over HTTP';
comment on column api_tokens.secret_hash is 'SHA-256; the secret itself, random, is kept nowhere';
comment on column api_tokens.audience is 'what it is told of: what every member can read, or everything';
`;
