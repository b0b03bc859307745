/** Asking in a scene, and keeping what is seen. */
import type { OptionValue, ShownMessage, Use } from '../discord/interactions.ts';
import type { GuildTruth } from '../discord/model.ts';
import type { Scene, Troubles } from './scene.ts';
import type { Shot } from './shots.ts';

/** A command as somebody uses it. */
export interface Question {
  title: string;
  command: string;
  subcommand?: string;
  options?: Record<string, OptionValue>;
  /** Absent: the manager. */
  by?: string;
  /** Absent: the main server, in #general or the first channel that there is. */
  server?: GuildTruth;
  isGerman?: boolean;
  /** Discord would not have let them. */
  isUnchecked?: boolean;
  troubles?: Partial<Troubles>;
  /** So many messages come one after the other, where it is more than one. */
  messages?: number;
}

/** A button of a message that is on the page already. */
export interface Press {
  title: string;
  /** Of which shot. */
  of: string;
  /** As it is labelled. */
  label: string;
  by?: string;
}

export interface Asking {
  shots: Shot[];
  ask(id: string, question: Question): Promise<void>;
  press(id: string, press: Press): Promise<void>;
}

/** Nothing is asked yet. */
export function askIn(scene: Scene): Asking {
  const { discord, world, main, manager } = scene;
  const shots: Shot[] = [];
  /** The message of each, to press its buttons. */
  const messages = new Map<string, string>();

  async function keep(shown: Pick<Shot, 'id' | 'title'> & Partial<Shot>, use: Use, count = 1): Promise<void> {
    await use.until(() => use.answers.filter(({ message }) => !message.isDeferred).length >= count);
    const { id } = shown;
    const message = use.shown().at(-1);
    if (!message || message.isDeferred) throw new Error(`No answer to ${id}`);
    const { username, global_name: name } = world.truth.users.get(use.userId)!;
    messages.set(id, message.id);
    shots.push({
      command: use.typed,
      asker: name ?? username,
      isEphemeral: message.isEphemeral,
      message: { ...message, components: withoutChance(message.components) },
      ...shown,
    });
  }

  return {
    shots,
    async ask(id, question) {
      const {
        title,
        by = manager,
        server = main,
        isGerman,
        troubles = {},
        messages: count,
        ...typed
      } = question;
      const channels = [...server.channels.values()].filter(({ type }) => type === 0);
      const channel = channels.find(({ name }) => name === 'general') ?? channels[0]!;
      const locale = isGerman ? 'de' : 'en-GB';
      await scene.during(troubles, () =>
        keep(
          { id, title },
          discord.interactions.use({ ...typed, userId: by, channelId: channel.id, locale }),
          count,
        ),
      );
    },
    async press(id, { title, of, label, by }) {
      const message = messages.get(of)!;
      const use = discord.interactions.press({ message, label, userId: by ?? manager, locale: 'en-GB' });
      // In its place it is still the answer to the command.
      const before = shots.find((shot) => shot.id === of)!;
      await keep({ id, title, command: `${before.command} → ${label}` }, use);
    },
  };
}

/** Under which a fault of ours stands in the log: another one each time. */
const REFERENCE = /\b[0-9A-F]{8}\b/g;

const withoutChance = (components: ShownMessage['components']): ShownMessage['components'] =>
  JSON.parse(JSON.stringify(components).replaceAll(REFERENCE, '5EED5EED'));
