/** Guides to be told, of a potters' server. */
import type { GuidePerson, GuidePlace, Welcomer } from '../../../db/queries/guide/rows.ts';
import { snowflakeAt } from '../../../db/snowflake.ts';
import type { ServerGuide, TopicGuide } from '../../../reports/guide/report.ts';

export const GUILD = '100000000000000001';
export const NOW_MS = Date.parse('2026-11-20T14:05Z');
const DAY_MS = 86_400_000;

const ago = (days: number): string => new Date(NOW_MS - days * DAY_MS).toISOString();
const message = (days: number, channel: GuidePlace) => ({
  messageId: snowflakeAt(NOW_MS - days * DAY_MS),
  channelId: channel.id,
});

const place = (n: number, name: string | null, isThread = false): GuidePlace => ({
  id: `1000000000000000${n}`,
  name,
  isThread,
});

export const KILNS = place(21, 'kilns');
const GLAZES = place(22, 'glazes');
const POST = place(23, 'Cone 6 or cone 10 for a first kiln', true);
const HELLO = place(24, 'introductions');

const BASE = {
  guildId: GUILD,
  guildName: 'Potters',
  window: { fromMs: Date.parse('2024-02-03'), toMs: NOW_MS, timeZone: 'Europe/Vienna' },
  countedFor: 'everyone' as const,
  coverage: {
    verifiedShare: 1,
    claimedShare: 0,
    sinceMs: Date.parse('2024-02-03'),
    pending: { channels: 0, threads: 0 },
    notReadable: { named: [], channels: 0, threads: 0 },
    backfill: null,
  },
  unread: 0,
};

export const ADA: GuidePerson = {
  id: '200000000000000001',
  name: 'Ada',
  answered: 12,
  askers: 9,
  thanked: 5,
  sinceAt: '2025-03-07T12:00:00Z',
  medianMinutes: 14,
  place: { ...KILNS, answered: 10 },
  evidence: [message(3, KILNS), message(40, KILNS)],
  basis: 'answers',
  score: 4.2,
  hours: { from: 18, to: 22 },
  lastAt: ago(0.1),
};
const BEN: GuidePerson = {
  ...ADA,
  id: '200000000000000002',
  name: 'Ben Kowalski',
  answered: 5,
  askers: 5,
  thanked: 1,
  sinceAt: '2026-07-31T22:30:00Z',
  medianMinutes: 95,
  place: { ...GLAZES, answered: 5 },
  evidence: [message(12, GLAZES), message(30, GLAZES)],
  hours: { from: 22, to: 1 },
  lastAt: ago(2),
};
/** Who answers where it is talked about. */
export const CLEO: GuidePerson = {
  ...ADA,
  id: '200000000000000003',
  name: 'cleo',
  answered: 0,
  askers: 11,
  thanked: 0,
  sinceAt: '2026-01-15T12:00:00Z',
  place: { ...KILNS, answered: 17 },
  evidence: [message(8, KILNS), message(9, KILNS)],
  basis: 'place',
  hours: null,
  lastAt: ago(5),
};
/** Of whom it is only known that they spoke next. */
export const DORA: GuidePerson = {
  ...ADA,
  id: '200000000000000004',
  name: 'Dora',
  answered: 6,
  askers: 0,
  thanked: 0,
  medianMinutes: null,
  place: { ...KILNS, answered: 6 },
  evidence: [message(4, KILNS)],
  basis: 'speech',
};

const found = (
  n: number,
  at: GuidePlace,
  question: string | null,
  answer: string | null,
  by?: GuidePerson,
) => ({
  place: at,
  question: {
    ...message(n, at),
    at: ago(n),
    text: question,
    author: { id: '200000000000000009', name: 'Zoe' },
  },
  answer: {
    ...message(n - 0.01, at),
    at: ago(n - 0.01),
    text: answer,
    author: by ? { id: by.id, name: by.name } : null,
  },
  relevance: 0.9,
  isThanked: n < 20,
});

/** A topic that is talked about. */
export const TOPIC: TopicGuide = {
  ...BASE,
  about: 'topic',
  topic: 'kiln temperatures',
  standing: 'found',
  terms: [
    { typed: 'kiln', words: ['kiln', 'kilns'], messages: 61 },
    { typed: 'temperatures', words: ['temperatures', 'temperature', 'temps'], messages: 40 },
  ],
  missing: [],
  nearest: [],
  messages: 64,
  people: 15,
  places: [
    { ...KILNS, messages: 47, people: 12, lastAt: ago(0.2) },
    { ...GLAZES, messages: 9, people: 4, lastAt: ago(17) },
    { ...POST, messages: 4, people: 2, lastAt: ago(200) },
  ],
  answers: [
    found(
      12,
      KILNS,
      'How hot should a bisque firing be for stoneware?',
      'Cone 06, about 1000 °C. Go slowly up to 600 and hold it for twenty minutes at the end; <#123> has a schedule that most of us use here',
      ADA,
    ),
    found(
      90,
      POST,
      'My kiln stops at 900, is that the elements?',
      'Measure the resistance first, mine were worn after 120 firings',
      BEN,
    ),
    found(400, KILNS, 'what temperature for terracotta', '1060'),
  ],
  guides: [ADA, BEN, CLEO],
};

/** Nobody spoke of it. */
export const SILENT: TopicGuide = {
  ...TOPIC,
  topic: 'klin tempratures',
  standing: 'silent',
  terms: [],
  nearest: ['kilns', 'temperature', 'klint'],
  messages: 0,
  people: 0,
  places: [],
  answers: [],
  guides: [],
};

const welcomer = ({ id, name, hours, lastAt, evidence }: GuidePerson, newcomers: number): Welcomer => ({
  id,
  name,
  hours,
  lastAt,
  evidence,
  newcomers,
  medianMinutes: 6,
  place: HELLO,
});

export const SERVER: ServerGuide = {
  ...BASE,
  about: 'server',
  isRecorded: true,
  newcomers: {
    people: 52,
    places: [
      { ...HELLO, newcomers: 34 },
      { ...KILNS, newcomers: 9 },
      { ...GLAZES, newcomers: 3 },
      { ...POST, newcomers: 1 },
    ],
  },
  welcomers: [welcomer(ADA, 14), welcomer(BEN, 5), welcomer(CLEO, 1)],
  channels: [
    {
      ...KILNS,
      messages: 812,
      people: 40,
      words: ['cone', 'bisque', 'firing', 'pyrometer', 'elements', 'schedule'],
    },
    {
      ...GLAZES,
      messages: 560,
      people: 31,
      words: ['celadon', 'frit', 'tenmoku', 'crawling', 'copper', 'ash'],
    },
    { ...HELLO, messages: 120, people: 55, words: ['welcome', 'wheel'] },
    { ...place(25, 'general'), messages: 2100, people: 66, words: [] },
  ],
  asking: {
    isKnown: true,
    asked: 120,
    answered: 96,
    medianMinutes: 22,
    places: [
      { ...KILNS, asked: 20, answered: 18, medianMinutes: 9 },
      { ...GLAZES, asked: 31, answered: 25, medianMinutes: 40 },
    ],
    hours: { from: 18, to: 22, medianMinutes: 8 },
  },
};

/** Recorded, and little else. */
export const SPARSE: ServerGuide = {
  ...SERVER,
  newcomers: { people: 0, places: [] },
  welcomers: [],
  channels: [],
  asking: { isKnown: false, asked: 0, answered: 0, medianMinutes: null, places: [], hours: null },
};
