/** Interactions as Discord holds them: who asked what, for how long it may be answered, and what came. */
import type {
  APIApplicationCommand,
  APIApplicationCommandOptionChoice,
  InteractionResponseType,
  InteractionType,
} from 'discord-api-types/v10';
import type { ChannelTruth, GuildTruth, MessageTruth, Snowflake } from '../model.ts';
import type { World } from '../world.ts';
import type { Answer } from './answers.ts';

/** By the world's clock. */
export interface Deadlines {
  /** Within which Discord must hear of it at all. */
  callbackMs: number;
  /** For how long its token lives. */
  tokenMs: number;
}

/** Discord's. */
export const DEADLINES: Deadlines = { callbackMs: 3000, tokenMs: 15 * 60_000 };

/** What is kept of messages that only one person sees. */
const EPHEMERAL_MAX = 2000;

/** Who asked, where, and what. */
export interface About {
  type:
    | InteractionType.ApplicationCommand
    | InteractionType.ApplicationCommandAutocomplete
    | InteractionType.MessageComponent;
  guild: GuildTruth;
  channel: ChannelTruth;
  userId: Snowflake;
  /** As a person would write it: `/stats period:week`, or the label of a button. */
  typed: string;
  /** Of a command, with its subcommand: `backfill status`. */
  command?: string;
  /** The message whose button was pressed. */
  pressed?: MessageTruth;
}

/** One interaction, and how it goes on. */
export interface Interaction extends About {
  readonly id: Snowflake;
  readonly token: string;
  readonly atMs: number;
  acknowledged?: { type: InteractionResponseType; atMs: number };
  /** The first answer; it may be gone. */
  originalId?: Snowflake;
  /** Messages that it said or changed, in order; some may be gone. */
  readonly own: Set<Snowflake>;
  readonly answers: Answer[];
  choices?: APIApplicationCommandOptionChoice[];
  /** Whoever waits looks again. */
  wake(): void;
  /** Resolves at the next `wake`. */
  next(): Promise<void>;
}

/** All of them, with the messages that are no part of a channel's history. */
export interface Held {
  readonly world: World;
  readonly deadlines: Deadlines;
  /** Commands by where they are: a guild's id, or `global`. */
  readonly commands: Map<string, APIApplicationCommand[]>;
  /** Messages that only one person sees. */
  readonly ephemeral: Map<Snowflake, MessageTruth>;
  /** Answers and posts that left open whom they mention. */
  readonly careless: string[];
  begin(about: About): Interaction;
  /** One whose token lives. */
  byToken(token: string): Interaction | undefined;
  keepEphemeral(message: MessageTruth): void;
}

/** Nobody has asked anything yet. */
export function makeHeld(world: World, commands: Held['commands'], given: Partial<Deadlines> = {}): Held {
  const deadlines = { ...DEADLINES, ...given };
  const byToken = new Map<string, Interaction>();
  const ephemeral = new Map<Snowflake, MessageTruth>();
  const isOver = ({ atMs }: Interaction) => world.now() - atMs > deadlines.tokenMs;
  return {
    world,
    deadlines,
    commands,
    ephemeral,
    careless: [],
    begin(about) {
      for (const old of byToken.values()) {
        if (!isOver(old)) break;
        byToken.delete(old.token);
      }
      const interaction = makeInteraction(about, world.nextId(), world.now());
      byToken.set(interaction.token, interaction);
      return interaction;
    },
    byToken(token) {
      const found = byToken.get(token);
      return found && !isOver(found) ? found : undefined;
    },
    keepEphemeral(message) {
      ephemeral.set(message.id, message);
      const [oldest] = ephemeral.keys();
      if (ephemeral.size > EPHEMERAL_MAX) ephemeral.delete(oldest!);
    },
  };
}

function makeInteraction(about: About, id: Snowflake, atMs: number): Interaction {
  let waiting = Promise.withResolvers<void>();
  return {
    ...about,
    id,
    token: Buffer.from(`interaction:${id}:loopback`).toString('base64url'),
    atMs,
    own: new Set(),
    answers: [],
    wake() {
      waiting.resolve();
      waiting = Promise.withResolvers();
    },
    next: () => waiting.promise,
  };
}
