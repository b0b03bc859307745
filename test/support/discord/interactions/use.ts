/** What a test is given of an interaction: its times, and every state of its answer. */
import type {
  APIApplicationCommandOptionChoice,
  APIMessage,
  InteractionResponseType,
} from 'discord-api-types/v10';
import type { Snowflake } from '../model.ts';
import {
  type Answer,
  findMessage,
  isDeferred,
  payloadOf,
  type ShownMessage,
  shownMessage,
} from './answers.ts';
import type { Held, Interaction } from './held.ts';

export interface Use {
  readonly id: Snowflake;
  readonly token: string;
  readonly userId: Snowflake;
  readonly channelId: Snowflake;
  /** As a person would write it: `/stats period:week`, or the label of a button. */
  readonly typed: string;
  /** When it was asked, by the world's clock. */
  readonly atMs: number;
  /** Every change of what the asker sees, oldest first. */
  readonly answers: readonly Answer[];
  /** What stands now: the original (of a press with an update, the message with the button), then what followed. */
  shown(): ShownMessage[];
  /** The same as REST would show it. */
  payloads(): APIMessage[];
  /** When the callback came, and of which type. */
  acknowledged(): Promise<{ type: InteractionResponseType; atMs: number }>;
  /** The first message that is more than a deferral. */
  answered(): Promise<ShownMessage>;
  /** What was suggested, where something was typed. */
  choices(): Promise<APIApplicationCommandOptionChoice[]>;
  /** Resolves once it holds; it is looked at after each change. */
  until(holds: () => boolean): Promise<void>;
}

/** Less than a test may take: one that hangs tells nothing. */
const PATIENCE_MS = 100_000;

/** A test's view of an interaction. What it is asked for and never comes is an error. */
export function useOf(held: Held, interaction: Interaction): Use {
  const { id, token, userId, channel, typed, atMs, answers } = interaction;
  const standing = () => [...interaction.own].flatMap((own) => findMessage(held, interaction, own) ?? []);
  async function found<T>(look: () => T | undefined): Promise<T> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      const came = answers.map(({ what }) => what).join(', ') || 'nothing';
      late.reject(new Error(`What was waited for of "${typed}" never came; there came: ${came}`));
    }, PATIENCE_MS);
    try {
      for (;;) {
        const value = look();
        if (value !== undefined) return value;
        await Promise.race([interaction.next(), late.promise]);
      }
    } finally {
      clearTimeout(timer);
    }
  }
  return {
    id,
    token,
    userId,
    channelId: channel.id,
    typed,
    atMs,
    answers,
    shown: () => standing().map(shownMessage),
    payloads: () => standing().map((message) => payloadOf(held, interaction, message)),
    acknowledged: () => found(() => interaction.acknowledged),
    answered: async () => {
      const { message } = await found(() =>
        answers.find(({ what, message: one }) => what !== 'deleted' && !isDeferred(one)),
      );
      return message;
    },
    choices: () => found(() => interaction.choices),
    until: async (holds) => void (await found(() => holds() || undefined)),
  };
}
