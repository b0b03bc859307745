/** What would change, were our commands put in place of those that Discord knows. */
import type {
  APIApplicationCommand,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { type Told, toldOf } from './told.ts';

export interface Change {
  is: 'added' | 'removed' | 'changed';
  /** Of the command. */
  name: string;
  /** Of a changed one. */
  fields: FieldChange[];
}

export interface FieldChange {
  /** As `description`, or `plan, since: description (de)`. */
  field: string;
  /** As JSON; undefined: it had none, or has none now. */
  before?: string;
  after?: string;
}

/** Each command that differs: ours in our order, then those that are ours no more. */
export function differences(
  before: readonly APIApplicationCommand[],
  ours: readonly RESTPostAPIChatInputApplicationCommandsJSONBody[],
  { isGlobal }: { isGlobal: boolean },
): Change[] {
  const known = new Map(before.map((command) => [command.name, command]));
  const names = new Set(ours.map(({ name }) => name));
  const changes = ours.flatMap((command): Change[] => {
    const earlier = known.get(command.name);
    if (!earlier) return [{ is: 'added', name: command.name, fields: [] }];
    const ourTold = toldOf(command, isGlobal);
    const fields = [...fieldChanges(toldOf(earlier, isGlobal), ourTold)];
    return fields.length === 0 ? [] : [{ is: 'changed', name: command.name, fields }];
  });
  const gone = before.filter(({ name }) => !names.has(name));
  return [...changes, ...gone.map(({ name }): Change => ({ is: 'removed', name, fields: [] }))];
}

/** What only Discord tells of, where we leave it to its default. */
const LEFT_TO_DISCORD = ['contexts', 'ways to install'];

function* fieldChanges(before: Told, after: Told, at: string[] = []): Generator<FieldChange> {
  const place = at.length > 0 ? `${at.join(', ')}: ` : '';
  for (const field of new Set([...Object.keys(before.fields), ...Object.keys(after.fields)])) {
    const [was, is] = [before.fields[field], after.fields[field]];
    if (was === is || (is === undefined && LEFT_TO_DISCORD.includes(field))) continue;
    yield {
      field: place + field,
      ...(was !== undefined && { before: was }),
      ...(is !== undefined && { after: is }),
    };
  }
  const list = ({ options }: Told) => options.map(({ name }) => name).join(', ');
  if (list(before) !== list(after))
    yield { field: `${place}options`, before: list(before), after: list(after) };
  for (const option of after.options) {
    const earlier = before.options.find(({ name }) => name === option.name);
    if (earlier) yield* fieldChanges(earlier, option, [...at, option.name]);
  }
}
