/**
 * The tables as kysely sees them; what they mean stands in migrations/. Ids are bigint and come as decimal
 * strings, times as Date. Recorded tables are written by write-batch.ts alone, so most are read-only here.
 */
import type { ColumnType } from 'kysely';

type Id = ColumnType<string, string, string>;
type Ids = ColumnType<string[], string[], string[]>;
type Time = ColumnType<Date, Date, Date>;
type Json = ColumnType<unknown, string, string>;
/** `2026-11-16`. */
type LocalDate = ColumnType<string, string, string>;
type Bits = ColumnType<string, string, string>;
type Bytes = ColumnType<Buffer, Buffer, Buffer>;

export interface GuildsTable {
  guild_id: Id;
  name: string | null;
  name_at: Time | null;
  members_listed_at: Time | null;
  owner_at: Time | null;
  owner_id: Id | null;
  emoji_listed_at: Time | null;
  stickers_listed_at: Time | null;
}

export interface GuildSettingsTable {
  guild_id: Id;
  time_zone: string;
  language: string;
  weekly_channel_id: Id | null;
  weekly_day: number;
  weekly_hour: number;
  count_bots: boolean;
  help_channel_id: Id | null;
  weekly_since: Time | null;
  weekly_late_days: number;
}

export interface PostsTable {
  guild_id: Id;
  report: string;
  period: string;
  due_at: Time;
  state: string;
  reason: Json | null;
  tries: number;
  try_at: Time;
  unsure_since: Time | null;
  channel_id: Id | null;
  message_id: Id | null;
  inputs: Json | null;
  built: Json | null;
  posted_at: Time | null;
  checked_at: Time | null;
  checked: Json | null;
  edited_at: Time | null;
}

export interface JobsTable {
  guild_id: Id;
  job: string;
  token: Id;
  holder: string | null;
  leased_until: Time | null;
  started_at: Time | null;
  ended_at: Time | null;
  outcome: string | null;
  note: string | null;
  failures: number;
  next_at: Time | null;
}

export interface ApiTokensTable {
  guild_id: Id;
  token_id: string;
  secret_hash: Bytes;
  name: string;
  audience: string;
  created_at: Time;
  expires_at: Time | null;
  last_used_at: Time | null;
  revoked_at: Time | null;
}

export interface CommandRulesTable {
  guild_id: Id;
  command: string;
  role_ids: Ids;
}

export interface LinkedGuildsTable {
  guild_id: Id;
  linked_guild_id: Id;
  is_open: boolean;
  since: Time;
}

export interface MessageWordsTable {
  guild_id: Id;
  message_id: Id;
  text_hash: Id;
  language: string;
  /** As Postgres writes a tsvector. */
  words: string;
}

export interface VocabularyTable {
  guild_id: Id;
  word: string;
  language: string;
  stem: string;
  messages: number;
}

export interface StaleWordsTable {
  guild_id: Id;
  day: number;
  marked_by: Id;
}

export interface RememberedQuestionsTable {
  guild_id: Id;
  key: string;
  options: Json;
  asked_at: Time;
}

export interface ExcludedChannelsTable {
  guild_id: Id;
  channel_id: Id;
  since: Time;
}

export interface ChannelsTable {
  guild_id: Id;
  channel_id: Id;
  type: number | null;
  name: string | null;
  name_at: Time | null;
  parent_id: Id | null;
  parent_at: Time | null;
  topic: string | null;
  position: number | null;
  nsfw: boolean | null;
  overwrites: Json | null;
  details_by_api: boolean | null;
  details_at: Time | null;
  archived: boolean | null;
  locked: boolean | null;
  archived_at: Time | null;
  archive_seen_at: Time | null;
  deleted_at: Time | null;
  hidden_at: Time | null;
}

export interface RolesTable {
  guild_id: Id;
  role_id: Id;
  name: string | null;
  color: number | null;
  position: number | null;
  seen_at: Time | null;
  deleted_at: Time | null;
  permissions_at: Time | null;
  permissions: Id | null;
}

export interface MembersTable {
  guild_id: Id;
  user_id: Id;
  is_bot: boolean | null;
  is_webhook: boolean | null;
  name: string | null;
  name_at: Time | null;
  display_name: string | null;
  display_at: Time | null;
  nick: string | null;
  nick_at: Time | null;
  roles: Ids | null;
  roles_by_api: boolean | null;
  roles_at: Time | null;
  joined_at: Time | null;
  present_at: Time | null;
  left_at: Time | null;
  first_seen_at: Time | null;
  last_seen_at: Time | null;
}

export interface MemberNamesTable {
  guild_id: Id;
  user_id: Id;
  kind: string;
  name: string;
  first_at: Time;
  last_at: Time;
}

export interface MemberMomentsTable {
  guild_id: Id;
  user_id: Id;
  kind: string;
  at: Time;
  source: string;
}

export interface MessagesTable {
  guild_id: Id;
  message_id: Id;
  channel_id: Id | null;
  author_id: Id | null;
  invoker_id: Id | null;
  reference_guild_id: Id | null;
  reference_channel_id: Id | null;
  reference_message_id: Id | null;
  edited_at: Time | null;
  body_key: Id | null;
  seen_at: Time | null;
  reactions_at: Time | null;
  reactions_cleared_at: Time | null;
  gone_at: Time | null;
  absent_at: Time | null;
  flags: Id | null;
  told: Id | null;
  content_length: number | null;
  words: number | null;
  type: number | null;
  reference_type: number | null;
  asks: boolean | null;
  pinned: boolean | null;
  by_api: boolean | null;
  erased: boolean;
  webhook_name: string | null;
  content: string | null;
}

export interface EditsTable {
  guild_id: Id;
  message_id: Id;
  version: Id;
  body_key: Id;
  content: string;
}

export interface AttachmentsTable {
  guild_id: Id;
  message_id: Id;
  attachment_id: Id;
  version: Id;
  file_name: string | null;
  kind: string | null;
  extension: string | null;
  content_type: string | null;
  size_bytes: Id | null;
  width: number | null;
  height: number | null;
  duration_ms: Id | null;
}

export interface EmbedsTable {
  guild_id: Id;
  message_id: Id;
  version: Id;
  fidelity: number;
  embed_count: number;
  embeds: Json;
}

export interface StickersTable {
  guild_id: Id;
  message_id: Id;
  sticker_id: Id;
  version: Id;
  name: string | null;
  format: string | null;
}

export interface MentionsTable {
  guild_id: Id;
  message_id: Id;
  kind: string;
  target_id: Id;
  version: Id;
}

export interface LinksTable {
  guild_id: Id;
  message_id: Id;
  position: number;
  domain: string;
  address: string | null;
}

export interface EmojiUsesTable {
  guild_id: Id;
  message_id: Id;
  emoji_key: string;
  emoji_name: string | null;
  uses: number;
}

export interface ForwardsTable {
  guild_id: Id;
  message_id: Id;
  version: Id;
  sent_at: Time | null;
  content: string | null;
  content_length: number | null;
  details: Json | null;
}

export interface PollsTable {
  guild_id: Id;
  message_id: Id;
  version: Id;
  seen_at: Time;
  answers: number | null;
  expires_at: Time | null;
  poll: Json;
}

export interface ReactionsTable {
  guild_id: Id;
  message_id: Id;
  emoji_key: string;
  emoji_name: string | null;
  animated: boolean | null;
  counted_at: Time | null;
  count: number | null;
  cleared_at: Time | null;
  total: number;
}

export interface ReactionUsersTable {
  guild_id: Id;
  message_id: Id;
  emoji_key: string;
  user_id: Id;
  burst: boolean;
  added_at: Time | null;
  removed_at: Time | null;
  seen_at: Time | null;
}

export interface ExtrasTable {
  guild_id: Id;
  kind: string;
  id: Id;
  source: string;
  at: Time;
  extra: Json;
}

export interface CoverageTable {
  guild_id: Id;
  channel_id: Id;
  from_id: Id;
  to_id: Id;
  source: string;
  grade: string;
  at: Time;
}

export interface ChoicesTable {
  guild_id: Id;
  user_id: Id;
  choice: string;
  since: Time;
}

export interface ImportsTable {
  guild_id: Id;
  sha256: string;
  channel_id: Id;
  size_bytes: Id;
  observed_at: Time;
  state: string;
  reader: string;
  resume_offset: Id;
  resume_index: Id;
  card: Json;
  started_at: Time;
  finished_at: Time | null;
}

export interface RollupsTable {
  guild_id: Id;
  time_zone: string;
  bots: Ids;
}

export interface StaleDaysTable {
  guild_id: Id;
  day: number;
  marked_by: Id;
}

export interface DayTalliesTable {
  guild_id: Id;
  starts: LocalDate;
  channel_id: Id;
  author_id: Id;
  messages: number;
  replies: number;
  edited: number;
  asks: number;
  length: Id;
  words: Id;
  first_id: Id | null;
  last_id: Id | null;
  reactions: number;
  attachments: number;
  links: number;
  replied: number;
  blocks: Bits;
}

export interface MonthTalliesTable {
  guild_id: Id;
  starts: LocalDate;
  channel_id: Id;
  author_id: Id;
  messages: number;
  replies: number;
  edited: number;
  asks: number;
  length: Id;
  words: Id;
  first_id: Id | null;
  last_id: Id | null;
  reactions: number;
  attachments: number;
  links: number;
  replied: number;
  days: number;
}

export interface YearTalliesTable {
  guild_id: Id;
  starts: LocalDate;
  channel_id: Id;
  author_id: Id;
  messages: number;
  replies: number;
  edited: number;
  asks: number;
  length: Id;
  words: Id;
  first_id: Id | null;
  last_id: Id | null;
  reactions: number;
  attachments: number;
  links: number;
  replied: number;
}

export interface HourTalliesTable {
  guild_id: Id;
  starts: LocalDate;
  hour: number;
  channel_id: Id;
  is_bot: boolean;
  messages: number;
}

export interface UseTalliesTable {
  guild_id: Id;
  starts: LocalDate;
  kind: string;
  key: string;
  channel_id: Id;
  is_bot: boolean;
  name: string | null;
  uses: number;
}

export interface AskedQuestionsTable {
  guild_id: Id;
  starts: LocalDate;
  message_id: Id;
  channel_id: Id;
  author_id: Id;
  reply_id: Id | null;
  replier_id: Id | null;
  thread_reply_id: Id | null;
  thread_replier_id: Id | null;
}

export interface GuildMomentsTable {
  guild_id: Id;
  kind: string;
  at: Time;
}

export interface ExpressionsTable {
  guild_id: Id;
  kind: string;
  expression_id: Id;
  listed_at: Time;
  name: string | null;
  animated: boolean | null;
}

export interface VoiceStatesTable {
  guild_id: Id;
  user_id: Id;
  at: Time;
  channel_id: Id;
  listed: boolean;
}

export interface PollVotesTable {
  guild_id: Id;
  message_id: Id;
  answer_id: number;
  user_id: Id;
  added_at: Time | null;
  removed_at: Time | null;
}

export interface ShardsTable {
  application_id: Id;
  shard_id: number;
  shard_count: number;
  holder: string | null;
  beat: Id;
  session_id: string | null;
  resume_url: string | null;
  sequence: Id | null;
  last_event_at: Time | null;
  alive_at: Time | null;
}

export interface GapsTable {
  guild_id: Id;
  from_at: Time;
  to_at: Time;
  reason: string;
  state: string;
  repaired_at: Time | null;
  card: Json;
}

export interface GapChannelsTable {
  guild_id: Id;
  from_at: Time;
  channel_id: Id;
  start_id: Id;
  cursor_id: Id;
  state: string;
}

export interface SetAsideTable {
  guild_id: Id;
  at: Time;
  dispatch: string;
  channel_id: Id;
  message_id: Id;
  reason: string;
}

export interface ChannelAccessTable {
  guild_id: Id;
  channel_id: Id;
  at: Time;
  access: string;
}

export interface PastExclusionsTable {
  guild_id: Id;
  channel_id: Id;
  from_at: Time;
  to_at: Time;
}

export interface BackfillRunsTable {
  guild_id: Id;
  asked_at: Time;
  state: string;
  channel_ids: Ids | null;
  since_id: Id;
  with_reactors: boolean;
  is_again: boolean;
  card: Json;
  reason: string | null;
  started_at: Time | null;
  updated_at: Time;
  finished_at: Time | null;
}

export interface BackfillChannelsTable {
  guild_id: Id;
  asked_at: Time;
  channel_id: Id;
  state: string;
  reason: string | null;
  archived_listed: boolean;
  oldest_id: Id | null;
  newest_id: Id | null;
  pages: number;
  messages: number;
  noted_at: Time;
}

export interface RepliesView {
  guild_id: Id;
  message_id: Id;
  author_id: Id;
  replied_to_id: Id | null;
  replied_to_author_id: Id | null;
}

export interface Schema {
  guilds: GuildsTable;
  guild_settings: GuildSettingsTable;
  command_rules: CommandRulesTable;
  linked_guilds: LinkedGuildsTable;
  message_words: MessageWordsTable;
  vocabulary: VocabularyTable;
  stale_words: StaleWordsTable;
  remembered_questions: RememberedQuestionsTable;
  posts: PostsTable;
  jobs: JobsTable;
  api_tokens: ApiTokensTable;
  excluded_channels: ExcludedChannelsTable;
  channels: ChannelsTable;
  roles: RolesTable;
  members: MembersTable;
  member_names: MemberNamesTable;
  member_moments: MemberMomentsTable;
  messages: MessagesTable;
  edits: EditsTable;
  attachments: AttachmentsTable;
  embeds: EmbedsTable;
  stickers: StickersTable;
  mentions: MentionsTable;
  links: LinksTable;
  emoji_uses: EmojiUsesTable;
  forwards: ForwardsTable;
  polls: PollsTable;
  reactions: ReactionsTable;
  reaction_users: ReactionUsersTable;
  extras: ExtrasTable;
  coverage: CoverageTable;
  choices: ChoicesTable;
  imports: ImportsTable;
  rollups: RollupsTable;
  stale_days: StaleDaysTable;
  day_tallies: DayTalliesTable;
  month_tallies: MonthTalliesTable;
  year_tallies: YearTalliesTable;
  hour_tallies: HourTalliesTable;
  use_tallies: UseTalliesTable;
  asked_questions: AskedQuestionsTable;
  guild_moments: GuildMomentsTable;
  expressions: ExpressionsTable;
  voice_states: VoiceStatesTable;
  poll_votes: PollVotesTable;
  shards: ShardsTable;
  gaps: GapsTable;
  gap_channels: GapChannelsTable;
  set_aside: SetAsideTable;
  channel_access: ChannelAccessTable;
  past_exclusions: PastExclusionsTable;
  backfill_runs: BackfillRunsTable;
  backfill_channels: BackfillChannelsTable;
  replies: RepliesView;
}
