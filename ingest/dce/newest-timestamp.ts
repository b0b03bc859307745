import { endOfText, openExport, readBytes } from './open.ts';

/** Messages ascend, so the newest stand last; the wider reach is for a last message with hundreds of people who reacted. */
const REACH_BYTES = [64 * 2 ** 10, 2 ** 20];

/** A message's own time: embeds and forwarded messages have a `timestamp` too, of any year, but no `type` before it. */
const OWN_TIMESTAMP = /"type"\s*:\s*"[^"]*"\s*,\s*"timestamp"\s*:\s*"([^"]+)"/g;

/**
 * The newest time of a message among the last of a file, in milliseconds since 1970; undefined where none is found.
 * Errors  ExportFormatError: as `openExport`
 */
export async function newestTimestamp(path: string): Promise<number | undefined> {
  const file = await openExport(path);
  try {
    const { text } = await endOfText(file);
    for (const reach of REACH_BYTES) {
      const bytes = await readBytes(file, Math.max(0, text - reach), Math.min(reach, text));
      const found = bytes
        .toString()
        .matchAll(OWN_TIMESTAMP)
        .map(([, timestamp]) => instant(timestamp));
      const known = found.filter((time) => time !== undefined).toArray();
      if (known.length > 0) return Math.max(...known);
    }
    return undefined;
  } finally {
    await file.close();
  }
}

/** The instant of a time with its offset, which DiscordChatExporter writes with up to seven decimals. */
function instant(timestamp: string | undefined): number | undefined {
  try {
    return timestamp === undefined ? undefined : Temporal.Instant.from(timestamp).epochMilliseconds;
  } catch {
    return undefined;
  }
}
