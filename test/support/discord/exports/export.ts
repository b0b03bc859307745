/** An export of DiscordChatExporter, as far as it is read here; older versions lack what may be absent. */

export interface Export {
  guild: { id: string; name: string };
  channel: {
    id: string;
    type: string;
    categoryId?: string | null;
    category?: string | null;
    name: string;
    topic?: string | null;
  };
  exportedAt?: string;
  messages: ExportedMessage[];
}

export interface ExportedUser {
  id: string;
  name: string;
  discriminator?: string | number;
  nickname?: string;
  isBot?: boolean;
  roles?: { id: string; name: string; color: string | null; position: number }[];
}

export interface ExportedFile {
  id: string;
  fileName: string;
  fileSizeBytes: number;
}

export interface ExportedImage {
  url?: string;
  canonicalUrl?: string;
  width: number | null;
  height: number | null;
}

export interface ExportedEmbed {
  title: string;
  url: string | null;
  timestamp: string | null;
  description: string;
  color?: string | null;
  author?: { name: string | null; url: string | null; iconUrl?: string };
  thumbnail?: ExportedImage;
  image?: ExportedImage;
  images?: ExportedImage[];
  video?: ExportedImage;
  footer?: { text: string; iconUrl?: string };
  fields: { name: string; value: string; isInline: boolean }[];
}

export interface ExportedSticker {
  id: string;
  name: string;
}

export interface ExportedMessage {
  id: string;
  type: string;
  timestamp: string;
  timestampEdited: string | null;
  isPinned: boolean;
  content: string;
  author: ExportedUser;
  attachments: ExportedFile[];
  embeds: ExportedEmbed[];
  stickers?: ExportedSticker[];
  reactions: {
    emoji: { id: string | null; name: string; isAnimated: boolean };
    count: number;
    users?: ExportedUser[];
  }[];
  mentions?: ExportedUser[];
  reference?: {
    type?: string;
    messageId: string | null;
    channelId: string | null;
    guildId: string | null;
  };
  forwardedMessage?: {
    timestamp: string;
    timestampEdited: string | null;
    content: string;
    attachments: ExportedFile[];
    embeds: ExportedEmbed[];
    stickers: ExportedSticker[];
  };
  interaction?: { user: ExportedUser };
}
