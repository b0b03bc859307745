/** Which words set a channel apart from the others. */
import { isStopWord } from '../../full-text/languages.ts';

/** A word as it is used in a channel. */
export interface UsedWord {
  channelId: string;
  word: string;
  /** Who used it there. */
  people: number;
  /** In how many messages; one person's are at most a few. */
  uses: number;
  /** The same in all channels that are compared. */
  usesInAll: number;
  /** Of all words there; in all channels. */
  channelUses: number;
  allUses: number;
  /** Who wrote there. */
  channelPeople: number;
}

/** One person's pet word is no channel's; where few write, two are many. */
const PEOPLE_MIN = 3;
const PEOPLE_MIN_OF_FEW = 2;
const FEW = 10;
/** As many words like those of all channels are thought into each, so that rare words win nothing by chance: of all, at most. */
const PRIOR_SHARE = 0.1;
const PRIOR_MAX = 500;
/** Standard deviations by which a word must be ahead. */
const AHEAD_MIN = 2;
/** That are looked at further: some are names, or of one stem. */
const TELLING_MAX = 30;

const UNSPACED = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u;

/** The words of each channel that set it apart, the most telling first, ties by the alphabet. */
export function tellingWords(used: readonly UsedWord[]): Map<string, string[]> {
  const scored = used
    .filter(({ people, channelPeople }) => people >= (channelPeople < FEW ? PEOPLE_MIN_OF_FEW : PEOPLE_MIN))
    .map((one) => ({ ...one, ahead: aheadOf(one) }))
    .filter(({ ahead, word }) => ahead >= AHEAD_MIN && tells(word))
    .toSorted((a, b) => b.ahead - a.ahead || (a.word < b.word ? -1 : 1));
  const byChannel = Map.groupBy(scored, ({ channelId }) => channelId);
  return new Map([...byChannel].map(([id, own]) => [id, own.slice(0, TELLING_MAX).map(({ word }) => word)]));
}

/**
 * How far a channel is ahead of the others in a word: the difference of the logarithms of its odds, by a prior of what all
 * channels use, in standard deviations. Monroe, Colaresi, Quinn: Fightin' Words, 2008, https://doi.org/10.1093/pan/mpn018
 */
function aheadOf({ uses, usesInAll, channelUses, allUses }: UsedWord): number {
  const priorWords = Math.min(PRIOR_SHARE * allUses, PRIOR_MAX);
  const prior = (priorWords * usesInAll) / allUses;
  const odds = (of: number, all: number) => Math.log((of + prior) / (all + priorWords - of - prior));
  const elsewhere = usesInAll - uses;
  const difference = odds(uses, channelUses) - odds(elsewhere, allUses - channelUses);
  return difference / Math.sqrt(1 / (uses + prior) + 1 / (elsewhere + prior));
}

/** Whether a word says something by itself: it has letters, three of them where words are spelled, and is no "the". */
function tells(word: string): boolean {
  const lengthMin = UNSPACED.test(word) ? 2 : 3;
  return [...word].length >= lengthMin && /\p{L}/u.test(word) && !isStopWord(word, 'simple');
}

/** The first of some words that say different things: of one stem, or of a chain and its parts, the first. */
export function chosenWords(
  words: readonly string[],
  stems: ReadonlyMap<string, string>,
  limit: number,
): string[] {
  const said = new Set<string>();
  const chosen: string[] = [];
  for (const word of words) {
    const says = [...word.split(/[-_.]/), stems.get(word) ?? word];
    if (chosen.length === limit) break;
    if (says.some((part) => said.has(part))) continue;
    for (const part of [word, ...says]) said.add(part);
    chosen.push(word);
  }
  return chosen;
}
