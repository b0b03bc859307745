import { readSettings } from '../../../db/settings.ts';
import type { Chart } from '../../../reports/charts/chart.ts';
import type { ChartError } from '../../../reports/draw.ts';
import { drawPictures } from '../../../reports/pictures.ts';
import {
  buildWeekly,
  weeklyCharts,
  weeklyHtml,
  weeklyMarkdown,
  type WeeklyReport,
} from '../../../reports/weekly.ts';
import { type Language, languageOf, type Words, wordsIn } from '../../../reports/words.ts';
import { notFound } from '../refusal.ts';
import type { ApiGiven, ApiRoute, Text } from '../route.ts';
import { GUILD, LANGUAGE, ZONE } from './parameters.ts';
import { channelsFor, textOf } from './scope.ts';
import { weeklyReport } from './weekly-shape.ts';

type Format = 'json' | 'html' | 'md';

export const weekly: ApiRoute = {
  path: '/api/v1/guilds/:guildId/reports/weekly',
  summary: 'The report about a week',
  description: 'As `almanac report weekly` writes it. HTML also by the header Accept: text/html.',
  params: GUILD,
  query: {
    week: {
      type: 'string',
      format: 'iso-week',
      maxLength: 8,
      description:
        'An ISO week, as 2026-W46; the last complete one, or the last of the record, where none is given.',
    },
    format: {
      type: 'string',
      enum: ['json', 'html', 'md'],
      description: 'How to write it: json where nothing is said.',
    },
    ...LANGUAGE,
    ...ZONE,
  },
  answer: weeklyReport,
  alsoAs: ['text/html', 'text/markdown'],
  async reply(given) {
    const { db, token, query, nowMs } = given;
    const channels = await channelsFor(db, token);
    const { timeZone, countBots, language } = await readSettings(db, token.guildId);
    const week = textOf(query, 'week');
    const report = await buildWeekly(db, {
      guildId: token.guildId,
      timeZone: textOf(query, 'tz') ?? timeZone,
      bots: countBots,
      nowMs,
      ...(week !== undefined && { week }),
      ...(channels && { channels }),
    });
    if (!report) throw notFound();
    const format = formatOf(given);
    if (format === 'json') return report;
    const words = wordsIn((query['language'] as Language | undefined) ?? languageOf(language));
    return format === 'md' ? markdown(report, words) : page(report, words, given);
  },
};

function formatOf({ query, accept }: ApiGiven): Format {
  const asked = query['format'] as Format | undefined;
  // A browser names it, and takes everything else as well.
  return asked ?? (/\btext\/html\b/.test(accept) && !/\bapplication\/json\b/.test(accept) ? 'html' : 'json');
}

const markdown = (report: WeeklyReport, words: Words): Text => ({
  contentType: 'text/markdown; charset=utf-8',
  body: weeklyMarkdown(report, words),
});

/** With its charts, where this process draws. */
async function page(report: WeeklyReport, words: Words, { options: { draw, log } }: ApiGiven): Promise<Text> {
  const onFailure = (err: ChartError) => log.warn({ component: 'http', err }, 'a chart was not drawn');
  const pictures = draw
    ? await drawPictures(weeklyCharts(report, words), draw as (chart: Chart) => Promise<Buffer>, onFailure)
    : {};
  return {
    contentType: 'text/html; charset=utf-8',
    body: weeklyHtml(report, words, pictures),
    headers: {
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    },
  };
}
