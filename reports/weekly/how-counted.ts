/** How the message of a weekly report was counted; its page explains every section. */
import type { Db } from '../../db/connect.ts';
import { isoWeek, windowBefore } from '../../db/window.ts';
import type { CountedFor } from '../footing.ts';
import { buildHowCounted, renderHowCounted } from '../how-counted.ts';
import { markdown } from '../markdown.ts';
import type { Message } from '../message.ts';
import type { Words } from '../words.ts';
import type { WeeklyRequest } from './report.ts';

type Explained = Omit<WeeklyRequest, 'nowMs'> & { week: string };

/** Its figures' definitions, the week and the one before, and the rows of both. Needs a `week` of the calendar. */
export async function explainWeekly(
  db: Db,
  { guildId, timeZone, week, channels, bots = false }: Explained,
  countedFor: CountedFor,
  words: Words,
): Promise<Message> {
  const window = isoWeek(week, timeZone)!;
  const scope = { guildId, window, bots, ...(channels && { channels }) };
  const counted = await buildHowCounted(db, scope, windowBefore(window));
  const { weekly, weeklyMessage, explanations } = words;
  const { sections, figures, means } = explanations;
  const names = ['people', 'replies', 'reactions'] as const;
  const definitions = [
    bots ? weeklyMessage.messageWithBots : sections.totals,
    ...names.map((figure) => means(markdown.strong(weekly.figures[figure]), figures[figure])),
    sections.questions,
    sections.newcomers,
  ];
  return renderHowCounted(counted, definitions, countedFor, words);
}
