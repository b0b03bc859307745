import type { Random } from './random.ts';

/** An address people share, and what its preview says. */
export interface Link {
  url: string;
  title: string;
  description: string;
}

const PAGES: readonly (readonly [string, string, string])[] = [
  [
    'https://docs.example.org/balloons/first-flight',
    'Your first flight, step by step',
    'From the empty table to a landed payload: what to buy, what to test and whom to call.',
  ],
  [
    'https://docs.example.org/balloons/fill-table',
    'Free lift and fill table',
    'How much gas a given payload needs for a given ascent rate.',
  ],
  [
    'https://docs.example.org/radio/antennas',
    'Antennas for small payloads',
    'Quarter wave, turnstile and what hangs below the box.',
  ],
  [
    'https://docs.example.org/radio/telemetry-format',
    'Telemetry sentence format',
    'Fields, checksums and examples.',
  ],
  [
    'https://docs.example.org/sensors/calibration',
    'Calibrating a thermistor at home',
    'Ice water, boiling water and a patient afternoon.',
  ],
  [
    'https://docs.example.org/recovery/checklist',
    'Recovery checklist',
    'Maps, permission, boots, spare batteries.',
  ],
  [
    'https://lofthaven.example/predictor',
    'Landing predictor',
    'Give a launch site and an hour, get a landing ellipse.',
  ],
  ['https://lofthaven.example/tracker', 'Live tracker', 'Every payload of the club that is in the air now.'],
  ['https://lofthaven.example/calendar', 'Launch calendar', 'Who flies where, and who still needs hands.'],
  [
    'https://lofthaven.example/library/parachute-sizing',
    'Parachute sizing',
    'Descent rate by mass and diameter.',
  ],
  ['https://maps.example/sites/tarn-moor', 'Tarn Moor launch site', 'Parking, fences, prevailing wind.'],
  [
    'https://maps.example/sites/sandling-flats',
    'Sandling Flats launch site',
    'Wide, dry and far from the airfield.',
  ],
  ['https://code.example/lofthaven/flight-computer', 'flight-computer', 'Firmware for the club board.'],
  ['https://code.example/lofthaven/ground-station', 'ground-station', 'Decodes, plots and uploads.'],
  [
    'https://video.example/watch/burst-at-31-km',
    'Burst at 31 km, seen from the payload',
    'Eleven seconds that took four months.',
  ],
  [
    'https://example.com/articles/why-we-measure-humidity-twice',
    'Why we measure humidity twice',
    'Two sensors, one cloud, and a long argument.',
  ],
  ['https://example.com/articles/winter-launches', 'Winter launches', 'Cold hands, steady winds.'],
  [
    'https://lofthaven.example/library/reading-list',
    'Reading list',
    'Books about the sky, sorted by how often people finish them.',
  ],
  [
    'https://example.net/forecast/upper-winds',
    'Upper winds, next 72 hours',
    'Wind by height for the usual sites.',
  ],
];

const SERIES: readonly (readonly [string, string, string])[] = [
  ['https://lofthaven.example/flights/', 'Flight LH-', 'Track, telemetry and photographs.'],
  [
    'https://code.example/lofthaven/flight-computer/issues/',
    'flight-computer: issue ',
    'An open question about the firmware.',
  ],
  ['https://photos.example/albums/', 'Album ', 'Pictures from the field.'],
];

/**
 * The well-known page whose address ends with a name.
 *
 * Errors  Error when there is none
 */
export function pageNamed(name: string): Link {
  const page = PAGES.find(([url]) => url.endsWith(`/${name}`));
  if (!page) throw new Error(`No page named ${name}`);
  return { url: page[0], title: page[1], description: page[2] };
}

/** An address somebody shares: often one of the well-known pages, sometimes one of a long series. */
export function drawLink(random: Random): Link {
  if (random.chance(0.7)) {
    const [url, title, description] = PAGES[
      Math.floor(random.next() ** 1.6 * PAGES.length)
    ] as (typeof PAGES)[0];
    return { url, title, description };
  }
  const [base, title, description] = random.pick(SERIES);
  const number = random.between(1, 480);
  return { url: base + number, title: title + number, description };
}
