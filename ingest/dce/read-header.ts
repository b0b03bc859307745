import { isSnowflake } from '../../db/snowflake.ts';
import { asObject } from '../payload.ts';
import { ExportFormatError } from './export-format-error.ts';
import { notAnExport } from './not-an-export.ts';
import { endOfText, type ExportFile, readBytes, withFile } from './open.ts';
import { parseValue } from './parse.ts';
import { nextMember } from './root.ts';
import { Scanner } from './scan.ts';

/** A header is some hundred bytes; where messages stand before it, they are scanned with this at half the speed. */
const HEADER_CHUNK_BYTES = 2 ** 14;

/** What an export says about itself around its messages. */
export interface ExportHeader {
  /** As they came; only `id` is checked. */
  guild: Record<string, unknown>;
  channel: Record<string, unknown>;
  dateRange?: unknown;
  exportedAt?: string;
  /** The root's other keys but for `messageCount`, as far as they stood in the way to the three above. */
  extra: Record<string, unknown>;
  /** Offset just behind the `[` of `messages`, or the file's end where the text is cut before it. */
  messagesOffset: number;
  /** Whether the file begins with a byte order mark, which DiscordChatExporter doesn't write. */
  bom: boolean;
}

const [BRACE_OPEN, BRACKET_OPEN] = [0x7b, 0x5b];
const BOM = Buffer.from('\ufeff');

/** Enough of a file to tell what it is. */
const BEGINNING_BYTES = 4096;

/** A channel's topic has 1,024 characters at most and names have 100: no header of DiscordChatExporter's reaches 16 KiB. */
const MEMBER_BYTES_MAX = 256 * 2 ** 10;
const MEMBERS_MAX = 32;
const HEADER_KEYS = new Set(['guild', 'channel', 'dateRange', 'exportedAt']);

/**
 * Reads what stands around an export's messages. Keys come in any order: messages that come first are passed over.
 * Errors  ExportFormatError: the file can't be opened, or is no export; each kind says what it is and what to do
 */
export async function readHeader(path: string, open?: ExportFile): Promise<ExportHeader> {
  return withFile(path, open, async (file) => {
    const beginning = await readBytes(file, 0, BEGINNING_BYTES);
    const bom = beginning.subarray(0, BOM.length).equals(BOM);
    const scanner = new Scanner(file, bom ? BOM.length : 0, HEADER_CHUNK_BYTES);
    const isJson = (await scanner.next()) === BRACE_OPEN && beginning[1] !== 0;
    if (!isJson) throw notAnExport(path, beginning);
    scanner.step();

    const members = new Map<string, unknown>();
    const messagesOffset = await readMembers(scanner, members, path, await endOfText(file));
    const { guild, channel, dateRange, exportedAt, ...extra } = Object.fromEntries(members);
    return {
      guild: withId(guild, 'guild', path),
      channel: withId(channel, 'channel', path),
      ...(dateRange !== undefined && { dateRange }),
      ...(typeof exportedAt === 'string' && { exportedAt }),
      extra,
      messagesOffset,
      bom,
    };
  });
}

/** Reads the root's members until guild, channel and the place of the messages are known: that place. */
async function readMembers(
  scanner: Scanner,
  members: Map<string, unknown>,
  file: string,
  end: { text: number; file: number },
): Promise<number> {
  let messagesOffset: number | undefined;
  for (;;) {
    const hasOwner = members.has('guild') && members.has('channel');
    if (hasOwner && messagesOffset !== undefined) return messagesOffset;

    const member = await nextMember(scanner);
    let isCut = member === 'cut';
    if (member === 'broken') {
      if (scanner.offset < end.text) throw damaged(file, scanner.offset);
      isCut = true;
    } else if (typeof member === 'object' && member.key === 'messages') {
      if ((await scanner.next()) !== BRACKET_OPEN) throw notAList(file, scanner.offset);
      messagesOffset ??= scanner.offset + 1;
      if (!hasOwner) isCut = await passOver(scanner, file);
    } else if (typeof member === 'object') {
      isCut = await readMember(scanner, member.key, members, file);
    }
    if (isCut && hasOwner) return messagesOffset ?? end.file;
    if (isCut || member === 'closed') {
      const has = [...members.keys(), ...(messagesOffset === undefined ? [] : ['messages'])];
      throw incomplete(file, isCut ? end.text : undefined, has);
    }
  }
}

/** Passes over a value of any size: true where the text ends first. */
async function passOver(scanner: Scanner, file: string): Promise<boolean> {
  const verdict = await scanner.value(false);
  if (verdict === 'mis-nested') throw damaged(file, scanner.offset);
  return verdict === 'cut';
}

/** Takes one member of the root, if it isn't too much: true where the text ends first. */
async function readMember(
  scanner: Scanner,
  key: string,
  members: Map<string, unknown>,
  file: string,
): Promise<boolean> {
  const verdict = await scanner.value();
  if (verdict === 'mis-nested') throw damaged(file, scanner.offset);
  if (verdict === 'oversized') {
    scanner.seek(scanner.begin);
    await scanner.next();
    return passOver(scanner, file);
  }
  const isOurs = HEADER_KEYS.has(key);
  const isKept = isOurs || (key !== 'messageCount' && members.size < MEMBERS_MAX);
  if (verdict === 'whole' && isKept && scanner.offset - scanner.begin <= MEMBER_BYTES_MAX) {
    const value = parseValue(scanner.bytes());
    if (isOurs && value === undefined) throw damaged(file, scanner.begin);
    members.set(key, value);
  }
  return verdict === 'cut';
}

function withId(value: unknown, key: string, file: string): Record<string, unknown> {
  const owner = asObject(value);
  if (!owner) {
    const advice = "Keep DiscordChatExporter's file whole; its header says which guild and channel this is.";
    throw new ExportFormatError({ file, place: key, reason: 'it is no object', advice });
  }
  const { id } = owner;
  if (isSnowflake(id)) return owner;

  const advice =
    'Give the file as DiscordChatExporter wrote it, where it reads like "id": "445779522508554252".';
  let reason = 'the id is no string of digits';
  if (id === undefined) reason = 'the id is missing';
  if (typeof id === 'number') reason = 'ids are numbers: whatever wrote this file has rounded them already';
  throw new ExportFormatError({ file, place: `${key}.id`, reason, advice });
}

function incomplete(file: string, cutAt: number | undefined, has: string[]): ExportFormatError {
  const lacks = ['guild', 'channel', 'messages'].filter((key) => !has.includes(key));
  const names = lacks.map((key) => `\`${key}\``).join(' and ');
  if (cutAt !== undefined) {
    const reason = `the text ends inside the header, before ${names} could be read`;
    return new ExportFormatError({
      file,
      place: `byte ${cutAt}`,
      reason,
      advice: 'It is cut short: export again.',
    });
  }
  const isOther = lacks.length === 3;
  const reason = `it is a JSON object ${isOther ? 'but no export' : 'like an export'}: it has no ${names}`;
  const advice = "Give DiscordChatExporter's .json file, whole.";
  return new ExportFormatError({ file, place: 'the root object', reason, advice });
}

function notAList(file: string, offset: number): ExportFormatError {
  const reason = '`messages` is no list, so this only looks like an export';
  const advice = "Give DiscordChatExporter's .json file, whole.";
  return new ExportFormatError({ file, place: `byte ${offset}`, reason, advice });
}

function damaged(file: string, offset: number): ExportFormatError {
  const reason = 'the header is damaged: what stands here is no JSON';
  return new ExportFormatError({
    file,
    place: `byte ${offset}`,
    reason,
    advice: 'Mend it by hand or export again.',
  });
}
