/** Where people link to: by domain, and by address. */
import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { linked } from './links.ts';
import type { Asked, Question } from './question.ts';

export interface DomainRow {
  /** Without `www.`; `invalid` of what is no address. */
  domain: string;
  uses: number;
  messages: number;
  people: number;
}

export interface AddressRow extends DomainRow {
  /** As it was typed; null where texts are not kept: then the row is of a whole domain. */
  address: string | null;
}

/**
 * The domains that were linked most.
 *
 * Shape   at most `limit` rows, most uses first, ties by domain
 * Source  README.md, "links"
 */
export async function topDomains(db: Db, asked: Asked): Promise<DomainRow[]> {
  const { rows } = await sql<DomainRow>`
    with recursive ${linked(asked)}
    select domain, sum(uses)::int as uses, count(distinct message_id)::int as messages,
      count(distinct author_id)::int as people
    from linked group by domain order by uses desc, domain
    limit ${asked.limit}`.execute(db);
  return rows;
}

/**
 * The addresses that were linked most.
 *
 * Shape   at most `limit` rows, most uses first, ties by domain and address
 * Source  README.md, "links"
 */
export async function topAddresses(db: Db, asked: Asked): Promise<AddressRow[]> {
  const { rows } = await sql<AddressRow>`
    with recursive ${linked(asked)}
    select address, domain, sum(uses)::int as uses, count(*)::int as messages, count(distinct author_id)::int as people
    from linked group by domain, address order by uses desc, domain, address
    limit ${asked.limit}`.execute(db);
  return rows;
}

export default [
  { name: 'top-domains', about: 'the domains that are linked most', ask: topDomains },
  { name: 'top-addresses', about: 'the addresses that are linked most', ask: topAddresses },
] satisfies Question[];
