/** What the tests of interactions share: a guild with commands, and a bot of discord.js that answers as the test says. */
import { once } from 'node:events';
import {
  type ActionRowData,
  AttachmentBuilder,
  type ButtonComponentData,
  type ButtonInteraction,
  ButtonStyle,
  type ChatInputCommandInteraction,
  Client,
  ComponentType,
  Events,
  GatewayIntentBits,
  type Interaction,
  type InteractionEditReplyOptions,
  MessageFlags,
  Options,
} from 'discord.js';
import {
  ApplicationCommandOptionType,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { onTestFinished } from 'vitest';
import type { Begun } from '../rest/asking.ts';

/** A command of each kind. */
export const COMMANDS: RESTPutAPIApplicationCommandsJSONBody = [
  {
    name: 'stats',
    description: 'Figures',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'period',
        description: 'Of when',
        autocomplete: true,
        name_localizations: { de: 'zeitraum' },
      },
      { type: ApplicationCommandOptionType.Boolean, name: 'private', description: 'For you alone' },
      { type: ApplicationCommandOptionType.Channel, name: 'channel', description: 'Of where' },
      { type: ApplicationCommandOptionType.Role, name: 'role', description: 'Of whom' },
    ],
  },
  {
    name: 'backfill',
    description: 'History',
    default_member_permissions: '32',
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'start',
        description: 'Begin',
        options: [
          {
            type: ApplicationCommandOptionType.Integer,
            name: 'days',
            description: 'How far back',
            required: true,
            min_value: 1,
          },
        ],
      },
      { type: ApplicationCommandOptionType.Subcommand, name: 'status', description: 'How it goes' },
    ],
  },
];

/** Puts the commands for all guilds. */
export async function register(
  { rest, world }: Pick<Begun, 'rest' | 'world'>,
  commands = COMMANDS,
): Promise<void> {
  await rest.put(`/applications/${world.truth.application.id}/commands`, { body: commands });
}

/** A bot that is logged in until the test is over. What it throws in an answer is thrown by the returned function. */
export async function startBot(
  { url, token }: { url: string; token: string },
  answer: (interaction: Interaction<'cached'>) => unknown,
): Promise<{ client: Client; failed: () => unknown[] }> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api: url, retries: 0 },
    allowedMentions: { parse: [] },
    makeCache: Options.cacheEverything(),
    ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }) },
  });
  onTestFinished(() => client.destroy());
  const errors: unknown[] = [];
  client.on(Events.InteractionCreate, (interaction) => {
    Promise.try(answer, interaction as Interaction<'cached'>).catch((error: unknown) => errors.push(error));
  });
  const ready = once(client, Events.ClientReady);
  await client.login(token);
  await ready;
  return { client, failed: () => errors };
}

/** A picture of that size, of which only the size is told. */
export function png(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(33);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  bytes.writeUInt32BE(13, 8);
  bytes.write('IHDR', 12);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

type Command = ChatInputCommandInteraction<'cached'>;

/** A guild with commands, and a bot that answers them as the test says. */
export async function beginWithBot(
  begun: Begun,
  answer: {
    command?: (interaction: Command) => unknown;
    button?: (interaction: ButtonInteraction<'cached'>) => unknown;
    typing?: (interaction: Extract<Interaction<'cached'>, { respond: unknown }>) => unknown;
  },
) {
  await register(begun);
  const bot = await startBot({ url: begun.discord.url, token: 'token' }, (interaction) => {
    if (interaction.isChatInputCommand()) return answer.command?.(interaction);
    if (interaction.isButton()) return answer.button?.(interaction);
    return interaction.isAutocomplete() ? answer.typing?.(interaction) : undefined;
  });
  const { interactions } = begun.discord;
  const stats = (options = {}) =>
    interactions.use({ channelId: begun.channel, userId: begun.anna, command: 'stats', options });
  return { ...begun, ...bot, interactions, stats };
}

/** A row of one button. */
export const row = (label: string, customId: string): ActionRowData<ButtonComponentData> => ({
  type: ComponentType.ActionRow,
  components: [{ type: ComponentType.Button, style: ButtonStyle.Secondary, label, customId }],
});

/** A chart with a button, in components V2. */
export const chart = (text: string, name = 'chart.png'): InteractionEditReplyOptions => ({
  flags: MessageFlags.IsComponentsV2,
  files: [new AttachmentBuilder(png(800, 400), { name, description: 'A line that rises' })],
  components: [
    {
      type: ComponentType.Container,
      components: [
        { type: ComponentType.TextDisplay, content: text },
        {
          type: ComponentType.MediaGallery,
          items: [{ media: { url: `attachment://${name}` }, description: 'A line that rises' }],
        },
        row('Earlier', 'earlier'),
      ],
    },
  ],
});
