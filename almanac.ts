#!/usr/bin/env -S node --max-semi-space-size=8
/**
 * The program. Its verbs are files of cli/; this only makes sure of the right Node, and of its appetite: with 8 MiB
 * for young objects an import takes a fifth less memory and no more time.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

const NODE_MAJOR = 26;

if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR) {
  const node = join(import.meta.dirname, 'node_modules', '.bin', 'node');
  const { status, error } = spawnSync(node, [import.meta.filename, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  if (error) {
    process.stderr.write(
      `Almanac needs Node ${NODE_MAJOR}, which \`npm ci\` installs beside it: run that first.\n`,
    );
  }
  process.exitCode = status ?? 2;
} else {
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  // An import leaves much behind for the collector; unasked it would let the heap double first.
  setFlagsFromString('--heap-growing-percent=20');
  const args = process.argv.slice(2);
  if (/^health( --json)?$/.test(args.join(' '))) {
    // A supervisor asks every few seconds: nothing but this verb is loaded.
    const { askHealth } = await import('./cli/health.ts');
    const line = (to: NodeJS.WriteStream) => (text: string) => void to.write(`${text}\n`);
    process.exitCode = await askHealth(args.length > 1, line(process.stdout), line(process.stderr));
  } else {
    const { main } = await import('./cli/main.ts');
    process.exitCode = await main(args, {
      stdout: process.stdout,
      stderr: process.stderr,
      bot: () => import('./bot/index.ts'),
      companion: () => import('./companion/index.ts'),
    });
  }
}
