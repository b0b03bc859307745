import { ExportFormatError } from './export-format-error.ts';

/** What a file is that isn't a JSON object, told from its first bytes; tried in this order. */
const KINDS: { looks: (bytes: Buffer, text: string) => boolean; reason: string; advice: string }[] = [
  {
    looks: (bytes) => /^(?:fffe|feff|7b00|007b|5b00|005b)/.test(bytes.toString('hex', 0, 2)),
    reason: 'its text is UTF-16, not UTF-8',
    advice: "PowerShell's `>` and some editors do this: export again with --output, or save it as UTF-8.",
  },
  {
    looks: (bytes) => bytes.every((byte) => byte === 0),
    reason: 'NUL bytes stand where its text should be',
    advice: 'Its text was lost, as by a power failure or a full disk: export again.',
  },
  {
    looks: (bytes) => bytes.subarray(0, 2).equals(Buffer.from('PK')),
    reason: 'it is a zip archive',
    advice: 'Unpack it and import the .json files in it.',
  },
  {
    looks: (bytes) => bytes.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b])),
    reason: 'it is compressed with gzip',
    advice: 'Unpack it with gunzip and import the .json file.',
  },
  {
    looks: (_, text) => /^\s*<(?:!doctype html|html|!--)/i.test(text),
    reason: "this is DiscordChatExporter's HTML format, or another web page",
    advice: 'Export again with --format Json.',
  },
  {
    looks: (_, text) => /^\s*$/.test(text),
    reason: 'it holds nothing but white space',
    advice: 'Export again with --format Json.',
  },
  {
    looks: (_, text) => /^\s*\[/.test(text),
    reason:
      'its root is a list of messages without the header that says which guild and channel they belong to',
    advice:
      "Keep DiscordChatExporter's file whole, or put the list back as `messages` beside `guild` and `channel`.",
  },
  {
    // eslint-disable-next-line no-control-regex
    looks: (_, text) => /[\0-\x08\x0e-\x1a]/.test(text),
    reason: 'it is a binary file, not text',
    advice: 'Give the .json file that DiscordChatExporter wrote.',
  },
  {
    looks: (_, text) => /^\s*"?[\w ]+"?(?:[,;\t]"?[\w ]+"?){2,}\r?\n/.test(text),
    reason: "this is DiscordChatExporter's CSV format, or another table",
    advice: 'Export again with --format Json.',
  },
];

/** Why a file whose text doesn't begin with `{` is no export, told from its first few kilobytes (none: it is empty). */
export function notAnExport(file: string, beginning: Buffer): ExportFormatError {
  const place = 'the beginning';
  const advice = 'Export again with --format Json.';
  if (beginning.length === 0) {
    return new ExportFormatError({ file, place, reason: 'the file is empty (0 bytes)', advice });
  }
  const text = beginning.toString().replace(/^\ufeff/, '');
  const kind = KINDS.find(({ looks }) => looks(beginning, text));
  const reason = kind?.reason ?? 'it is plain text, not JSON';
  return new ExportFormatError({ file, place, reason, advice: kind?.advice ?? advice });
}
