/**
 * `npm test`: every check, one after the other; its last line is their sum.
 *
 * `--long` proves more histories and more kills, `--update` writes golden files anew; other words choose test files.
 */
import { spawnSync } from 'node:child_process';
import { join, relative } from 'node:path';
import type { TestCase, TestModule, TestSuite, Vitest } from 'vitest/node';

interface Sum {
  passed: number;
  failed: number;
  skipped: number;
}

interface StaticCheck {
  title: string;
  program: string;
  words: string[];
}

const ROOT = join(import.meta.dirname, '..');

const STATIC: StaticCheck[] = [
  { title: 'format', program: 'oxfmt', words: ['--check'] },
  { title: 'lint', program: 'oxlint', words: [] },
  { title: 'types', program: 'tsc', words: [] },
];

/** Slower tests are named one by one. */
const SLOW_MS = 15_000;

/** What tests read to prove at length; a value that is set already stays. */
const LONG = {
  ALMANAC_TEST_HISTORIES: '1000',
  ALMANAC_TEST_WORLDS: '100',
  ALMANAC_TEST_KILLS: '50',
  ALMANAC_TEST_SUMS: '60',
  ALMANAC_TEST_LIVES: '8',
  ALMANAC_TEST_POSTS: '1000',
  ALMANAC_TEST_LONG: '1',
  ALMANAC_TEST_HISTORY_MESSAGES: '100000',
  ALMANAC_TEST_INTERRUPTIONS: '20',
  FAULTS: '200',
};

const words = process.argv.slice(2);
const sum: Sum = { passed: 0, failed: 0, skipped: 0 };
const say = (text: string): void => void process.stdout.write(`${text}\n`);

if (words.includes('--long')) process.env = { ...LONG, ...process.env };
// Vitest decides on colours when it is loaded, and takes any CI for a terminal.
if (!process.stdout.isTTY) process.env.NO_COLOR ??= '1';
Object.assign(process.env, { NODE_ENV: 'test', VITEST: 'true' });
for (const check of STATIC) runStatic(check);
await runTests(words.filter((word) => !word.startsWith('--')));
say(`\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = sum.failed > 0 ? 1 : 0;

function runStatic({ title, program, words: programWords }: StaticCheck): void {
  const path = join(ROOT, 'node_modules', '.bin', program);
  const isWindows = process.platform === 'win32';
  const { status, stdout, stderr, error } = spawnSync(path, programWords, {
    cwd: ROOT,
    encoding: 'utf8',
    // Programs of npm are batch files there, which only a shell runs.
    shell: isWindows,
  });
  if (status === 0) {
    sum.passed++;
    say(`passed  ${title}`);
    return;
  }
  sum.failed++;
  say(`FAILED  ${title} (${[program, ...programWords].join(' ')})`);
  say([stdout, stderr, error?.message].filter(Boolean).join('\n').trimEnd());
}

async function runTests(files: string[]): Promise<void> {
  const update = words.includes('--update') ? 'all' : 'none';
  let vitest: Vitest | undefined;
  const stop = (): void => {
    sum.failed++;
    say('FAILED  tests: stopped before their end');
    void vitest?.cancelCurrentRun('keyboard-input');
  };
  try {
    const { createVitest } = await import('vitest/node');
    vitest = await createVitest({ root: ROOT, watch: false, update, slowTestThreshold: SLOW_MS });
    // Vitest would end at once and leave the test server behind, which is a process of its own.
    for (const signal of ['SIGINT', 'SIGTERM']) process.removeAllListeners(signal).once(signal, stop);
    await vitest.start(files);
    addTests(vitest.state.getTestModules(), vitest.state.getUnhandledErrors().length);
  } catch (error) {
    sum.failed++;
    say(`FAILED  tests\n${error instanceof Error ? error.stack : String(error)}`);
  } finally {
    await vitest?.close();
  }
}

function addTests(modules: TestModule[], unhandledErrors: number): void {
  const tests = { passed: 0, failed: unhandledErrors, skipped: 0 };
  const skipped: string[] = [];
  // A file or a group that breaks outside its tests is a failure of its own.
  const addErrors = (part: TestModule | TestSuite): void => void (tests.failed += part.errors().length);
  for (const module of modules) {
    addErrors(module);
    for (const suite of module.children.allSuites()) addErrors(suite);
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      // A test that never ran has proved nothing.
      tests[state === 'pending' ? 'failed' : state]++;
      if (state === 'skipped') skipped.push(skippedLine(module, test));
    }
  }
  if (modules.length === 0) tests.failed++;
  for (const line of skipped) say(`skipped ${line}`);
  say(`${tests.failed > 0 ? 'FAILED ' : 'passed '} tests (${modules.length} files)`);
  for (const key of Object.keys(sum) as (keyof Sum)[]) sum[key] += tests[key];
}

function skippedLine(module: TestModule, test: TestCase): string {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  return `${relative(ROOT, module.moduleId)} > ${test.fullName}${note ? `: ${note}` : ''}`;
}
