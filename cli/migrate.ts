import { migrate } from '../db/migrate.ts';
import { openStore } from '../db/connect.ts';
import { EXIT } from './context.ts';
import type { Verb } from './main.ts';

/** `almanac migrate`: brings the database to this version, and nothing else. */
export const migrateVerb: Verb = {
  define(program, run) {
    program
      .command('migrate')
      .description('bring the database to this version (every other verb does so at its start)')
      .action(() =>
        run(async (context) => {
          const store = await openStore({ ...context.config, connectionsMax: 2, onNotice: context.tell });
          try {
            const done = await migrate(store.db);
            context.tell(done.length === 0 ? 'The database is up to date.' : `Migrated: ${done.join(', ')}.`);
            return EXIT.ok;
          } finally {
            await store.close();
          }
        }),
      );
  },
};
