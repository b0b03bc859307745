/** Keeping the words of messages: what has changed is read again, behind the writers. */
import type { ClientBase, Pool } from 'pg';
import type { Db, Store } from '../connect.ts';
import { FIRST_ID_OF } from '../rollups/days.ts';
import { HAS_WORDS, lockWords, takeWords, TEXT_HASH, wordingOf } from './message-words.ts';
import { Counts, type Wording } from './vocabulary.ts';

/**
 * Texts that are read in a transaction. A deletion that Discord tells meanwhile waits for its end, 0.3 s; with 20,000 it is
 * only a third less for each.
 */
const MESSAGES_MAX = 5_000;
/** Days that are looked at in a transaction. */
const DAYS_MAX = 31;

export interface WordsProgress {
  /** Days of UTC with texts that are still to be read. */
  staleDays: number;
}

/** Guilds in which texts have changed since their words were kept. */
export async function guildsWithStaleWords(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('stale_words').select('guild_id').distinct().orderBy('guild_id').execute();
  return rows.map(({ guild_id }) => guild_id);
}

/**
 * Reads the texts of a guild that have changed, oldest first, some thousands in a transaction; stopping between them loses
 * nothing. Where another process does it, too, they take turns.
 */
export async function* refreshWords(
  { pool }: Pick<Store, 'db' | 'pool'>,
  guildId: string,
  messagesMax = MESSAGES_MAX,
): AsyncGenerator<WordsProgress> {
  for (;;) {
    const staleDays = await inTransaction(pool, (client) => refreshSome(client, guildId, messagesMax));
    if (staleDays === undefined) return;
    yield { staleDays };
  }
}

async function inTransaction<T>(pool: Pool, work: (client: ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    // What is kept here can be read again, so no commit waits for the disk.
    await client.query('begin; set local synchronous_commit = off');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

interface StaleDay {
  day: number;
  marks: string[];
  total: number;
}

/** How many days are left, or undefined where none was stale. */
async function refreshSome(
  client: ClientBase,
  guildId: string,
  messagesMax: number,
): Promise<number | undefined> {
  // First the lock that who forgets a person takes alone: that one waits for both.
  await client.query('select pg_advisory_xact_lock_shared($1::bigint)', [guildId]);
  await lockWords(client, guildId, 'to keep');
  const { rows: stale } = await client.query<StaleDay>(
    `select day, array_agg(marked_by::text) as marks, (count(*) over ())::int as total from stale_words
     where guild_id = $1 group by day order by day limit ${DAYS_MAX}`,
    [guildId],
  );
  if (stale.length === 0) return undefined;
  const changes = new Changes();
  // Texts are looked at after the marks were: whoever marks a day meanwhile marks it for the next time.
  const done: StaleDay[] = [];
  for (const one of stale) {
    const room = messagesMax - changes.size;
    const { rows } = await client.query<Changed>(CHANGED, [guildId, one.day, room]);
    for (const changed of rows) changes.add(changed);
    if (rows.length === room) break;
    done.push(one);
  }
  await changes.write(client, guildId);
  await client.query(
    `delete from stale_words
     where guild_id = $1 and (day, marked_by) in (select * from unnest($2::int[], $3::bigint[]))`,
    [guildId, done.flatMap(({ day, marks }) => marks.map(() => day)), done.flatMap(({ marks }) => marks)],
  );
  return stale[0]!.total - done.length;
}

interface Changed {
  id: string;
  content: string | null;
  hash: string | null;
  isKept: boolean;
}

const ofDay = `guild_id = $1 and message_id >= ${FIRST_ID_OF('$2::int')} and message_id < ${FIRST_ID_OF('$2::int + 1')}`;

/** Messages of a day whose words are not those of their text: of each the text, null where there is none. */
const CHANGED = `
  select coalesce(m.message_id, w.message_id)::text as id, m.content, m.text_hash::text as hash,
    w.message_id is not null as "isKept"
  from (select message_id, content, ${TEXT_HASH} as text_hash from messages where ${ofDay} and ${HAS_WORDS}) m
  full join (select message_id, text_hash from message_words where ${ofDay}) w on w.message_id = m.message_id
  where m.text_hash is distinct from w.text_hash
  limit $3`;

/** Words that go and words that come, of different messages or of one. */
class Changes {
  readonly #gone: string[] = [];
  readonly #kept: { id: string; hash: string; wording: Wording }[] = [];
  size = 0;

  add({ id, content, hash, isKept }: Changed): void {
    if (isKept) this.#gone.push(id);
    if (content !== null && hash !== null) this.#kept.push({ id, hash, wording: wordingOf(content) });
    this.size++;
  }

  async write(client: ClientBase, guildId: string): Promise<void> {
    const counts = new Counts();
    if (this.#gone.length > 0) await takeWords(client, guildId, this.#gone, counts);
    for (const { wording } of this.#kept) counts.add(wording, 1);
    if (this.#kept.length > 0) await client.query(KEEP, [guildId, ...this.#columns()]);
    await counts.write(client, guildId);
    await client.query(SORT_IN);
  }

  #columns(): string[][] {
    return [
      this.#kept.map(({ id }) => id),
      this.#kept.map(({ hash }) => hash),
      this.#kept.map(({ wording }) => wording.language),
      // No word has a space.
      this.#kept.map(({ wording }) => wording.words.join(' ')),
    ];
  }
}

/** What waits to be sorted into an index is read in full by every search. */
const SORT_IN = `
  select gin_clean_pending_list('message_words_by_word'), gin_clean_pending_list('vocabulary_alike')`;

const KEEP = `
  insert into message_words (guild_id, message_id, text_hash, language, words)
  select $1, id, hash, language, array_to_tsvector(string_to_array(words, ' '))
  from unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[]) as kept (id, hash, language, words)
  order by id`;
