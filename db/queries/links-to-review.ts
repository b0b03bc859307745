import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { unranked } from './counted.ts';
import { gone } from './gone.ts';
import { linked } from './links.ts';
import { listed, type ListedMessage, withPlaceAndAuthor } from './listed.ts';
import type { Asked, Question } from './question.ts';
import { SHORTENERS } from './shorteners.ts';

export interface LinkToReview extends Omit<ListedMessage, 'text'> {
  domain: string;
  /** Null where texts are not kept. */
  address: string | null;
  /** Some of `shortener`, `lookalike`, `new account`, `gone account`, with commas. */
  reasons: string;
}

const WEEK_MS = 7 * 86_400_000;

/**
 * Links that are worth a moderator's look. Never bots'.
 *
 * Shape   at most `limit` rows, one per message and address, newest first
 * Source  README.md, "links-to-review"
 */
export async function linksToReview(db: Db, asked: Asked): Promise<LinkToReview[]> {
  const { guildId } = asked;
  const { rows } = await sql<LinkToReview & { text?: unknown }>`
    with recursive ${linked({ ...asked, bots: false })}, ${unranked(guildId)}, ${gone(guildId)},
    reviewed as (
      select l.*, concat_ws(', ',
        case when l.domain = any(${SHORTENERS}::text[]) then 'shortener' end,
        case when l.domain like 'xn--%' or l.domain like '%.xn--%' then 'lookalike' end,
        case when l.message_id >= l.author_id and (l.message_id >> 22) - (l.author_id >> 22) < ${WEEK_MS}
          then 'new account' end,
        case when l.author_id in (select user_id from gone) then 'gone account' end) as reasons
      from linked l
    )
    select ${listed()}, l.domain, l.address, l.reasons
    from (
      select * from reviewed where reasons <> '' order by message_id desc, domain, address limit ${asked.limit}
    ) l
    join messages m on m.guild_id = ${guildId} and m.message_id = l.message_id
    ${withPlaceAndAuthor()}
    order by m.message_id desc, l.domain, l.address`.execute(db);
  return rows.map(({ text: _, ...row }) => row);
}

export default {
  name: 'links-to-review',
  about: 'links worth a look: shorteners, lookalikes, new accounts, accounts that are gone',
  ask: linksToReview,
} satisfies Question;
