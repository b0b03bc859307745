import { digest } from '../db/digest.ts';
import { verifyExports } from '../ingest/dce/verify.ts';
import { EXIT, UserError, withStore } from './context.ts';
import { terminalText, toJson } from './format.ts';
import type { Verb } from './main.ts';

interface Options {
  digest?: boolean;
  includeDirectMessages?: boolean;
  json?: boolean;
}

/** `almanac verify`: is the database what its sources say? */
export const verify: Verb = {
  define(program, run) {
    program
      .command('verify')
      .description('read exports again and hold every message against the database; or print its digest')
      .argument('[path...]', 'files, folders or patterns')
      .option('--digest', 'print a hash of everything recorded: equal for equal databases')
      .option('--include-direct-messages', 'look at direct messages, too')
      .option('--json', 'the answer as one JSON object')
      .addHelpText(
        'after',
        '\nExit codes: 0 the same, or every difference explained by the merge rule; 1 differences that are not; 2 wrong use.',
      )
      .action((paths: string[], options: Options) =>
        run(async (context) => {
          if (options.digest) {
            const answer = await withStore(context, ({ db }) => digest(db));
            context.print(options.json ? toJson(answer) : answer.digest);
            if (paths.length === 0) return EXIT.ok;
          } else if (paths.length === 0)
            throw new UserError('Name the exports to verify, or ask for --digest.');
          return withStore(context, async ({ db, pool }) => {
            const { storeContent: content } = context.config;
            const includeDirectMessages = options.includeDirectMessages === true;
            const running = verifyExports(paths, {
              db,
              pool,
              content,
              nowMs: context.nowMs,
              includeDirectMessages,
            });
            const findings = [];
            for (;;) {
              const { done, value } = await running.next();
              if (!done) {
                const { file, messageId, field, inFile, stored, explanation } = value;
                if (options.json) findings.push(value);
                else {
                  const verdict = explanation ?? 'NOT EXPLAINED';
                  context.print(
                    terminalText(
                      `${file}: message ${messageId}: ${field}: ${inFile} in the file, ${stored} stored (${verdict})`,
                    ),
                  );
                }
                continue;
              }
              if (options.json) context.print(toJson({ ...value, findings }));
              else {
                for (const { file, reason } of value.passedOver)
                  context.tell(`${terminalText(file)}: not looked at: ${reason}`);
                const explained = Object.values(value.explained).reduce((a, b) => a + b, 0);
                context.print(
                  `${value.messages} messages of ${value.files} files: ${value.unexplained} differences that nothing explains, ${explained} explained by the merge rule, ${value.rejected} not taken at import`,
                );
              }
              return value.unexplained > 0 ? EXIT.partly : EXIT.ok;
            }
          });
        }),
      );
  },
};
