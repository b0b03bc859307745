import { digest } from '../db/digest.ts';
import { guildsWithSums, type SumsDifference, verifySums } from '../db/rollups/verify.ts';
import { type Finding, verifyExports, type VerifyResult } from '../ingest/dce/verify.ts';
import { type CliContext, EXIT, UserError, withStore } from './context.ts';
import { type FormatOptions, isJson, n, some, terminalText, toJson, withFormat } from './format.ts';
import type { Verb } from './main.ts';

interface Options extends FormatOptions {
  digest?: boolean;
  rollups?: boolean;
  includeDirectMessages?: boolean;
}

/** `almanac verify`: is the database what its sources say? */
export const verify: Verb = {
  define(program, run) {
    withFormat(
      program
        .command('verify')
        .description('read exports again and hold every message against the database; or print its digest')
        .argument('[path...]', 'files, folders or patterns')
        .option(
          '--rollups',
          'sum the messages of big servers again, and put right what the kept sums have wrong',
        )
        .option('--digest', 'print a hash of everything recorded: equal for equal databases')
        .option('--include-direct-messages', 'look at direct messages, too'),
      'text',
    )
      .addHelpText(
        'after',
        '\nExit codes: 0 the same, or every difference explained by the merge rule; 1 differences that are not; 2 wrong use, or no export among the files.',
      )
      .action((paths: string[], options: Options) =>
        run((context) => {
          const asked = [options.digest === true, options.rollups === true, paths.length > 0];
          if (asked.filter(Boolean).length !== 1)
            throw new UserError('Name the exports to verify, or ask for --digest, or for --rollups.');
          if (options.rollups) return verifyRollups(context, options);
          return options.digest ? printDigest(context, options) : holdAgainst(context, paths, options);
        }),
      );
  },
};

async function printDigest(context: CliContext, options: Options): Promise<number> {
  const answer = await withStore(context, ({ db }) => digest(db));
  context.print(isJson(options) ? toJson(answer) : answer.digest);
  return EXIT.ok;
}

/** Exit code 1 where something differed, though it does no more: somebody should know. */
async function verifyRollups(context: CliContext, options: Options): Promise<number> {
  const found: (SumsDifference & { guildId: string })[] = [];
  const kept = await withStore(context, async (store) => {
    const ids = await guildsWithSums(store.db);
    for (const guildId of ids) {
      for await (const difference of verifySums(store, guildId)) {
        found.push({ guildId, ...difference });
        const { table: name, starts, rows } = difference;
        context.tell(`server ${guildId}: ${name} from ${starts}: ${some(rows, 'row')} differed; put right`);
      }
    }
    return ids;
  });
  if (isJson(options)) context.print(toJson({ guilds: kept, differences: found }));
  else
    context.print(
      `${some(found.length, 'difference')} between kept sums and messages, of ${some(kept.length, 'server')} with sums${found.length > 0 ? '; put right' : ''}`,
    );
  return found.length > 0 ? EXIT.partly : EXIT.ok;
}

async function holdAgainst(context: CliContext, paths: string[], options: Options): Promise<number> {
  const findings: Finding[] = [];
  const result = await withStore(context, async ({ db, pool }) => {
    const { config, nowMs } = context;
    const includeDirectMessages = options.includeDirectMessages === true;
    const running = verifyExports(paths, {
      db,
      pool,
      content: config.storeContent,
      nowMs,
      includeDirectMessages,
    });
    for (;;) {
      const { done, value } = await running.next();
      if (done) return value;
      if (isJson(options)) findings.push(value);
      else context.print(findingLine(value));
    }
  });
  if (isJson(options)) context.print(toJson({ ...result, findings }));
  else {
    for (const { file, reason } of result.passedOver)
      context.tell(`${terminalText(file)}: not looked at: ${reason}`);
    context.print(sumLine(result));
  }
  if (result.files === 0) return EXIT.failed;
  return result.unexplained > 0 ? EXIT.partly : EXIT.ok;
}

function findingLine({ file, messageId, field, inFile, stored, explanation }: Finding): string {
  const verdict = explanation ?? 'NOT EXPLAINED';
  return terminalText(
    `${file}: message ${messageId}: ${field}: ${inFile} in the file, ${stored} stored (${verdict})`,
  );
}

function sumLine({ messages, files, unexplained, explained, rejected }: VerifyResult): string {
  const byRule = Object.values(explained).reduce((a, b) => a + b, 0);
  return `${some(messages, 'message')} of ${some(files, 'file')}: ${some(unexplained, 'difference')} that nothing explains, ${n(byRule)} explained by the merge rule, ${n(rejected)} not taken at import`;
}
