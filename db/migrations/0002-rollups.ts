/** Sums that are kept beside the messages of big guilds, and the indexes that questions look along. */
const tally = (span: string, own = '') => `
create table ${span}_tallies (
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
  ${own}
  primary key (guild_id, starts, channel_id, author_id)
);
create index ${span}_tallies_by_author on ${span}_tallies (guild_id, author_id, starts);
comment on table ${span}_tallies is 'sums over the messages of a local ${span}, by the zone in rollups; of bots too, and of hidden channels';
`;

export const sql = `
create table rollups (
  guild_id bigint not null primary key,
  time_zone text not null,
  bots bigint[] not null
);
comment on table rollups is 'the guilds whose sums are kept, the zone of their days, and the accounts that were bots then';

create table stale_days (
  guild_id bigint not null,
  day integer not null,
  marked_by bigint not null,
  primary key (guild_id, day, marked_by)
);
comment on table stale_days is 'days whose messages have changed since they were summed: of a guild in rollups, those are counted from the messages';
comment on column stale_days.day is 'of UTC, from 2015-01-01: message_id >> 22, in days';
comment on column stale_days.marked_by is 'the transaction: no two wait for each other, and who sums a day takes away the marks that it has seen';

${tally('day', 'blocks bit(150) not null,')}
comment on column day_tallies.blocks is 'the ten minutes from local midnight in which they wrote';
${tally('month', 'days integer not null,')}
comment on column month_tallies.days is 'the days of the month on which they wrote, as bits from the first';
${tally('year')}

create table hour_tallies (
  guild_id bigint not null,
  starts date not null,
  hour smallint not null,
  channel_id bigint not null,
  is_bot boolean not null,
  messages integer not null,
  primary key (guild_id, starts, hour, channel_id, is_bot)
);
comment on table hour_tallies is 'messages by local day and hour of the clock';

create table use_tallies (
  guild_id bigint not null,
  starts date not null,
  kind text collate "C" not null,
  key text collate "C" not null,
  channel_id bigint not null,
  is_bot boolean not null,
  name text collate "C",
  uses integer not null,
  primary key (guild_id, starts, kind, key, channel_id, is_bot)
);
comment on column use_tallies.kind is 'emoji (in a text), reaction or attachment';
comment on column use_tallies.is_bot is 'whether the author of the message is';

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
  primary key (guild_id, starts, message_id)
);
comment on table asked_questions is 'questions by local day, with the first reply and the first message in the question''s own thread, by other people';

create index messages_by_author on messages (guild_id, author_id, message_id);
create index messages_asking on messages (guild_id, message_id) where asks;
create index messages_replying on messages (guild_id, reference_message_id) where type = 19;
create index messages_deleted on messages (guild_id, message_id) where gone_at is not null or absent_at is not null;
create index members_bots on members (guild_id, user_id) where is_bot or is_webhook;
`;
