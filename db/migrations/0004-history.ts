/** Reading history by REST: runs and how far they are; what the bot may read, since when; how long live recording is whole. */
export const sql = `
alter table channels add column hidden_at timestamptz;
comment on column channels.hidden_at is 'Discord last showed but a placeholder of it; by then the bot could not view it';

alter table shards add column alive_at timestamptz;
comment on column shards.alive_at is 'until then the connection was sound, and every event is kept';

comment on column coverage.grade is 'verified: Discord answered this span of ids in full, so what is not in it is deleted; read: Discord was asked and told of nothing more, which proves no deletion; claimed: an undamaged export spans it';

create table channel_access (
  guild_id bigint not null,
  channel_id bigint not null,
  at timestamptz not null,
  access text collate "C" not null,
  primary key (guild_id, channel_id, at)
);
comment on table channel_access is 'what the bot could read of a channel from then on, a row a change; a thread is as its parent, unless it has rows of its own';
comment on column channel_access.access is 'readable; no history (live only); no view, no connect, hidden, not joined: nothing; gone';

create table past_exclusions (
  guild_id bigint not null,
  channel_id bigint not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  primary key (guild_id, channel_id, from_at)
);
comment on table past_exclusions is 'when a channel (with all within it) was not recorded, though it is again';

create table backfill_runs (
  guild_id bigint not null,
  asked_at timestamptz not null,
  state text collate "C" not null check (state in ('queued', 'running', 'paused', 'done', 'partly', 'failed')),
  channel_ids bigint[],
  since_id bigint not null,
  with_reactors boolean not null,
  is_again boolean not null,
  card jsonb not null,
  reason text collate "C",
  started_at timestamptz,
  updated_at timestamptz not null,
  finished_at timestamptz,
  primary key (guild_id, asked_at)
);
comment on column backfill_runs.channel_ids is 'null: every channel that can be read; a category or forum is all below it';
comment on column backfill_runs.since_id is 'nothing older than this id is read';
comment on column backfill_runs.is_again is 'what is covered is read once more';
comment on column backfill_runs.state is 'running: also one whose process died, to be gone on with; partly: ended, and some channel could not be read';
comment on column backfill_runs.reason is 'why it failed, or was paused';

create table backfill_channels (
  guild_id bigint not null,
  asked_at timestamptz not null,
  channel_id bigint not null,
  state text collate "C" not null check (state in ('waiting', 'read', 'closed', 'failed')),
  reason text collate "C",
  archived_listed boolean not null,
  oldest_id bigint,
  newest_id bigint,
  pages integer not null,
  messages integer not null,
  noted_at timestamptz not null,
  primary key (guild_id, asked_at, channel_id)
);
comment on column backfill_channels.oldest_id is 'the smallest and the largest id seen; where reading goes on is what coverage leaves';
comment on column backfill_channels.archived_listed is 'its archived threads are listed, and are rows themselves';
comment on column backfill_channels.noted_at is 'of its state: a channel that was refused is asked for again after a day';
`;
