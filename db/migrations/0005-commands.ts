/** What slash commands go by: the weekly channel, who may ask what, and servers that are asked about from another. */
export const sql = `
alter table guild_settings
  add column weekly_channel_id bigint,
  add column weekly_day smallint not null default 1 check (weekly_day between 1 and 7),
  add column weekly_hour smallint not null default 9 check (weekly_hour between 0 and 23),
  add column count_bots boolean not null default false;
comment on column guild_settings.weekly_channel_id is 'where the weekly report is posted; null: nowhere';
comment on column guild_settings.weekly_day is 'of the ISO week, Monday is 1';
comment on column guild_settings.weekly_hour is 'of the clock in the time zone';

create table command_rules (
  guild_id bigint not null,
  command text collate "C" not null,
  role_ids bigint[] not null,
  primary key (guild_id, command)
);
comment on table command_rules is 'who may use a command; without a row everybody, and always who may Manage Server';

create table linked_guilds (
  guild_id bigint not null,
  linked_guild_id bigint not null,
  is_open boolean not null,
  since timestamptz not null,
  primary key (guild_id, linked_guild_id)
);
comment on table linked_guilds is 'imported servers, without the bot, that the members of a server may ask about';
comment on column linked_guilds.is_open is 'everybody may, and in public; else who may Manage Server, in private';
`;
