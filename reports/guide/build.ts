/** Who and what to turn to: on a topic, or where to start. */
import type { Db } from '../../db/connect.ts';
import { unreadMessages } from '../../db/full-text/unread.ts';
import { asking } from '../../db/queries/guide/asking.ts';
import { channelWords } from '../../db/queries/guide/channel-words.ts';
import { firstPlaces } from '../../db/queries/guide/newcomer-places.ts';
import { foundAnswers } from '../../db/queries/guide/found-answers.ts';
import { nearestWords } from '../../db/queries/guide/nearest.ts';
import { peopleOn } from '../../db/queries/guide/people.ts';
import { lookUp } from '../../db/queries/guide/topic.ts';
import { topicPlaces } from '../../db/queries/guide/topic-places.ts';
import { welcomers } from '../../db/queries/guide/welcomers.ts';
import { coverageLine } from '../../db/queries/coverage-line.ts';
import { isAnyTextKept } from '../../db/queries/guide/texts.ts';
import type { Scope } from '../../db/queries/scope.ts';
import { together } from '../asking.ts';
import type { Guide, GuideRequest, ServerGuide, TopicGuide } from './report.ts';

const GUIDES = 3;
const ANSWERS = 3;
const PLACES = 5;
const NEAREST = 5;
const WELCOMERS = 3;
const CHANNELS = 8;

/** A guide to the topic, where the request has one, else to the server. */
export async function buildGuide(db: Db, request: GuideRequest): Promise<Guide> {
  const { topic, channels, ...told } = request;
  const scope: Scope = { guildId: request.guildId, window: request.window, ...(channels && { channels }) };
  const base = together({
    coverage: coverageLine(db, scope),
    unread: unreadMessages(db, scope),
  });
  const found = topic === undefined ? serverGuide(db, scope) : topicGuide(db, scope, topic);
  const [its, guide] = await Promise.all([base, found]);
  return { ...told, ...its, ...guide } as Guide;
}

type Found<G extends Guide> = Omit<G, keyof GuideRequest | 'coverage' | 'unread'>;

async function topicGuide(
  db: Db,
  scope: Scope,
  topic: string,
): Promise<Found<TopicGuide> & { topic: string }> {
  const looked = await lookUp(db, scope, topic);
  const { typed, matches, missing } = looked;
  const isSilent = matches.messages === 0;
  const found = await together({
    places: topicPlaces(db, scope, matches.places, PLACES),
    answers: foundAnswers(db, scope, looked, ANSWERS),
    guides: isSilent ? [] : peopleOn(db, { ...scope, topic, limit: GUIDES }, looked),
    nearest: isSilent ? nearestWords(db, scope, typed, NEAREST) : [],
    isTextKept: isSilent ? isAnyTextKept(db, scope.guildId) : true,
  });
  const { isTextKept, ...rest } = found;
  return {
    about: 'topic',
    topic,
    standing: !isTextKept ? 'textless' : typed.length === 0 ? 'wordless' : isSilent ? 'silent' : 'found',
    terms: typed.map((word, i) => {
      const matched = matches.terms.find(({ term }) => term === i);
      return { typed: word, words: matched?.words ?? [], messages: matched?.messages ?? 0 };
    }),
    missing,
    messages: matches.messages,
    people: matches.people,
    ...rest,
  };
}

async function serverGuide(db: Db, scope: Scope): Promise<Found<ServerGuide>> {
  const found = await together({
    newcomers: firstPlaces(db, scope),
    welcomers: welcomers(db, scope, WELCOMERS),
    channels: channelWords(db, scope, CHANNELS),
    asking: asking(db, scope),
  });
  return { about: 'server', isRecorded: found.channels.length > 0, ...found };
}
