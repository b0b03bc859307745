/** What a deployment says to the operator, who reads English, as the whole command line is. */
import type { Change, FieldChange } from './differences.ts';

const SIGNS = { added: '+', removed: '-', changed: '~' } as const;
/** So that a change stays a line. */
const VALUE_LENGTH_MAX = 70;

/** A line for the command, and one for each field that differs. */
export const changeLines = ({ is, name, fields }: Change): string[] => [
  `${SIGNS[is]} /${name}${is === 'changed' ? '' : `  ${is}`}`,
  ...fields.map(fieldLine),
];

const fieldLine = ({ field, before, after }: FieldChange): string =>
  `    ${field}: ${short(before)} -> ${short(after)}`;

function short(value = 'nothing'): string {
  const characters = [...value];
  return characters.length > VALUE_LENGTH_MAX
    ? `${characters.slice(0, VALUE_LENGTH_MAX - 1).join('')}…`
    : value;
}

const some = (count: number): string => `${count} command${count === 1 ? '' : 's'}`;

/** What was done, in a sentence. */
export function sumLine(
  changes: readonly Change[],
  count: number,
  guildId: string | undefined,
  isDryRun: boolean,
): string {
  const where = guildId === undefined ? 'for every server' : `for the server ${guildId}`;
  if (changes.length === 0)
    return `Nothing to change ${where}: ${some(count)} ${count === 1 ? 'is as it' : 'are as they'} should be.`;
  const parts = (['added', 'changed', 'removed'] as const).flatMap((is) => {
    const of = changes.filter((change) => change.is === is).length;
    return of > 0 ? [`${of} ${is}`] : [];
  });
  const sum = `${some(changes.length)} differ${changes.length === 1 ? 's' : ''} ${where} (${parts.join(', ')})`;
  return isDryRun ? `${sum}. Nothing was changed: this was a dry run.` : `${sum}, and Discord has them now.`;
}
