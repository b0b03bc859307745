/** Using the bot by what is typed: `/stats period:week`, `as bjorn in #projects /stats`, `press Earlier`. */
import {
  type APIApplicationCommand,
  ApplicationCommandOptionType as Type,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10';
import type { OptionValue, ShownMessage, Use } from '../interactions.ts';
import { optionsAt } from '../interactions/options.ts';
import type { ChannelTruth, GuildTruth, Snowflake } from '../model.ts';
import { compareIds } from '../ordered.ts';
import { everyComponent, textsOf } from '../rest/writing/walk.ts';
import type { Discord } from '../server.ts';
import type { Posts } from './posts.ts';

/** Somebody at a keyboard. */
export interface Keyboard {
  /** What was used, oldest first. */
  readonly uses: readonly Use[];
  /** Whether a line is for the bot: a command or a button. */
  isMeant(line: string): boolean;
  /** Does it, and says in a line what came back. */
  type(line: string): Promise<string>;
  /** How a member is called. */
  nameOf(userId: Snowflake): string;
}

const MEANT = /^(?:as (?<who>\S+) +)?(?:in #?(?<where>\S+) +)?(?:\/(?<command>.+)|press (?<label>.+))$/;
const ANSWER_MS = 15_000;
const USES_MAX = 50;
const LINE_LENGTH_MAX = 160;

/** Its owner is at the keyboard, in the first channel, unless something else is said. */
export function makeKeyboard(
  { interactions, world }: Pick<Discord, 'interactions' | 'world'>,
  guild: GuildTruth,
  posts: Pick<Posts, 'all'> = { all: [] },
): Keyboard {
  const uses: Use[] = [];
  const nameOf = (userId: Snowflake) => {
    const { global_name: name, username } = world.truth.users.get(userId)!;
    return name ?? username;
  };

  function memberCalled(name: string | undefined): Snowflake {
    if (name === undefined) return guild.ownerId;
    const found = [...guild.members.keys()].find(
      (id) => world.truth.users.get(id)!.username === name.toLowerCase(),
    );
    if (found === undefined) throw new Error(`There is no member ${name}`);
    return found;
  }

  function channelCalled(name = 'general'): ChannelTruth {
    const found = guild.channels.values().find((channel) => channel.name === name && channel.type !== 4);
    if (!found) throw new Error(`There is no channel #${name}`);
    return found;
  }

  async function use(who: Snowflake, channelId: Snowflake, typed: string): Promise<Use> {
    const [name] = typed.split(' ');
    const command = interactions.commandsOf(guild.id).find((one) => one.name === name);
    if (!command)
      throw new Error(
        `There is no command /${name}. Put them first: npm start -- --deploy, or node deploy-commands.ts`,
      );
    const { subcommand, texts } = partsOf(command, typed);
    const about = { channelId, userId: who, command: command.name, ...(subcommand && { subcommand }) };
    const known = optionsAt(command, subcommand.split(' ').filter(Boolean));
    const options: Record<string, OptionValue> = {};
    for (const [option, text] of Object.entries(texts)) {
      const type = known.find((one) => one.name === option)?.type;
      if (type === Type.String && text.startsWith('#')) {
        // A person takes the first suggestion.
        const typing = interactions.type({
          ...about,
          options: { ...options, [option]: text.slice(1) },
          focused: option,
        });
        options[option] = String((await within(typing.choices()))?.[0]?.value ?? text);
      } else options[option] = valueOf(type, text);
    }
    return interactions.use({ ...about, options });
  }

  function valueOf(type: Type | undefined, text: string): OptionValue {
    if (type === Type.Boolean) return /^(true|yes|on|1)$/i.test(text);
    if (type === Type.Integer || type === Type.Number) return Number(text);
    if (type === Type.Channel) return { channel: channelCalled(text.replace('#', '')).id };
    if (type === Type.User) return { user: memberCalled(text.replace('@', '')) };
    const role = [...guild.roles.values()].find(({ name }) => name === text.replace('@', ''));
    return type === Type.Role && role ? { role: role.id } : text;
  }

  function press(who: Snowflake, typed: string): Use {
    const seen = [
      ...uses.map((one) => ({ id: one.id, shown: one.shown() })),
      ...posts.all.map(({ id, message: shown, isDeleted }) => ({ id, shown: isDeleted ? [] : [shown] })),
    ]
      .toSorted((a, b) => compareIds(a.id, b.id))
      .flatMap(({ shown }) => shown)
      .toReversed();
    const isMeantBy = (label: string) => plain(label) === plain(typed);
    const message = seen.find((one) => buttonsOf(one).some(isMeantBy));
    if (!message) throw new Error(`No answer and no post has a button "${typed}"`);
    return interactions.press({ message, label: buttonsOf(message).find(isMeantBy)!, userId: who });
  }

  return {
    uses,
    nameOf,
    isMeant: (line) => MEANT.test(line),
    async type(line) {
      const { who, where, command, label } = MEANT.exec(line)!.groups!;
      const member = memberCalled(who);
      const used =
        command === undefined
          ? press(member, label!)
          : await use(member, channelCalled(where).id, command.trim());
      if (uses.push(used) > USES_MAX) uses.shift();
      if (!(await within(used.acknowledged(), 3500))) return 'The application did not respond.';
      const answer = await within(used.answered());
      return answer ? inALine(answer, nameOf(member)) : 'It is still thinking.';
    },
  };
}

/** `channel set id:5 name:two words` in a command's subcommands and options. */
function partsOf(command: APIApplicationCommand, typed: string) {
  const [head = '', ...rest] = typed.split(/ +(?=[\p{L}\p{N}_-]+:)/u);
  const [, ...path] = head.trim().split(/ +/);
  const texts: Record<string, string> = {};
  let last: string | undefined;
  const known = new Set(optionsAt(command, path).map(({ name }) => name));
  for (const part of rest) {
    const name = part.slice(0, part.indexOf(':'));
    // "at 10:30" is no option of its own.
    if (!known.has(name) && last !== undefined) texts[last] += ` ${part}`;
    else texts[(last = name)] = part.slice(name.length + 1).replaceAll(/^"|"$/g, '');
  }
  return { subcommand: path.join(' '), texts };
}

/** Undefined: it took too long. */
async function within<T>(wanted: Promise<T>, ms = ANSWER_MS): Promise<T | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), ms);
  try {
    return await Promise.race([wanted, promise]);
  } finally {
    clearTimeout(timer);
  }
}

function buttonsOf({ components }: ShownMessage): string[] {
  return [...everyComponent(components)].flatMap((one) =>
    one.type === ComponentType.Button && one.style !== ButtonStyle.Link && 'label' in one
      ? (one.label ?? [])
      : [],
  );
}

function inALine(message: ShownMessage, who: string): string {
  const text = [message.content, ...textsOf(message.components)].join(' ').replaceAll(/\s+/g, ' ').trim();
  const cut = text.length > LINE_LENGTH_MAX ? `${text.slice(0, LINE_LENGTH_MAX)}...` : text;
  const files = message.attachments.map(({ name }) => ` (${name})`).join('');
  const buttons = buttonsOf(message)
    .map((label) => ` [${label}]`)
    .join('');
  return `${message.isEphemeral ? `Only ${who} sees: ` : ''}${cut}${files}${buttons}`;
}

/** A label as a keyboard has it: few have the apostrophe of print. */
const plain = (label: string): string => label.replaceAll('’', "'").toLowerCase();
