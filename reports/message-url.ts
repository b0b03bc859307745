/** The address at which Discord opens a message; direct messages, guild 0, have one of their own. */
export const messageUrl = (guildId: string, channelId: string, messageId: string): string =>
  `https://discord.com/channels/${guildId === '0' ? '@me' : guildId}/${channelId}/${messageId}`;
