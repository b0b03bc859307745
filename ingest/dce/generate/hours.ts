import { FOUNDING } from './people.ts';
import type { Place } from './places.ts';
import { Random } from './random.ts';
import { HOUR, hourWeight, type Life } from './rhythm.ts';

/** One hour of a place: its bounds, and how many messages people begin to write in it. */
export interface Hour {
  from: number;
  to: number;
  messages: number;
}

// Conversations that begin in a place's last hours could outlive the record.
const LAST_WORDS = 3;
// With fewer messages in an hour than this nobody converses, so quiet places are silent in most hours.
const COMPANY = 6;

/**
 * The hours of a place from its opening to its end, with `messages` dealt out over them: by the rhythm of those who
 * write here, some hours lively and many silent. Exact: the hours add up to `messages`.
 */
export function* hoursOf(
  place: Place,
  messages: number,
  life: Life,
  rhythm: Float64Array,
  seed: string,
): Generator<Hour> {
  const first = Math.floor(place.opensAt / HOUR);
  const last = Math.ceil(place.closesAt / HOUR);
  const begin = place.opening ? first : Math.ceil((place.opensAt + FOUNDING) / HOUR);
  const end = Math.max(begin + 1, last - LAST_WORDS);
  const isThread = place.opening !== null;
  // What bots and the newsroom write doesn't come in conversations.
  const isSteady = place.purpose === 'news' || place.purpose === 'feed';
  const weigh = (share: number) => {
    const random = new Random(`${seed}/hours/${place.index}`);
    return (hour: number) => {
      const noise = Math.exp(random.normal() * 0.6);
      // Somebody looks at a new thread soon.
      const isLively = random.next() < share || (isThread && hour < begin + 2);
      if (!isLively || hour < begin || hour >= end) return 0;
      // A thread is liveliest when it is new.
      const age = isThread ? Math.exp((-3 * (hour - begin)) / (end - begin)) : 1;
      return noise * age * hourWeight(life, rhythm, hour);
    };
  };
  let share = isSteady ? 1 : Math.min(1, messages / (end - begin) / COMPANY);
  let total = 0;
  for (let hour = first, weight = weigh(share); hour < last; hour++) total += weight(hour);
  if (total === 0) {
    share = 1;
    for (let hour = first, weight = weigh(share); hour < last; hour++) total += weight(hour);
  }
  const random = new Random(`${seed}/dealing/${place.index}`);
  const weight = weigh(share);
  let left = messages;
  for (let hour = first; hour < last; hour++) {
    const here = weight(hour);
    // The last hour that can have messages gets what is left: rounding must not lose any.
    const dealt = hour === end - 1 ? left : random.binomial(left, here / total);
    total -= here;
    left -= dealt;
    yield {
      from: Math.max(hour * HOUR, place.opening?.noticedAt ?? place.opensAt),
      to: Math.min((hour + 1) * HOUR, place.closesAt),
      messages: dealt,
    };
  }
}
