const HOUR = 3_600_000;
const ASTRAL = /[\u{10000}-\u{10FFFF}]/gu;

const sixty = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));
const fractions = Array.from({ length: 1000 }, (_, value) =>
  value === 0 ? '+00:00' : `.${String(value).padStart(3, '0').replace(/0+$/, '')}+00:00`,
);
let hourWritten = -1;
let hourText = '';

/** A string between JSON quotes as DiscordChatExporter writes it: characters beyond the BMP as two escapes, others raw. */
export function escaped(raw: string): string {
  return JSON.stringify(raw)
    .slice(1, -1)
    .replace(ASTRAL, (character) => unit(character, 0) + unit(character, 1));
}

/** An instant as DiscordChatExporter writes it with `--utc`: an offset, and no trailing zeros in the fraction. */
export function writtenTime(ms: number): string {
  const hour = Math.floor(ms / HOUR);
  if (hour !== hourWritten) {
    hourWritten = hour;
    hourText = `${new Date(hour * HOUR).toISOString().slice(0, 13)}:`;
  }
  const rest = ms - hour * HOUR;
  const second = Math.floor(rest / 1000);
  const minute = Math.floor(second / 60);
  return `${hourText}${sixty[minute]}:${sixty[second - minute * 60]}${fractions[rest - second * 1000]}`;
}

/** A file name as DiscordChatExporter makes it safe. */
export function fileName(raw: string): string {
  return raw.replace(/[/\\:*?"<>|\0]/g, '_');
}

/** A JSON array of ready items at one depth of indentation. */
export function writtenList(items: readonly string[], indent: string): string {
  return items.length === 0 ? '[]' : `[\n${items.join(',\n')}\n${indent}]`;
}

function unit(character: string, at: number): string {
  return `\\u${character.charCodeAt(at).toString(16).toUpperCase()}`;
}
