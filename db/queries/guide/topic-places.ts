import { snowflakeMs } from '../../snowflake.ts';
import type { Db } from '../../connect.ts';
import type { Scope } from '../scope.ts';
import type { MatchedPlace } from './matches.ts';
import { placesNamed } from './place-names.ts';
import type { TopicPlace } from './rows.ts';

/** At most `limit` places where a topic is talked about, most first, with their names. */
export async function topicPlaces(
  db: Db,
  scope: Scope,
  places: readonly MatchedPlace[],
  limit: number,
): Promise<TopicPlace[]> {
  const shown = places.slice(0, limit);
  const named = await placesNamed(
    db,
    scope,
    shown.map(({ channelId }) => channelId),
  );
  return shown.flatMap(({ channelId, messages, people, lastId }) => {
    const place = named.get(channelId);
    return place ? [{ ...place, messages, people, lastAt: new Date(snowflakeMs(lastId)).toISOString() }] : [];
  });
}
