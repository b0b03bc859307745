import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/server.ts'],
    // A real Postgres and real processes answer when they can; a deadline here only ends what hangs.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Of two cores: many tests wait for processes.
    maxWorkers: 3,
  },
});
