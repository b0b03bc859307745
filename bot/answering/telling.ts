/** A request worked on: from a command to the messages that answer it. */
import type {
  ActionCommand,
  Command,
  CommandContext,
  QuestionCommand,
  Request,
} from '../../commands/command.ts';
import type { Message } from '../../reports/message.ts';
import type { Answers } from './answers.ts';
import type { Gate } from './gate.ts';
import type { Reply } from './reply.ts';

export interface Work {
  gate: Gate;
  answers: Answers;
  context: CommandContext;
  /** Waits until who may read what in a guild is known as of now. Errors: UserError, where it is not. */
  settled(guildId: string): Promise<void>;
  /** Errors: UserError, where a command is not for them, or something else is to be said. */
  admit(command: Command, request: Request): Promise<void>;
}

/** Where messages go: `show` in place of the one before, `tell` to the asker alone. */
export type Shown = Pick<Reply, 'show' | 'tell'>;

/** Whether a command is asked about the record, and not to do something. */
export const isQuestion = (command: Command): command is QuestionCommand => 'answer' in command;

/** The messages that answer a request, each in place of the one before. */
export async function* messagesOf(
  command: Command,
  request: Request,
  { gate, answers, context, settled }: Work,
): AsyncIterable<Message> {
  if (!isQuestion(command)) return yield* (command satisfies ActionCommand).act(request, context);
  const { name } = command.data;
  const question = await gate(async () => {
    await settled(request.guildId);
    return command.ask(request, context);
  });
  const telling = await answers.to(name, question, () => gate(() => command.answer(question, context)));
  yield telling(request.asker.id);
}

/** How an answer was counted. */
export async function explanationOf(
  command: QuestionCommand,
  request: Request,
  { gate, context, settled }: Work,
): Promise<Message> {
  return gate(async () => {
    await settled(request.guildId);
    return command.explain(await command.ask(request, context), context);
  });
}
