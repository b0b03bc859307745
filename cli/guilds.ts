import { guilds as listGuilds } from '../db/queries/guilds.ts';
import { EXIT, withStore } from './context.ts';
import { type FormatOptions, isJson, table, toJson, withFormat } from './format.ts';
import type { Verb } from './main.ts';

/** `almanac guilds`: which servers are recorded. */
export const guilds: Verb = {
  define(program, run) {
    withFormat(program.command('guilds').description('list the servers that are recorded'), 'table').action(
      (options: FormatOptions) =>
        run(async (context) => {
          const rows = await withStore(context, ({ db }) => listGuilds(db));
          if (isJson(options)) context.print(toJson(rows));
          else if (rows.length === 0)
            context.tell('No server is recorded yet. Take one in with: npx almanac import PATH');
          else {
            context.print(
              table(
                ['id', 'name', 'messages', 'first', 'last'],
                rows.map((r) => [r.id, r.name, r.messages, r.firstMessageAt, r.lastMessageAt]),
              ),
            );
          }
          return EXIT.ok;
        }),
    );
  },
};
