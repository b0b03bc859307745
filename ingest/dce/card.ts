/** The report card of an import. */
import type { EraRange } from './file-facts.ts';
import type { OddityCount } from './oddities.ts';
import type { Damage } from './read.ts';

/**
 * `taken`: all that the file has, but for messages that are `rejected` one by one. `damaged`: every complete
 * message, and the rest is lost. `rejected`: nothing. `skipped`: the same bytes were taken in before.
 */
export type FileStatus = 'taken' | 'damaged' | 'rejected' | 'skipped';

export interface FileCard {
  file: string;
  status: FileStatus;
  /** Why nothing was taken, and what to do. */
  reason?: string;
  guild?: { id: string; name?: string };
  channel?: { id: string; name?: string };
  /** Which DiscordChatExporter wrote it; absent where its marks contradict each other. */
  era?: EraRange;
  exportedAt?: string;
  sizeBytes?: number;
  messages: MessageCounts;
  /** ISO times of the first and last message taken. */
  from?: string;
  to?: string;
  /** Offsets from UTC in which the file gives its times. */
  offsets: string[];
  /** Whether DCE's markdown option rewrote mentions and emoji in the texts, as far as can be told. */
  text: 'raw' | 'rewritten' | 'mixed' | 'unknown';
  damage: Damage[];
  oddities: (OddityCount & { meaning?: string })[];
  /** Characters that no database keeps, each replaced by U+FFFD. */
  replaced: { nul: number; loneSurrogates: number; invalidUtf8: number };
  warnings: string[];
  /** Known messages of the span that the file does not have; they stay. Absent where it cannot be told. */
  lacks?: number;
}

export interface MessageCounts {
  inFile: number;
  new: number;
  changed: number;
  unchanged: number;
  rejected: number;
  /** Authors who are forgotten here. */
  forgotten: number;
  /** In channels that are not recorded here. */
  excluded: number;
}

export interface ReportCard {
  files: FileCard[];
  /** Files of walked folders that do not look like exports at all. */
  passedOver: number;
  messages: MessageCounts;
  isDryRun: boolean;
}

export const noMessages = (): MessageCounts => ({
  inFile: 0,
  new: 0,
  changed: 0,
  unchanged: 0,
  rejected: 0,
  forgotten: 0,
  excluded: 0,
});

/** A card with nothing on it yet. */
export function blankCard(file: string): FileCard {
  return {
    file,
    status: 'taken',
    messages: noMessages(),
    offsets: [],
    text: 'unknown',
    damage: [],
    oddities: [],
    replaced: { nul: 0, loneSurrogates: 0, invalidUtf8: 0 },
    warnings: [],
  };
}

/** Whether everything was taken: what the exit code says. */
export function isAllTaken(card: ReportCard): boolean {
  return card.files.every(
    (file) => file.status !== 'rejected' && file.damage.length === 0 && file.messages.rejected === 0,
  );
}

/** Sums the files of a card. */
export function sumMessages(files: FileCard[]): MessageCounts {
  const sum = noMessages();
  for (const { messages } of files) {
    for (const key of Object.keys(sum) as (keyof MessageCounts)[]) sum[key] += messages[key];
  }
  return sum;
}
