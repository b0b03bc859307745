/** A small server about kilns: who answers what there, and who only talks. */
import type { MessageRecord } from '../../../db/records.ts';
import type { TestDatabase } from '../../support/database.ts';
import { readTexts } from '../../support/read-texts.ts';
import { CHANNEL, GUILD, idAt } from '../../support/records.ts';
import { post, write } from '../../support/written.ts';
import { openChannels } from './scene.ts';

export const [KILNS, STAFF] = ['100000000000000021', '100000000000000022'];
/** Ids in the order in which they were made. */
export const person = (n: number) => `2000000000000000${String(n).padStart(2, '0')}`;
const NAMES = ['Ada', 'Ben', 'Cleo', 'Dora', 'Emil', 'Zoe'];
const HOUR_MS = 3_600_000;

/** A question of somebody, and who replies what after how many minutes. */
interface Talk {
  at: string;
  by: number;
  asks: string;
  replies: [by: number, says: string, minutes: number][];
  channelId?: string;
}

function messagesOf({ at: time, by, asks, replies, channelId = KILNS }: Talk): MessageRecord[] {
  const askedMs = Date.parse(time);
  const reference = { type: 0, messageId: idAt(askedMs), channelId };
  return [
    post(time, { authorId: person(by), channelId, body: { content: asks, fidelity: 3 } }),
    ...replies.map(([replier, content, minutes]) =>
      post(new Date(askedMs + minutes * 60_000).toISOString(), {
        authorId: person(replier),
        channelId,
        type: 19,
        reference,
        body: { content, fidelity: 3 },
      }),
    ),
  ];
}

/** Ben answers about kilns, Cleo about glazes; Dora only talks; Zoe answers about kilns where few can read it. */
const TALKS: Talk[] = [
  {
    at: '2026-01-05T10:00Z',
    by: 1,
    asks: 'How slowly should a bisque kiln heat up?',
    replies: [[2, 'Slowly: sixty degrees an hour until the kiln is at 600, or pots will crack.', 4]],
  },
  {
    at: '2026-01-06T11:00Z',
    by: 5,
    asks: 'Which cone do you fire your kiln to?',
    replies: [[2, 'Cone six. Put a witness cone in the kiln, the controller may be wrong.', 6]],
  },
  {
    at: '2026-01-07T09:30Z',
    by: 4,
    asks: 'Is it safe to open the kiln at 200 degrees?',
    replies: [
      [2, 'Wait until 100, or glazes may craze.', 8],
      [3, 'I never open it above 90.', 30],
    ],
  },
  {
    at: '2026-01-08T15:00Z',
    by: 1,
    asks: 'Why is my glaze crawling?',
    replies: [[3, 'Dust on the bisque, or a glaze that is too thick. Wash the pots first.', 12]],
    channelId: CHANNEL,
  },
  {
    at: '2026-01-09T15:00Z',
    by: 5,
    asks: 'Where do you store the kiln keys?',
    replies: [[6, 'The kiln keys are in the staff cupboard.', 2]],
    channelId: STAFF,
  },
];

/** All that is written, in three channels, the last of which few can read. */
export const WORLD: MessageRecord[] = [
  ...TALKS.flatMap(messagesOf),
  ...Array.from({ length: 30 }, (_, i) =>
    post(new Date(Date.UTC(2026, 0, 10, 8) + i * HOUR_MS).toISOString(), {
      authorId: person(4),
      channelId: i % 2 ? KILNS : CHANNEL,
      body: { content: `Good morning, number ${i}.`, fidelity: 3 },
    }),
  ),
];

/** Records it, or something else by the same people; its words are kept. */
export async function recordKilns(database: TestDatabase, messages: MessageRecord[] = WORLD): Promise<void> {
  const told = { source: 'rest' as const, observedAt: 0, guildId: GUILD };
  const members = NAMES.map((name, i) => ({ ...told, userId: person(i + 1), name }));
  const channels = [
    { ...told, channelId: KILNS, type: 0, name: 'kilns' },
    { ...told, channelId: STAFF, type: 0, name: 'staff' },
  ];
  await write(database, messages, { members });
  await write(database, [], { channels: channels.map((one) => ({ ...one, observedAt: 1 })) });
  await openChannels(database, GUILD, [STAFF]);
  await readTexts(database);
}
