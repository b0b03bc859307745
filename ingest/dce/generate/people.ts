import { type Language, languages } from './languages.ts';
import { affinity, draw, firstAbove, mixture, type Mixture, type Random } from './random.ts';
import { awake, HOUR, type Life, WEEK, weeklyRhythm } from './rhythm.ts';

/** People who may speak somewhere, in order of arrival. */
export interface Crowd {
  members: Int32Array;
  /** Running sum of how much each of them writes. */
  sums: Float64Array;
  /** How lively each hour of a week is where they live. */
  rhythm: Float64Array;
}

/** Everybody who ever joined, by number in order of arrival; columns, because there may be 200,000 of them. */
export interface People {
  count: number;
  arrivesAt: Float64Array;
  /** Infinity for those who stayed. */
  leavesAt: Float64Array;
  language: Uint8Array;
  zone: Int16Array;
  everyone: Crowd;
  /** Crowds by language. */
  speakers: readonly Crowd[];
}

/** From this many people on, each language has a speaker among the founders. */
export const PEOPLE_FOR_ALL_LANGUAGES = 40;

/** Messages begin this long after a community's start: by then its founders have arrived. */
export const FOUNDING = 2 * HOUR;

const LURKERS = 0.3;
const LEAVERS = 0.25;

/** The people of a community: when they came, how much they write (a long tail), where they live, what they speak. */
export function gather(count: number, life: Life, random: Random): People {
  const founders = Math.min(count, Math.max(languages.length, Math.round(count * 0.02)));
  const arrivesAt = arrivals(count, founders, life, random);
  const people = {
    count,
    arrivesAt,
    leavesAt: new Float64Array(count).fill(Infinity),
    language: new Uint8Array(count),
    zone: new Int16Array(count),
  };
  const weights = longTail(count, founders, random);
  const tongues = mixture(languages.map(({ share }, index) => [index, share] as const));
  const spoken = new Set<number>();
  const homes = languages.map(({ zones }) => mixture(zones));
  for (let person = 0; person < count; person++) {
    const language =
      person < founders && count >= PEOPLE_FOR_ALL_LANGUAGES && person < languages.length
        ? person
        : draw(random, tongues);
    // The first speaker of each language writes and stays: its channels always have somebody.
    const isPillar = person < founders || !spoken.has(language);
    spoken.add(language);
    people.language[person] = language;
    people.zone[person] = draw(random, homes[language] as Mixture<number>);
    if (!isPillar && random.chance(LURKERS)) weights[person] = 0;
    if (!isPillar && random.chance(LEAVERS)) {
      people.leavesAt[person] = (arrivesAt[person] as number) + HOUR + random.exponential(6 * WEEK);
    }
  }
  const numbers = Int32Array.from({ length: count }, (_, person) => person);
  const crowdFrom = (members: Int32Array) => newCrowd(members, weights, people.zone);
  return {
    ...people,
    everyone: crowdFrom(numbers),
    speakers: languages.map((_, language) =>
      crowdFrom(numbers.filter((person) => people.language[person] === language)),
    ),
  };
}

/** The speakers of a language if one had arrived by then, else everybody. */
export function crowdOf(people: People, language: Language, ms: number): Crowd {
  const speakers = people.speakers[languages.indexOf(language)] as Crowd;
  return language === languages[0] || arrived(people, speakers, ms) === 0 ? people.everyone : speakers;
}

/** How many of a crowd had arrived by then. */
export function arrived(people: People, { members }: Crowd, ms: number): number {
  let low = 0;
  let high = members.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((people.arrivesAt[members[middle] as number] as number) <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Somebody of a crowd who writes at that time: mostly people who write much, are awake at home, like the place, and
 * sometimes somebody new. The crowd's first member never leaves and is the last resort.
 */
export function speaker(people: People, crowd: Crowd, ms: number, place: number, random: Random): number {
  const present = arrived(people, crowd, ms);
  const total = crowd.sums[present - 1] as number;
  for (let tries = 0; tries < 24; tries++) {
    const isNew = random.next() < 0.1;
    const at = isNew
      ? present - 1 - random.below(Math.ceil(present * 0.04))
      : firstAbove(crowd.sums, present, random.next() * total);
    const person = crowd.members[at] as number;
    if (isNew && isLurker(people, person)) continue;
    if ((people.leavesAt[person] as number) < ms + 3 * HOUR) continue;
    const likes = affinity(person, place);
    if (random.next() < awake(ms, people.zone[person] as number) * (0.15 + 0.85 * likes)) return person;
  }
  return crowd.members[0] as number;
}

/** Whether somebody joined and never writes. */
export function isLurker({ everyone: { sums } }: People, person: number): boolean {
  return (sums[person] as number) === (person === 0 ? 0 : sums[person - 1]);
}

/** Somebody of a crowd who reads along at that time, by how much they write. */
export function reader(crowd: Crowd, present: number, random: Random): number {
  return crowd.members[
    firstAbove(crowd.sums, present, random.next() * (crowd.sums[present - 1] as number))
  ] as number;
}

function arrivals(count: number, founders: number, life: Life, random: Random): Float64Array {
  const weeks = mixture(life.liveliness.map((liveliness, week) => [week, liveliness ** 1.5] as const));
  const times = new Float64Array(count);
  for (let person = 0; person < count; person++) {
    const time =
      person < founders
        ? life.startsAt + 60_000 + Math.floor(random.next() * 90 * 60_000)
        : life.startsAt + FOUNDING + draw(random, weeks) * WEEK + random.below(WEEK - FOUNDING - 60_000);
    times[person] = time;
  }
  return times.toSorted();
}

/** How much each person writes: Zipf's law over ranks dealt at random, founders a little luckier. */
function longTail(count: number, founders: number, random: Random): Float64Array {
  const luck = Float64Array.from(
    { length: count },
    (_, person) => random.next() * (person < founders ? 0.4 : 1),
  );
  const byLuck = Int32Array.from({ length: count }, (_, person) => person).toSorted(
    (a, b) => (luck[a] as number) - (luck[b] as number),
  );
  const weights = new Float64Array(count);
  byLuck.forEach((person, rank) => {
    weights[person] = 1 / (rank + 6);
  });
  return weights;
}

function newCrowd(members: Int32Array, weights: Float64Array, zones: Int16Array): Crowd {
  const sums = new Float64Array(members.length);
  const homes = new Map<number, number>();
  let sum = 0;
  members.forEach((person, at) => {
    const weight = weights[person] as number;
    sums[at] = sum += weight;
    homes.set(zones[person] as number, (homes.get(zones[person] as number) ?? 0) + weight);
  });
  return { members, sums, rhythm: weeklyRhythm(homes) };
}
