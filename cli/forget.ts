import { type ForgetReceipt, forgetPerson, rewriteTables, unforgetPerson } from '../db/choices.ts';
import { EXIT, idArgument, withStore } from './context.ts';
import { type FormatOptions, isJson, table, toJson, withFormat } from './format.ts';
import type { Verb } from './main.ts';
import { refreshWithProgress } from './sums.ts';

/** `almanac forget`: erases a person from a server for good, with a receipt. */
export const forget: Verb = {
  define(program, run) {
    withFormat(
      program
        .command('forget')
        .description(
          'erase a person: messages, texts, edits, reactions, mentions, names; no import brings them back',
        )
        .requiredOption('--guild <id>', 'the server', idArgument)
        .requiredOption('--member <id>', 'the person', idArgument)
        .option(
          '--keep-space',
          'do not write the tables anew: quicker, and the erased bytes stay in their files until overwritten',
        )
        .option('--undo', 'take the choice back: imports may bring them again'),
      'text',
    ).action(
      (
        options: {
          guild: string;
          member: string;
          keepSpace?: boolean;
          undo?: boolean;
        } & FormatOptions,
      ) =>
        run(async (context) => {
          const { guild, member, keepSpace, undo } = options;
          const receipt = await withStore(context, async (store) => {
            const { db, pool } = store;
            if (undo) return void (await unforgetPerson(db, guild, member));
            const done = await forgetPerson(pool, guild, member, new Date(context.nowMs));
            await refreshWithProgress(context, store, [guild]);
            if (keepSpace) return done;
            context.tell('Erased; now writing the tables anew, so that no byte of it stays.');
            return { ...done, isRewritten: (await rewriteTables(pool)) || ('tables' as const) };
          });
          if (isJson(options))
            context.print(toJson(receipt ?? { guildId: guild, userId: member, isForgotten: false }));
          else context.print(receipt ? toText(receipt) : undone(guild, member));
          return EXIT.ok;
        }),
    );
  },
};

const undone = (guildId: string, userId: string) =>
  `Member ${userId} of server ${guildId} is no longer forgotten. Nothing returns by itself; imports may bring it again.`;

function toText({ guildId, userId, since, isRewritten, ...rows }: ForgetReceipt): string {
  return [
    `Receipt: member ${userId} of server ${guildId}, forgotten at ${since}`,
    table(['erased', 'rows'], Object.entries(rows)),
    'Kept: this choice, so that no import or event brings anything back, and the bare ids of their messages.',
    'Not touched: what others wrote about them without mentioning them, and copies outside: backups, the exports themselves.',
    REWRITTEN[String(isRewritten)]!,
  ].join('\n\n');
}

const REWRITTEN: Record<string, string> = {
  true: 'The tables were written anew; their files hold none of it.',
  tables:
    "The tables were written anew. The server's write-ahead log and the planner's samples may hold bytes of it until they are overwritten: only a superuser may clear them.",
  false: 'The tables were not written anew; bytes may stay in their files until overwritten.',
};
