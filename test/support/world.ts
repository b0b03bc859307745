/** A channel that changes, by chance, and its exports at some times. */
import {
  ANNA,
  BELA,
  CARL,
  iso,
  mapFile,
  person,
  reaction,
  said,
  type ExportParts,
  type Json,
} from './exports.ts';
import { shuffled } from './history.ts';
import { pick } from './random.ts';
import { at } from './records.ts';

/** Seconds. */
export const DAY = 86_400;

interface Change {
  at: number;
  change: Json;
}

/** Messages with what became of them, and when, in seconds. */
export type World = { message: Json; changes: Change[]; deletedAt: number }[];

/** A dozen messages of some days. */
export function makeWorld(random: () => number): World {
  const some = (days: number) => Math.floor(random() * days * DAY);
  return Array.from({ length: 12 }, (_, i) => {
    const seconds = 10 + i * 7 + (i % 3) * DAY;
    const author = pick([ANNA, BELA, CARL], random);
    const changes = Array.from({ length: Math.floor(random() * 4) }, (): Change => {
      const when = seconds + 60 + some(4);
      const roll = random();
      if (roll < 0.4) {
        const content = pick(['edited ｅ', 'edited 🎈', '', 'asks? https://example.org'], random);
        const attachments = random() < 0.5 ? [mapFile(pick(['61', '62'], random))] : [];
        return { at: when, change: { content, attachments, timestampEdited: iso(at(when)) } };
      }
      if (roll < 0.8) {
        const users = shuffled([ANNA, BELA, CARL], random).slice(0, Math.floor(random() * 4));
        const emoji = pick(['👍', 'gull:51'], random);
        return { at: when, change: { reactions: users.length > 0 ? [reaction(emoji, users)] : [] } };
      }
      return { at: when, change: { isPinned: random() < 0.5 } };
    });
    const deletedAt = random() < 0.2 ? seconds + 60 + some(3) : Infinity;
    const mentions = random() < 0.4 ? [pick([BELA, CARL], random)] : [];
    const content = mentions.length > 0 ? `hi @${mentions[0]!.name}` : pick(['plain', 'why? 🎈', ''], random);
    const message = said(seconds, content, {
      author,
      mentions,
      attachments: random() < 0.3 ? [mapFile('60')] : [],
    });
    return { message, changes: changes.toSorted((a, b) => a.at - b.at), deletedAt };
  });
}

/** The channel as some version of DCE would have exported it then. */
export function exportWorld(world: World, seconds: number, random: () => number): ExportParts {
  const isRaw = random() < 0.3;
  const isOld = random() < 0.3;
  const from = random() < 0.3 ? 4 : 0;
  const there = world
    .slice(from)
    .filter(
      ({ message, deletedAt }) =>
        Date.parse(message.timestamp as string) < at(seconds) && deletedAt > seconds,
    )
    .map(({ message, changes }) => {
      const now: Json = Object.assign(
        {},
        message,
        ...changes.filter((c) => c.at < seconds).map((c) => c.change),
      );
      const [mentioned] = now.mentions as Json[];
      if (isRaw && mentioned)
        now.content = (now.content as string).replace(
          `@${mentioned.name as string}`,
          `<@${mentioned.id as string}>`,
        );
      if (!isOld) return now;
      const { inlineEmojis: _, reactions, ...old } = now;
      return { ...old, reactions: (reactions as Json[]).map(({ users: _users, ...rest }) => rest) };
    });
  const nickname = pick(['anna', 'Anna A.', 'Ännchen'], random);
  const messages = there.map((m) =>
    (m.author as Json).id === ANNA.id ? { ...m, author: person(ANNA.id as string, 'anna', { nickname }) } : m,
  );
  return {
    exportedAt: isOld ? null : iso(at(seconds)),
    messages: random() < 0.2 ? messages.toReversed() : messages,
  };
}
