/** People to turn to, each with what they did and where it can be read. */
import type { GuidePerson, Presence, Welcomer } from '../../db/queries/guide/rows.ts';
import { messageUrl } from '../message-url.ts';
import { memberIn, placeIn } from '../weekly/names.ts';
import type { Item, Telling } from './telling.ts';

/** More are a crowd, and the evidence fills a screen. */
export const PEOPLE_MAX = 3;
const LINKS_MAX = 2;
/** Of 2026-11-15. */
const MONTH_LENGTH = 7;

/** Somebody who answered on a topic; or near it, or only spoke next, which is told as that. */
export function guideItem(telling: Telling, person: GuidePerson): Item {
  const { guide, weekly } = telling.words;
  const { basis, place } = person;
  const tell = { answers: guide.answered, place: guide.answeredNearby, speech: guide.spokeNext }[basis];
  const line = tell(nameOf(telling, person), {
    times: person.answered,
    askers: person.askers,
    place: placeIn(telling.markup, place, weekly),
    inPlace: place.answered,
    since: telling.date(person.sinceAt).slice(0, MONTH_LENGTH),
    medianMinutes: person.medianMinutes,
    thanked: person.thanked,
  });
  const labels = basis === 'speech' ? guide.messageLinks : guide.answerLinks;
  return { line, below: presenceOf(telling, person, labels) };
}

/** Somebody who answered newcomers. */
export function welcomerItem(telling: Telling, person: Welcomer): Item {
  const { guide, weekly } = telling.words;
  const { newcomers, place, medianMinutes } = person;
  const where = placeIn(telling.markup, place, weekly);
  return {
    line: guide.welcomed(nameOf(telling, person), newcomers, where, medianMinutes),
    below: presenceOf(telling, person, guide.answerLinks),
  };
}

const nameOf = ({ markup }: Telling, person: { id: string; name: string }): string =>
  markup.strong(memberIn(markup, person));

type Evidence = GuidePerson['evidence'];

/** When they are around, and what can be opened of theirs. */
function presenceOf(
  { words, guildId, hour, when }: Telling,
  { hours, lastAt, evidence }: Presence & { evidence: Evidence },
  labels: readonly string[],
): string {
  const { guide } = words;
  const last = when(lastAt);
  const links = evidence
    .slice(0, LINKS_MAX)
    .map(({ channelId, messageId }, i) => `[${labels[i]}](${messageUrl(guildId, channelId, messageId)})`);
  return [hours ? guide.around(hour(hours.from), hour(hours.to), last) : guide.lastHere(last), ...links].join(
    ' · ',
  );
}
