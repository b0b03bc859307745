import { type Command, InvalidArgumentError, Option } from 'commander';
import { guildSpan } from '../db/queries/guild-span.ts';
import { type ApiToken, createToken, listTokens, revokeToken, type TokenAudience } from '../db/tokens.ts';
import { plainText } from '../reports/plain-text.ts';
import { daysArgument } from './asked.ts';
import { type CliContext, EXIT, idArgument, notRecorded, UserError, withStore } from './context.ts';
import { type FormatOptions, isJson, table, toJson, withFormat } from './format.ts';
import type { Verb } from './main.ts';

const DAY_MS = 86_400_000;
const NAME_LENGTH_MAX = 100;

/** `almanac token`: who may ask about a server over HTTP. */
export const token: Verb = {
  define(program, run) {
    const verb = program.command('token').description('make, list and revoke tokens for the JSON API');
    withCreate(verb).action((options: CreateOptions) => run((context) => create(context, options)));
    withFormat(
      verb
        .command('list')
        .description('list tokens: whose, for what, and when they were last used')
        .option('--guild <id>', 'of this server only', idArgument),
      'table',
    ).action((options: ListOptions) => run((context) => show(context, options)));
    verb
      .command('revoke')
      .description('refuse a token from now on')
      .argument('<id>', 'which, as it is listed')
      .requiredOption('--guild <id>', 'the server', idArgument)
      .action((tokenId: string, { guild }: { guild: string }) =>
        run((context) => revoke(context, guild, tokenId)),
      );
  },
};

interface CreateOptions {
  guild: string;
  name: string;
  audience: TokenAudience;
  expires?: number;
}

type ListOptions = { guild?: string } & FormatOptions;

function withCreate(verb: Command): Command {
  return verb
    .command('create')
    .description('make a token, and print it: it cannot be shown again')
    .requiredOption('--guild <id>', 'the server that it is for', idArgument)
    .requiredOption('--name <text>', 'what you call it, so that you know it again', nameArgument)
    .addOption(
      new Option('--audience <who>', 'tell what every member can read, or all that is recorded')
        .choices(['everyone', 'all'])
        .default('everyone'),
    )
    .option('--expires <days>', 'it is good for so many days (default: until it is revoked)', daysArgument);
}

function nameArgument(value: string): string {
  const name = plainText(value);
  if (name === '' || name.length > NAME_LENGTH_MAX)
    throw new InvalidArgumentError(`a name has 1 to ${NAME_LENGTH_MAX} characters.`);
  return name;
}

async function create(
  context: CliContext,
  { guild, name, audience, expires }: CreateOptions,
): Promise<number> {
  const { nowMs } = context;
  if (guild === '0' && audience === 'everyone') {
    throw new UserError('Direct messages are for nobody but their writers: they take --audience all.');
  }
  const expiresAtMs = expires === undefined ? undefined : nowMs + expires * DAY_MS;
  const made = await withStore(context, async ({ db, pool }) => {
    if (!(await guildSpan(db, guild))) throw notRecorded(guild);
    const asked = { guildId: guild, name, audience, ...(expiresAtMs !== undefined && { expiresAtMs }) };
    return createToken(pool, asked, nowMs);
  });
  const until = expiresAtMs === undefined ? 'until it is revoked' : `until ${dateOf(expiresAtMs)}`;
  context.tell(`Token ${made.tokenId} of server ${guild} is good ${until}. ${TOLD[audience]}`);
  context.tell('It is printed once, and kept nowhere. Send it as: Authorization: Bearer TOKEN');
  context.print(made.token);
  return EXIT.ok;
}

const TOLD: Record<TokenAudience, string> = {
  everyone: 'It is told what every member can read.',
  all: 'It is told everything that is recorded: keep it to those who may read every channel.',
};

async function show(context: CliContext, options: ListOptions): Promise<number> {
  const tokens = await withStore(context, ({ pool }) => listTokens(pool, options.guild));
  if (isJson(options)) context.print(toJson(tokens.map((one) => forPrograms(one, context.nowMs))));
  else if (tokens.length === 0) context.tell('There are no tokens. Make one: npx almanac token create');
  else context.print(tokensTable(tokens, context.nowMs));
  return EXIT.ok;
}

async function revoke(context: CliContext, guild: string, tokenId: string): Promise<number> {
  const isRevoked = await withStore(context, ({ pool }) => revokeToken(pool, guild, tokenId, context.nowMs));
  if (!isRevoked) {
    throw new UserError(
      `Server ${guild} has no token of that id that is not revoked. See those that there are: npx almanac token list`,
    );
  }
  context.print(`Token ${tokenId} of server ${guild} is refused from now on.`);
  return EXIT.ok;
}

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

function stateOf({ revokedAtMs, expiresAtMs }: ApiToken, nowMs: number): 'good' | 'revoked' | 'expired' {
  if (revokedAtMs !== null) return 'revoked';
  return expiresAtMs !== null && expiresAtMs <= nowMs ? 'expired' : 'good';
}

function forPrograms(one: ApiToken, nowMs: number): object {
  const { guildId, tokenId, name, audience, createdAtMs, expiresAtMs, lastUsedAtMs, revokedAtMs } = one;
  return {
    guildId,
    tokenId,
    name,
    audience,
    state: stateOf(one, nowMs),
    createdAt: iso(createdAtMs),
    expiresAt: iso(expiresAtMs),
    lastUsedAt: iso(lastUsedAtMs),
    revokedAt: iso(revokedAtMs),
  };
}

function tokensTable(tokens: ApiToken[], nowMs: number): string {
  const heads = ['id', 'server', 'name', 'told of', 'state', 'made', 'expires', 'last used'];
  const day = (ms: number | null) => (ms === null ? null : dateOf(ms));
  return table(
    heads,
    tokens.map((one) => [
      one.tokenId,
      one.guildId,
      one.name,
      one.audience,
      stateOf(one, nowMs),
      day(one.createdAtMs),
      day(one.expiresAtMs),
      one.lastUsedAtMs === null ? 'never' : `${iso(one.lastUsedAtMs)!.slice(0, 16).replace('T', ' ')}`,
    ]),
  );
}
