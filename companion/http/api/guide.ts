import { guildSpan } from '../../../db/queries/guild-span.ts';
import { recordSpan } from '../../../db/queries/record-span.ts';
import { readSettings } from '../../../db/settings.ts';
import { asOf } from '../../../reports/contributors.ts';
import { buildGuide } from '../../../reports/guide.ts';
import { helpPlace, isInNeed } from '../../../reports/guide/care.ts';
import { guideJson } from '../../../reports/guide/json.ts';
import { markdown } from '../../../reports/markdown.ts';
import { periodOf } from '../../../reports/period.ts';
import { placeLabel } from '../../../reports/places.ts';
import { type Language, languageOf, wordsIn } from '../../../reports/words.ts';
import { LIMITS } from '../limits.ts';
import { notFound } from '../refusal.ts';
import type { ApiGiven, ApiRoute } from '../route.ts';
import { CHANNEL, GUILD, LANGUAGE } from './parameters.ts';
import { channelsFor, countedChannels, textOf } from './scope.ts';
import { guideShape } from './guide-shape.ts';

export const guide: ApiRoute = {
  path: '/api/v1/guilds/:guildId/reports/guide',
  summary: 'Who and what to turn to, on a topic or to begin with',
  description: 'As `almanac guide --json` tells it.',
  params: GUILD,
  query: {
    topic: {
      type: 'string',
      minLength: 1,
      maxLength: LIMITS.topicLength,
      pattern: '\\S',
      description: 'A word, a phrase or a whole question; where to start here, where none is given.',
    },
    ...CHANNEL,
    ...LANGUAGE,
  },
  answer: guideShape,
  async reply(given) {
    const { db, token, query, nowMs } = given;
    const { guildId } = token;
    const topic = textOf(query, 'topic');
    const { timeZone, language } = await readSettings(db, guildId);
    if (topic !== undefined && isInNeed(topic)) {
      return helpOf(given, (query['language'] as Language | undefined) ?? languageOf(language));
    }
    const channels = await countedChannels(given);
    const [found, span] = await Promise.all([
      guildSpan(db, guildId),
      recordSpan(db, { guildId, ...(channels && { channels }) }),
    ]);
    if (!found) throw notFound();
    // Of a channel that is quiet, "now" is the server's.
    const endMs = found.lastMs ?? nowMs;
    const basis = { timeZone, nowMs: endMs, firstMs: span?.firstMs ?? endMs };
    const asOfMs = asOf(basis, nowMs);
    const built = await buildGuide(db, {
      guildId,
      guildName: found.name ?? guildId,
      window: periodOf('all', basis)!.window,
      countedFor: token.audience === 'all' ? 'open' : 'everyone',
      ...(channels && { channels }),
      ...(topic !== undefined && { topic }),
      ...(asOfMs !== undefined && { asOfMs }),
    });
    return guideJson(built);
  },
};

/** Who may need a person rather than a list is told where to go: to a place that they can see. */
async function helpOf({ db, token }: ApiGiven, language: Language): Promise<object> {
  const told = await channelsFor(db, token);
  const place = await helpPlace({ db }, token.guildId);
  const isTold = place && (!told || told.includes(place.id));
  const help = wordsIn(language).care.help(isTold ? markdown.text(placeLabel(place)) : undefined);
  return { about: 'care', help };
}
