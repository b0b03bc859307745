/** What a slash command is: a value. It never sends; the bot defers, times, replies and apologises. */
import type { RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord-api-types/v10';
import type { Pool } from 'pg';
import type { BackfillOutlook } from '../reports/backfill/outlook.ts';
import type { ReportContext } from '../reports/context.ts';
import type { Message } from '../reports/message.ts';
import type { Language } from '../reports/words.ts';

/** Who asks, where, and what. */
export interface Request {
  guildId: string;
  /** The channel or thread in which it was asked, and where a public answer stands. */
  channelId: string;
  asker: Asker;
  /** The asker's, or the nearest there is. */
  language: Language;
  subcommand?: string;
  options: Options;
  /** Only the asker will see the answer. */
  isPrivate: boolean;
}

export interface Asker {
  id: string;
  roles: readonly string[];
  /** May Manage Server. */
  isManager: boolean;
}

/** By the names that the command gives them. */
export type Options = Readonly<Record<string, string | number | boolean>>;

/** A suggestion for an option. Units: name and value 100 characters at most */
export interface Choice {
  name: string;
  value: string;
}

export interface CommandContext extends ReportContext {
  pool: Pool;
  /** The bot's own account. */
  botId: string;
  /** Says that a guild's sums are to be made anew. */
  onZone(guildId: string): void;
  /** What a backfill would read; see `commands/backfill.ts`. */
  plan: PlanBackfill;
  /** Keeps options of a question that a button has no room for, and tells their key. */
  remember(guildId: string, options: Options): Promise<string>;
  /** Waits; rejects when the answer is no longer wanted. */
  wait(ms: number): Promise<void>;
}

/** Asks Discord what a backfill would read. Undefined: the guild is closed to the bot. Errors: UnansweredError. */
export type PlanBackfill = (order: PlanOrder) => Promise<BackfillOutlook | undefined>;

export interface PlanOrder {
  guildId: string;
  channelIds: string[] | null;
  sinceId: string;
  withReactors: boolean;
  isAgain: boolean;
}

interface Base {
  /** As Discord is told of it: names, descriptions, options, with localisations. */
  data: RESTPostAPIChatInputApplicationCommandsJSONBody;
  /** For Manage Server alone, and always private. */
  isForManagers?: true;
  /** What may stand in an option, by what was typed so far: 25 at most. */
  complete?(request: Request, option: string, typed: string, context: CommandContext): Promise<Choice[]>;
  /** Whether this is the asker's own business, so that nobody else is shown that it was asked. Told at once, before all else. */
  isOwnBusiness?(options: Options): boolean;
  /** What is said to the asker alone in place of all else, whatever they may use and whatever can be answered now. */
  instead?(request: Request, context: CommandContext): Promise<string | undefined>;
}

/** Everything that decides an answer, in plain JSON: equal questions have equal answers, for a minute. */
export interface Question {
  guildId: string;
  language: Language;
  /** What was asked, made exact: a press of a button asks the same again. */
  options: Options;
}

/** A command that asks about the record. */
export interface QuestionCommand extends Base {
  /** What exactly is asked: window, channels that may count, all that decides the answer. Errors: UserError. */
  ask(request: Request, context: CommandContext): Promise<Question>;
  /** The answer, of nothing but the question and the record; told to each asker by what is returned, without further asking. */
  answer(question: Question, context: CommandContext): Promise<Telling>;
  /** How it was counted. */
  explain(question: Question, context: CommandContext): Promise<Message>;
}

/** Tells an answer to an asker. */
export type Telling = (askerId: string) => Message;

/** A command that does something, or shows how it goes on: each message in place of the one before. */
export interface ActionCommand extends Base {
  act(request: Request, context: CommandContext): AsyncIterable<Message>;
}

export type Command = QuestionCommand | ActionCommand;
