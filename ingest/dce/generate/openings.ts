import type { Hour } from './hours.ts';
import { notify } from './notices.ts';
import type { Opening, Place } from './places.ts';
import type { Scene } from './scene.ts';
import { tellOpening } from './telling.ts';

/** Puts among the turns what a thread's file begins with: a post's first message, or the notice of what began it. */
export function open(scene: Scene, { kind, creator, noticedAt }: Opening): void {
  const { place, world } = scene;
  if (kind === 'post') return beginWith(scene, place);
  notify(scene, {
    ms: noticedAt,
    type: '21',
    author: creator,
    text: '',
    // A thread has the id of the message that it began from.
    reference: {
      type: 'Default',
      messageId: place.id,
      channelId: place.parent?.id ?? place.id,
      guildId: world.guild.id,
    },
  });
}

/**
 * Puts the messages that threads begin from, and the notices of those threads, among the turns of their channel;
 * `from` is the first thread that hasn't begun yet, and so is the result.
 */
export function beginThreads(scene: Scene, from: number, hour: Hour): number {
  const { threads } = scene.place;
  let next = from;
  for (let thread = threads[next]; thread && thread.opensAt < hour.to; thread = threads[++next]) {
    const { creator, noticedAt } = thread.opening as Opening;
    beginWith(scene, thread);
    notify(scene, {
      ms: noticedAt,
      type: 'ThreadCreated',
      author: creator,
      text: 'Started a thread.',
      reference: { type: 'Default', messageId: null, channelId: thread.id, guildId: scene.world.guild.id },
    });
  }
  return next;
}

function beginWith(scene: Scene, { opensAt, opening }: Place): void {
  // First of its millisecond, so that its id is the one already given to the thread.
  scene.turns.push({
    ms: opensAt,
    isFirst: true,
    write: (written) => tellOpening(scene, opening as Opening, written),
  });
}
