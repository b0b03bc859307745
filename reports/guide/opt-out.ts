/** Not to be named: a choice of whoever is named, which holds at once and for all lists of a server. */
import { chooseUnranked } from '../../db/choices.ts';
import { chosenBy } from '../../db/chosen.ts';
import type { Db } from '../../db/connect.ts';
import type { Guide } from './report.ts';

/** Somebody, in a server. */
export interface Person {
  guildId: string;
  userId: string;
}

/** Ids of all whom an answer names. */
export function namedIn(guide: Guide): string[] {
  if (guide.about === 'server') return guide.welcomers.map(({ id }) => id);
  const guides = guide.guides.map(({ id }) => id);
  const authors = guide.answers.flatMap(({ answer }) => answer.author?.id ?? []);
  return [...new Set([...guides, ...authors])];
}

/** Whether they may be named, as far as they have chosen. */
export async function mayBeNamed(db: Db, { guildId, userId }: Person): Promise<boolean> {
  const { isUnranked, isForgotten } = await chosenBy(db, guildId, userId);
  return !isUnranked && !isForgotten;
}

/** Takes the choice, or takes it back. Tells what holds then: who is forgotten is never named. */
export async function chooseNaming(db: Db, person: Person, isNamed: boolean, now: Date): Promise<boolean> {
  await chooseUnranked(db, person.guildId, person.userId, !isNamed, now);
  return mayBeNamed(db, person);
}
