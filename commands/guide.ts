/** `/guide`: who and what to turn to, on a topic or to begin with. */
import { ApplicationIntegrationType, InteractionContextType } from 'discord-api-types/v10';
import { asOf } from '../reports/contributors.ts';
import { buildGuide, guideDefinitions, type GuideRequest, namedIn, renderGuide } from '../reports/guide.ts';
import { helpPlace, isInNeed } from '../reports/guide/care.ts';
import { buildHowCounted, renderHowCounted } from '../reports/how-counted.ts';
import { periodOf } from '../reports/period.ts';
import { wordsIn } from '../reports/words.ts';
import type { CommandContext, Options, Question, QuestionCommand, Request } from './command.ts';
import { unnameButton } from './naming.ts';
import { completeShared, described, PRIVATE, SERVER, TOPIC, TOPIC_LENGTH_MAX } from './options.ts';
import { roomyPressId } from './press.ts';
import { scopeOf } from './scope.ts';

const NAME = 'guide';

interface GuideQuestion extends Question {
  asked: GuideRequest & { channels: string[] };
  /** Where it was asked, and so where what its buttons ask is kept. */
  askedIn: string;
}

export default {
  data: {
    name: NAME,
    ...described((words) => words.guide.command),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: [TOPIC, PRIVATE, SERVER],
  },
  complete: completeShared,

  isOwnBusiness,

  async instead(request: Request, context: CommandContext): Promise<string | undefined> {
    if (!isOwnBusiness(request.options)) return undefined;
    return wordsIn(request.language).care.help(await shownHelpPlace(request, context));
  },

  async ask(request: Request, context: CommandContext): Promise<GuideQuestion> {
    const { guildId, guildName, channels, countedFor, basis } = await scopeOf(request, context);
    const topic = topicOf(request.options);
    const { server } = request.options;
    const asOfMs = asOf(basis, context.nowMs);
    return {
      guildId,
      language: request.language,
      options: { ...(topic !== undefined && { topic }), ...(server !== undefined && { server }) },
      asked: {
        guildId,
        guildName,
        channels,
        window: periodOf('all', basis)!.window,
        countedFor,
        ...(topic !== undefined && { topic }),
        ...(asOfMs !== undefined && { asOfMs }),
      },
      askedIn: request.guildId,
    };
  },

  async answer(question: Question, { db, remember }: CommandContext) {
    const { asked, askedIn, options, language } = question as GuideQuestion;
    const words = wordsIn(language);
    const guide = await buildGuide(db, asked);
    const keep = (texts: Options) => remember(askedIn, texts);
    const why = await roomyPressId({ act: 'why', command: NAME, options }, keep);
    const message = {
      ...renderGuide(guide, words),
      buttons: [
        [
          ...(await unnameButton(question, NAME, namedIn(guide), keep)),
          { label: words.answering.howCounted, id: why },
        ],
      ],
    };
    return () => message;
  },

  async explain(question: Question, { db }: CommandContext) {
    const { asked, language } = question as GuideQuestion;
    const words = wordsIn(language);
    const { guildId, channels, window, countedFor, topic } = asked;
    const counted = await buildHowCounted(db, { guildId, channels, window });
    const definitions = guideDefinitions(topic === undefined ? 'server' : 'topic', words);
    return renderHowCounted(counted, definitions, countedFor, words);
  },
} satisfies QuestionCommand;

/** Somebody may need a person. */
function isOwnBusiness(options: Options): boolean {
  const topic = topicOf(options);
  return topic !== undefined && isInNeed(topic);
}

/** As it was typed, as far as anybody would look for it and Postgres can hold it; undefined where it says nothing. */
function topicOf({ topic }: Options): string | undefined {
  const typed = String(topic ?? '')
    .trim()
    .slice(0, TOPIC_LENGTH_MAX);
  return typed.toWellFormed().replaceAll('\0', '\ufffd') || undefined;
}

/** Where moderators are to be reached, as Discord shows it; whatever fails there, help is told of. */
async function shownHelpPlace(
  { guildId, asker }: Request,
  context: CommandContext,
): Promise<string | undefined> {
  const place = await helpPlace(context, guildId, asker).catch(() => undefined);
  return place && `<#${place.id}>`;
}
