/** Requests by chance: wrong ids, wrong text, wrong parameters, other guilds; and among them some that are right. */
import { once } from 'node:events';
import { type Agent, request } from 'node:http';
import { questions } from '../../../db/queries/index.ts';
import { pick } from '../../support/random.ts';
import { OTHER, type Scene } from './scene.ts';

const values = (about: Scene): string[] => [
  '',
  '0',
  '-1',
  '1',
  '9007199254740993',
  '9223372036854775807',
  '9223372036854775808',
  '99999999999999999999999999',
  '1e3',
  '0x10',
  'NaN',
  'null',
  'true',
  'a\0b',
  '%00',
  '%',
  '%zz',
  '%ed%a0%80',
  "'; drop table messages; --",
  '${7*7}',
  '../../../etc/passwd',
  '..%2f..%2f',
  '__proto__',
  'constructor',
  'toString',
  'x'.repeat(5_000),
  '🎈'.repeat(300),
  '2025-13-45',
  '0000-01-01',
  '275760-09-13',
  '2026-11-16T25:00Z',
  '2026-W00',
  '2026-W53',
  '9999-W52',
  '2026-W46',
  'Europe/Vienna',
  '+14:00',
  'UTC\n',
  'week',
  'all',
  '2000..2084',
  'a',
  OTHER.guildId,
  OTHER.channelId,
  OTHER.personId,
  OTHER.word,
  about.guildId,
  about.open[0]!,
  about.hidden.id,
];
const NAMES = [
  'from',
  'days',
  'channel',
  'member',
  'text',
  'limit',
  'tz',
  'week',
  'format',
  'period',
  'topic',
  '__proto__',
  'constructor',
  'channel[]',
  'a.b',
  '',
  'x'.repeat(300),
  'guildId',
  'all',
];
/** By a part of the path, what may be asked there. */
const OWN: Record<string, string[]> = {
  questions: ['from', 'to', 'days', 'channel', 'member', 'text', 'limit', 'bots', 'tz'],
  coverage: ['from', 'to', 'channel'],
  weekly: ['week', 'format', 'language', 'tz'],
  stats: ['period', 'channel', 'bots', 'tz'],
  'top-contributors': ['period', 'by', 'channel', 'bots', 'tz'],
  guide: ['topic', 'channel', 'language'],
};

/** What parameters are meant to be, so that many requests come further than the door. */
const GOOD: Record<string, (about: Scene) => string[]> = {
  from: () => ['2025-07-01', '2000-01-01', '2025-09-01T10:00Z'],
  to: () => ['2025-10-01', '2084-01-01'],
  days: () => ['1', '30', '36525'],
  channel: (about) => about.open.slice(0, 5),
  member: (about) => [about.unranked.id, '1', OTHER.personId],
  text: () => ['a', '%', "'", '\0', OTHER.word],
  limit: () => ['1', '1000'],
  bots: () => ['true', 'false'],
  tz: () => ['UTC', 'Asia/Kathmandu', '+14:00'],
  week: () => ['2025-W40', '2084-W01'],
  language: () => ['de', 'en'],
  period: () => ['all', 'week', '2025', '2025-01-01..2025-12-31'],
  by: () => ['messages', 'answers'],
  topic: () => ['backup', OTHER.word, 'how do I?'],
};
const HEADS: Record<string, string>[] = [
  {},
  { accept: 'text/html' },
  { accept: 'x'.repeat(4_000) },
  { origin: 'https://evil.example' },
  { 'x-forwarded-for': '1.2.3.4', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil' },
  { 'content-type': 'application/json' },
  { range: 'bytes=0-1' },
  { expect: '100-continue' },
  { 'if-none-match': '*' },
  { upgrade: 'h2c', connection: 'upgrade' },
  { cookie: 'a=b; '.repeat(50) },
];
const METHODS = [
  ...Array<string>(20).fill('GET'),
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'OPTIONS',
  'PATCH',
  'TRACE',
];

export interface Asked {
  method: string;
  path: string;
  headers: Record<string, string>;
}

/** A request by chance, hostile or not, with a token. */
export function made(random: () => number, token: string, about: Scene): Asked {
  const value = () => {
    const one = pick(values(about), random);
    return random() < 0.5
      ? encodeURIComponent(one.toWellFormed())
      : one.replaceAll(/[^\x21-\x7e]/g, (c) => encodeURIComponent(c.toWellFormed()));
  };
  const guildId = random() < 0.75 ? about.guildId : value();
  const name = random() < 0.7 ? pick(questions, random).name : value();
  const report = pick(Object.keys(OWN), random);
  const inGuild = `/api/v1/guilds/${guildId}`;
  const there =
    report === 'questions' ? `questions/${name}` : report === 'coverage' ? report : `reports/${report}`;
  const path =
    random() < 0.7
      ? `${inGuild}/${there}`
      : pick(
          [
            `${inGuild}/questions`,
            `${inGuild}/reports/${value()}`,
            '/api/v1/guild',
            '/health/ready',
            `/${value()}`,
            `//api/v1/guild/${value()}`,
            `${inGuild}/../${OTHER.guildId}/coverage`,
            `/api/v1/guilds/${OTHER.guildId}/${there}`,
          ],
          random,
        );
  const query = Array.from({ length: Math.floor(random() * 4) }, () => {
    const own = OWN[report] ?? [];
    const parameter = pick(random() < 0.85 && path.includes(`/${report}`) ? own : NAMES, random);
    const good = random() < 0.8 && Object.hasOwn(GOOD, parameter) ? GOOD[parameter]!(about) : undefined;
    return `${encodeURIComponent(parameter)}=${good ? encodeURIComponent(pick(good, random)) : value()}`;
  });
  const known =
    random() < 0.95
      ? { authorization: `Bearer ${token}` }
      : { authorization: pick(values(about), random).replaceAll(/[^\x20-\x7e]/g, '?') };
  return {
    method: pick(METHODS, random),
    path: query.length > 0 ? `${path}?${query.join('&')}` : path,
    headers: { ...known, ...pick(HEADS, random) },
  };
}

/** Sends it, byte for byte; tells what came back. */
export async function sent(url: string, agent: Agent, { method, path, headers }: Asked) {
  const { hostname, port } = new URL(url);
  const asking = request({ hostname, port, method, path, headers, agent }).end();
  const [answer] = await once(asking, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return {
    status: answer.statusCode as number,
    type: String(answer.headers['content-type']),
    body: Buffer.concat(chunks).toString(),
  };
}
