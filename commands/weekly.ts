/** `/weekly`: the report about a week, as a message with the whole of it attached. */
import {
  ApplicationIntegrationType,
  ApplicationCommandOptionType,
  InteractionContextType,
} from 'discord-api-types/v10';
import { readSettings } from '../db/settings.ts';
import type { Button } from '../reports/message.ts';
import { drawPictures } from '../reports/pictures.ts';
import { recordOf } from '../reports/record.ts';
import { UserError } from '../reports/user-error.ts';
import {
  type AskedWeek,
  askedWeek,
  buildWeekly,
  explainWeekly,
  renderWeeklyMessage,
  messageCharts,
  suggestWeeks,
  weeklyHtml,
} from '../reports/weekly.ts';
import { wordsIn } from '../reports/words.ts';
import type { Choice, CommandContext, Question, QuestionCommand, Request } from './command.ts';
import {
  choice,
  CHOICES_MAX,
  completeShared,
  described,
  named,
  PRIVATE,
  SERVER,
  tellable,
} from './options.ts';
import { pressId } from './press.ts';
import { exactOptions } from './question.ts';
import { type AskedScope, scopeOf } from './scope.ts';

const NAME = 'weekly';

interface WeeklyQuestion extends Question {
  scope: AskedScope;
  week: AskedWeek;
}

const data: QuestionCommand['data'] = {
  name: NAME,
  ...described((words) => words.weeklyMessage.command),
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
  options: [
    {
      type: ApplicationCommandOptionType.String,
      ...named((words) => words.weeklyMessage.week.name),
      ...described((words) => words.weeklyMessage.week.description),
      autocomplete: true,
    },
    PRIVATE,
    SERVER,
  ],
};

export default {
  data,

  async complete(
    request: Request,
    option: string,
    typed: string,
    context: CommandContext,
  ): Promise<Choice[]> {
    if (option !== 'week') return completeShared(request, option, typed, context);
    const readable = await tellable(request, context);
    if (!readable) return [];
    const { guildId, channels } = readable;
    const [record, { timeZone }] = await Promise.all([
      recordOf(context.db, guildId, channels),
      readSettings(context.db, guildId),
    ]);
    if (!record?.span) return [];
    const basis = { timeZone, nowMs: record.span.lastMs, firstMs: record.span.firstMs };
    return suggestWeeks(typed, basis, request.language, CHOICES_MAX).map(({ name, value }) =>
      choice(name, value),
    );
  },

  async ask(request: Request, context: CommandContext): Promise<WeeklyQuestion> {
    const scope = await scopeOf(request, context);
    const typed = request.options['week'];
    const week = askedWeek(
      typed === undefined ? undefined : String(typed),
      scope.basis,
      context.nowMs,
      request.language,
    );
    const options = { ...exactOptions(request, scope), week: week.label };
    return { guildId: scope.guildId, language: request.language, options, scope, week };
  },

  async answer(question: Question, context: CommandContext) {
    const asked = question as WeeklyQuestion;
    const { scope, week } = asked;
    const words = wordsIn(asked.language);
    const report = await buildWeekly(context.db, {
      ...weekOf(asked),
      nowMs: scope.basis.nowMs,
      isRecordsLast: week.isRecordsLast,
    });
    if (!report) throw new UserError(words.answering.refusals.notRecorded);
    const pictures = await drawPictures(messageCharts(report, words), context.draw, context.onChartError);
    const html = report.record ? weeklyHtml(report, words, pictures) : undefined;
    const message = renderWeeklyMessage(report, words, pictures, html, scope.countedFor);
    const buttons = buttonsOf(asked);
    return () => ({ ...message, buttons });
  },

  async explain(question: Question, { db }: CommandContext) {
    const asked = question as WeeklyQuestion;
    return explainWeekly(db, weekOf(asked), asked.scope.countedFor, wordsIn(asked.language));
  },
} satisfies QuestionCommand;

const weekOf = ({ scope: { guildId, channels, bots, basis }, week }: WeeklyQuestion) => ({
  guildId,
  channels,
  bots,
  timeZone: basis.timeZone,
  week: week.label,
});

/** To the weeks beside, and to how it was counted. */
function buttonsOf({ options, week: { earlier, later }, language }: WeeklyQuestion): Button[][] {
  const { answering } = wordsIn(language);
  const to = (label: string, week: string | undefined): Button[] =>
    week === undefined
      ? []
      : [{ label, id: pressId({ act: 'again', command: NAME, options: { ...options, week } }) }];
  const why = { label: answering.howCounted, id: pressId({ act: 'why', command: NAME, options }) };
  return [[...to(answering.earlier, earlier), ...to(answering.later, later), why]];
}
