/** A guide on a topic: where it is talked about, whom to turn to, and what can be read. */
import { memberIn, placeIn, quoteIn } from '../weekly/names.ts';
import { messageUrl } from '../message-url.ts';
import { readable } from '../quote.ts';
import type { FoundAnswer, TopicTerm } from '../../db/queries/guide/rows.ts';
import { guideItem, PEOPLE_MAX } from './people.ts';
import type { TopicGuide } from './report.ts';
import {
  type Item,
  type Section,
  shownWords,
  strongPlace,
  type Telling,
  type Told,
  unreadNote,
} from './telling.ts';

const TOPIC_LENGTH_MAX = 100;
const PLACES_MAX = 3;
const ANSWERS_MAX = 3;
/** Of a question, so much is quoted from its beginning. */
const BEGINNING_MAX = 120;
const NEAREST_MAX = 5;
/** Terms of which it is told that they are written otherwise here, and words in their place. */
const TERMS_MAX = 3;
const WORDS_MAX = 4;

/** The guide in sentences. */
export function topicTold(guide: TopicGuide, telling: Telling): Told {
  const { words, markup } = telling;
  const isFound = guide.standing === 'found';
  const isLookedFor = isFound || guide.standing === 'silent';
  return {
    title: markup.text(guide.topic, TOPIC_LENGTH_MAX) || words.guide.titleWithoutTopic,
    lead: isFound ? [...withoutWhat(guide, telling), ...talkedAbout(guide, telling)] : whyNot(guide, telling),
    sections: isFound ? [guidesOf(guide, telling), answersOf(guide, telling)].flat() : [],
    notes: [
      ...(isFound ? termsOf(guide, telling) : []),
      ...(isLookedFor ? unreadNote(telling, guide.unread) : []),
    ],
  };
}

/** Said first: what follows is of less than was asked. */
function withoutWhat({ missing }: TopicGuide, telling: Telling): string[] {
  const shown = shownWords(telling, missing, WORDS_MAX);
  return shown.length > 0 ? [telling.words.guide.missing(shown)] : [];
}

function talkedAbout({ places, messages, people }: TopicGuide, telling: Telling): string[] {
  if (places.length === 0) return [];
  const shown = places.slice(0, PLACES_MAX);
  const rest = messages - shown.reduce((sum, place) => sum + place.messages, 0);
  const counts = shown.map((place) => ({ place: strongPlace(telling, place), count: place.messages }));
  const [last] = places.map(({ lastAt }) => lastAt).toSorted((a, b) => Date.parse(b) - Date.parse(a));
  return [telling.words.guide.talkedAbout(people, counts, rest, telling.when(last!))];
}

/** Why there is nothing, and what can be done. */
function whyNot({ standing, nearest, countedFor }: TopicGuide, telling: Telling): string[] {
  const { words, markup } = telling;
  const { guide } = words;
  if (standing === 'textless') return [guide.textless];
  if (standing === 'wordless') return [guide.wordless];
  const near = shownWords(telling, nearest, NEAREST_MAX).map(markup.strong);
  return [guide.silent[countedFor], ...(near.length > 0 ? [guide.nearest(near)] : []), guide.tryOther];
}

function guidesOf({ guides, places }: TopicGuide, telling: Telling): Section[] {
  const { guide } = telling.words;
  const first = places[0];
  if (guides.length === 0 && !first) return [];
  const isNearby = guides.length > 0 && guides.every(({ basis }) => basis !== 'answers');
  return [
    {
      heading: isNearby ? guide.headings.nearby : guide.headings.guides,
      sentences: guides.length > 0 ? [] : [guide.nobody(strongPlace(telling, first!))],
      items: guides.slice(0, PEOPLE_MAX).map((person) => guideItem(telling, person)),
    },
  ];
}

function answersOf({ answers }: TopicGuide, telling: Telling): Section[] {
  if (answers.length === 0) return [];
  const items = answers.slice(0, ANSWERS_MAX).map((found) => answerItem(found, telling));
  return [{ heading: telling.words.guide.headings.answers, sentences: [], items }];
}

/** A question, and below it the answer, by its author where they may be named. */
function answerItem(
  { question, answer, place, isThanked }: FoundAnswer,
  { words, markup, guildId, date }: Telling,
): Item {
  const { weekly, guide } = words;
  const quote = (text: string | null): string => quoteIn(markup, text, weekly) ?? `[${weekly.quote.notKept}]`;
  const by = answer.author ? memberIn(markup, answer.author) : undefined;
  const source = guide.source(by, placeIn(markup, place, weekly), date(answer.at), isThanked);
  const url = messageUrl(guildId, answer.channelId, answer.messageId);
  const asked = question.text === null ? null : whatIsAsked(readable(question.text, weekly.quote));
  return {
    line: quote(asked),
    below: `${quote(answer.text)} · ${source} · [${weekly.open}](${url})`,
  };
}

/** Of a long text from the sentence on that asks. What may not be read is out of it already, so that no cut opens a spoiler. */
function whatIsAsked(text: string): string {
  const at = text.length > BEGINNING_MAX ? text.search(/[^.!?\n]*\?(?=\s|$)/) : 0;
  return at > 0 ? `… ${text.slice(at).trimStart()}` : text;
}

/** Words that nobody writes as they were typed, but those told already; other forms of one are no news. */
function termsOf({ terms, missing: told }: TopicGuide, telling: Telling): string[] {
  const { guide } = telling.words;
  const isForm = (typed: string) => (word: string) => word.startsWith(typed) || typed.startsWith(word);
  const isNews = ({ typed, words }: TopicTerm) =>
    !words.some(isForm(typed)) && !(words.length === 0 && told.includes(typed));
  const others = terms.filter(isNews).slice(0, TERMS_MAX);
  const shown = (words: readonly string[]) => shownWords(telling, words, WORDS_MAX);
  const missing = shown(others.flatMap(({ typed, words }) => (words.length === 0 ? [typed] : [])));
  return [
    ...others.flatMap(({ typed, words }) =>
      words.length > 0 ? [guide.instead(telling.markup.text(typed), shown(words))] : [],
    ),
    ...(missing.length > 0 ? [guide.notWritten(missing)] : []),
  ];
}
