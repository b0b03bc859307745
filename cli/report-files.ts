/** A weekly report as text, and as files. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ChartError, openDrawing } from '../reports/draw.ts';
import { PrintError, printPdf } from '../reports/pdf.ts';
import { drawPictures, type Picture } from '../reports/pictures.ts';
import {
  explanationsOf,
  type PictureFiles,
  type Remarks,
  weeklyCharts,
  weeklyHtml,
  weeklyMarkdown,
  type WeeklyPictures,
  type WeeklyReport,
} from '../reports/weekly.ts';
import type { Words } from '../reports/words.ts';
import { type CliContext, UserError } from './context.ts';
import { toJson } from './format.ts';

export type ReportFormat = 'md' | 'html' | 'json' | 'pdf';

/** Where and when a report was posted, and for whom it was counted. */
export interface PostedFacts {
  channelId: string;
  messageId: string;
  /** ISO. */
  at: string;
  /** When it was counted again, ISO; null: it was not. */
  editedAt: string | null;
  period: string;
  /** Everyone who can read the channel. */
  audience: 'everyone';
}

/** A report, and how it is to be written. */
interface Written<Format extends ReportFormat = ReportFormat> {
  report: WeeklyReport;
  words: Words;
  format: Format;
  pictures: WeeklyPictures;
  remarks?: Remarks;
  /** What its JSON has beside the report: of one that was posted, where and when. */
  posted?: PostedFacts;
}

/** The report's charts, drawn. What could not be is told, and missing in the report. */
export async function drawCharts(
  { config, tell }: CliContext,
  report: WeeklyReport,
  words: Words,
): Promise<WeeklyPictures> {
  const charts = weeklyCharts(report, words);
  const onFailure = (error: ChartError) => tell(`A chart is missing: ${reasonOf(error)}`);
  try {
    const { quickChartUrl } = config;
    const drawing = await openDrawing({ ...(quickChartUrl && { quickChartUrl }), onWarning: tell });
    try {
      return await drawPictures(charts, drawing.draw, onFailure);
    } finally {
      await drawing.close();
    }
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    onFailure(error);
    return Object.fromEntries(Object.keys(charts).map((id) => [id, null]));
  }
}

/** The report in a format that is text. Markdown has no pictures, for it has no place to put them. */
export function reportText({
  report,
  words,
  format,
  pictures,
  remarks,
  posted,
}: Written<Exclude<ReportFormat, 'pdf'>>): string {
  if (format === 'html') return weeklyHtml(report, words, pictures, remarks);
  if (format === 'md') return weeklyMarkdown(report, words, {}, remarks);
  if (!report.rows) return `${toJson({ ...report, ...(posted && { posted }) })}\n`;
  return `${toJson({ ...report, explained: Object.values(explanationsOf(report, words)) })}\n`;
}

/**
 * Writes the report into a folder, a Markdown one with a folder of its pictures beside it.
 *
 * Shape   the files' paths, the report's first
 * Errors  UserError where a PDF can't be printed
 */
export async function writeReport(
  { config }: CliContext,
  written: Written,
  folder: string,
): Promise<string[]> {
  const { report, words, format, pictures, remarks, posted } = written;
  const name = `weekly-${report.guild.id}-${report.period.label}${posted ? '-as-posted' : ''}`;
  const file = join(folder, `${name}.${format}`);
  await makeFolder(folder);
  if (format === 'pdf') {
    await writeFile(file, await printed(weeklyHtml(report, words, pictures, remarks), config.browserPath));
    return [file];
  }
  if (format !== 'md') {
    await writeFile(file, reportText({ ...written, format }));
    return [file];
  }
  const drawn = await writePictures(pictures, folder, name);
  await writeFile(file, weeklyMarkdown(report, words, drawn, remarks));
  return [file, ...Object.values(drawn).flatMap((picture) => (picture ? [join(folder, picture.path)] : []))];
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new UserError(`${folder} cannot be written to (${code}). Say another folder with --out.`, {
      cause: error,
    });
  }
}

async function writePictures(pictures: WeeklyPictures, folder: string, name: string): Promise<PictureFiles> {
  // Pictures of an earlier report of the same week may be more.
  await rm(join(folder, name), { recursive: true, force: true });
  const entries = Object.entries(pictures) as [string, Picture | null][];
  if (entries.some(([, picture]) => picture)) await mkdir(join(folder, name), { recursive: true });
  return Object.fromEntries(
    await Promise.all(
      entries.map(async ([id, picture]) => {
        if (picture === null) return [id, null];
        const path = `${name}/${id}.png`;
        await writeFile(join(folder, path), picture.png);
        return [id, { path, title: picture.title }];
      }),
    ),
  );
}

async function printed(page: string, browserPath: string | undefined): Promise<Buffer> {
  try {
    return await printPdf(page, { ...(browserPath && { browserPath }) });
  } catch (error) {
    if (!(error instanceof PrintError)) throw error;
    throw new UserError(
      `${error.message} Install one, or name yours in CHROME_PATH; or take --format html, which any browser prints.`,
      { cause: error },
    );
  }
}

const reasonOf = (error: Error): string =>
  error.cause instanceof Error ? `${error.message} ${error.cause.message}` : error.message;
