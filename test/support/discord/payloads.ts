/** The truth as Discord's API shows it: https://discord.com/developers/docs/reference */
export {
  channelPayload,
  gatewayChannel,
  HIDDEN_NAME,
  isHidden,
  threadMemberPayload,
} from './payloads/channels.ts';
export {
  fitGuildCreate,
  guildCreatePayload,
  guildPayload,
  LARGE_THRESHOLD,
  stickerPayload,
} from './payloads/guilds.ts';
export { gatewayMessage, messagePayload, withhold, type MessageView } from './payloads/messages.ts';
export {
  emojiPayload,
  memberPayload,
  rolePayload,
  userPayload,
  voiceStatePayload,
} from './payloads/people.ts';
export { pollPayload } from './payloads/polls.ts';
export { reactionEmoji, reactionPayload } from './payloads/reactions.ts';
export { apiTime, timeOf } from './payloads/time.ts';
