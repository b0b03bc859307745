/** `/stats`: a period at a glance. */
import { ApplicationIntegrationType, InteractionContextType } from 'discord-api-types/v10';
import { asOf } from '../reports/contributors.ts';
import { buildHowCounted, renderHowCounted } from '../reports/how-counted.ts';
import { drawPictures } from '../reports/pictures.ts';
import {
  beforeKnown,
  buildStats,
  renderStats,
  statsCharts,
  statsDefinitions,
  type StatsRequest,
} from '../reports/stats.ts';
import { wordsIn } from '../reports/words.ts';
import type { CommandContext, Question, QuestionCommand, Request } from './command.ts';
import { CHANNEL, completeShared, described, PERIOD, PRIVATE, SERVER } from './options.ts';
import { askedPeriod, exactOptions, navigation, type ScopedQuestion } from './question.ts';
import { scopeOf } from './scope.ts';

const NAME = 'stats';

interface StatsQuestion extends ScopedQuestion {
  /** The guild's now, ms, where that is another day than today. */
  asOfMs?: number;
}

export default {
  data: {
    name: NAME,
    ...described((words) => words.stats.command),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: [PERIOD, CHANNEL, PRIVATE, SERVER],
  },
  complete: completeShared,

  async ask(request: Request, context: CommandContext): Promise<StatsQuestion> {
    const scope = await scopeOf(request, context);
    const period = askedPeriod(request, scope);
    const asOfMs = asOf(scope.basis, context.nowMs);
    return {
      guildId: scope.guildId,
      language: request.language,
      options: exactOptions(request, scope, period),
      scope,
      period,
      ...(asOfMs !== undefined && { asOfMs }),
    };
  },

  async answer(question: Question, { db, draw, onChartError }: CommandContext) {
    const asked = question as StatsQuestion;
    const words = wordsIn(asked.language);
    const stats = await buildStats(db, requestOf(asked));
    const pictures = await drawPictures(statsCharts(stats, words), draw, onChartError);
    const message = { ...renderStats(stats, words, pictures), buttons: navigation(asked, NAME) };
    return () => message;
  },

  async explain(question: Question, { db }: CommandContext) {
    const { scope, period, language } = question as StatsQuestion;
    const words = wordsIn(language);
    const { guildId, channels, bots, countedFor, basis } = scope;
    const before = beforeKnown(period, basis.firstMs);
    const scoped = { guildId, channels, bots, window: period.window };
    const counted = await buildHowCounted(db, scoped, before);
    const definitions = statsDefinitions(words, before !== undefined);
    return renderHowCounted(counted, definitions, countedFor, words);
  },
} satisfies QuestionCommand;

function requestOf({ scope, period, asOfMs }: StatsQuestion): StatsRequest {
  const { basis, language: _, ...told } = scope;
  const { firstMs, nowMs } = basis;
  return { ...told, period, firstMs, nowMs, ...(asOfMs !== undefined && { asOfMs }) };
}
