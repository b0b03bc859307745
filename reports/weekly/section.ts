/** A report as both renderings have it: sections, in the order in which they are read. */
import type { WeeklyWords } from '../words/en/weekly.ts';

export type SectionId = keyof WeeklyWords['headings'];

/** The pictures of a report. */
export type ChartId =
  | 'activity'
  | 'contributors'
  | 'newcomers'
  | 'channels'
  | 'hours'
  | 'first-reply'
  | 'share';

/** A figure against the one before it. */
export interface Figure {
  label: string;
  value: string;
  /** Empty where nothing is known of before. */
  delta: string;
}

/** A message that is worth opening. */
export interface ListedLine {
  line: string;
  quote?: string;
  url: string;
}

/** Rows under their heads. */
export interface Table {
  heads: string[];
  rows: string[][];
  /** The first so many columns are texts, the others numbers; 1 unless given. */
  textColumns?: number;
  /** It tells the same as the chart, so that a page may fold it. */
  isChart?: boolean;
}

/** All texts are marked up already. */
export interface Section {
  id: SectionId;
  heading: string;
  sentences: string[];
  /** A sentence that the chart's title says as well: for where no picture is. */
  finding?: string;
  /** The same as the table, for a page that shows figures large. */
  figures?: Figure[];
  chart?: ChartId;
  table?: Table;
  messages?: ListedLine[];
  /** After the table or the messages. */
  notes?: string[];
  /** Lines for a terminal, where no picture can be seen. */
  drawing?: string[];
}
