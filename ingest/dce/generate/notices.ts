import { isBooster } from './accounts.ts';
import type { Hour } from './hours.ts';
import { type GeneratedMessage, type MessageType, plainMessage, type Reference } from './model.ts';
import { affinity } from './random.ts';
import { HOUR, WEEK } from './rhythm.ts';
import type { Scene, Written } from './scene.ts';

/** One of Discord's own messages about something that happened. */
export interface Notice {
  ms: number;
  type: MessageType;
  author: number;
  text: string;
  reference: Reference | null;
}

// Discord's own limit for one channel, until it was raised.
const PINS_MAX = 50;

/** Puts a notice among the turns of a place. */
export function notify(scene: Scene, { ms, type, author, text, reference }: Notice): void {
  const write = ({ id }: Written): GeneratedMessage => {
    if (type === 'GuildMemberJoin') scene.newcomer = author;
    return { ...plainMessage(id, type, ms, author, text), reference };
  };
  scene.turns.push({ ms, isFirst: false, write });
}

/**
 * Puts the joins of an hour among the turns, and for a few who join a boost in some later week; `from` is the first
 * who hasn't joined yet, and so is the result.
 */
export function noticeArrivals(scene: Scene, from: number, hour: Hour): number {
  const { people, life } = scene.world;
  let person = from;
  for (; person < people.count && (people.arrivesAt[person] as number) < hour.to; person++) {
    const ms = people.arrivesAt[person] as number;
    notify(scene, {
      ms,
      type: 'GuildMemberJoin',
      author: person,
      text: 'Joined the server.',
      reference: null,
    });
    const boostsAt = Math.floor(ms + affinity(person, 61) * 12 * WEEK);
    const isHere = boostsAt < Math.min(people.leavesAt[person] as number, life.endsAt - HOUR);
    if (isHere && isBooster(person)) {
      notify(scene, { ms: Math.max(boostsAt, ms + 1), type: '8', author: person, text: '', reference: null });
    }
  }
  return person;
}

/** Pins a message, if there is room; one of the founders does it an hour or more later. */
export function pin(scene: Scene, message: GeneratedMessage): void {
  const { place, random, world } = scene;
  if (scene.pins >= PINS_MAX || message.ms + 4 * HOUR > place.closesAt) return;
  scene.pins++;
  message.isPinned = true;
  notify(scene, {
    // Not within the hour that is being written, whose turns are in order already.
    ms: message.ms + HOUR + random.below(2 * HOUR),
    type: 'ChannelPinnedMessage',
    author: random.below(Math.min(5, world.people.count)),
    text: 'Pinned a message.',
    reference: { type: 'Default', messageId: message.id, channelId: place.id, guildId: null },
  });
}
