/** "Don't name me": a button below answers that name people, and what comes of it. */
import { chooseNaming, mayBeNamed } from '../reports/guide.ts';
import type { Button, Message } from '../reports/message.ts';
import { type Words, wordsIn } from '../reports/words.ts';
import type { CommandContext, Options, Question, Request } from './command.ts';
import { markOf, type Press, pressId, roomyPressId } from './press.ts';

/** The button, with all whom the answer names; none, where that is nobody. */
export async function unnameButton(
  { options, language }: Question,
  command: string,
  named: readonly string[],
  keep: (texts: Options) => Promise<string>,
): Promise<Button[]> {
  if (named.length === 0) return [];
  const press = { act: 'unname', command, options, named: named.map(markOf), language } as const;
  return [{ label: wordsIn(language).guide.naming.unname, id: await roomyPressId(press, keep) }];
}

/** What a button about one's name has done. */
export interface Naming {
  /** For whoever pressed it. */
  told: Message;
  /** Of the server whose lists are others now. */
  changed?: string;
}

/** Does what it asks, of nobody but whoever pressed it; below an answer only for whom that names. */
export async function changeNaming(press: Press, request: Request, context: CommandContext): Promise<Naming> {
  const { guildId, asker, language } = request;
  const { db, nowMs } = context;
  const { act, options } = press;
  const person = { guildId: String(options['server'] ?? guildId), userId: asker.id };
  const words = wordsIn(language);
  if (act === 'unname' && !isNamedIn(press, asker.id)) {
    const isStill = await mayBeNamed(db, person);
    return { told: isStill ? notNamed(press, words) : nameless(press, words) };
  }
  const isNamed = await chooseNaming(db, person, act === 'name', new Date(nowMs));
  return { told: isNamed ? named(press, words) : nameless(press, words), changed: person.guildId };
}

/** Whether a button is about the name of whoever presses it. */
export const isAboutNaming = ({ act }: Press): boolean => ['unname', 'nowhere', 'name'].includes(act);

/** Whether the message of a button names somebody. */
const isNamedIn = ({ named: marks = [] }: Press, userId: string): boolean => marks.includes(markOf(userId));

const notNamed = (press: Press, { guide: { naming } }: Words): Message =>
  saying(naming.notNamed, press, naming.nowhere, 'nowhere');
const nameless = (press: Press, { guide: { naming } }: Words): Message =>
  saying(naming.unnamed, press, naming.again, 'name');
const named = (press: Press, { guide: { naming } }: Words): Message =>
  saying(naming.named, press, naming.nowhere, 'nowhere');

/** It is about a server, and no longer about what was asked there. */
function saying(text: string, { command, options }: Press, label: string, act: Press['act']): Message {
  const { server } = options;
  const id = pressId({ act, command, options: server === undefined ? {} : { server } });
  return { blocks: [{ is: 'text', text }], buttons: [[{ label, id }]] };
}
