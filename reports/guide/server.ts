/** A guide to a server: where newcomers begin, who answers them, what the channels are about, how to ask. */
import type { Asking, ChannelWords } from '../../db/queries/guide/rows.ts';
import { PEOPLE_MAX, welcomerItem } from './people.ts';
import type { ServerGuide } from './report.ts';
import {
  type Item,
  type Section,
  shownWords,
  strongPlace,
  type Telling,
  type Told,
  unreadNote,
} from './telling.ts';

const PLACES_MAX = 3;
const CHANNELS_MAX = 8;
const WORDS_MAX = 6;

/** The guide in sentences. */
export function serverTold(guide: ServerGuide, telling: Telling): Told {
  const { words, markup } = telling;
  const { newcomers } = guide;
  const sections = [
    ...welcomersOf(guide, telling),
    ...channelsOf(guide.channels, telling),
    ...askingOf(guide.asking, telling),
  ];
  const begin = newcomers.places.slice(0, PLACES_MAX).map((place) => ({
    place: strongPlace(telling, place),
    count: place.newcomers,
  }));
  const lead = begin.length > 0 ? [words.guide.begin(newcomers.people, begin)] : [];
  const isEmpty = lead.length + sections.length === 0;
  return {
    title: words.guide.title(markup.text(guide.guildName) || guide.guildId),
    lead: isEmpty ? [hasMoreToCome(guide) ? words.contributors.notYet : words.guide.sparse] : lead,
    sections,
    notes: [...(guide.isRecorded ? [words.guide.withTopic] : []), ...unreadNote(telling, guide.unread)],
  };
}

/** Nothing is recorded yet; of a record that has ended, nothing more will be. */
const hasMoreToCome = ({ isRecorded, asOfMs }: ServerGuide): boolean => !isRecorded && asOfMs === undefined;

function welcomersOf({ welcomers }: ServerGuide, telling: Telling): Section[] {
  if (welcomers.length === 0) return [];
  const items = welcomers.slice(0, PEOPLE_MAX).map((person) => welcomerItem(telling, person));
  return [{ heading: telling.words.guide.headings.welcomers, sentences: [], items }];
}

/** In words of their own; where no channel has any, as without texts, how lively they are. */
function channelsOf(channels: readonly ChannelWords[], telling: Telling): Section[] {
  const { headings, lively, writtenBy } = telling.words.guide;
  const item = (channel: ChannelWords, said: string): Item => ({
    line: `${strongPlace(telling, channel)}: ${said}`,
  });
  const worded = channels
    .map((channel) => ({ channel, own: shownWords(telling, channel.words, WORDS_MAX) }))
    .filter(({ own }) => own.length > 0)
    .slice(0, CHANNELS_MAX);
  if (worded.length > 0) {
    const items = worded.map(({ channel, own }) => item(channel, own.join(', ')));
    return [{ heading: headings.channels, sentences: [lively], items }];
  }
  const items = channels
    .slice(0, PLACES_MAX)
    .map((channel) => item(channel, writtenBy(channel.messages, channel.people)));
  return items.length === 0 ? [] : [{ heading: headings.liveliest, sentences: [], items }];
}

/** How questions fare here, and where and when they fare best. */
function askingOf(
  { isKnown, asked, answered, medianMinutes, places, hours }: Asking,
  telling: Telling,
): Section[] {
  const { guide } = telling.words;
  if (asked === 0 || !isKnown) return [];
  // A place where fewer are answered is none to send anybody to.
  const good = places.filter((place) => place.answered * asked >= answered * place.asked);
  const items = good.slice(0, PLACES_MAX).map((place) => ({
    line: `${strongPlace(telling, place)}: ${guide.askedIn(place.answered, place.asked, place.medianMinutes)}`,
  }));
  return [
    {
      heading: guide.headings.asking,
      sentences: [
        guide.asking(asked, answered, medianMinutes),
        ...(hours
          ? [guide.askedBetween(telling.hour(hours.from), telling.hour(hours.to), hours.medianMinutes)]
          : []),
        ...(items.length > 0 ? [guide.best] : []),
      ],
      items,
    },
  ];
}
