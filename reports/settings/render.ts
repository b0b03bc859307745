/** A guild's settings as a message. */
import { coverageText } from '../coverage.ts';
import type { LinkedGuild } from '../linked.ts';
import { markdown } from '../markdown.ts';
import type { Block, Message } from '../message.ts';
import { placeLabel } from '../places.ts';
import { localTime } from '../weekly/names.ts';
import type { Words } from '../words.ts';
import type { CommandRule, SettingChange, SettingsReport, ShownPlace, ShownRecord } from './build.ts';
import { nextText, postLines, weeklyText } from './weekly-text.ts';

/** A list is a glance, and with names of nothing but asterisks all of it still fits into a message. */
const LISTED_MAX = { places: 6, roles: 3, servers: 4 };
const NAME_LENGTH_MAX = 32;

/** The settings, below what was changed. */
export function renderSettings(report: SettingsReport, words: Words): Message {
  const { headings, hint, title } = words.settings;
  const { changed, linked, record } = report;
  const section = (heading: string, lines: readonly string[]): Block => ({
    is: 'text',
    text: [`### ${heading}`, ...lines].join('\n'),
  });
  return {
    blocks: [
      ...(changed ? changedBlocks(report, changed, words) : []),
      { is: 'text', text: `## ${title(nameIn(report.guildName) || report.guildId)}` },
      section(headings.weekly, [
        weeklyText(report, words, placeIn),
        ...postLines(report, words, placeIn),
        `${languageText(report, words)} ${zoneText(report, words)}`,
      ]),
      section(headings.counted, [
        `${botsText(report, words)} ${excludedText(report, words)}`,
        ...recordLines(record, report.timeZone, words),
      ]),
      section(headings.help, [helpText(report, words)]),
      section(headings.rules, rulesLines(report.rules, words)),
      ...(linked.length > 0 ? [section(headings.linked, linkedLines(linked, words))] : []),
      { is: 'text', text: `-# ${hint}` },
    ],
  };
}

function changedBlocks(report: SettingsReport, changed: SettingChange[], words: Words): Block[] {
  const { changed: heading, unchanged } = words.settings;
  const lines = changed.map((change) => asLine(changeText(report, change, words)));
  const text = lines.length > 0 ? [`**${heading}**`, ...lines].join('\n') : unchanged;
  return [{ is: 'text', text }, { is: 'rule' }];
}

function changeText(report: SettingsReport, change: SettingChange, words: Words): string {
  const { settings } = words;
  switch (change.of) {
    case 'weekly':
      return weeklyText(report, words, placeIn);
    case 'help':
      return helpText(report, words);
    case 'zone':
      return `${zoneText(report, words)}${isWeeklyChanged(report) ? '' : nextText(report, words)}`;
    case 'language':
      return languageText(report, words);
    case 'bots':
      return botsText(report, words);
    case 'excluded':
      return settings.excluded(placeIn(change.place, words));
    case 'included':
      return settings.included(placeIn(change.place, words));
    case 'rule':
      return ruleText(
        [change.command],
        report.rules.find(({ command }) => command === change.command)!,
        words,
      );
    case 'linked':
      return linkedText(
        report.linked.find(({ id }) => id === change.id)!,
        words,
      );
  }
}

const isWeeklyChanged = ({ changed = [] }: SettingsReport): boolean =>
  changed.some((change) => change.of === 'weekly');

function helpText({ help: { channel, fault } }: SettingsReport, words: Words): string {
  const { cannotHelp, helped, helpedNowhere } = words.settings;
  if (!channel) return helpedNowhere;
  const sentence = helped(placeIn(channel, words));
  return fault ? `${sentence} **${cannotHelp[fault]}**` : sentence;
}

const zoneText = ({ timeZone, nowMs }: SettingsReport, { settings }: Words): string =>
  settings.zone(markdown.text(timeZone), localTime(nowMs, timeZone).slice(-'09:00'.length));

const languageText = ({ language }: SettingsReport, { settings }: Words): string =>
  settings.language(settings.languages[language] ?? language);

const botsText = ({ countBots }: SettingsReport, { settings }: Words): string =>
  countBots ? settings.botsCount : settings.botsDoNot;

function excludedText({ excluded }: SettingsReport, words: Words): string {
  const { allExcluded, noneExcluded } = words.settings;
  if (excluded.length === 0) return noneExcluded;
  const names = excluded.map((place) => placeIn(place, words));
  return allExcluded(some(names, 'places', words));
}

/** Commands of one rule stand together. */
function rulesLines(rules: CommandRule[], words: Words): string[] {
  const alike = Map.groupBy(rules, ({ roles }) => JSON.stringify(roles?.map(({ id }) => id) ?? null));
  const own = [...alike.values()].map((group) =>
    ruleText(
      group.map(({ command }) => command),
      group[0]!,
      words,
    ),
  );
  const { managers, rule } = words.settings;
  return [...own, rule(FOR_MANAGERS, managers)].map(asLine);
}

const FOR_MANAGERS = ['/settings', '/backfill'];

function ruleText(commands: readonly string[], { roles }: CommandRule, words: Words): string {
  const { deletedRole, everyone, managers, rule, roles: whoHas } = words.settings;
  const names = roles?.map(({ id, name }) => (name === null ? deletedRole : strong(name, id)));
  const whom = !names ? everyone : names.length === 0 ? managers : whoHas(some(names, 'roles', words));
  return rule(
    commands.map((command) => `/${command}`),
    whom,
  );
}

function linkedLines(linked: LinkedGuild[], words: Words): string[] {
  const texts = linked.map((one) => linkedText(one, words));
  return some(texts, 'servers', words).map(asLine);
}

const linkedText = ({ id, name, isOpen }: LinkedGuild, { settings }: Words): string =>
  (isOpen ? settings.linkedOpen : settings.linkedClosed)(strong(name, id));

function recordLines(record: ShownRecord | undefined, timeZone: string, words: Words): string[] {
  const { firstMessage, noMessage } = words.settings;
  if (!record) return [noMessage];
  const { firstMs, nowMs, coverage } = record;
  // All channels in it are the asker's to read.
  const nameOf = ({ id, name }: { id: string; name: string | null }) =>
    (name !== null && nameIn(placeLabel({ id, name, type: 0 }))) || mention(id);
  return [
    firstMessage(localTime(firstMs, timeZone).slice(0, '2026-11-16'.length)),
    words.answering.recorded(coverageText(coverage, { fromMs: 0, toMs: nowMs, timeZone }, words, nameOf)),
  ];
}

const nameIn = (name: string): string => markdown.text(name, NAME_LENGTH_MAX);
/** The id, where a name shows nothing. */
const strong = (name: string | null, id: string): string => markdown.strong(nameIn(name ?? '') || id);

/** Discord itself shows its name to whom it is to be shown, and pings nobody. */
const mention = (id: string): string => `<#${id}>`;

function placeIn({ id, place, isGone }: ShownPlace, { settings }: Words): string {
  if (isGone) return settings.deletedChannel(id);
  return (place && strong(placeLabel(place), id)) || mention(id);
}

const asLine = (text: string): string => `- ${text}`;

/** The first of many, and how many more there are. */
function some(texts: readonly string[], what: keyof typeof LISTED_MAX, { settings }: Words): string[] {
  const max = LISTED_MAX[what];
  if (texts.length <= max) return [...texts];
  return [...texts.slice(0, max), settings.more(texts.length - max)];
}

/** Of an instant: `2026-11-16T09:00`, on the clock of a zone. */
