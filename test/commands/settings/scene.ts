/** `/settings` as a manager uses it: a guild in Postgres, messages out. */
import { beforeEach } from 'vitest';
import command from '../../../commands/settings.ts';
import type { Asker, Choice, CommandContext, Options, Request } from '../../../commands/command.ts';
import type { ChannelRecord, RecordBatch } from '../../../db/records.ts';
import { linkedGuilds, linkGuild } from '../../../db/linked-guilds.ts';
import { readSettings, saveSettings, type GuildSettings } from '../../../db/settings.ts';
import { openWriter } from '../../../db/write-batch.ts';
import type { Message } from '../../../reports/message.ts';
import type { Language } from '../../../reports/words.ts';
import { useDatabase } from '../../support/database.ts';
import { batchOf, idAt, rest } from '../../support/records.ts';

/** A Saturday. */
export const NOW = Date.UTC(2026, 10, 21, 12);
export const BORN = Date.UTC(2024, 2, 14, 18);
const id = (low: number): string => idAt(BORN, low);

export const GUILD = id(1);
export const BOT = id(2);
export const OWNER = id(3);
/** May Manage Server, and no more than that. */
export const MANAGER: Asker = { id: id(4), roles: [id(20)], isManager: true };
/** Sees what mods see, too. */
export const MODERATOR: Asker = { ...MANAGER, roles: [id(20), id(22)] };
export const [GENERAL, REPORTS, STAFF, ARCHIVE, OLD_TALK, VOICE, THREAD, GONE, HIDDEN, NEWS] = Array.from(
  { length: 10 },
  (_, i) => id(100 + i),
) as [string, string, string, string, string, string, string, string, string, string];
export const [MANAGERS, HELPERS, MODS, BOTS, GONE_ROLE] = [id(20), id(21), id(22), id(23), id(24)];
export const IMPORTED = id(50);

const VIEW = 1n << 10n;
const SEND = 1n << 11n;
const ATTACH = 1n << 15n;
const HISTORY = 1n << 16n;

export const told = { source: 'gateway' as const, observedAt: BORN, guildId: GUILD };

interface Rule {
  id: string;
  type?: 0 | 1;
  allow?: bigint;
  deny?: bigint;
}

const overwrites = (rules: Rule[]) =>
  rules.map(({ id: of, type = 0, allow = 0n, deny = 0n }) => ({
    id: of,
    type,
    allow: String(allow),
    deny: String(deny),
  }));

/** A channel with its rules; a later telling by a later `at`. */
export const channel = (
  channelId: string,
  name: string,
  {
    type = 0,
    parentId = null,
    rules = [],
    at = 0,
    position = 0,
    ...more
  }: {
    type?: number;
    parentId?: string | null;
    rules?: Rule[];
    at?: number;
    position?: number;
  } & Partial<ChannelRecord> = {},
): ChannelRecord => ({
  ...told,
  observedAt: BORN + at,
  channelId,
  type,
  name,
  parentId,
  details: { topic: null, position, nsfw: false, overwrites: overwrites(rules) },
  ...more,
});

const closed = [{ id: GUILD, deny: VIEW }];

/** A server with a category and its channel, a staff channel that only some see, and a thread. */
const world: Partial<RecordBatch> = {
  guilds: [{ ...told, name: 'Lighthouse', ownerId: OWNER }],
  guildMoments: [{ guildId: GUILD, kind: 'available', at: BORN }],
  roles: [
    {
      ...told,
      roleId: GUILD,
      look: { name: '@everyone', color: 0, position: 0 },
      permissions: String(VIEW | SEND | ATTACH | HISTORY),
    },
    {
      ...told,
      roleId: MANAGERS,
      look: { name: 'Managers', color: 0, position: 1 },
      permissions: String(1n << 5n),
    },
    { ...told, roleId: HELPERS, look: { name: 'Helpers', color: 0, position: 2 }, permissions: '0' },
    { ...told, roleId: MODS, look: { name: 'Mods', color: 0, position: 3 }, permissions: '0' },
    { ...told, roleId: BOTS, look: { name: 'Bots', color: 0, position: 4 }, permissions: '0' },
    {
      ...told,
      roleId: GONE_ROLE,
      look: { name: 'Gone', color: 0, position: 5 },
      permissions: '0',
      deletedAt: BORN + 1,
    },
  ],
  members: [{ ...told, userId: BOT, isBot: true, name: 'Almanac', roles: [BOTS] }],
  channels: [
    channel(GENERAL, 'general', { position: 1 }),
    channel(REPORTS, 'reports', { position: 2 }),
    channel(NEWS, 'news', { position: 3, type: 5, rules: [{ id: BOTS, deny: SEND | ATTACH }] }),
    channel(STAFF, 'staff', {
      position: 4,
      rules: [...closed, { id: MODS, allow: VIEW }, { id: BOTS, allow: VIEW }],
    }),
    channel(ARCHIVE, 'Archive', { position: 5, type: 4 }),
    channel(OLD_TALK, 'old-talk', { position: 6, parentId: ARCHIVE }),
    channel(VOICE, 'Lounge', { position: 7, type: 2 }),
    channel(GONE, 'gone', { position: 8, deletedAt: BORN + 1 }),
    channel(HIDDEN, 'secret plans', { position: 9 }),
    { ...told, observedAt: BORN + 5, channelId: HIDDEN, hiddenAt: BORN + 5 },
    channel(THREAD, 'Plans for autumn', { type: 11, parentId: GENERAL, details: undefined as never }),
  ],
};

export interface Asking {
  options?: Options;
  language?: Language;
  asker?: Asker;
  context?: Partial<CommandContext>;
}

export const textOf = ({ blocks }: Message): string =>
  blocks.map((block) => (block.is === 'text' ? block.text : '---')).join('\n');

/** A database of the file's own with the guild in it, anew for each test. */
export function useSettings() {
  const database = useDatabase();
  const zones: string[] = [];

  async function write(batch: Partial<RecordBatch>): Promise<void> {
    const writer = await openWriter(database.pool, { content: 'full' });
    try {
      await writer.write(batchOf(batch));
    } finally {
      await writer.close();
    }
  }

  beforeEach(async () => {
    zones.length = 0;
    await database.clear();
    await database.pool.query('delete from command_rules; delete from linked_guilds');
    await write(world);
  });

  const contextOf = (more: Partial<CommandContext> = {}): CommandContext => ({
    db: database.db,
    pool: database.pool,
    nowMs: NOW,
    botId: BOT,
    draw: () => Promise.reject(new Error('no chart is drawn here')),
    onChartError() {},
    onZone: (guildId) => void zones.push(guildId),
    plan: () => Promise.reject(new Error('nothing is planned here')),
    remember: () => Promise.reject(new Error('nothing is remembered here')),
    wait: () => Promise.reject(new Error('nobody waits here')),
    ...more,
  });

  const requestOf = ({ options = {}, language = 'en', asker = MANAGER }: Asking): Request => ({
    guildId: GUILD,
    channelId: GENERAL,
    asker,
    language,
    options,
    isPrivate: true,
  });

  /** Uses it, and gives what it shows. */
  async function use(asking: Asking = {}): Promise<Message> {
    const shown: Message[] = [];
    for await (const message of command.act(requestOf(asking), contextOf(asking.context)))
      shown.push(message);
    if (shown.length !== 1) throw new Error(`${shown.length} messages`);
    return shown[0]!;
  }

  const complete = (option: string, typed: string, asking: Asking = {}): Promise<Choice[]> =>
    command.complete(requestOf(asking), option, typed, contextOf(asking.context));

  const read = () => readSettings(database.db, GUILD);
  const save = (change: Partial<GuildSettings>) => saveSettings(database.db, GUILD, change, new Date(NOW));

  /** Messages, one a day from the server's first day, in some channels. */
  async function talk(...channelIds: string[]): Promise<void> {
    const messages = channelIds.map((channelId, i) =>
      rest(0, idAt(BORN + 86_400_000 * (i + 1)), { guildId: GUILD, channelId, observedAt: NOW }),
    );
    const coverage = channelIds.map((channelId) => ({
      guildId: GUILD,
      channelId,
      fromId: channelId,
      toId: idAt(NOW),
      source: 'rest' as const,
      grade: 'verified' as const,
      at: NOW,
    }));
    await write({ messages, coverage });
  }

  /** An imported server, linked to this one. */
  async function link(name = 'Old Lighthouse', guildId = IMPORTED): Promise<void> {
    await write({ guilds: [{ source: 'dce', observedAt: BORN, guildId, name }] });
    await linkGuild(database.db, GUILD, guildId, new Date(NOW));
  }

  const links = () => linkedGuilds(database.db, GUILD);

  return { database, zones, write, use, complete, read, save, talk, link, links };
}
