import { describe, expect, test } from 'vitest';

import { ExportFormatError } from '../../../ingest/dce/export-format-error.ts';
import { readHeader } from '../../../ingest/dce/read.ts';
import { exportOf, fileOf, message, useHandMade } from './hand-made.ts';

useHandMade();

describe('a file that is no export is refused in words', () => {
  const guild = '"guild": {"id": "1"}';
  const channel = '"channel": {"id": "2"}';
  test.each<[string, string | Buffer, RegExp]>([
    ['an empty file', '', /the beginning: the file is empty \(0 bytes\)/],
    ['white space', ' \r\n', /nothing but white space/],
    ['NUL bytes', Buffer.alloc(70_000), /NUL bytes.*power failure/],
    ['HTML', '\n<!DOCTYPE html>\n<html>', /DiscordChatExporter's HTML format.*--format Json/],
    ['HTML without a doctype', '<html lang="en">', /HTML format/],
    ['CSV', '\ufeffAuthorID,Author,Date,Content,Attachments,Reactions\n"1","a"', /CSV format.*--format Json/],
    ['plain text', '=====\nGuild: G\nChannel: c\n', /plain text, not JSON.*--format Json/],
    ['a zip archive', Buffer.from('PK\x03\x04\x14\0'), /zip archive.*[Uu]npack/],
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0]), /gzip/],
    ['another binary file', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]), /binary/],
    ['UTF-16', Buffer.from(`\ufeff${exportOf()}`, 'utf16le'), /UTF-16.*PowerShell/],
    ['UTF-16 without a mark', Buffer.from(exportOf(), 'utf16le'), /UTF-16/],
    ['a list of messages', `[${message(1)}]`, /list of messages without the header.*whole/],
    ['a JSON text', '"hello"', /plain text, not JSON/],
    ['an object of another kind', '{"a": 1}', /no export: it has no `guild` and `channel` and `messages`/],
    ['no guild', `{${channel}, "messages": []}`, /it has no `guild`/],
    ['no channel', `{${guild}, "messages": []}`, /it has no `channel`/],
    ['no messages', `{${guild}, ${channel}}`, /it has no `messages`/],
    [
      'messages that are a number',
      `{${guild}, ${channel}, "messages": 3}`,
      /byte 59: `messages` is no list.*only looks like/,
    ],
    [
      'a guild id that is a number',
      `{"guild": {"id": 445779522508554252}, ${channel}, "messages": []}`,
      /guild\.id: ids are numbers.*rounded/,
    ],
    [
      'a channel id that is a number',
      `{${guild}, "channel": {"id": 2}, "messages": []}`,
      /channel\.id: ids are numbers/,
    ],
    ['a guild without an id', `{"guild": {}, ${channel}, "messages": []}`, /guild\.id: the id is missing/],
    [
      'an id of other characters',
      `{"guild": {"id": "x1"}, ${channel}, "messages": []}`,
      /guild\.id: the id is no string of digits/,
    ],
    [
      'an id too large',
      `{"guild": {"id": "9223372036854775808"}, ${channel}, "messages": []}`,
      /guild\.id: .*digits/,
    ],
    ['a guild that is no object', `{"guild": "G", ${channel}, "messages": []}`, /guild: it is no object/],
    [
      'a header that is cut',
      '{"guild": {"id": "1"}, "chan',
      /byte 28: the text ends inside the header, before `channel` and `messages`/,
    ],
    [
      'messages without a header, cut',
      `{"messages": [${message(1)}`,
      /the text ends inside the header, before `guild` and `channel`/,
    ],
    [
      'a header that is no JSON',
      `{"guild": {"id": oops}, ${channel}, "messages": []}`,
      /byte 10: the header is damaged/,
    ],
    ['a header with brackets that do not fit', `{"guild": {"id": "1"], ${channel}`, /header is damaged/],
    ['a header without a colon', '{"guild" {"id": "1"}}', /byte 9: the header is damaged/],
  ])('%s', async (_, content, words) => {
    const path = await fileOf(content);
    const error: unknown = await readHeader(path).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ExportFormatError);
    expect((error as Error).message).toMatch(words);
    expect(error).toMatchObject({ file: path });
  });
});
