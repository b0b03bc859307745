import { languages } from './languages.ts';
import { beginConversations } from './conversations.ts';
import { hoursOf } from './hours.ts';
import type { GeneratedMessage } from './model.ts';
import { noticeArrivals } from './notices.ts';
import { beginThreads, open } from './openings.ts';
import type { Place } from './places.ts';
import { nextId, openScene, takeTurns, type World } from './scene.ts';

/** Every message of a channel or thread, oldest first: hour by hour, so that only one hour is in memory. */
export function* story(world: World, place: Place): Generator<GeneratedMessage> {
  const scene = openScene(world, place);
  if (place.opening) open(scene, place.opening);
  const spoken = languages.indexOf(place.language);
  const crowd =
    spoken === 0 ? world.people.everyone : (world.people.speakers[spoken] ?? world.people.everyone);
  const messages = place.messages - place.threads.length - (place.opening?.kind === 'post' ? 1 : 0);
  let arrivals = 0;
  let threads = 0;
  for (const hour of hoursOf(place, messages, world.life, crowd.rhythm, world.seed)) {
    if (place.purpose === 'welcome') arrivals = noticeArrivals(scene, arrivals, hour);
    threads = beginThreads(scene, threads, hour);
    beginConversations(scene, hour);
    for (const turn of takeTurns(scene, hour.to))
      yield turn.write({ id: nextId(scene, turn.ms), ms: turn.ms });
  }
  for (const turn of takeTurns(scene, Infinity))
    yield turn.write({ id: nextId(scene, turn.ms), ms: turn.ms });
}
