/** A Dockerfile, taken apart as far as ours goes: stages of instructions, without heredocs and parser directives. */

export interface Instruction {
  /** In capitals. */
  name: string;
  /** On one line. */
  text: string;
}

export interface Stage {
  /** The image that it begins with. */
  from: string;
  name?: string;
  instructions: Instruction[];
}

/** The stages of a Dockerfile. */
export function stagesOf(text: string): Stage[] {
  const lines = text
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replaceAll(/\s*\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const stages: Stage[] = [];
  for (const line of lines) {
    const [, name, rest] = /^\s*([A-Za-z]+)\s+(.*\S)\s*$/.exec(line)!;
    const instruction = { name: name!.toUpperCase(), text: rest! };
    if (instruction.name !== 'FROM') {
      stages.at(-1)!.instructions.push(instruction);
      continue;
    }
    const [, from, as] = /^(\S+)(?:\s+as\s+(\S+))?$/i.exec(rest!)!;
    stages.push({ from: from!, ...(as && { name: as }), instructions: [] });
  }
  return stages;
}

/** What a stage says by one kind of instruction. */
export function said({ instructions }: Stage, name: string): string[] {
  return instructions.filter((one) => one.name === name).map(({ text }) => text);
}

/** What is copied where, and from which stage; undefined: from the folder that is built. */
export function copiesOf(stage: Stage): { from: string | undefined; sources: string[]; to: string }[] {
  return said(stage, 'COPY').map((text) => {
    const words = text.split(/\s+/);
    const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
    const paths = words.filter((word) => !word.startsWith('--'));
    return { from, sources: paths.slice(0, -1), to: paths.at(-1)! };
  });
}

/** The variables that a stage sets for what runs in it. */
export function variablesOf(stage: Stage): Record<string, string> {
  const pairs = said(stage, 'ENV').flatMap((text) => [...text.matchAll(/(\w+)=("[^"]*"|\S+)/g)]);
  return Object.fromEntries(pairs.map(([, name, value]) => [name!, value!.replaceAll('"', '')]));
}

/** The words of a command in exec form. Undefined: it is in another, which a shell would stand in front of. */
export function wordsOf(text: string | undefined): string[] | undefined {
  const json = text?.slice(text.indexOf('['));
  try {
    const words: unknown = JSON.parse(json ?? '');
    return Array.isArray(words) && words.every((word) => typeof word === 'string') ? words : undefined;
  } catch {
    return undefined;
  }
}

/** Which paths of the folder reach a build, by what `.dockerignore` says: the last line that fits a path, or a folder above it, decides. */
export function isInBuild(ignore: string): (path: string) => boolean {
  const rules = ignore
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ isIn: line.startsWith('!'), pattern: patternOf(line.replace(/^!/, '')) }));
  return (path) => rules.findLast(({ pattern }) => pattern.test(path))?.isIn ?? true;
}

function patternOf(line: string): RegExp {
  const source = line
    .replaceAll(/[.+^$(){}|\\]/g, String.raw`\$&`)
    .replaceAll(/\*\*\/|\*|\?/g, (wild) => (wild === '**/' ? '(?:.*/)?' : wild === '*' ? '[^/]*' : '[^/]'));
  return new RegExp(`^${source}(?:/|$)`);
}
