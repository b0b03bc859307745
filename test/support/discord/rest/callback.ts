/**
 * The first answer to an interaction.
 *
 * Source  https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object
 */
import {
  type APIApplicationCommandOptionChoice,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
} from 'discord-api-types/v10';
import { isDeferred, isEphemeral, payloadOf, rewrite, say } from '../interactions/answers.ts';
import type { Interaction } from '../interactions/held.ts';
import type { MessageTruth } from '../model.ts';
import { noteMentions } from './mentions.ts';
import { refusals } from './refusal.ts';
import { type Answer, type Asked, done, ok } from './route.ts';
import { EDITABLE, type Said, SENDABLE, write, type Written } from './writing.ts';

const {
  ApplicationCommandAutocompleteResult: Suggest,
  ChannelMessageWithSource: Reply,
  DeferredChannelMessageWithSource: Defer,
  DeferredMessageUpdate: DeferUpdate,
  UpdateMessage: Update,
} = InteractionResponseType;

const { ApplicationCommand, ApplicationCommandAutocomplete, MessageComponent } = InteractionType;

/** What may answer what. */
const ANSWERS: Record<Interaction['type'], InteractionResponseType[]> = {
  [ApplicationCommand]: [Reply, Defer],
  [ApplicationCommandAutocomplete]: [Suggest],
  [MessageComponent]: [Reply, Defer, DeferUpdate, Update],
};

const NOTHING: Written = { content: '', embeds: [], components: [], attachments: [], flags: 0 };
const { Ephemeral } = MessageFlags;
const CHOICES_MAX = 25;
const CHOICE_LENGTH_MAX = 100;

/**
 * POST /interactions/{interaction_id}/{interaction_token}/callback
 *
 * Errors  10062: unknown, or more than three seconds old; 40060: answered before; 50035: no such answer to such a thing
 */
export function callback(asked: Asked): Answer {
  const { interactions: held, world, params, query } = asked;
  const interaction = held.byToken(params['interaction_token']!);
  if (interaction?.id !== params['interaction_id']) throw refusals.unknownInteraction();
  if (interaction!.acknowledged) throw refusals.alreadyAcknowledged();
  if (world.now() - interaction!.atMs > held.deadlines.callbackMs) throw refusals.unknownInteraction();
  const { type } = asked.body as { type: InteractionResponseType };
  if (!ANSWERS[interaction!.type].includes(type))
    throw refusals.invalidForm('type', 'Not an answer to this interaction.', 'BASE_TYPE_CHOICES');
  const message = take(asked, interaction!, type);
  interaction!.acknowledged = { type, atMs: world.now() };
  interaction!.wake();
  return query.get('with_response') === 'true' ? ok(response(asked, interaction!, message)) : done;
}

/** Does what the callback says. A message comes of all but suggestions. */
function take(
  asked: Asked,
  interaction: Interaction,
  type: InteractionResponseType,
): MessageTruth | undefined {
  const { interactions: held, body } = asked;
  const { data } = body as { data?: Said & { choices?: APIApplicationCommandOptionChoice[] } };
  const { pressed } = interaction;
  const said = data ?? {};
  const flags = said.flags ?? 0;
  const isPrivate = (flags & Ephemeral) !== 0;
  switch (type) {
    case Suggest:
      interaction.choices = checkedChoices(said.choices ?? []);
      return undefined;
    case Defer:
      if (flags & ~Ephemeral)
        throw refusals.invalidForm('flags', 'A deferral may only be ephemeral.', 'MESSAGE_FLAGS_INVALID');
      return say(held, interaction, NOTHING, { isEphemeral: isPrivate, isLoading: true });
    case Reply: {
      const written = writing(asked, interaction, said, undefined);
      noteMentions(held, interaction, 'an answer', said);
      return say(held, interaction, written, { isEphemeral: isPrivate });
    }
    default:
      if (type === Update) {
        const written = writing(asked, interaction, said, pressed);
        noteMentions(held, interaction, 'an answer', said);
        rewrite(held, interaction, pressed!, written);
      }
      interaction.originalId = pressed!.id;
      return pressed;
  }
}

function writing(
  { world, files }: Asked,
  { channel }: Interaction,
  said: Said,
  before: MessageTruth | undefined,
): Written {
  const flags = before ? EDITABLE : SENDABLE;
  return write(said, { world, channelId: channel.id, files, flags, ...(before && { before }) });
}

function checkedChoices(choices: APIApplicationCommandOptionChoice[]): APIApplicationCommandOptionChoice[] {
  const fits = ({ length }: string) => length >= 1 && length <= CHOICE_LENGTH_MAX;
  if (choices.length > CHOICES_MAX)
    throw refusals.invalidForm(
      'choices',
      `Must be ${CHOICES_MAX} or fewer in length.`,
      'BASE_TYPE_MAX_LENGTH',
    );
  if (!choices.every(({ name, value }) => fits(name) && fits(String(value))))
    throw refusals.invalidForm('choices', 'Must be between 1 and 100 in length.', 'BASE_TYPE_BAD_LENGTH');
  return choices;
}

/** What was made of it; a message is shown where there is one to show. */
function response(asked: Asked, interaction: Interaction, message: MessageTruth | undefined) {
  const { id, type, acknowledged, channel, guild } = interaction;
  const told = acknowledged!.type;
  return {
    interaction: {
      id,
      type,
      channel_id: channel.id,
      guild_id: guild.id,
      ...(message && {
        response_message_id: message.id,
        response_message_loading: isDeferred(message),
        response_message_ephemeral: isEphemeral(message),
      }),
    },
    ...((told === Reply || told === Update) && {
      resource: { type: told, message: payloadOf(asked.interactions, interaction, message!) },
    }),
  };
}
