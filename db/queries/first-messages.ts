import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { unranked } from './counted.ts';
import { listed, type ListedMessage, withPlaceAndAuthor } from './listed.ts';
import type { Asked, Question } from './question.ts';
import { tallies } from './tallies.ts';

/**
 * The first message of each channel in a window.
 *
 * Shape   at most `limit` rows, one per channel, oldest first
 * Source  README.md, "first-messages"
 */
export async function firstMessages(db: Db, asked: Asked): Promise<ListedMessage[]> {
  const { guildId } = asked;
  const { rows } = await sql<ListedMessage>`
    with recursive ${await tallies(db, asked, ['first_id'])}, ${unranked(guildId)},
    firsts as (
      select min(first_id) as message_id from tallied group by channel_id having min(first_id) is not null
      order by 1 limit ${asked.limit}
    )
    select ${listed()} from firsts f
    join messages m on m.guild_id = ${guildId} and m.message_id = f.message_id
    ${withPlaceAndAuthor()}
    order by m.message_id`.execute(db);
  return rows;
}

export default {
  name: 'first-messages',
  about: 'the first message of each channel',
  ask: firstMessages,
} satisfies Question;
