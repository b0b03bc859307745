/** How an answer reaches whoever asked: acknowledged first, filled in when it is there. */
import { MessageFlags } from 'discord-api-types/v10';
import type { ButtonInteraction, ChatInputCommandInteraction } from 'discord.js';
import type { Message } from '../../reports/message.ts';
import { toDiscord } from '../../reports/message/discord.ts';

type Interaction = ButtonInteraction | ChatInputCommandInteraction;

export interface Reply {
  /** Shows a message, in place of the one before. */
  show(message: Message): Promise<void>;
  /** Says something beside it, to whoever asked or pressed alone. */
  tell(message: Message): Promise<void>;
  /** Says why there is none, to the asker alone. */
  refuse(text: string): Promise<void>;
}

/** A reply of its own, private or for all who see the channel. Resolves when Discord has been told that one will come. */
export async function deferReply(interaction: Interaction, isPrivate: boolean): Promise<Reply> {
  await interaction.deferReply(isPrivate ? { flags: MessageFlags.Ephemeral } : {});
  let isShown = false;
  let showing: Promise<void> | undefined;
  return {
    async show(message) {
      showing = interaction.editReply(formOf(message)).then(() => void (isShown = true));
      await showing;
    },
    tell: async (message) => void (await interaction.followUp(privately(message))),
    async refuse(text) {
      // What is on its way may stand there a moment later.
      await showing?.catch(() => {});
      if (isPrivate && !isShown) return void (await interaction.editReply(formOf(refusal(text))));
      // What comes first after a deferral would stand in its place, and as public as that.
      if (!isShown) await interaction.deleteReply();
      await interaction.followUp(privately(refusal(text)));
    },
  };
}

/** The message that a button stands below, changed in its place. */
export async function deferUpdate(interaction: ButtonInteraction): Promise<Reply> {
  await interaction.deferUpdate();
  return {
    show: async (message) => void (await interaction.editReply(formOf(message))),
    tell: async (message) => void (await interaction.followUp(privately(message))),
    refuse: async (text) => void (await interaction.followUp(privately(refusal(text)))),
  };
}

const refusal = (text: string): Message => ({ blocks: [{ is: 'text', text }] });

function formOf(message: Message) {
  const { components, files } = toDiscord(message);
  return {
    components,
    files: files.map(({ name, bytes, alt }) => ({
      attachment: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      name,
      ...(alt !== undefined && { description: alt }),
    })),
    // Those of the message before go.
    attachments: [],
    allowedMentions: { parse: [] },
    flags: MessageFlags.IsComponentsV2 as const,
  };
}

function privately(message: Message) {
  const { attachments: _, flags, ...form } = formOf(message);
  return { ...form, flags: [flags, MessageFlags.Ephemeral] as const };
}
