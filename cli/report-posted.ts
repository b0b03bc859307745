/** The weekly report that Almanac posted by itself, as it was. */
import type { Pool } from 'pg';
import type { Db } from '../db/connect.ts';
import { listPosts, type Post, readPost } from '../db/posts.ts';
import { guildSpan } from '../db/queries/guild-span.ts';
import { namedPlaces } from '../db/queries/named-places.ts';
import {
  buildFromInputs,
  figuresNow,
  figuresOf,
  hydrated,
  type PostFigures,
  type PostInputs,
  type Remarks,
  type WeeklyReport,
} from '../reports/weekly.ts';
import { placeIn } from '../reports/weekly/names.ts';
import { type Language, type Words, wordsIn } from '../reports/words.ts';
import { type CliContext, notRecorded, UserError } from './context.ts';
import type { PostedFacts } from './report-files.ts';

interface Asked {
  guild: string;
  week?: string;
  language?: Language;
}

const REBUILT =
  'The report itself is not kept any more: somebody in it was forgotten or chose not to be named, or it is of an older version. It was built again from what it was asked with, so its numbers are those of today.';

/** Posts that are named where the one that is asked for is none of them. */
const NAMED = 10;

/**
 * The report of a week as it was posted, or of the newest post, and what stands below it. Where it is not kept any more it is
 * built again; that, and how its numbers are today, is told.
 *
 * Errors  UserError where nothing was posted
 */
export async function asPosted(
  { tell }: Pick<CliContext, 'tell'>,
  { db, pool }: { db: Db; pool: Pool },
  { guild, week, language }: Asked,
): Promise<{ report: WeeklyReport; words: Words; remarks: Remarks; posted: PostedFacts }> {
  if (!(await guildSpan(db, guild))) throw notRecorded(guild);
  const post = await postOf(pool, guild, week);
  const inputs = post.inputs as PostInputs | null;
  if (!inputs)
    throw new UserError(
      `What the report about ${post.period} was asked with is not known. To count it now, leave out --as-posted.`,
    );
  const words = wordsIn(language ?? inputs.language);
  const kept = await hydrated(db, post.built);
  const report = kept ?? (await buildFromInputs(db, inputs));
  if (!report) throw notRecorded(guild);
  if (!kept) tell(REBUILT);
  const then = (post.checked as { posted?: PostFigures } | null)?.posted ?? (kept && figuresOf(kept));
  if (then) tell(today(then, await figuresNow(db, inputs)));
  const [place] = await namedPlaces(db, guild, [post.channelId!]);
  return {
    report,
    words,
    remarks: remarksOf(post, place?.name ?? null, inputs.timeZone, words),
    posted: {
      channelId: post.channelId!,
      messageId: post.messageId!,
      at: isoOf(post.postedAtMs!),
      editedAt: post.editedAtMs === null ? null : isoOf(post.editedAtMs),
      period: post.period,
      audience: 'everyone',
    },
  };
}

async function postOf(pool: Pool, guildId: string, week: string | undefined): Promise<Post> {
  const weekly = { guildId, report: 'weekly' };
  const posts = await listPosts(pool, { ...weekly, state: 'posted', limit: NAMED });
  const post = week === undefined ? posts[0] : await readPost(pool, { ...weekly, period: week });
  if (post?.state === 'posted') return post;
  const first = week === undefined ? '' : `The report about ${week} was not posted. `;
  const others =
    posts.length === 0
      ? `No weekly report of server ${guildId} was posted yet.`
      : `Posted ${posts.length < NAMED ? 'were' : 'last were'} ${posts.map(({ period }) => period).join(', ')}.`;
  throw new UserError(`${first}${others} To count it now, leave out --as-posted.`);
}

const isoOf = (ms: number): string => new Date(ms).toISOString();

function remarksOf(post: Post, name: string | null, timeZone: string, words: Words): Remarks {
  const local = (ms: number) =>
    Temporal.Instant.fromEpochMilliseconds(ms)
      .toZonedDateTimeISO(timeZone)
      .toPlainDateTime()
      .toString({ smallestUnit: 'minute' });
  return (markup) => {
    const place = placeIn(markup, { id: post.channelId!, name }, words.weekly);
    return [
      words.weekly.postedIn(place, local(post.postedAtMs!)),
      ...(post.editedAtMs === null ? [] : [words.posting.edited(local(post.editedAtMs))]),
      words.weekly.audience.place(place),
    ];
  };
}

/** How its numbers are by now. */
function today(then: PostFigures, now: PostFigures): string {
  const differ = (['messages', 'people'] as const).filter((figure) => then[figure] !== now[figure]);
  if (differ.length === 0) return 'Its numbers are the same today.';
  const told = differ.map((figure) => {
    const delta = now[figure] - then[figure];
    return `${figure} ${now[figure]} instead of ${then[figure]} (${delta > 0 ? '+' : ''}${delta})`;
  });
  return `Its numbers differ today: ${told.join(', ')}.`;
}
