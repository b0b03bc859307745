import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // A worker runs many files, one after the other: to load everything anew for each would take a second of a processor.
    isolate: false,
    globalSetup: ['test/support/server.ts'],
    // The program is started a hundred times and more: half of a start is compiling.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/compiled') },
    // A real Postgres and real processes answer when they can; a deadline here only ends what hangs.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    // Of two cores: many tests wait for processes.
    maxWorkers: 3,
  },
});
