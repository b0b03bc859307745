import { InvalidArgumentError } from 'commander';
import type { CommunityTruth } from '../ingest/dce/generate.ts';
import { type CliContext, EXIT } from './context.ts';
import { type FormatOptions, isJson, toJson, withFormat } from './format.ts';
import type { Verb } from './main.ts';

const MESSAGES_MIN = 100;
const MESSAGES_MAX = 100_000_000;

function count(value: string): number {
  const n = Number(value.replaceAll(/[_,]/g, ''));
  if (!Number.isInteger(n) || n < MESSAGES_MIN || n > MESSAGES_MAX) {
    throw new InvalidArgumentError(`from ${MESSAGES_MIN} to ${MESSAGES_MAX.toLocaleString('en')}.`);
  }
  return n;
}

/** `almanac generate`: the exports of a community that doesn't exist, with the truth about it. */
export const generate: Verb = {
  define(program, run) {
    withFormat(
      program
        .command('generate')
        .description(
          'write exports of a made-up community, the same for the same seed, and the truth about it',
        )
        .argument('<folder>', 'where to write them')
        .option('--messages <count>', `how many, from ${MESSAGES_MIN} to ${MESSAGES_MAX}`, count, 5000)
        .option('--seed <text>', 'another seed makes another community', '1'),
      'text',
    ).action((folder: string, options: { messages: number; seed: string } & FormatOptions) =>
      run(async (context) => {
        const truth = await generateWithProgress(
          context,
          { messages: options.messages, seed: options.seed },
          folder,
        );
        if (isJson(options)) context.print(toJson(truth));
        else
          context.print(
            `${truth.messages.toLocaleString('en')} messages of ${truth.guild.name} (${truth.guild.id}) in ${folder}`,
          );
        return EXIT.ok;
      }),
    );
  },
};

/** Generates, with its progress on stderr. */
export async function generateWithProgress(
  context: CliContext,
  plan: { messages: number; seed: string },
  folder: string,
): Promise<CommunityTruth> {
  const bar = context.progress('Generating');
  // Its phrases take a while to load, which no other verb should wait for.
  const { generateCommunity } = await import('../ingest/dce/generate.ts');
  const running = generateCommunity(plan, folder);
  try {
    for (;;) {
      const { done, value } = await running.next();
      if (done) return value;
      bar.show({
        done: value.messages,
        total: value.messagesTotal,
        note: `${value.messages.toLocaleString('en')} messages`,
      });
    }
  } finally {
    bar.end();
  }
}
