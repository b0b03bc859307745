/** A press of a button worked on, to what it leads to. */
import type { Command, QuestionCommand, Request } from '../../commands/command.ts';
import { changeNaming, isAboutNaming } from '../../commands/naming.ts';
import type { Press } from '../../commands/press.ts';
import { recall } from '../../db/remembered.ts';
import { UserError } from '../../reports/user-error.ts';
import { languageOf, wordsIn } from '../../reports/words.ts';
import { explanationOf, isQuestion, messagesOf, type Shown, type Work } from './telling.ts';

/** Answers a press. Errors: UserError, where the button asks what cannot be answered any more. */
export async function followPress(
  command: Command,
  press: Press,
  request: Request,
  work: Work,
  shown: Shown,
): Promise<void> {
  if (isAboutNaming(press)) return followNaming(questionOf(command, request), press, request, work, shown);
  const asked = await recalled(press, request, work);
  await work.admit(command, asked);
  if (press.act === 'why') return shown.show(await explanationOf(questionOf(command, asked), asked, work));
  for await (const message of messagesOf(command, asked, work)) await shown.show(message);
}

/** With what the button had no room for. */
async function recalled({ key, options }: Press, request: Request, { context }: Work): Promise<Request> {
  if (key === undefined) return request;
  const texts = await recall(context.db, request.guildId, key);
  if (!texts) throw oldButton(request);
  return { ...request, options: { ...texts, ...options } };
}

/** The choice comes first, and everybody may make it; then what names them is answered anew, for those who see it. */
async function followNaming(
  command: QuestionCommand,
  press: Press,
  request: Request,
  work: Work,
  { show, tell }: Shown,
): Promise<void> {
  const { told, changed } = await changeNaming(press, request, work.context);
  if (changed !== undefined) work.answers.drop(changed);
  if (press.act !== 'unname') return show(told);
  await tell(told);
  if (changed === undefined) return;
  const language = languageOf(press.language ?? request.language);
  try {
    const asked = await recalled(press, { ...request, language }, work);
    for await (const message of messagesOf(command, asked, work)) await show(message);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // It must not go on naming them.
    await show({ blocks: [{ is: 'text', text: error.message }] });
  }
}

function questionOf(command: Command, request: Request): QuestionCommand {
  if (!isQuestion(command)) throw oldButton(request);
  return command;
}

const oldButton = ({ language }: Request): UserError =>
  new UserError(wordsIn(language).answering.refusals.oldButton);
