import { isRecordedByBot } from '../db/access.ts';
import type { Db } from '../db/connect.ts';
import {
  guildsWithLinks,
  isLinkOver,
  type LinkedGuild,
  linkedGuilds,
  linkGuild,
  unlinkGuild,
} from '../db/linked-guilds.ts';
import { guildSpan } from '../db/queries/guild-span.ts';
import { type CliContext, EXIT, idArgument, notRecorded, UserError, withStore } from './context.ts';
import { type FormatOptions, isJson, table, toJson, withFormat } from './format.ts';
import type { Verb } from './main.ts';

interface LinkOptions extends FormatOptions {
  guild?: string;
  to?: string;
  remove?: boolean;
}

interface Link extends LinkedGuild {
  toId: string;
  /** The bot has joined it since, so that nobody may ask about it from elsewhere. */
  isOver: boolean;
}

/** As many as Discord suggests. */
const LINKS_MAX = 25;

/** `almanac link`: lets a server ask about one that was imported. */
export const link: Verb = {
  define(program, run) {
    withFormat(
      program
        .command('link')
        .description('let a server ask about one that was imported, or list which may')
        .option('--guild <id>', 'the server that was imported', idArgument)
        .option('--to <id>', 'the server that may ask about it', idArgument)
        .option('--remove', 'it may not any more'),
      'table',
    ).action((options: LinkOptions) =>
      run(async (context) => {
        const { guild, to, remove } = options;
        if (guild === undefined && to === undefined && !remove) return list(context, options);
        if (guild === undefined || to === undefined)
          throw new UserError('Name both: --guild, which was imported, and --to, which may ask about it.');
        await withStore(context, ({ db }) =>
          remove ? unlink(db, guild, to) : makeLink(db, guild, to, new Date(context.nowMs)),
        );
        if (isJson(options)) context.print(toJson({ guildId: guild, toId: to, isLinked: remove !== true }));
        else context.print(remove ? unlinked(guild, to) : linked(guild, to));
        return EXIT.ok;
      }),
    );
  },
};

const linked = (guild: string, to: string): string =>
  `${to} may ask about ${guild}: for now only who may Manage Server, and in private. They open it to everyone there with /settings server.`;
const unlinked = (guild: string, to: string): string => `${to} may not ask about ${guild} any more.`;

async function makeLink(db: Db, guild: string, to: string, now: Date): Promise<void> {
  if (guild === to) throw new UserError('A server need not be linked to itself.');
  if (!(await guildSpan(db, guild))) throw notRecorded(guild);
  if (await isRecordedByBot(db, guild))
    throw new UserError(
      `The bot is in ${guild} itself, so who may read what there is known, and its members ask about it there. Only a server that was imported is linked.`,
    );
  if (!(await isRecordedByBot(db, to)))
    throw new UserError(
      `The bot does not record ${to}, so nobody can use its commands there. Invite it, start it once, and link then. How says: npx almanac doctor`,
    );
  const before = await linkedGuilds(db, to);
  const own = before.find(({ id }) => id === guild);
  if (!own && before.length >= LINKS_MAX)
    throw new UserError(
      `${to} has ${LINKS_MAX} linked servers, which is as many as can be. Take one away first: npx almanac link --guild ID --to ${to} --remove`,
    );
  // Linked anew, it is closed to all but managers again.
  if (own && (await isLinkOver(db, own))) await unlinkGuild(db, to, guild);
  await linkGuild(db, to, guild, now);
}

async function unlink(db: Db, guild: string, to: string): Promise<void> {
  if (await unlinkGuild(db, to, guild)) return;
  throw new UserError(`${guild} is not linked to ${to}. See what is with: npx almanac link`);
}

async function list(context: CliContext, options: LinkOptions): Promise<number> {
  const links = await withStore(context, ({ db }) => allLinks(db));
  if (isJson(options)) context.print(toJson(links));
  else if (links.length === 0)
    context.tell('No server is linked to another. Link one with: npx almanac link --guild IMPORTED --to ID');
  else
    context.print(
      table(
        ['server', 'name', 'linked to', 'who may ask'],
        links.map((one) => [one.id, one.name, one.toId, askers(one)]),
      ),
    );
  return EXIT.ok;
}

async function allLinks(db: Db): Promise<Link[]> {
  const links: Link[] = [];
  for (const toId of await guildsWithLinks(db))
    for (const one of await linkedGuilds(db, toId))
      links.push({ ...one, toId, isOver: await isLinkOver(db, one) });
  return links;
}

function askers({ isOpen, isOver }: Link): string {
  if (isOver) return 'nobody: the bot has joined it since';
  return isOpen ? 'everyone' : 'who may Manage Server';
}
