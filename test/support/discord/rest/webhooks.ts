/**
 * What an interaction's token is good for: its first answer, and what follows.
 *
 * Source  https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages
 */
import { InteractionType, MessageFlags } from 'discord-api-types/v10';
import { findMessage, isDeferred, payloadOf, rewrite, say, takeBack } from '../interactions/answers.ts';
import type { Interaction } from '../interactions/held.ts';
import type { MessageTruth } from '../model.ts';
import { noteMentions } from './mentions.ts';
import { refusals } from './refusal.ts';
import { type Answer, type Asked, done, ok } from './route.ts';
import { EDITABLE, type Said, SENDABLE, write } from './writing.ts';

/**
 * POST /webhooks/{webhook_id}/{webhook_token}: a message more. The first one after a deferral that nothing has become of
 * stands in its place, and is seen by whom the deferral was.
 */
export function followUp(asked: Asked): Answer {
  const { interactions: held, world, files, query } = asked;
  const interaction = interactionOf(asked);
  const said = (asked.body ?? {}) as Said;
  const written = write(said, { world, channelId: interaction.channel.id, files, flags: SENDABLE });
  noteMentions(held, interaction, 'a follow-up', said);
  const original = findMessage(held, interaction, '@original');
  const isEphemeral = ((said.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  const message =
    original && isDeferred(original) ? original : say(held, interaction, written, { isEphemeral });
  if (message === original) rewrite(held, interaction, original, withFlagsOf(original, written));
  // An application's own are answered with the message, asked or not.
  return query.get('wait') === 'false' ? done : ok(payloadOf(held, interaction, message));
}

/** GET .../messages/@original, and .../messages/{message_id} */
export function saidMessage(asked: Asked): Answer {
  const { interaction, message } = messageOf(asked);
  return ok(payloadOf(asked.interactions, interaction, message));
}

/** PATCH to the same. */
export function editSaid(asked: Asked): Answer {
  const { interactions: held, world, files } = asked;
  const { interaction, message } = messageOf(asked);
  const said = (asked.body ?? {}) as Said;
  const { channelId } = message;
  const written = write(said, { world, channelId, files, flags: EDITABLE, before: message });
  noteMentions(held, interaction, 'an edit', said);
  rewrite(held, interaction, message, written);
  return ok(payloadOf(held, interaction, message));
}

/** DELETE of the same. */
export function deleteSaid(asked: Asked): Answer {
  const { interaction, message } = messageOf(asked);
  takeBack(asked.interactions, interaction, message);
  return done;
}

const withFlagsOf = <W extends { flags: number }>({ flags }: MessageTruth, written: W): W => ({
  ...written,
  flags: written.flags | flags,
});

/**
 * Errors  50027: no such token, or its 15 minutes are over; 10015: nothing was answered yet, or nothing can be
 */
function interactionOf({ interactions, world, params }: Asked): Interaction {
  const interaction = interactions.byToken(params['webhook_token']!);
  if (params['webhook_id'] !== world.truth.application.id) throw refusals.unknownWebhook();
  if (!interaction) throw refusals.deadToken();
  const isTyping = interaction.type === InteractionType.ApplicationCommandAutocomplete;
  if (!interaction.acknowledged || isTyping) throw refusals.unknownWebhook();
  return interaction;
}

function messageOf(asked: Asked): { interaction: Interaction; message: MessageTruth } {
  const interaction = interactionOf(asked);
  const id = asked.params['message_id'] ?? '@original';
  const message = findMessage(asked.interactions, interaction, id);
  if (!message) throw refusals.unknownMessage();
  return { interaction, message };
}
