/** What the bot posts by itself, not as an answer: told line by line, and whether anything came twice. */
import { type APIMessage, GatewayDispatchEvents } from 'discord-api-types/v10';
import type { Shot } from '../../preview/shots.ts';
import { type ShownMessage, shownMessage } from '../interactions/answers.ts';
import type { GuildTruth, MessageTruth, Snowflake } from '../model.ts';
import { everyComponent, textsOf } from '../rest/writing/walk.ts';
import type { World } from '../world.ts';

/** A message that the bot posted. */
export interface Post {
  id: Snowflake;
  /** The world's time when it was posted, ms since 1970. */
  atMs: number;
  /** As it stands; as it last was, where it is gone. */
  message: ShownMessage;
  /** What it is about, where a button says so: `weekly:2026-W46`. */
  mark?: string;
  isDeleted: boolean;
}

export interface Posts {
  /** Oldest first; of very many the newest. */
  readonly all: readonly Post[];
  /** How often anything was posted, edited or deleted. */
  readonly changes: number;
}

/** A person who watches for a year sees them all. */
const POSTS_MAX = 500;
const MARK = /^([a-z][a-z-]*:\d{4}-W\d{2})(?::|$)/;

/** Watches a guild from now on, and tells of each post in a line. */
export function watchPosts(
  { world, guild, zone }: { world: World; guild: GuildTruth; zone: string },
  tell: (line: string) => void,
): Posts {
  const all: Post[] = [];
  let changes = 0;

  const say = (post: Post, what: string, more = ''): void => {
    changes++;
    tell(
      `${timeText(world.now(), zone)}  #${channelName(guild, post)}  ${what}: "${titleOf(post.message)}"${more}`,
    );
  };

  function posted(message: MessageTruth): void {
    const mark = markOf(message);
    const post: Post = {
      id: message.id,
      atMs: world.now(),
      message: shownMessage(message),
      ...(mark !== undefined && { mark }),
      isDeleted: false,
    };
    if (all.push(post) > POSTS_MAX) all.shift();
    const same = all.filter((one) => mark !== undefined && one.mark === mark);
    say(post, 'posted', mark === undefined ? '' : `  (${ordinal(same.length)} with ${mark})`);
    warnOfTwins(same);
  }

  function warnOfTwins(same: readonly Post[]): void {
    const standing = same.filter(({ isDeleted }) => !isDeleted);
    if (standing.length < 2) return;
    const where = standing.map((post) => `#${channelName(guild, post)} ${post.id}`).join(', ');
    tell(`!!!  TWICE: ${standing.length} messages with ${standing[0]!.mark} exist: ${where}`);
  }

  function edited({ id, edited_timestamp: editedAt }: Partial<APIMessage>): void {
    const [post, message] = [find(id), messageOf(guild, id)];
    if (!post || !message || !editedAt || message.editedAt !== Date.parse(editedAt)) return;
    const before = JSON.stringify(post.message);
    post.message = shownMessage(message);
    if (JSON.stringify(post.message) !== before) say(post, 'edited', post.mark && `  (${post.mark})`);
  }

  function deleted(id: Snowflake): void {
    const post = find(id);
    if (!post) return;
    post.isDeleted = true;
    say(post, 'deleted', post.mark && `  (${post.mark})`);
  }

  const find = (id: Snowflake | undefined) => all.find((one) => one.id === id);

  world.on(({ guildId, dispatch: { t, d } }) => {
    if (guildId !== guild.id) return;
    const about = d as Partial<APIMessage> & { ids?: Snowflake[] };
    const { MessageCreate, MessageUpdate, MessageDelete, MessageDeleteBulk } = GatewayDispatchEvents;
    if (t === MessageCreate && about.author?.id === world.truth.bot.id) {
      const message = messageOf(guild, about.id);
      if (message && !message.interaction) posted(message);
    }
    if (t === MessageUpdate) edited(about);
    if (t === MessageDelete) deleted(about.id!);
    if (t === MessageDeleteBulk) for (const id of about.ids ?? []) deleted(id);
  });
  return {
    all,
    get changes() {
      return changes;
    },
  };
}

/** Those that stand, as the preview shows them. */
export function postShots(posts: Posts, guild: GuildTruth, zone: string): (Shot & { atMs: number })[] {
  return posts.all
    .filter(({ isDeleted }) => !isDeleted)
    .map((post) => {
      const title = `#${channelName(guild, post)}, ${timeText(post.atMs, zone)}`;
      const { message, atMs } = post;
      return { id: `post-${post.id}`, title, command: title, isEphemeral: false, message, atMs };
    });
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** `Mon 2026-11-23 09:00` */
export function timeText(ms: number, zone: string): string {
  const at = Temporal.Instant.fromEpochMilliseconds(Math.floor(ms)).toZonedDateTimeISO(zone);
  return `${WEEKDAYS[at.dayOfWeek - 1]} ${at.toPlainDate()} ${at.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}

function messageOf({ channels }: GuildTruth, id: Snowflake | undefined): MessageTruth | undefined {
  for (const { messages } of channels.values()) {
    const found = messages.get(id ?? '');
    if (found) return found;
  }
  return undefined;
}

function markOf({ components }: Pick<MessageTruth, 'components'>): string | undefined {
  const names = [...everyComponent(components)].flatMap((one) => ('custom_id' in one ? one.custom_id : []));
  return names.map((name) => MARK.exec(name)?.[1]).find((mark) => mark !== undefined);
}

const TITLE_LENGTH_MAX = 80;

/** The first line that it says, without marks of headings and the like. */
function titleOf({ content, components }: Pick<ShownMessage, 'content' | 'components'>): string {
  const lines = [content, ...textsOf(components)].join('\n').split('\n');
  const first = lines.map((line) =>
    line
      .replace(/^(?:#{1,3}|-#|>) +/, '')
      .replaceAll('**', '')
      .trim(),
  );
  return (first.find((line) => line !== '') ?? '').slice(0, TITLE_LENGTH_MAX);
}

const channelName = (guild: GuildTruth, { message: { channelId } }: Post): string =>
  guild.channels.get(channelId)?.name ?? 'a channel that is gone';

function ordinal(count: number): string {
  const isTeen = count % 100 > 10 && count % 100 < 14;
  return `${count}${(!isTeen && ['th', 'st', 'nd', 'rd'][count % 10]) || 'th'}`;
}
