/** The servers that the preview is about: one with a life, three that are odd, and one that was only imported. */
import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { openWriter } from '../../../db/write-batch.ts';
import type { CoverageRecord, MessageRecord, RecordBatch } from '../../../db/records.ts';
import { saveSettings } from '../../../db/settings.ts';
import { NAMES } from '../../reports/names.ts';
import { makeCommunity } from '../community.ts';
import { worldFromExports } from '../discord/exported.ts';
import type { ChannelTruth, GuildTruth } from '../discord/model.ts';
import type { World } from '../discord/world.ts';
import { imported } from '../imports.ts';
import { batchOf, idAt } from '../records.ts';
import { post } from '../written.ts';
import type { Store } from '../../../db/connect.ts';

/** A Friday morning: the last week that is over is 2026-W46. */
export const NOW_MS = Date.UTC(2026, 10, 20, 10, 41);
const HOUR_MS = 3_600_000;
/** When their channels were made, before anybody wrote there. */
const BORN_MS = Date.UTC(2026, 9, 1);
/** When the odd servers were looked at: what begins now is later. */
const FILLED_MS = NOW_MS - 60_000;
/** Exports are made an hour after the last message of theirs. */
const ENDS_AT = new Date(NOW_MS - 1.5 * HOUR_MS).toISOString();

const { ManageGuild, ViewChannel } = PermissionFlagsBits;

export interface Servers {
  world: World;
  /** Twelve weeks of a community, imported before the bot came. */
  main: GuildTruth;
  /** By their names, of `main`. */
  places: Record<string, ChannelTruth>;
  /** Who writes there, the most active of the last week first. */
  people: string[];
  /** Of `main`; who has it reads #members-lounge, too. */
  memberRole: string;
  /** May Manage Server, in each of them. */
  manager: string;
  /** Recorded since yesterday. */
  young: GuildTruth;
  /** Its only channel is excluded. */
  silent: GuildTruth;
  /** 500 channels, and people, with hostile names. */
  hostile: GuildTruth;
  /** No bot is in it. */
  linkedId: string;
}

/** Makes them, and what is recorded of the first before the bot starts; of the odd ones see `fillServers`. */
export async function makeServers(store: Store, folder: string): Promise<Servers> {
  const made = await makeCommunity(`${folder}/main`, {
    seed: 'preview',
    messages: 3000,
    weeks: 12,
    channels: 13,
    endsAt: ENDS_AT,
  });
  const old = await makeCommunity(`${folder}/linked`, {
    seed: 'preview-linked',
    messages: 500,
    weeks: 30,
    endsAt: '2024-06-01T18:00:00Z',
  });
  await imported(store, [...made.files, ...old.files], { nowMs: NOW_MS, lanes: 2 });
  const linkedId = old.truth.guild.id;
  await record(store, {
    guilds: [{ source: 'dce', observedAt: NOW_MS, guildId: linkedId, name: 'Lofthaven, the old server' }],
  });
  const { world, guild: main } = worldFromExports(made.files, { now: () => NOW_MS });
  const manager = world.addUser('maren', { global_name: 'Maren', guildId: main.id }).id;
  const places = Object.fromEntries(main.channels.values().map((channel) => [channel.name, channel]));
  const memberRole = arrangeMain(world, main, places, manager);
  return {
    world,
    main,
    places,
    people: await writersOf(store, main.id),
    memberRole,
    manager,
    young: addServer(world, 'Harbour Chess Club', manager, ['general']),
    silent: addServer(world, 'Reading Room', manager, ['desk']),
    hostile: addHostile(world, manager),
    linkedId,
  };
}

/** Who sees what in it. Tells the role of its members. */
function arrangeMain(
  world: World,
  main: GuildTruth,
  places: Record<string, ChannelTruth>,
  manager: string,
): string {
  const staff = world.addRole(main.id, { name: 'Ground crew', permissions: ManageGuild });
  const members = world.addRole(main.id, { name: 'Members' });
  const bot = world.truth.bot.id;
  world.giveRole(main.id, manager, staff.id);
  for (const [name, role, was] of [
    ['ground-crew', staff.id, 'off-topic'],
    ['members-lounge', members.id, 'electronics'],
  ] as const) {
    const channel = (places[name] = places[was]!);
    delete places[was];
    world.updateChannel(channel.id, { name });
    world.overwrite(channel.id, main.id, { deny: ViewChannel });
    for (const one of [role, staff.id, bot]) world.overwrite(channel.id, one, { allow: ViewChannel });
  }
  return members.id;
}

/** Names and messages, as Discord would have told of them. */
async function record({ pool }: Pick<Store, 'pool'>, batch: Partial<RecordBatch>): Promise<void> {
  const writer = await openWriter(pool, { content: 'full' });
  await writer.write(batchOf(batch)).finally(() => writer.close());
}

/** People, by what they wrote in the last week. */
async function writersOf({ pool }: Pick<Store, 'pool'>, guildId: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `select author_id::text as id from messages join members on members.guild_id = messages.guild_id
       and user_id = author_id and not is_bot
     where messages.guild_id = $1 and type in (0, 19) and message_id between $2 and $3
     group by 1 order by count(*) desc, 1`,
    [guildId, idAt(Date.UTC(2026, 10, 9)), idAt(Date.UTC(2026, 10, 16))],
  );
  return rows.map(({ id }) => id);
}

function addServer(world: World, name: string, manager: string, channels: string[]): GuildTruth {
  const guild = world.addGuild({ name, ownerId: manager });
  for (const one of channels)
    world.addChannel(guild.id, ChannelType.GuildText, { name: one, id: world.idAt(BORN_MS) });
  return guild;
}

/** As Discord would let them be called. */
const NAME_LENGTH_MAX = { channel: 100, person: 32 };
const CHANNELS = 500;
const hostileNames = (lengthMax: number): string[] =>
  Object.values(NAMES).map((name) => name.replaceAll('\0', '').slice(0, lengthMax).toWellFormed());

function addHostile(world: World, manager: string): GuildTruth {
  const names = hostileNames(NAME_LENGTH_MAX.channel);
  const guild = addServer(
    world,
    `${NAMES.html} ${NAMES.link}`.slice(0, NAME_LENGTH_MAX.channel),
    manager,
    Array.from({ length: CHANNELS }, (_, i) => names[i % names.length]!),
  );
  for (const name of hostileNames(NAME_LENGTH_MAX.person))
    world.addUser(name, { global_name: name, guildId: guild.id });
  return guild;
}

/**
 * What was written in the odd servers, recorded as if the bot had been there; to be called when it is, or it would look for
 * what it has missed.
 */
export async function fillServers(store: Store, { world, young, silent, hostile }: Servers): Promise<void> {
  const wrote: MessageRecord[] = [];
  const coverage: CoverageRecord[] = [];
  const write = (guild: GuildTruth, channelId: string, authorId: string, times: string[]) => {
    const said = { guildId: guild.id, channelId, authorId, observedAt: FILLED_MS };
    const posted = times.map((time) => post(time, said));
    world.seed(
      channelId,
      posted.map(({ messageId: id }) => ({ id, author: authorId, content: 'hello' })),
    );
    wrote.push(...posted);
    coverage.push({
      guildId: guild.id,
      channelId,
      fromId: posted[0]!.messageId,
      toId: idAt(NOW_MS),
      source: 'rest',
      grade: 'verified',
      at: FILLED_MS,
    });
  };
  const manager = young.ownerId;
  write(young, first(young), manager, ['2026-11-19T17:20Z', '2026-11-20T09:02Z']);
  write(silent, first(silent), manager, ['2026-11-10T09:00Z']);
  const people = [...hostile.members.keys()].filter((id) => id !== manager && id !== world.truth.bot.id);
  [...hostile.channels.keys()].forEach((id, i) => {
    const times = Array.from({ length: 1 + Math.floor((CHANNELS - i) / 50) }, (_, n) =>
      new Date(Date.UTC(2026, 10, 9, 6) + (i * 10 + n) * 60_000).toISOString(),
    );
    write(hostile, id, people[(i * i) % people.length]!, times);
  });
  await record(store, { messages: wrote, coverage });
  await saveSettings(store.db, silent.id, { excludedChannels: [first(silent)] }, new Date(NOW_MS));
}

const first = (guild: GuildTruth): string => [...guild.channels.keys()][0]!;
