/** `/top-contributors`: the first ten by one of five merits, and where whoever asks stands. */
import {
  ApplicationIntegrationType,
  ApplicationCommandOptionType,
  InteractionContextType,
} from 'discord-api-types/v10';
import {
  asOf,
  buildContributors,
  type Circumstances,
  contributorsPicture,
  RANKED_BY,
  type RankedBy,
  renderContributors,
} from '../reports/contributors.ts';
import { buildHowCounted, renderHowCounted } from '../reports/how-counted.ts';
import { drawPictures } from '../reports/pictures.ts';
import { wordsIn } from '../reports/words.ts';
import type { CommandContext, Question, QuestionCommand, Request } from './command.ts';
import {
  CHANNEL,
  completeShared,
  described,
  INCLUDE_BOTS,
  named,
  PERIOD,
  PRIVATE,
  SERVER,
} from './options.ts';
import { askedPeriod, exactOptions, navigation, type ScopedQuestion } from './question.ts';
import { scopeOf } from './scope.ts';

const NAME = 'top-contributors';

interface ContributorsQuestion extends ScopedQuestion {
  by: RankedBy;
  /** The guild's now, ms, where that is another day than today. */
  asOfMs?: number;
}

const data: QuestionCommand['data'] = {
  name: NAME,
  ...described((words) => words.contributors.command),
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
  options: [
    PERIOD,
    {
      type: ApplicationCommandOptionType.String,
      ...named((words) => words.contributors.by.name),
      ...described((words) => words.contributors.by.description),
      choices: RANKED_BY.map((by) => ({ ...named((words) => words.contributors.merits[by]), value: by })),
    },
    CHANNEL,
    INCLUDE_BOTS,
    PRIVATE,
    SERVER,
  ],
};

export default {
  data,
  complete: completeShared,

  async ask(request: Request, context: CommandContext): Promise<ContributorsQuestion> {
    const scope = await scopeOf(request, context);
    const period = askedPeriod(request, scope);
    const asOfMs = asOf(scope.basis, context.nowMs);
    return {
      guildId: scope.guildId,
      language: request.language,
      options: exactOptions(request, scope, period),
      scope,
      period,
      by: RANKED_BY.find((by) => by === request.options['by']) ?? 'messages',
      ...(asOfMs !== undefined && { asOfMs }),
    };
  },

  async answer(question: Question, context: CommandContext) {
    const asked = question as ContributorsQuestion;
    const words = wordsIn(asked.language);
    const circumstances = circumstancesOf(asked);
    const report = await buildContributors(context.db, { scope: countedScope(asked), by: asked.by });
    const chart = contributorsPicture(report, circumstances, words);
    const { ranking } = await drawPictures(
      chart ? { ranking: chart } : {},
      context.draw,
      context.onChartError,
    );
    const tell = renderContributors(report, circumstances, words, ranking);
    const buttons = navigation(asked, NAME);
    return (askerId) => ({ ...tell(askerId), buttons });
  },

  async explain(question: Question, { db }: CommandContext) {
    const asked = question as ContributorsQuestion;
    const words = wordsIn(asked.language);
    const { definitions, places } = words.contributors;
    const counted = await buildHowCounted(db, countedScope(asked));
    return renderHowCounted(counted, [definitions[asked.by], places], asked.scope.countedFor, words);
  },
} satisfies QuestionCommand;

const countedScope = ({ scope: { guildId, channels, bots }, period: { window } }: ScopedQuestion) => ({
  guildId,
  channels,
  bots,
  window,
});

function circumstancesOf({ scope, period, asOfMs }: ContributorsQuestion): Circumstances {
  const { guildName, channel, isRecorded, basis, countedFor, bots } = scope;
  return {
    guildName,
    ...(channel && { channel }),
    period,
    isRecorded,
    firstMs: basis.firstMs,
    countedFor,
    bots,
    ...(asOfMs !== undefined && { asOfMs }),
  };
}
