/** Small exports, as DiscordChatExporter 2.47 writes them. */
import { AUTHOR, CHANNEL, GUILD, idAt, at } from './records.ts';

export type Json = Record<string, unknown>;

export interface ExportParts {
  guild?: Json;
  channel?: Json;
  exportedAt?: string | null;
  messages?: Json[];
  messageCount?: number;
  /** Further keys of the root. */
  more?: Json;
}

/** An export as an object. */
export function exportOf(parts: ExportParts): Json {
  const { guild, channel, exportedAt = iso(at(100_000)), messages = [], more } = parts;
  return {
    guild: { id: GUILD, name: 'Lighthouse', iconUrl: 'https://cdn.discordapp.com/icons/1/a.png', ...guild },
    channel: {
      id: CHANNEL,
      type: 'GuildTextChat',
      categoryId: null,
      category: null,
      name: 'general',
      topic: null,
      ...channel,
    },
    dateRange: { after: null, before: null },
    ...(exportedAt !== null && { exportedAt }),
    ...more,
    messages,
    messageCount: parts.messageCount ?? messages.length,
  };
}

/** An export as its text. */
export const exportText = (parts: ExportParts): string => JSON.stringify(exportOf(parts), null, 2);

/** A time as DCE writes it. */
export function iso(ms: number): string {
  return new Date(ms).toISOString().replace(/\.?0*Z$/, '+00:00');
}

/** A person as an author or a mention shows them. */
export function person(id: string, name: string, more: Json = {}): Json {
  return {
    id,
    name,
    discriminator: '0000',
    nickname: name,
    color: null,
    isBot: false,
    roles: [],
    avatarUrl: `https://cdn.discordapp.com/avatars/${id}/a.png`,
    ...more,
  };
}

export const ANNA = person(AUTHOR, 'anna');
export const BELA = person('100000000000000004', 'bela');
export const CARL = person('100000000000000005', 'carl');

/** A message written some seconds after `at(0)`. */
export function said(seconds: number, content: string, more: Json = {}): Json {
  return {
    id: idAt(at(seconds)),
    type: 'Default',
    timestamp: iso(at(seconds)),
    timestampEdited: null,
    callEndedTimestamp: null,
    isPinned: false,
    content,
    author: ANNA,
    attachments: [],
    embeds: [],
    stickers: [],
    reactions: [],
    mentions: [],
    inlineEmojis: [],
    ...more,
  };
}

/** Reactions with one emoji; a custom one is `name:id`. */
export function reaction(emoji: string, users: Json[], count = users.length): Json {
  const [name, id = ''] = emoji.split(':');
  const shown = ({ id: userId, name: userName, nickname, color, isBot, avatarUrl }: Json) => ({
    id: userId,
    name: userName,
    discriminator: '0000',
    nickname,
    color,
    isBot,
    avatarUrl,
  });
  return {
    emoji: { id, name, code: name, isAnimated: false, imageUrl: 'https://cdn.discordapp.com/emojis/a.png' },
    count,
    users: users.map(shown),
  };
}

/** An attachment. */
export function mapFile(id: string): Json {
  return {
    id,
    url: `https://cdn.discordapp.com/attachments/1/${id}/map.png`,
    fileName: 'map.png',
    fileSizeBytes: 70,
  };
}
