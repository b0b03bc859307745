/** Every recorded table, its key and how each group of its columns is merged. */
import { bits, derived, greatest, larger, least, noted, table, versioned } from './merge-rule.ts';

const GUILD = 'guild_id int8';
const MESSAGE = [GUILD, 'message_id int8'];

export const guilds = table(
  'guilds',
  [GUILD],
  [
    larger('name_at timestamptz stamp', 'name text'),
    larger('owner_at timestamptz stamp', 'owner_id int8'),
    greatest('members_listed_at timestamptz'),
    greatest('emoji_listed_at timestamptz'),
    greatest('stickers_listed_at timestamptz'),
  ],
);

export const guildMoments = table('guild_moments', [GUILD, 'kind text', 'at timestamptz'], []);

export const expressions = table(
  'expressions',
  [GUILD, 'kind text', 'expression_id int8'],
  [larger('listed_at timestamptz stamp', 'name text', 'animated bool')],
);

export const channels = table(
  'channels',
  [GUILD, 'channel_id int8'],
  [
    greatest('type int2'),
    larger('name_at timestamptz stamp', 'name text'),
    larger('parent_at timestamptz stamp', 'parent_id int8'),
    larger(
      'details_by_api bool',
      'details_at timestamptz stamp',
      'topic text',
      'position int4',
      'nsfw bool',
      'overwrites jsonb',
    ),
    larger('archived_at timestamptz', 'archive_seen_at timestamptz stamp', 'archived bool', 'locked bool'),
    least('deleted_at timestamptz'),
    greatest('hidden_at timestamptz'),
  ],
);

export const roles = table(
  'roles',
  [GUILD, 'role_id int8'],
  [
    larger('seen_at timestamptz stamp', 'name text', 'color int4', 'position int4'),
    larger('permissions_at timestamptz stamp', 'permissions int8'),
    least('deleted_at timestamptz'),
  ],
);

export const members = table(
  'members',
  [GUILD, 'user_id int8'],
  [
    greatest('is_bot bool'),
    greatest('is_webhook bool'),
    larger('name_at timestamptz stamp', 'name text'),
    larger('display_at timestamptz stamp', 'display_name text'),
    larger('nick_at timestamptz stamp', 'nick text'),
    larger('roles_by_api bool', 'roles_at timestamptz stamp', 'roles int8[]'),
    greatest('joined_at timestamptz'),
    greatest('present_at timestamptz stamp'),
    greatest('left_at timestamptz'),
    least('first_seen_at timestamptz'),
    greatest('last_seen_at timestamptz'),
  ],
);

export const memberNames = table(
  'member_names',
  [GUILD, 'user_id int8', 'kind text', 'name text'],
  [least('first_at timestamptz stamp'), greatest('last_at timestamptz stamp')],
);

export const memberMoments = table(
  'member_moments',
  [GUILD, 'user_id int8', 'kind text', 'at timestamptz', 'source text'],
  [],
);

export const voiceStates = table(
  'voice_states',
  [GUILD, 'user_id int8', 'at timestamptz', 'channel_id int8', 'listed bool'],
  [],
);

export const messages = table('messages', MESSAGE, [
  greatest('channel_id int8'),
  greatest('author_id int8'),
  greatest('invoker_id int8'),
  greatest('reference_guild_id int8'),
  greatest('reference_channel_id int8'),
  greatest('reference_message_id int8'),
  greatest('edited_at timestamptz'),
  larger('body_key int8', 'content text', 'content_length int4', 'words int4', 'asks bool'),
  larger('by_api bool', 'seen_at timestamptz stamp', 'pinned bool'),
  greatest('reactions_at timestamptz stamp'),
  greatest('reactions_cleared_at timestamptz'),
  least('gone_at timestamptz'),
  bits('flags int8'),
  greatest('type int2'),
  greatest('reference_type int2'),
  greatest('webhook_name text'),
  noted('told int8 stamp'),
]);

export const edits = table('edits', [...MESSAGE, 'version int8'], [larger('body_key int8', 'content text')]);

export const attachments = table(
  'attachments',
  [...MESSAGE, 'attachment_id int8'],
  [
    versioned(
      'version int8',
      'file_name text',
      'kind text',
      'extension text',
      'content_type text',
      'size_bytes int8',
      'width int4',
      'height int4',
      'duration_ms int8',
    ),
  ],
);

export const embeds = table('embeds', MESSAGE, [
  larger('version int8', 'fidelity int2', 'embeds jsonb', 'embed_count int4'),
]);

export const stickers = table(
  'stickers',
  [...MESSAGE, 'sticker_id int8'],
  [versioned('version int8', 'name text', 'format text')],
);

export const mentions = table(
  'mentions',
  [...MESSAGE, 'kind text', 'target_id int8'],
  [versioned('version int8')],
);

export const forwards = table('forwards', MESSAGE, [
  larger('version int8', 'sent_at timestamptz', 'content text', 'content_length int4', 'details jsonb'),
]);

export const polls = table('polls', MESSAGE, [
  larger('version int8', 'seen_at timestamptz stamp', 'poll jsonb', 'answers int4', 'expires_at timestamptz'),
]);

export const links = table(
  'links',
  [...MESSAGE, 'position int2'],
  [greatest('domain text'), greatest('address text')],
);

export const emojiUses = table(
  'emoji_uses',
  [...MESSAGE, 'emoji_key text'],
  [greatest('emoji_name text'), greatest('uses int4')],
);

export const reactions = table(
  'reactions',
  [...MESSAGE, 'emoji_key text'],
  [
    greatest('emoji_name text'),
    greatest('animated bool'),
    larger('counted_at timestamptz stamp', 'count int4'),
    greatest('cleared_at timestamptz stamp'),
    derived('total int4'),
  ],
);

export const reactionUsers = table(
  'reaction_users',
  [...MESSAGE, 'emoji_key text', 'user_id int8', 'burst bool'],
  [
    greatest('added_at timestamptz'),
    greatest('removed_at timestamptz'),
    greatest('seen_at timestamptz stamp'),
  ],
);

export const pollVotes = table(
  'poll_votes',
  [...MESSAGE, 'answer_id int4', 'user_id int8'],
  [greatest('added_at timestamptz'), greatest('removed_at timestamptz')],
);

export const extras = table(
  'extras',
  [GUILD, 'kind text', 'id int8', 'source text'],
  [larger('at timestamptz stamp', 'extra jsonb')],
);

export const coverage = table(
  'coverage',
  [GUILD, 'channel_id int8', 'from_id int8', 'to_id int8', 'source text', 'grade text', 'at timestamptz'],
  [],
);

/** Rows of a message that follow its version: what an edit replaced is deleted. */
export const VERSIONED_CHILDREN = [attachments, embeds, stickers, mentions, forwards, polls];

/** Rows computed from a message's text. */
export const DERIVED_CHILDREN = [links, emojiUses];

/** All that hangs on a message and goes with it. */
export const MESSAGE_CHILDREN = [
  edits,
  ...VERSIONED_CHILDREN,
  ...DERIVED_CHILDREN,
  reactions,
  reactionUsers,
  pollVotes,
];

/** Every recorded table, parents first. */
export const RECORDED = [
  guilds,
  guildMoments,
  expressions,
  channels,
  roles,
  members,
  memberNames,
  memberMoments,
  voiceStates,
  messages,
  ...MESSAGE_CHILDREN,
  extras,
  coverage,
];
