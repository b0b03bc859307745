/** How the load is shared: of a hundred messages, how many are by the few who write most. */
import type { ChartWords } from '../words/en/charts.ts';
import { type Chart, chartOf } from './chart.ts';
import { theme } from './theme.ts';

/** Units: shares from 0 to 1, of all messages, by the 1, 5 and 10 who wrote most; each holds the one before. */
export interface Voices {
  people: number;
  top1: number;
  top5: number;
  top10: number;
  /** The window in words. */
  span: string;
}

const SQUARES = 100;
const SQUARES_A_COLUMN = 5;
const SQUARE_RADIUS = 13;
const COLORS = [theme.heat[5], theme.second, theme.first, theme.rest];

/** A hundred squares, one for each hundredth of the messages; undefined where nobody wrote. */
export function voicesChart(voices: Voices, words: ChartWords): Chart | undefined {
  if (voices.people === 0) return undefined;
  const groups = groupsOf(voices, words);
  let square = 0;
  return chartOf({
    title: titleOf(voices, words),
    caption: [words.voices.caption, voices.span],
    alt: words.voices.alt(groups.map((group) => group.label)),
    locale: words.locale,
    type: 'scatter',
    bodyHeight: 212,
    legend: 'forward',
    data: {
      datasets: groups.map(({ label, squares, color }) => ({
        label,
        data: Array.from({ length: squares }, () => {
          const place = { x: Math.floor(square / SQUARES_A_COLUMN), y: square % SQUARES_A_COLUMN };
          square++;
          return place;
        }),
        pointStyle: 'rectRounded',
        radius: SQUARE_RADIUS,
        borderWidth: 0,
        backgroundColor: color,
      })),
    },
    scales: {
      x: { type: 'linear', display: false, min: -0.5, max: SQUARES / SQUARES_A_COLUMN - 0.5 },
      y: { type: 'linear', display: false, min: -0.5, max: SQUARES_A_COLUMN - 0.5, reverse: true },
    },
  });
}

/** The first, the next four, the next five and the rest, as far as there are so many; their squares make a hundred. */
function groupsOf({ people, top1, top5, top10 }: Voices, { voices }: ChartWords) {
  const upTo = [
    { last: Math.min(1, people), share: top1 },
    { last: Math.min(5, people), share: top5 },
    { last: Math.min(10, people), share: top10 },
    { last: people, share: 1 },
  ];
  let before = 0;
  let squaresBefore = 0;
  return upTo.flatMap(({ last, share }, i) => {
    const first = before + 1;
    if (last < first) return [];
    // Rounded where a group ends, not how large it is, or they would not make a hundred.
    const squares = Math.round((last === people ? 1 : share) * SQUARES) - squaresBefore;
    before = last;
    squaresBefore += squares;
    const label = i === 3 ? voices.rest(last - first + 1, squares) : voices.group(first, last, squares);
    return [{ label, squares, color: COLORS[i]! }];
  });
}

/** Whoever alone or with few others writes half of all is the finding; else what ten do. */
function titleOf({ people, top1, top5, top10 }: Voices, { voices }: ChartWords): string {
  const of100 = (share: number): number => Math.round(share * SQUARES);
  if (people === 1) return voices.titleAlone;
  if (top1 >= 0.25) return voices.title(1, of100(top1));
  if (people > 5 && top5 >= 0.5) return voices.title(5, of100(top5));
  return people > 10 ? voices.title(10, of100(top10)) : voices.titleFew(people);
}
