/** What /guide goes by: the words of messages, what buttons with long questions ask, and where help is to be had. */
export const sql = `
-- Both come with Postgres, and may be made by whoever owns the database.
create extension if not exists btree_gin;
create extension if not exists pg_trgm;

create table message_words (
  guild_id bigint not null,
  message_id bigint not null,
  text_hash bigint not null,
  language text collate "C" not null,
  words tsvector not null,
  primary key (guild_id, message_id)
);
-- Rows wait in a list, which every search reads in full, and are sorted in together at the end of each transaction that
-- keeps words: five times as fast as one by one.
create index message_words_by_word on message_words using gin (guild_id, words);
comment on table message_words is 'the words of texts, as they are written, in small letters; kept up behind the messages';
comment on column message_words.text_hash is 'of the text that has these words: a text can change at one version, where a source tells it better';
comment on column message_words.language is 'a text search configuration; simple where the language is not known';

create table vocabulary (
  guild_id bigint not null,
  word text collate "C" not null,
  language text collate "C" not null,
  stem text collate "C" not null,
  messages integer not null,
  primary key (guild_id, word, language)
)
-- Room for the next count beside the last one: no index learns of it.
with (fillfactor = 60);
create index vocabulary_by_stem on vocabulary (guild_id, stem);
create index vocabulary_alike on vocabulary using gin (guild_id, word gin_trgm_ops);
comment on table vocabulary is 'each word of message_words, with how many messages have it; gone with the last of them';

create table stale_words (
  guild_id bigint not null,
  day integer not null,
  marked_by bigint not null,
  primary key (guild_id, day, marked_by)
);
comment on table stale_words is 'days whose texts have changed since their words were kept';
comment on column stale_words.day is 'as in stale_days';

insert into stale_words (guild_id, day, marked_by)
select distinct guild_id, ((message_id >> 22) / 86400000)::int, 0 from messages
where content <> '' and message_id >= 0;

create table remembered_questions (
  guild_id bigint not null,
  key text collate "C" not null,
  options jsonb not null,
  asked_at timestamptz not null,
  primary key (guild_id, key)
);
create index remembered_questions_by_time on remembered_questions (guild_id, asked_at);
comment on table remembered_questions is 'what buttons ask whose id has no room for it';
comment on column remembered_questions.key is 'of the options: equal ones are kept once';

alter table guild_settings add column help_channel_id bigint;
comment on column guild_settings.help_channel_id is 'where moderators are to be reached, shown to whoever may need a person';
`;
