/**
 * Where Discord's description and Discord's documentation differ, and the documentation is right. Kept short: what
 * isn't here is as described.
 */
import type { Schema } from './description.ts';

const FIELD_ERROR: Schema = {
  type: 'object',
  properties: { code: { type: 'string' }, message: { type: 'string' } },
  required: ['code', 'message'],
  additionalProperties: false,
};

const IGNORED: Record<string, Schema> = { tts: { type: 'boolean' }, enforce_nonce: { type: 'boolean' } };

/** By the schema's name: fields to add or to put in the place of others, and fields that may be absent. */
export const EXCEPTIONS: Record<string, { add?: Record<string, Schema>; optional?: string[] }> = {
  // `code` of a refusal is there only for some limits.
  // https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit-rate-limit-response-structure
  RatelimitedResponse: { optional: ['code'] },
  // Results of a poll are left out where Discord didn't fetch them.
  // https://discord.com/developers/docs/resources/poll#poll-results-object
  PollResponse: { optional: ['results'] },
  // Codes of a field's errors are words, as BASE_TYPE_REQUIRED.
  // https://discord.com/developers/docs/reference#error-messages
  InnerErrors: { add: { _errors: { type: 'array', items: FIELD_ERROR } } },
  // Media channels are a type, too.
  // https://discord.com/developers/docs/resources/channel#channel-object-channel-types
  GuildChannelResponse: { add: { type: { enum: [0, 2, 4, 5, 13, 14, 15, 16] } } },
  // A forward refers to its message, too. https://discord.com/developers/docs/resources/message#message-reference-types
  MessageReferenceResponse: { add: { type: { enum: [0, 1] } } },
  // Whether a command is age-restricted.
  // https://docs.discord.com/developers/interactions/application-commands#application-command-object
  ApplicationCommandUpdateRequest: { add: { nsfw: { type: ['boolean', 'null'] } } },
  // discord.js writes these two with every message, to whatever end it goes; Discord takes no notice.
  IncomingWebhookInteractionRequest: { add: IGNORED },
  IncomingWebhookUpdateForInteractionCallbackRequestPartial: { add: IGNORED },
  IncomingWebhookRequestPartial: { add: IGNORED },
  IncomingWebhookUpdateRequestPartial: { add: IGNORED },
  // `hub_type` is in every guild. https://discord.com/developers/docs/resources/guild (discord-api-types: APIGuild)
  GuildResponse: { add: { hub_type: { type: ['integer', 'null'] } } },
  GuildWithCountsResponse: { add: { hub_type: { type: ['integer', 'null'] } } },
};
