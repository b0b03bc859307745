-- The tables as all migrations leave them; made from a database by the tests, never by hand.

create extension if not exists btree_gin;
create extension if not exists pg_trgm;

create table api_tokens (
  guild_id bigint not null,
  token_id text collate "C" not null,
  secret_hash bytea not null,
  name text not null,
  audience text collate "C" not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint api_tokens_pkey PRIMARY KEY (guild_id, token_id),
  constraint api_tokens_audience_check CHECK ((audience = ANY (ARRAY['everyone'::text, 'all'::text])))
);
comment on table api_tokens is 'who may ask about a guild over HTTP';
comment on column api_tokens.secret_hash is 'SHA-256; the secret itself, random, is kept nowhere';
comment on column api_tokens.audience is 'what it is told of: what every member can read, or everything';

create table asked_questions (
  guild_id bigint not null,
  starts date not null,
  message_id bigint not null,
  channel_id bigint not null,
  author_id bigint not null,
  reply_id bigint,
  replier_id bigint,
  thread_reply_id bigint,
  thread_replier_id bigint,
  constraint asked_questions_pkey PRIMARY KEY (guild_id, starts, message_id)
);
comment on table asked_questions is 'questions by local day, with the first reply and the first message in the question''s own thread, by other people';

create table attachments (
  guild_id bigint not null,
  message_id bigint not null,
  attachment_id bigint not null,
  version bigint not null,
  file_name text collate "C",
  kind text collate "C",
  extension text collate "C",
  content_type text collate "C",
  size_bytes bigint,
  width integer,
  height integer,
  duration_ms bigint,
  constraint attachments_pkey PRIMARY KEY (guild_id, message_id, attachment_id)
);
comment on column attachments.version is 'ms of the version of the message that has it, here and in every child table';
comment on column attachments.kind is 'image, video, audio, document, text, code, archive or other; from the name, kept without it';

create table backfill_channels (
  guild_id bigint not null,
  asked_at timestamp with time zone not null,
  channel_id bigint not null,
  state text collate "C" not null,
  reason text collate "C",
  archived_listed boolean not null,
  oldest_id bigint,
  newest_id bigint,
  pages integer not null,
  messages integer not null,
  noted_at timestamp with time zone not null,
  constraint backfill_channels_pkey PRIMARY KEY (guild_id, asked_at, channel_id),
  constraint backfill_channels_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'read'::text, 'closed'::text, 'failed'::text])))
);
comment on column backfill_channels.archived_listed is 'its archived threads are listed, and are rows themselves';
comment on column backfill_channels.oldest_id is 'the smallest and the largest id seen; where reading goes on is what coverage leaves';
comment on column backfill_channels.noted_at is 'of its state: a channel that was refused is asked for again after a day';

create table backfill_runs (
  guild_id bigint not null,
  asked_at timestamp with time zone not null,
  state text collate "C" not null,
  channel_ids bigint[],
  since_id bigint not null,
  with_reactors boolean not null,
  is_again boolean not null,
  card jsonb not null,
  reason text collate "C",
  started_at timestamp with time zone,
  updated_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  constraint backfill_runs_pkey PRIMARY KEY (guild_id, asked_at),
  constraint backfill_runs_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'paused'::text, 'done'::text, 'partly'::text, 'failed'::text])))
);
comment on column backfill_runs.state is 'running: also one whose process died, to be gone on with; partly: ended, and some channel could not be read';
comment on column backfill_runs.channel_ids is 'null: every channel that can be read; a category or forum is all below it';
comment on column backfill_runs.since_id is 'nothing older than this id is read';
comment on column backfill_runs.is_again is 'what is covered is read once more';
comment on column backfill_runs.reason is 'why it failed, or was paused';

create table channel_access (
  guild_id bigint not null,
  channel_id bigint not null,
  at timestamp with time zone not null,
  access text collate "C" not null,
  constraint channel_access_pkey PRIMARY KEY (guild_id, channel_id, at)
);
comment on table channel_access is 'what the bot could read of a channel from then on, a row a change; a thread is as its parent, unless it has rows of its own';
comment on column channel_access.access is 'readable; no history (live only); no view, no connect, hidden, not joined: nothing; gone';

create table channels (
  guild_id bigint not null,
  channel_id bigint not null,
  type smallint,
  name text collate "C",
  name_at timestamp with time zone,
  parent_id bigint,
  parent_at timestamp with time zone,
  topic text collate "C",
  position integer,
  nsfw boolean,
  overwrites jsonb,
  details_by_api boolean,
  details_at timestamp with time zone,
  archived boolean,
  locked boolean,
  archived_at timestamp with time zone,
  archive_seen_at timestamp with time zone,
  deleted_at timestamp with time zone,
  hidden_at timestamp with time zone,
  constraint channels_pkey PRIMARY KEY (guild_id, channel_id)
);
comment on column channels.parent_id is 'the category of a channel, or the channel or forum of a thread; null with parent_at set: has none';
comment on column channels.archived_at is 'Discord''s archive_timestamp: when archived last changed, either way';
comment on column channels.hidden_at is 'Discord last showed but a placeholder of it; by then the bot could not view it';

create table choices (
  guild_id bigint not null,
  user_id bigint not null,
  choice text collate "C" not null,
  since timestamp with time zone not null,
  constraint choices_pkey PRIMARY KEY (guild_id, user_id, choice),
  constraint choices_choice_check CHECK ((choice = ANY (ARRAY['unranked'::text, 'forgotten'::text])))
);

create table command_rules (
  guild_id bigint not null,
  command text collate "C" not null,
  role_ids bigint[] not null,
  constraint command_rules_pkey PRIMARY KEY (guild_id, command)
);
comment on table command_rules is 'who may use a command; without a row everybody, and always who may Manage Server';

create table coverage (
  guild_id bigint not null,
  channel_id bigint not null,
  from_id bigint not null,
  to_id bigint not null,
  source text collate "C" not null,
  grade text collate "C" not null,
  at timestamp with time zone not null,
  constraint coverage_pkey PRIMARY KEY (guild_id, channel_id, from_id, to_id, source, grade, at)
);
comment on column coverage.grade is 'verified: Discord answered this span of ids in full, so what is not in it is deleted; read: Discord was asked and told of nothing more, which proves no deletion; claimed: an undamaged export spans it';

create table day_tallies (
  guild_id bigint not null,
  starts date not null,
  channel_id bigint not null,
  author_id bigint not null,
  messages integer not null,
  replies integer not null,
  edited integer not null,
  asks integer not null,
  length bigint not null,
  words bigint not null,
  first_id bigint,
  last_id bigint,
  reactions integer not null,
  attachments integer not null,
  links integer not null,
  replied integer not null,
  blocks bit(150) not null,
  constraint day_tallies_pkey PRIMARY KEY (guild_id, starts, channel_id, author_id)
);
create index day_tallies_by_author on day_tallies using btree (guild_id, author_id, starts);
comment on table day_tallies is 'sums over the messages of a local day, by the zone in rollups; of bots too, and of hidden channels';
comment on column day_tallies.blocks is 'the ten minutes from local midnight in which they wrote';

create table edits (
  guild_id bigint not null,
  message_id bigint not null,
  version bigint not null,
  body_key bigint not null,
  content text collate "C" not null,
  constraint edits_pkey PRIMARY KEY (guild_id, message_id, version)
);
comment on table edits is 'texts of a message that are no longer the current one';
comment on column edits.version is 'ms of the edit (or of the message) that made this text';

create table embeds (
  guild_id bigint not null,
  message_id bigint not null,
  version bigint not null,
  fidelity smallint not null,
  embed_count integer not null,
  embeds jsonb not null,
  constraint embeds_pkey PRIMARY KEY (guild_id, message_id)
);
comment on column embeds.embeds is 'as the source gave them; [] where text is not kept';

create table emoji_uses (
  guild_id bigint not null,
  message_id bigint not null,
  emoji_key text collate "C" not null,
  emoji_name text collate "C",
  uses integer not null,
  constraint emoji_uses_pkey PRIMARY KEY (guild_id, message_id, emoji_key)
);
comment on column emoji_uses.emoji_key is 'a custom emoji''s id, else the emoji itself';

create table excluded_channels (
  guild_id bigint not null,
  channel_id bigint not null,
  since timestamp with time zone not null,
  constraint excluded_channels_pkey PRIMARY KEY (guild_id, channel_id)
);
comment on table excluded_channels is 'channels, categories or parents of threads that are neither recorded nor counted';

create table expressions (
  guild_id bigint not null,
  kind text collate "C" not null,
  expression_id bigint not null,
  listed_at timestamp with time zone not null,
  name text collate "C",
  animated boolean,
  constraint expressions_pkey PRIMARY KEY (guild_id, kind, expression_id)
);
comment on column expressions.kind is 'emoji or sticker';

create table extras (
  guild_id bigint not null,
  kind text collate "C" not null,
  id bigint not null,
  source text collate "C" not null,
  at timestamp with time zone not null,
  extra jsonb not null,
  constraint extras_pkey PRIMARY KEY (guild_id, kind, id, source)
);
comment on table extras is 'what a source said of a guild, channel, member or message and no column holds; never a nested person';

create table forwards (
  guild_id bigint not null,
  message_id bigint not null,
  version bigint not null,
  sent_at timestamp with time zone,
  content text collate "C",
  content_length integer,
  details jsonb,
  constraint forwards_pkey PRIMARY KEY (guild_id, message_id)
);
comment on table forwards is 'the snapshot that a forwarding message carries; it names no author';
comment on column forwards.details is 'its attachments, embeds and stickers as the source gave them';

create table gap_channels (
  guild_id bigint not null,
  from_at timestamp with time zone not null,
  channel_id bigint not null,
  start_id bigint not null,
  cursor_id bigint not null,
  state text collate "C" not null,
  constraint gap_channels_pkey PRIMARY KEY (guild_id, from_at, channel_id),
  constraint gap_channels_state_check CHECK ((state = ANY (ARRAY['open'::text, 'read'::text, 'closed'::text])))
);
comment on column gap_channels.start_id is 'reading began behind this id, before the gap';
comment on column gap_channels.cursor_id is 'read in full up to this id; live events do not move it';
comment on column gap_channels.state is 'closed: Discord does not let us read it';

create table gaps (
  guild_id bigint not null,
  from_at timestamp with time zone not null,
  to_at timestamp with time zone not null,
  reason text collate "C" not null,
  state text collate "C" not null,
  repaired_at timestamp with time zone,
  card jsonb not null,
  constraint gaps_pkey PRIMARY KEY (guild_id, from_at),
  constraint gaps_state_check CHECK ((state = ANY (ARRAY['open'::text, 'repaired'::text, 'partly'::text])))
);
comment on table gaps is 'when live recording of a guild missed events';
comment on column gaps.reason is 'new session, outage, overflow (of the spool), or first start (on an older record)';
comment on column gaps.card is 'what the repair read and found, and what it could not';

create table guild_moments (
  guild_id bigint not null,
  kind text collate "C" not null,
  at timestamp with time zone not null,
  constraint guild_moments_pkey PRIMARY KEY (guild_id, kind, at)
);
comment on column guild_moments.kind is 'of the bot: joined, left; of the guild: unavailable, available; voice_listed: who was in voice was told in full';

create table guild_settings (
  guild_id bigint not null,
  time_zone text not null default 'UTC'::text,
  language text not null default 'en'::text,
  weekly_channel_id bigint,
  weekly_day smallint not null default 1,
  weekly_hour smallint not null default 9,
  count_bots boolean not null default false,
  help_channel_id bigint,
  weekly_since timestamp with time zone,
  weekly_late_days smallint not null default 3,
  constraint guild_settings_pkey PRIMARY KEY (guild_id),
  constraint guild_settings_weekly_day_check CHECK (((weekly_day >= 1) AND (weekly_day <= 7))),
  constraint guild_settings_weekly_hour_check CHECK (((weekly_hour >= 0) AND (weekly_hour <= 23)))
);
comment on column guild_settings.weekly_channel_id is 'where the weekly report is posted; null: nowhere';
comment on column guild_settings.weekly_day is 'of the ISO week, Monday is 1';
comment on column guild_settings.weekly_hour is 'of the clock in the time zone';
comment on column guild_settings.help_channel_id is 'where moderators are to be reached, shown to whoever may need a person';
comment on column guild_settings.weekly_since is 'when its day, hour, zone or first channel was set: what was due before is not';
comment on column guild_settings.weekly_late_days is 'a post that was missed is made up for within so many days';

create table guilds (
  guild_id bigint not null,
  name text collate "C",
  name_at timestamp with time zone,
  members_listed_at timestamp with time zone,
  owner_at timestamp with time zone,
  owner_id bigint,
  emoji_listed_at timestamp with time zone,
  stickers_listed_at timestamp with time zone,
  constraint guilds_pkey PRIMARY KEY (guild_id)
);
comment on column guilds.name_at is 'when this name was seen; the latest wins';
comment on column guilds.members_listed_at is 'the last complete list of members; who was not in it has left';
comment on column guilds.owner_id is '0: somebody who is forgotten';
comment on column guilds.emoji_listed_at is 'the last complete list; an emoji that was not in it is no more';

create table hour_tallies (
  guild_id bigint not null,
  starts date not null,
  hour smallint not null,
  channel_id bigint not null,
  is_bot boolean not null,
  messages integer not null,
  constraint hour_tallies_pkey PRIMARY KEY (guild_id, starts, hour, channel_id, is_bot)
);
comment on table hour_tallies is 'messages by local day and hour of the clock';

create table imports (
  guild_id bigint not null,
  sha256 text collate "C" not null,
  channel_id bigint not null,
  size_bytes bigint not null,
  observed_at timestamp with time zone not null,
  state text collate "C" not null,
  reader text collate "C" not null,
  resume_offset bigint not null,
  resume_index bigint not null,
  card jsonb not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  constraint imports_pkey PRIMARY KEY (guild_id, sha256),
  constraint imports_state_check CHECK ((state = ANY (ARRAY['running'::text, 'taken'::text, 'damaged'::text])))
);
comment on table imports is 'the ledger: one row a file, by the hash of its bytes; its name is not kept';
comment on column imports.observed_at is 'when the export looked at Discord, as chosen at the first import';
comment on column imports.reader is 'version of the reading and the kept-content choice: another one reads the file again';
comment on column imports.resume_offset is 'bytes read and committed';

create table jobs (
  guild_id bigint not null,
  job text collate "C" not null,
  token bigint not null default 0,
  holder text collate "C",
  leased_until timestamp with time zone,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  outcome text collate "C",
  note text,
  failures integer not null default 0,
  next_at timestamp with time zone,
  constraint jobs_pkey PRIMARY KEY (guild_id, job)
);
comment on table jobs is 'what runs by itself: who does it now, and what came of it last';
comment on column jobs.guild_id is '0 where it is not about one guild';
comment on column jobs.token is 'counted up with each lease, so that who has lost one cannot write under it';
comment on column jobs.leased_until is 'by the clock of the database, which alone decides';
comment on column jobs.started_at is 'and the others by Discord''s clock';
comment on column jobs.next_at is 'after a failure: not before';

create table linked_guilds (
  guild_id bigint not null,
  linked_guild_id bigint not null,
  is_open boolean not null,
  since timestamp with time zone not null,
  constraint linked_guilds_pkey PRIMARY KEY (guild_id, linked_guild_id)
);
comment on table linked_guilds is 'imported servers, without the bot, that the members of a server may ask about';
comment on column linked_guilds.is_open is 'everybody may, and in public; else who may Manage Server, in private';

create table links (
  guild_id bigint not null,
  message_id bigint not null,
  position smallint not null,
  domain text collate "C" not null,
  address text collate "C",
  constraint links_pkey PRIMARY KEY (guild_id, message_id, "position")
);
comment on table links is 'each use of an http or https address in a text, in order';
comment on column links.address is 'null where text is not kept';

create table member_moments (
  guild_id bigint not null,
  user_id bigint not null,
  kind text collate "C" not null,
  at timestamp with time zone not null,
  source text collate "C" not null,
  constraint member_moments_pkey PRIMARY KEY (guild_id, user_id, kind, at, source)
);
comment on column member_moments.kind is 'joined, left, renamed, banned or unbanned';
comment on column member_moments.source is 'gateway, rest, dce; or message: told by a system message, whoever recorded it';

create table member_names (
  guild_id bigint not null,
  user_id bigint not null,
  kind text collate "C" not null,
  name text collate "C" not null,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  constraint member_names_pkey PRIMARY KEY (guild_id, user_id, kind, name)
);
comment on column member_names.kind is 'account or display';

create table members (
  guild_id bigint not null,
  user_id bigint not null,
  is_bot boolean,
  is_webhook boolean,
  name text collate "C",
  name_at timestamp with time zone,
  display_name text collate "C",
  display_at timestamp with time zone,
  nick text collate "C",
  nick_at timestamp with time zone,
  roles bigint[],
  roles_by_api boolean,
  roles_at timestamp with time zone,
  joined_at timestamp with time zone,
  present_at timestamp with time zone,
  left_at timestamp with time zone,
  first_seen_at timestamp with time zone,
  last_seen_at timestamp with time zone,
  constraint members_pkey PRIMARY KEY (guild_id, user_id)
);
create index members_bots on members using btree (guild_id, user_id) where (is_bot or is_webhook);
comment on column members.display_name is 'what others see: nickname, else global name, else account name';
comment on column members.nick is 'the nickname within the guild, known from the API only; null with nick_at set: has none';
comment on column members.first_seen_at is 'first and last sign of life: a message''s or a join''s time';

create table mentions (
  guild_id bigint not null,
  message_id bigint not null,
  kind text collate "C" not null,
  target_id bigint not null,
  version bigint not null,
  constraint mentions_pkey PRIMARY KEY (guild_id, message_id, kind, target_id)
);
comment on column mentions.kind is 'user, role or channel; the latter two are known only from raw text and the API';

create table message_words (
  guild_id bigint not null,
  message_id bigint not null,
  text_hash bigint not null,
  language text collate "C" not null,
  words tsvector not null,
  constraint message_words_pkey PRIMARY KEY (guild_id, message_id)
);
create index message_words_by_word on message_words using gin (guild_id, words);
comment on table message_words is 'the words of texts, as they are written, in small letters; kept up behind the messages';
comment on column message_words.text_hash is 'of the text that has these words: a text can change at one version, where a source tells it better';
comment on column message_words.language is 'a text search configuration; simple where the language is not known';

create table messages (
  guild_id bigint not null,
  message_id bigint not null,
  channel_id bigint,
  author_id bigint,
  invoker_id bigint,
  reference_guild_id bigint,
  reference_channel_id bigint,
  reference_message_id bigint,
  edited_at timestamp with time zone,
  body_key bigint,
  seen_at timestamp with time zone,
  reactions_at timestamp with time zone,
  reactions_cleared_at timestamp with time zone,
  gone_at timestamp with time zone,
  absent_at timestamp with time zone,
  flags bigint,
  told bigint,
  content_length integer,
  words integer,
  type smallint,
  reference_type smallint,
  asks boolean,
  pinned boolean,
  by_api boolean,
  erased boolean not null default false,
  webhook_name text collate "C",
  content text collate "C",
  constraint messages_pkey PRIMARY KEY (guild_id, message_id),
  constraint api_was_seen CHECK (((by_api IS NOT TRUE) OR (seen_at IS NOT NULL))),
  constraint body_whole CHECK (((body_key IS NULL) = (content IS NULL)))
);
create index messages_asking on messages using btree (guild_id, message_id) where asks;
create index messages_by_author on messages using btree (guild_id, author_id, message_id);
create index messages_by_channel on messages using btree (guild_id, channel_id, message_id);
create index messages_deleted on messages using btree (guild_id, message_id) where ((gone_at is not null) or (absent_at is not null));
create index messages_replying on messages using btree (guild_id, reference_message_id) where (type = 19);
comment on table messages is 'its time is its id''s: (message_id >> 22) + 1420070400000 ms';
comment on column messages.author_id is 'null: known by a deletion or a reaction only, or erased; readers skip it';
comment on column messages.invoker_id is 'who used the slash command that this message answers';
comment on column messages.body_key is 'ms of (edited_at, else created) * 4 + fidelity: 3 API, 2 raw export, 1 rewritten export, 0 not kept';
comment on column messages.gone_at is 'deletion told by Discord: its text and children are erased for good';
comment on column messages.absent_at is 'deletion inferred: not later than this; hides the message and nothing more';
comment on column messages.told is 'fingerprint of the export''s record that was merged last: the same one again changes nothing';
comment on column messages.content_length is 'code points';
comment on column messages.pinned is 'by (by_api, seen_at): a file fills only what Discord has not told us';
comment on column messages.erased is 'its author is forgotten: all else is null';

create table month_tallies (
  guild_id bigint not null,
  starts date not null,
  channel_id bigint not null,
  author_id bigint not null,
  messages integer not null,
  replies integer not null,
  edited integer not null,
  asks integer not null,
  length bigint not null,
  words bigint not null,
  first_id bigint,
  last_id bigint,
  reactions integer not null,
  attachments integer not null,
  links integer not null,
  replied integer not null,
  days integer not null,
  constraint month_tallies_pkey PRIMARY KEY (guild_id, starts, channel_id, author_id)
);
create index month_tallies_by_author on month_tallies using btree (guild_id, author_id, starts);
comment on table month_tallies is 'sums over the messages of a local month, by the zone in rollups; of bots too, and of hidden channels';
comment on column month_tallies.days is 'the days of the month on which they wrote, as bits from the first';

create table past_exclusions (
  guild_id bigint not null,
  channel_id bigint not null,
  from_at timestamp with time zone not null,
  to_at timestamp with time zone not null,
  constraint past_exclusions_pkey PRIMARY KEY (guild_id, channel_id, from_at)
);
comment on table past_exclusions is 'when a channel (with all within it) was not recorded, though it is again';

create table poll_votes (
  guild_id bigint not null,
  message_id bigint not null,
  answer_id integer not null,
  user_id bigint not null,
  added_at timestamp with time zone,
  removed_at timestamp with time zone,
  constraint poll_votes_pkey PRIMARY KEY (guild_id, message_id, answer_id, user_id)
);

create table polls (
  guild_id bigint not null,
  message_id bigint not null,
  version bigint not null,
  seen_at timestamp with time zone not null,
  answers integer,
  expires_at timestamp with time zone,
  poll jsonb not null,
  constraint polls_pkey PRIMARY KEY (guild_id, message_id)
);

create table posts (
  guild_id bigint not null,
  report text collate "C" not null,
  period text collate "C" not null,
  due_at timestamp with time zone not null,
  state text collate "C" not null,
  reason jsonb,
  tries integer not null default 0,
  try_at timestamp with time zone not null,
  unsure_since timestamp with time zone,
  channel_id bigint,
  message_id bigint,
  inputs jsonb,
  built jsonb,
  posted_at timestamp with time zone,
  checked_at timestamp with time zone,
  checked jsonb,
  edited_at timestamp with time zone,
  constraint posts_pkey PRIMARY KEY (guild_id, report, period),
  constraint posts_state_check CHECK ((state = ANY (ARRAY['due'::text, 'posted'::text, 'skipped'::text])))
);
create index posts_by_time on posts using btree (guild_id, posted_at);
create index posts_open on posts using btree (guild_id) where (state = 'due'::text);
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

create table reaction_users (
  guild_id bigint not null,
  message_id bigint not null,
  emoji_key text collate "C" not null,
  user_id bigint not null,
  burst boolean not null,
  added_at timestamp with time zone,
  removed_at timestamp with time zone,
  seen_at timestamp with time zone,
  constraint reaction_users_pkey PRIMARY KEY (guild_id, message_id, emoji_key, user_id, burst)
);
comment on column reaction_users.seen_at is 'was listed then; not an event and never counted as a change';

create table reactions (
  guild_id bigint not null,
  message_id bigint not null,
  emoji_key text collate "C" not null,
  emoji_name text collate "C",
  animated boolean,
  counted_at timestamp with time zone,
  count integer,
  cleared_at timestamp with time zone,
  total integer not null,
  constraint reactions_pkey PRIMARY KEY (guild_id, message_id, emoji_key)
);
comment on column reactions.count is 'as counted by a source at counted_at';
comment on column reactions.total is 'derived: the count, and the changes known since';

create table remembered_questions (
  guild_id bigint not null,
  key text collate "C" not null,
  options jsonb not null,
  asked_at timestamp with time zone not null,
  constraint remembered_questions_pkey PRIMARY KEY (guild_id, key)
);
create index remembered_questions_by_time on remembered_questions using btree (guild_id, asked_at);
comment on table remembered_questions is 'what buttons ask whose id has no room for it';
comment on column remembered_questions.key is 'of the options: equal ones are kept once';

create table roles (
  guild_id bigint not null,
  role_id bigint not null,
  name text collate "C",
  color integer,
  position integer,
  seen_at timestamp with time zone,
  deleted_at timestamp with time zone,
  permissions_at timestamp with time zone,
  permissions bigint,
  constraint roles_pkey PRIMARY KEY (guild_id, role_id)
);
comment on column roles.permissions is 'Discord''s permission bits; exports do not tell them';

create table rollups (
  guild_id bigint not null,
  time_zone text not null,
  bots bigint[] not null,
  constraint rollups_pkey PRIMARY KEY (guild_id)
);
comment on table rollups is 'the guilds whose sums are kept, the zone of their days, and the accounts that were bots then';

create table set_aside (
  guild_id bigint not null,
  at timestamp with time zone not null,
  dispatch text collate "C" not null,
  channel_id bigint not null,
  message_id bigint not null,
  reason text collate "C" not null,
  constraint set_aside_pkey PRIMARY KEY (guild_id, at, dispatch, message_id)
);
comment on table set_aside is 'events that could not be recorded, by what names them; 0: names none. Their text is not kept here';

create table shards (
  application_id bigint not null,
  shard_id integer not null,
  shard_count integer not null,
  holder text collate "C",
  beat bigint not null default 0,
  session_id text collate "C",
  resume_url text collate "C",
  sequence bigint,
  last_event_at timestamp with time zone,
  alive_at timestamp with time zone,
  constraint shards_pkey PRIMARY KEY (application_id, shard_id)
);
comment on table shards is 'who records a shard, and how far: a lease, and the gateway session that a restart resumes';
comment on column shards.beat is 'rises as long as the holder lives; no clock decides, only that it stands still';
comment on column shards.sequence is 'of the last dispatch that is kept, in tables or in the spool on disk';
comment on column shards.last_event_at is 'when that dispatch came; a gap begins here';
comment on column shards.alive_at is 'until then the connection was sound, and every event is kept';

create table stale_days (
  guild_id bigint not null,
  day integer not null,
  marked_by bigint not null,
  constraint stale_days_pkey PRIMARY KEY (guild_id, day, marked_by)
);
comment on table stale_days is 'days whose messages have changed since they were summed: of a guild in rollups, those are counted from the messages';
comment on column stale_days.day is 'of UTC, from 2015-01-01: message_id >> 22, in days';
comment on column stale_days.marked_by is 'the transaction: no two wait for each other, and who sums a day takes away the marks that it has seen';

create table stale_words (
  guild_id bigint not null,
  day integer not null,
  marked_by bigint not null,
  constraint stale_words_pkey PRIMARY KEY (guild_id, day, marked_by)
);
comment on table stale_words is 'days whose texts have changed since their words were kept';
comment on column stale_words.day is 'as in stale_days';

create table stickers (
  guild_id bigint not null,
  message_id bigint not null,
  sticker_id bigint not null,
  version bigint not null,
  name text collate "C",
  format text collate "C",
  constraint stickers_pkey PRIMARY KEY (guild_id, message_id, sticker_id)
);

create table use_tallies (
  guild_id bigint not null,
  starts date not null,
  kind text collate "C" not null,
  key text collate "C" not null,
  channel_id bigint not null,
  is_bot boolean not null,
  name text collate "C",
  uses integer not null,
  constraint use_tallies_pkey PRIMARY KEY (guild_id, starts, kind, key, channel_id, is_bot)
);
comment on column use_tallies.kind is 'emoji (in a text), reaction or attachment';
comment on column use_tallies.is_bot is 'whether the author of the message is';

create table vocabulary (
  guild_id bigint not null,
  word text collate "C" not null,
  language text collate "C" not null,
  stem text collate "C" not null,
  messages integer not null,
  constraint vocabulary_pkey PRIMARY KEY (guild_id, word, language)
) with (fillfactor=60);
create index vocabulary_alike on vocabulary using gin (guild_id, word gin_trgm_ops);
create index vocabulary_by_stem on vocabulary using btree (guild_id, stem);
comment on table vocabulary is 'each word of message_words, with how many messages have it; gone with the last of them';

create table voice_states (
  guild_id bigint not null,
  user_id bigint not null,
  at timestamp with time zone not null,
  channel_id bigint not null,
  listed boolean not null,
  constraint voice_states_pkey PRIMARY KEY (guild_id, user_id, at, channel_id, listed)
);
comment on column voice_states.channel_id is 'where the person was from then on; 0: in none';
comment on column voice_states.listed is 'was found there in a complete list: came at some time before';

create table year_tallies (
  guild_id bigint not null,
  starts date not null,
  channel_id bigint not null,
  author_id bigint not null,
  messages integer not null,
  replies integer not null,
  edited integer not null,
  asks integer not null,
  length bigint not null,
  words bigint not null,
  first_id bigint,
  last_id bigint,
  reactions integer not null,
  attachments integer not null,
  links integer not null,
  replied integer not null,
  constraint year_tallies_pkey PRIMARY KEY (guild_id, starts, channel_id, author_id)
);
create index year_tallies_by_author on year_tallies using btree (guild_id, author_id, starts);
comment on table year_tallies is 'sums over the messages of a local year, by the zone in rollups; of bots too, and of hidden channels';

create view replies as
 SELECT m.guild_id,
    m.message_id,
    m.author_id,
    m.reference_message_id AS replied_to_id,
    t.author_id AS replied_to_author_id
   FROM messages m
     LEFT JOIN messages t ON t.guild_id = m.guild_id AND t.message_id = m.reference_message_id
  WHERE m.type = 19 AND m.author_id IS NOT NULL AND m.gone_at IS NULL AND m.absent_at IS NULL;
