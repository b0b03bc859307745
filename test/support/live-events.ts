/** Live events of one shard, and a recorder of them in a test database. */
import type { ClientBase } from 'pg';
import { emptyBatch } from '../../db/records.ts';
import type { LiveEvent } from '../../ingest/live/live-event.ts';
import type { RecorderLog } from '../../ingest/live/recorder.ts';
import { pick, seededRandom } from './random.ts';
import { at, CHANNEL, GUILD, idAt, reacted, told } from './records.ts';

export const SESSION = { sessionId: 'a1b2', resumeUrl: 'wss://gateway.example' };

/** The nth event of a session: a message, or what else its batch tells. */
export function live(sequence: number, more: Partial<LiveEvent> = {}): LiveEvent {
  const ms = at(sequence);
  const messageId = idAt(ms, sequence);
  const message = told(sequence, messageId, {
    authorId: '200000000000000001',
    type: 0,
    body: { content: `number ${sequence}`, fidelity: 3 },
  });
  return {
    dispatch: 'MESSAGE_CREATE',
    guildId: GUILD,
    channelId: CHANNEL,
    messageId,
    at: ms,
    session: SESSION,
    sequence,
    batch: { ...emptyBatch(), messages: [message] },
    ...more,
  };
}

/** Events one after the other. */
export const lives = (from: number, count: number): LiveEvent[] =>
  Array.from({ length: count }, (_, i) => live(from + i));

/** Where `logProgress` writes, in the order of commits. */
export const PROGRESS_TABLE = `create table if not exists progress_log
  (n bigint generated always as identity, sequence bigint, gap text)`;

/** A `saveProgress` that keeps every event's sequence, so that order and loss can be seen. */
export async function logProgress(client: ClientBase, events: LiveEvent[]): Promise<void> {
  await client.query(
    `insert into progress_log (sequence, gap) select * from unnest($1::bigint[], $2::text[])`,
    [
      events.map(({ sequence }) => sequence),
      events.map(({ gap }) => (gap ? `${gap.reason} ${gap.guildIds.join()} ${gap.fromMs ?? ''}` : null)),
    ],
  );
}

export interface HeardLog extends RecorderLog {
  lines: { level: string; message: string; facts: Record<string, unknown> }[];
  heard(message: RegExp): boolean;
}

/** A log that can be asked what it heard. */
export function listeningLog(): HeardLog {
  const lines: HeardLog['lines'] = [];
  const level = (name: string) => (facts: object, message: string) =>
    void lines.push({ level: name, message, facts: { ...facts } });
  return {
    lines,
    info: level('info'),
    warn: level('warn'),
    error: level('error'),
    heard: (message) => lines.some((line) => message.test(line.message)),
  };
}

/** Waits until something holds; fails after a generous while. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 3000; i++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('it did not come to hold within 30 s');
}

/**
 * Events by chance, the same for a seed: messages said, edited, reacted to and deleted, and now and then one that can't be
 * recorded.
 */
export function madeLives(seed: number, count: number): LiveEvent[] {
  const random = seededRandom(seed);
  const said: string[] = [];
  return Array.from({ length: count }, (_, i) => {
    const sequence = i + 1;
    const event = live(sequence);
    const chance = random();
    if (chance < 0.01) {
      const [message] = event.batch.messages;
      const messages = [{ ...message!, body: { content: '\0', fidelity: 3 as const } }];
      return { ...event, dispatch: 'POISON', batch: { ...emptyBatch(), messages } };
    }
    if (chance < 0.6 || said.length === 0) {
      said.push(event.messageId!);
      return event;
    }
    const messageId = pick(said.slice(-20), random);
    const batch = emptyBatch();
    const body = { content: `edited at ${sequence}`, fidelity: 3 as const };
    if (chance < 0.7)
      batch.messages.push(told(sequence, messageId, { authorId: '7', editedAt: event.at, body }));
    else if (chance < 0.8) batch.messages.push(told(sequence, messageId, { goneAt: event.at }));
    else {
      const change = random() < 0.7 ? { addedAt: event.at } : { removedAt: event.at };
      batch.reactionUsers.push(reacted(messageId, pick(['21', '22', '23'], random), '👍', change));
    }
    return live(sequence, { dispatch: 'MADE', messageId, batch });
  });
}
