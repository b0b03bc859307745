/** Who to turn to on a topic. README.md, "guide". */
import type { Db } from '../../connect.ts';
import { snowflakeMs } from '../../snowflake.ts';
import type { TopicAsked } from './asked.ts';
import { compareIds, type RelevantExchange, standings, type Standing, weightOf } from './evidence.ts';
import { exchangesOf } from './exchanges.ts';
import { nameable } from './named.ts';
import { placesNamed } from './place-names.ts';
import { presenceOf } from './presence.ts';
import { recentQuestions } from './recent-questions.ts';
import type { GuidePerson } from './rows.ts';
import { type Speech, speechAround } from './speech.ts';
import { lookUp, type Topic } from './topic.ts';

/** Channels whose answerers stand in where a topic has few answers of its own. */
const PLACES_MAX = 3;
/** Questions around which it is looked who spoke. */
const SPEECH_QUESTIONS_MAX = 200;
/** Who is looked at, to find so many who may be named. */
const CONSIDERED_MAX = 60;
const EVIDENCE_MAX = 2;
/** With less than this nobody is named who has not answered on the topic: people in a channel, questions with nobody else. */
const PLACE_ASKERS_MIN = 3;
const NEAR = 0.4;
const SPOKE_MIN = 3;

/** At most `limit` people who may be named, by evidence, the most first. */
export async function guidePeople(db: Db, asked: TopicAsked): Promise<GuidePerson[]> {
  return peopleOn(db, asked, await lookUp(db, asked, asked.topic));
}

/** The same for a topic that is looked up. */
export async function peopleOn(db: Db, asked: TopicAsked, topic: Topic): Promise<GuidePerson[]> {
  const evidence = await gather(db, asked, topic);
  const ranked = standings(evidence, asked.window.toMs).slice(0, CONSIDERED_MAX);
  const names = await nameable(
    db,
    asked,
    ranked.map(({ userId }) => userId),
  );
  const first = ranked
    .filter(({ userId }) => names.has(userId))
    .flatMap(({ userId, parts, score }) => {
      const told = tell(userId, parts, evidence, {
        nowMs: asked.window.toMs,
        onTopicFrom: topic.onTopicFrom,
      });
      return told ? [{ userId, score, told }] : [];
    })
    .slice(0, asked.limit);
  const ids = first.map(({ userId }) => userId);
  const [presence, places] = await Promise.all([
    presenceOf(db, asked, ids),
    placesNamed(
      db,
      asked,
      first.map(({ told }) => told.channelId),
    ),
  ]);
  return first.flatMap(({ userId, score, told: { channelId, inPlace, ...person } }) => {
    const here = presence.get(userId);
    const place = places.get(channelId);
    if (!here || !place) return [];
    return [
      {
        id: userId,
        name: names.get(userId)!,
        ...here,
        ...person,
        place: { ...place, answered: inPlace },
        score,
      },
    ];
  });
}

interface Evidence {
  exchanges: RelevantExchange[];
  places: RelevantExchange[];
  speech: (Speech & { relevance: number })[];
}

async function gather(
  db: Db,
  asked: TopicAsked,
  { matches, exchanges, onTopicFrom }: Topic,
): Promise<Evidence> {
  const answered = new Set(exchanges.map(({ questionId }) => questionId));
  const silent = matches.best.filter(({ id, relevance }) => relevance >= onTopicFrom && !answered.has(id));
  const mass = matches.places.reduce((sum, place) => sum + place.mass, 0);
  const shares = new Map(
    matches.places.slice(0, PLACES_MAX).map((place) => [place.channelId, place.mass / mass]),
  );
  const [speech, questions] = await Promise.all([
    speechAround(
      db,
      asked,
      silent.slice(0, SPEECH_QUESTIONS_MAX).map(({ id }) => id),
    ),
    recentQuestions(db, asked, [...shares.keys()]),
  ]);
  const there = await exchangesOf(db, asked, [...questions.keys()]);
  const relevances = new Map(silent.map(({ id, relevance }) => [id, relevance]));
  return {
    exchanges,
    places: there
      // By the question's channel: the answer may be in a thread.
      .flatMap((exchange) => {
        const share = shares.get(questions.get(exchange.questionId) ?? '');
        return share === undefined ? [] : [{ ...exchange, relevance: Math.sqrt(share), ownRelevance: 0 }];
      }),
    speech: speech.map((one) => ({ ...one, relevance: relevances.get(one.questionId) ?? 0 })),
  };
}

type Told = Pick<
  GuidePerson,
  'answered' | 'askers' | 'thanked' | 'sinceAt' | 'medianMinutes' | 'evidence' | 'basis'
> & {
  channelId: string;
  inPlace: number;
};

/** What speaks for somebody, as it can be opened and counted; undefined where it is too little to name anybody. */
function tell(
  userId: string,
  parts: Standing['parts'],
  { exchanges, places, speech }: Evidence,
  { nowMs, onTopicFrom }: { nowMs: number; onTopicFrom: number },
): Told | undefined {
  const isTheirs = ({ answererId }: RelevantExchange) => answererId === userId;
  const onTopic = exchanges.filter((one) => isTheirs(one) && one.isQuestion && one.relevance >= onTopicFrom);
  if (onTopic.length > 0) return toldOfAnswers('answers', onTopic, nowMs);
  const spoke = speech.filter(({ authorId }) => authorId === userId);
  const next = spoke.filter(({ isNext }) => isNext);
  const beyondChance = 2 * next.length - spoke.length;
  if (beyondChance >= SPOKE_MIN && parts.speech >= parts.place) return toldOfSpeech(next, beyondChance);
  // What has a part of the topic is near to it, and so is what is asked in its channels.
  const near = exchanges.filter((one) => isTheirs(one) && one.isQuestion && one.relevance >= NEAR);
  const inPlaces = [
    ...new Map([...near, ...places.filter(isTheirs)].map((one) => [one.answerId, one])).values(),
  ];
  const askers = new Set(inPlaces.map(({ askerId }) => askerId)).size;
  if (near.length === 0 && askers < PLACE_ASKERS_MIN) return undefined;
  // Told is what they did in one place, so that its figures are of that.
  const { channelId } = mostlyIn(inPlaces.map(({ placeId }) => placeId));
  const there = inPlaces.filter(({ placeId }) => placeId === channelId);
  return toldOfAnswers('place', there, nowMs);
}

function toldOfAnswers(
  basis: 'answers' | 'place',
  answers: readonly RelevantExchange[],
  nowMs: number,
): Told {
  const best = answers.toSorted(
    (a, b) => weightOf(b, nowMs) - weightOf(a, nowMs) || compareIds(b.answerId, a.answerId),
  );
  return {
    basis,
    answered: basis === 'answers' ? answers.length : 0,
    askers: new Set(answers.map(({ askerId }) => askerId)).size,
    thanked: answers.filter(({ isThanked }) => isThanked).length,
    sinceAt: isoOf(Math.min(...answers.map(({ answerId }) => snowflakeMs(answerId)))),
    medianMinutes: medianMinutes(answers),
    // One message may answer two questions.
    evidence: [...new Map(best.map(({ answerId, channelId }) => [answerId, channelId]))]
      .slice(0, EVIDENCE_MAX)
      .map(([messageId, channelId]) => ({ messageId, channelId })),
    ...mostlyIn(answers.map(({ placeId }) => placeId)),
  };
}

function toldOfSpeech(next: readonly Speech[], beyondChance: number): Told {
  const newest = next.toSorted((a, b) => snowflakeMs(b.messageId) - snowflakeMs(a.messageId));
  return {
    basis: 'speech',
    answered: beyondChance,
    askers: 0,
    thanked: 0,
    sinceAt: isoOf(snowflakeMs(newest.at(-1)!.messageId)),
    medianMinutes: null,
    evidence: newest.slice(0, EVIDENCE_MAX).map(({ messageId, channelId }) => ({ messageId, channelId })),
    ...mostlyIn(next.map(({ channelId }) => channelId)),
  };
}

/** The channel in which most of them are, and how many. */
function mostlyIn(channelIds: readonly string[]): Pick<Told, 'channelId' | 'inPlace'> {
  const [[channelId, most]] = [...Map.groupBy(channelIds, (id) => id)].toSorted(
    (a, b) => b[1].length - a[1].length || compareIds(a[0], b[0]),
  ) as [[string, unknown[]]];
  return { channelId, inPlace: most.length };
}

const isoOf = (ms: number): string => new Date(ms).toISOString();

function medianMinutes(exchanges: readonly RelevantExchange[]): number | null {
  const waits = exchanges
    .map(({ questionId, answerId }) => (snowflakeMs(answerId) - snowflakeMs(questionId)) / 60_000)
    .toSorted((a, b) => a - b);
  const middle = waits.length / 2;
  if (waits.length === 0) return null;
  const median = Number.isInteger(middle)
    ? (waits[middle - 1]! + waits[middle]!) / 2
    : waits[Math.floor(middle)]!;
  return Math.round(median * 100) / 100;
}
