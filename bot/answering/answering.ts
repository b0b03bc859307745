/** Answers what is asked in Discord: acknowledges at once, works in bounds, and has a sentence for whatever goes wrong. */
import { randomBytes } from 'node:crypto';
import type { ButtonInteraction, ChatInputCommandInteraction, Interaction } from 'discord.js';
import type { Command, CommandContext, Request } from '../../commands/command.ts';
import { mayUse } from '../../commands/may-use.ts';
import { isAboutNaming } from '../../commands/naming.ts';
import { readPress } from '../../commands/press.ts';
import { isReachable } from '../../db/connect.ts';
import { remember } from '../../db/remembered.ts';
import { readSettings } from '../../db/settings.ts';
import { UnansweredError } from '../../ingest/discord/fetch-calls.ts';
import { UserError } from '../../reports/user-error.ts';
import { languageOf, type Words, wordsIn } from '../../reports/words.ts';
import { machineClock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { AnsweringVitals } from '../vitals.ts';
import { makeAnswers } from './answers.ts';
import { CrowdedError, type Gate, makeGate } from './gate.ts';
import { followPress } from './pressing.ts';
import { deferReply, deferUpdate, type Reply } from './reply.ts';
import { isEphemeral, requestOf, requestOfPress, whoAsked } from './request.ts';
import { makeSuggesting } from './suggesting.ts';
import { makeTally, type Outcome } from './tally.ts';
import { messagesOf, type Shown, type Work } from './telling.ts';

export interface AnsweringOptions {
  commands: readonly Command[];
  /** What commands work with, but for what each asking has of its own. */
  context: Omit<CommandContext, 'nowMs' | 'wait' | 'remember'>;
  /** Whether all that Discord told of who may read what in a guild is in the database. */
  isCurrent(guildId: string): Promise<boolean>;
  /** Units: ms */
  now(): number;
  wait(ms: number, signal: AbortSignal): Promise<void>;
  log: Log;
}

export interface Answering {
  /** Takes an interaction. Never throws, and nothing that comes of it does. */
  take(interaction: Interaction): void;
  /** What it has answered so far. */
  vitals(): AnsweringVitals;
  /** Takes no more, and ends what is under way with a sentence. */
  close(): Promise<void>;
}

/** What the log has of an answer. */
interface Answered {
  command: string | undefined;
  act?: string | undefined;
  guildId: string | null;
  deferMs?: number;
  end: string;
}

/** A token of Discord's is good for 15 minutes. */
const ANSWER_MS_MAX = 14 * 60_000;
/** Each asks several things of the database at once; the recorder needs its connections, too. */
const AT_ONCE_MAX = 4;
const WAITING_MAX = 500;
/** The end of a process waits for what is under way, which takes two requests at most. */
const CLOSE_MS = 2_000;

/** Why an answer was ended. */
class EndedError extends Error {
  readonly because: 'tooLong' | 'stopping';

  constructor(because: EndedError['because']) {
    super(because);
    this.because = because;
  }
}

export function makeAnswering(options: AnsweringOptions): Answering {
  const { commands, context, isCurrent, now, wait, log } = options;
  const gate = makeGate({ atOnceMax: AT_ONCE_MAX, waitingMax: WAITING_MAX });
  const answers = makeAnswers(now);
  const tally = makeTally(context.draw, machineClock.now);
  const stopped = new AbortController();
  const underWay = new Set<Promise<void>>();
  const commandOf = (name: string) => commands.find(({ data }) => data.name === name);
  const suggest = makeSuggesting({
    commandOf,
    contextNow: () => contextNow(stopped.signal),
    isCurrent,
    wait,
    log,
  });

  function take(interaction: Interaction): void {
    const startedAt = now();
    const beganAt = machineClock.now();
    const count = (outcome: Outcome) => {
      const name = commandUsed(interaction);
      if (name === undefined) return;
      // What is asked of a command that we have not is no name for a figure.
      tally.answered(commandOf(name) ? name : 'unknown', outcome, machineClock.now() - beganAt);
    };
    const answered = answer(interaction)
      .then((facts) => {
        if (!facts) return;
        log.info({ ...facts, durationMs: now() - startedAt }, 'answered');
        count(outcomeOf(facts.end));
      })
      .catch((err: unknown) => {
        log.warn({ err }, 'interaction not answered');
        count('failed');
      })
      .finally(() => underWay.delete(answered));
    underWay.add(answered);
  }

  async function answer(interaction: Interaction): Promise<Answered | undefined> {
    if (interaction.isChatInputCommand()) return use(interaction);
    if (interaction.isButton()) return press(interaction);
    if (interaction.isAutocomplete()) await suggest(interaction);
    return undefined;
  }

  async function use(interaction: ChatInputCommandInteraction): Promise<Answered> {
    const { commandName, guildId } = interaction;
    const command = commandOf(commandName);
    const isPrivate =
      !command ||
      command.isForManagers === true ||
      interaction.options.getBoolean('private') === true ||
      command.isOwnBusiness?.(requestOf(interaction, true)?.options ?? {}) === true;
    const receivedAt = now();
    const reply = await deferReply(interaction, isPrivate);
    const deferMs = now() - receivedAt;
    const request = requestOf(interaction, isPrivate);
    const end = await ending(interaction, reply, command, request, async (work, { show }) => {
      await work.admit(command!, request!);
      for await (const message of messagesOf(command!, request!, work)) await show(message);
    });
    return { command: commandName, guildId, deferMs, end };
  }

  async function press(interaction: ButtonInteraction): Promise<Answered> {
    const asked = readPress(interaction.customId);
    const command = asked && commandOf(asked.command);
    const isOwn = isEphemeral(interaction) || whoAsked(interaction) === interaction.user.id;
    const isInPlace = asked && (isAboutNaming(asked) || (asked.act === 'again' && isOwn));
    const reply = isInPlace ? await deferUpdate(interaction) : await deferReply(interaction, true);
    // A public message stays for all its readers: whose figures explain it, or come in its place, is theirs.
    const isPrivate = isEphemeral(interaction) || (asked?.act === 'again' && !isInPlace);
    const request = asked && requestOfPress(interaction, asked, isPrivate);
    const end = await ending(interaction, reply, command, request, (work, shown) =>
      followPress(command!, asked!, request!, work, shown),
    );
    return { command: asked?.command, act: asked?.act, guildId: interaction.guildId, end };
  }

  /** Works on a request to its end, whatever that is; tells which. */
  async function ending(
    interaction: ButtonInteraction | ChatInputCommandInteraction,
    reply: Reply,
    command: Command | undefined,
    request: Request | undefined,
    work: (work: Work, shown: Shown) => Promise<void>,
  ): Promise<string> {
    const { refusals } = wordsIn(languageOf(interaction.locale)).answering;
    const ended = new AbortController();
    const signal = AbortSignal.any([ended.signal, stopped.signal]);
    // What comes after it was ended is shown to nobody.
    const shown: Shown = {
      show: async (message) => void (signal.aborted || (await reply.show(message))),
      tell: async (message) => void (signal.aborted || (await reply.tell(message))),
    };
    try {
      if (!request) throw new UserError(interaction.guildId ? refusals.oldButton : refusals.notHere);
      if (!command) throw new UserError(refusals.oldButton);
      const until = deadline(signal);
      // What hangs, in a database that never answers, must not keep its place for ever.
      const endingGate: Gate = (inner) => gate(() => Promise.race([inner(), until]));
      const settled = settledFor(refusals);
      const working = work({ gate: endingGate, answers, context: contextNow(signal), settled, admit }, shown);
      // Nor what it ends with then.
      working.catch(() => {});
      await Promise.race([working, until]);
      return 'shown';
    } catch (error) {
      ended.abort();
      const { text, end } = await apology(error, refusals, { command: command?.data.name });
      await reply.refuse(text);
      return end;
    } finally {
      ended.abort();
    }
  }

  async function admit(command: Command, request: Request): Promise<void> {
    const { guildId, asker, language } = request;
    const { refusals } = wordsIn(language).answering;
    const instead = await command.instead?.(request, contextNow(stopped.signal));
    if (instead !== undefined) throw new UserError(instead);
    if (command.isForManagers && !asker.isManager) throw new UserError(refusals.managersOnly);
    const { name } = command.data;
    if (!mayUse(await readSettings(context.db, guildId), name, asker))
      throw new UserError(refusals.notAllowed);
  }

  const settledFor = (refusals: Refusals) => async (guildId: string) => {
    if (await isCurrent(guildId)) return;
    throw new UserError((await isReachable(context.pool)) ? refusals.catchingUp : refusals.databaseAway);
  };

  function contextNow(signal: AbortSignal): CommandContext {
    const nowMs = now();
    return {
      ...context,
      nowMs,
      draw: tally.draw,
      remember: (guildId, texts) => remember(context.db, guildId, texts, new Date(nowMs)),
      wait: (ms) => wait(ms, signal),
    };
  }

  /** Never resolves: rejects when it takes too long, or the process ends. */
  async function deadline(signal: AbortSignal): Promise<never> {
    await wait(ANSWER_MS_MAX, signal).catch(() => {});
    throw new EndedError(stopped.signal.aborted ? 'stopping' : 'tooLong');
  }

  /** What is said of an error, and what it is called in the log. */
  async function apology(
    error: unknown,
    refusals: Refusals,
    facts: object,
  ): Promise<{ text: string; end: string }> {
    if (error instanceof UserError) return { text: error.message, end: 'refused' };
    if (error instanceof CrowdedError) return { text: refusals.tooMany, end: 'crowded' };
    if (error instanceof UnansweredError) return { text: refusals.discordAway, end: 'Discord away' };
    if (error instanceof EndedError) return { text: refusals[error.because], end: error.because };
    if (!(await isReachable(context.pool))) {
      log.warn({ ...facts, err: error }, 'question not answered: the database is away');
      return { text: refusals.databaseAway, end: 'database away' };
    }
    const reference = randomBytes(4).toString('hex').toUpperCase();
    log.error({ ...facts, reference, err: error }, 'question not answered');
    return { text: refusals.unexpected(reference), end: 'failed' };
  }

  return {
    take: (interaction) => {
      if (!stopped.signal.aborted) take(interaction);
    },
    vitals: tally.vitals,
    async close() {
      stopped.abort();
      const limit = new AbortController();
      await Promise.race([Promise.all(underWay), wait(CLOSE_MS, limit.signal).catch(() => {})]);
      limit.abort();
    },
  };
}

type Refusals = Words['answering']['refusals'];

/** Which command is asked something, by its name or a button; undefined where nothing is asked of any. */
function commandUsed(interaction: Interaction): string | undefined {
  if (interaction.isChatInputCommand()) return interaction.commandName;
  return interaction.isButton() ? (readPress(interaction.customId)?.command ?? '') : undefined;
}

const outcomeOf = (end: string): Outcome =>
  end === 'shown' ? 'answered' : end === 'refused' ? 'refused' : 'failed';
