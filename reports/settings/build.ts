/** A guild's settings with what they mean, for somebody who may change them. */
import type { LinkedGuild } from '../../db/linked-guilds.ts';
import { type CoverageLine, coverageLine } from '../../db/queries/coverage-line.ts';
import { type NamedRole, namedRoles } from '../../db/queries/named-roles.ts';
import { type GuildSettings, readSettings } from '../../db/settings.ts';
import { readableBy } from '../audience.ts';
import type { ReportContext } from '../context.ts';
import { linkedServers } from '../linked.ts';
import type { NamedPlace } from '../places.ts';
import { recordOf } from '../record.ts';
import {
  type Places,
  type PlacesAsked,
  type PlacesContext,
  placesOf,
  type PostingFault,
} from '../seen-places.ts';
import { type ShownPosts, shownPosts } from './posts.ts';

export interface SettingsReport {
  guildId: string;
  guildName: string;
  nowMs: number;
  timeZone: string;
  language: string;
  countBots: boolean;
  weekly: WeeklySettings;
  help: HelpSettings;
  excluded: ShownPlace[];
  rules: CommandRule[];
  linked: LinkedGuild[];
  /** Of what the one who asks can read; absent where nothing of it is recorded. */
  record?: ShownRecord;
  /** What was changed just now; absent where nothing was asked to be. */
  changed?: SettingChange[];
}

export interface WeeklySettings extends ShownPosts {
  /** Null: it is posted nowhere. */
  channel: ShownPlace | null;
  day: number;
  hour: number;
  /** For so many days one that was missed is made up for. */
  lateDays: number;
  fault?: PostingFault;
}

/** Where whoever may need a person is sent. */
export interface HelpSettings {
  /** Null: to no channel. */
  channel: ShownPlace | null;
  /** Why it helps nobody; `closed`: members without a role do not see it, as far as is known. */
  fault?: 'gone' | 'closed';
}

/** A channel, as far as the one who asks may be told of it. */
export interface ShownPlace {
  id: string;
  /** Absent where it is not theirs to see. */
  place?: NamedPlace;
  isGone: boolean;
}

export interface CommandRule {
  command: string;
  /** Null: everybody may use it. None: only who may Manage Server. */
  roles: NamedRole[] | null;
}

export interface ShownRecord {
  firstMs: number;
  nowMs: number;
  coverage: CoverageLine;
}

export type SettingChange =
  | { of: 'weekly' | 'help' | 'zone' | 'language' | 'bots' }
  | { of: 'excluded' | 'included'; place: ShownPlace }
  | { of: 'rule'; command: string }
  | { of: 'linked'; id: string };

export interface SettingsAsked extends PlacesAsked {
  /** Those that rules can be made for. */
  commands: readonly string[];
  /** What they were before a change, and the linked server that it was about. */
  before?: GuildSettings;
  changedLink?: string;
}

/** What is set, and what was changed. */
export async function buildSettings(
  context: ReportContext & PlacesContext,
  asked: SettingsAsked,
): Promise<SettingsReport> {
  const { db, nowMs } = context;
  const { guildId, commands, before, changedLink } = asked;
  const settings = await readSettings(db, guildId);
  const [places, linked, { name, record }] = await Promise.all([
    placesOf(context, asked),
    linkedServers(db, guildId),
    recordFor(context, asked, settings.timeZone),
  ]);
  const weekly = await weeklyOf(context, guildId, settings, places);
  const help = await helpOf(context, guildId, settings, places);
  const rules = await rulesOf(context, guildId, commands, settings);
  const changed = before && changesBetween(before, settings, places);
  if (changedLink !== undefined) changed?.push({ of: 'linked', id: changedLink });
  return {
    guildId,
    guildName: name,
    nowMs,
    timeZone: settings.timeZone,
    language: settings.language,
    countBots: settings.countBots,
    weekly,
    help,
    excluded: settings.excludedChannels.map((id) => shown(id, places)),
    rules,
    linked,
    ...(record && { record }),
    ...(changed && { changed }),
  };
}

async function weeklyOf(
  { pool, nowMs }: ReportContext & PlacesContext,
  guildId: string,
  settings: GuildSettings,
  places: Places,
): Promise<WeeklySettings> {
  const { weeklyChannel, weeklyDay: day, weeklyHour: hour, weeklyLateDays: lateDays } = settings;
  const channelOf = (id: string) => shown(id, places);
  const posts = await shownPosts(pool, { guildId, settings, nowMs, shown: channelOf });
  const when = { day, hour, lateDays, ...posts };
  if (weeklyChannel === null) return { channel: null, ...when };
  const fault = places.postingFault(weeklyChannel);
  return { channel: channelOf(weeklyChannel), ...when, ...(fault && { fault }) };
}

/** Nobody by that id: whoever has no role. */
const STRANGER = { id: '0', roles: [] };

async function helpOf(
  context: PlacesContext,
  guildId: string,
  { helpChannel }: GuildSettings,
  places: Places,
): Promise<HelpSettings> {
  if (helpChannel === null) return { channel: null };
  const channel = shown(helpChannel, places);
  if (channel.isGone) return { channel, fault: 'gone' };
  const open = await placesOf(context, { guildId, asker: STRANGER, ids: [helpChannel] });
  return { channel, ...(!open.find(helpChannel) && { fault: 'closed' }) };
}

function shown(id: string, places: Places): ShownPlace {
  const place = places.find(id);
  return { id, ...(place && { place }), isGone: places.isGone(id) };
}

async function rulesOf(
  { db }: ReportContext,
  guildId: string,
  commands: readonly string[],
  { commandRoles }: GuildSettings,
): Promise<CommandRule[]> {
  const rules: CommandRule[] = [];
  for (const command of commands) {
    const ids = Object.hasOwn(commandRoles, command) ? commandRoles[command]! : undefined;
    rules.push({ command, roles: ids ? await namedRoles(db, guildId, ids) : null });
  }
  return rules;
}

async function recordFor(
  { db, nowMs }: ReportContext,
  { guildId, asker }: SettingsAsked,
  timeZone: string,
): Promise<{ name: string; record?: ShownRecord }> {
  const channels = (await readableBy(db, guildId, { memberId: asker.id, roles: asker.roles })) ?? [];
  const known = await recordOf(db, guildId, channels);
  if (!known?.span) return { name: known?.name ?? guildId };
  const window = { fromMs: 0, toMs: known.nowMs ?? nowMs, timeZone };
  const coverage = await coverageLine(db, { guildId, window, channels });
  return { name: known.name, record: { firstMs: known.span.firstMs, nowMs: window.toMs, coverage } };
}

function changesBetween(before: GuildSettings, now: GuildSettings, places: Places): SettingChange[] {
  const has = (...keys: (keyof GuildSettings)[]) => keys.some((key) => before[key] !== now[key]);
  const beyond = (ids: string[], others: string[]) => ids.filter((id) => !others.includes(id));
  const commands = new Set([...Object.keys(before.commandRoles), ...Object.keys(now.commandRoles)]);
  const ruled = [...commands].filter(
    (command) => String(before.commandRoles[command]) !== String(now.commandRoles[command]),
  );
  return [
    ...(has('weeklyChannel', 'weeklyDay', 'weeklyHour', 'weeklyLateDays') ? [{ of: 'weekly' as const }] : []),
    ...(has('helpChannel') ? [{ of: 'help' as const }] : []),
    ...(has('timeZone') ? [{ of: 'zone' as const }] : []),
    ...(has('language') ? [{ of: 'language' as const }] : []),
    ...(has('countBots') ? [{ of: 'bots' as const }] : []),
    ...beyond(now.excludedChannels, before.excludedChannels).map((id) => ({
      of: 'excluded' as const,
      place: shown(id, places),
    })),
    ...beyond(before.excludedChannels, now.excludedChannels).map((id) => ({
      of: 'included' as const,
      place: shown(id, places),
    })),
    ...ruled.map((command) => ({ of: 'rule' as const, command })),
  ];
}
