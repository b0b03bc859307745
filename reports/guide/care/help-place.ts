import { type NamedPlace, namedPlaces } from '../../../db/queries/named-places.ts';
import type { Db } from '../../../db/connect.ts';
import { readSettings } from '../../../db/settings.ts';
import { type PlacesContext, placesOf } from '../../seen-places.ts';

/** Who is to be sent there, by the roles that Discord says they have now. */
interface Asker {
  id: string;
  roles: readonly string[];
}

/**
 * The channel in which moderators are to be reached. Undefined: none is set, it was deleted, or the asker does not see it.
 * On the command line nobody in Discord asks, and everything is seen.
 */
export async function helpPlace(
  context: { db: Db } | PlacesContext,
  guildId: string,
  asker?: Asker,
): Promise<NamedPlace | undefined> {
  const { helpChannel } = await readSettings(context.db, guildId);
  if (helpChannel === null) return undefined;
  const ids = [helpChannel];
  if (asker && 'pool' in context) return (await placesOf(context, { guildId, asker, ids })).find(helpChannel);
  return (await namedPlaces(context.db, guildId, ids))[0];
}
