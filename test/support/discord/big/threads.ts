/** The threads and posts of the big guild. */
import { ChannelType, MessageFlags, MessageType } from 'discord-api-types/v10';
import { pick } from '../../random.ts';
import type { ChannelTruth, MessageTruth } from '../model.ts';
import { idsOf } from '../ordered.ts';
import { timeOf } from '../payloads.ts';
import type { PastMessage, PastThread } from '../world/history.ts';
import { pastOf, type Scene } from './past.ts';
import { isForum, type Place } from './places.ts';

/** How a thread of a text channel is. */
interface Kind {
  isPrivate?: true;
  isArchived?: true;
  hasBot?: true;
  /** It is about a message, and has its id. */
  isOfMessage?: true;
}

/** In turn, so that each is there in every guild. */
const KINDS: Kind[] = [
  { isArchived: true, isOfMessage: true },
  { isArchived: true },
  { isArchived: true, isPrivate: true },
  { isArchived: true, isPrivate: true, hasBot: true },
  { isOfMessage: true },
  { isArchived: true, isOfMessage: true },
  { isPrivate: true },
  { isPrivate: true, hasBot: true },
  { isArchived: true },
];

const DAY_MS = 86_400_000;
const POST_SHARE = 0.4;

/** A thread for each size, in channels that are filled already, with so many messages in it; `end` is now. */
export function openThreads(scene: Scene, places: Place[], sizes: number[], end: number): void {
  const { random } = scene;
  const parents = places.map(({ channel }) => channel);
  const forums = parents.filter(isForum);
  const rooms = parents.filter((one) => THREADED.includes(one.type) && one.messages.size > 0);
  const first = [parents[0]!, ...parents.filter(({ name }) => name === 'private-threads')];
  let turn = 0;
  for (const [n, size] of sizes.entries()) {
    // One in each forum, and two of the channels have one of each kind.
    const isPost = n < forums.length || (turn >= first.length * KINDS.length && random() < POST_SHARE);
    if (isPost) openPost(scene, forums[n] ?? pick(forums, random), size, end, n);
    else {
      const parent = first[Math.floor(turn / KINDS.length)] ?? pick(rooms, random);
      openThread(scene, parent, KINDS[turn++ % KINDS.length]!, size, end, n);
    }
  }
}

const THREADED = [ChannelType.GuildText, ChannelType.GuildAnnouncement];

/** A post has the id of what it begins with. */
function openPost(scene: Scene, forum: ChannelTruth, size: number, end: number, n: number): void {
  const { world, people, random } = scene;
  const at = timeOf(forum.id) + Math.floor((end - timeOf(forum.id)) * random());
  const ownerId = pick(people.writers, random);
  const id = world.idAt(at);
  const isArchived = random() < 0.85;
  fill(
    scene,
    forum,
    { id, ownerId, name: `post-${n}` },
    isArchived,
    { size, end },
    {
      id,
      author: ownerId,
      content: `A question, the ${n}th`,
    },
  );
}

function openThread(
  scene: Scene,
  parent: ChannelTruth,
  kind: Kind,
  size: number,
  end: number,
  n: number,
): void {
  const { world, guild, people, random } = scene;
  const about = aboutWhat(scene, parent);
  const name = `thread-${n}`;
  const isPrivate = kind.isPrivate === true && parent.type !== ChannelType.GuildAnnouncement;
  const at = timeOf(about.id);
  const isOfMessage =
    kind.isOfMessage === true && !guild.channels.has(about.id) && about.type === MessageType.Default;
  const id = isOfMessage ? about.id : world.idAt(at);
  const ownerId = pick(people.writers, random);
  const members = kind.hasBot ? [world.truth.bot.id] : [];
  const reference = { messageId: about.id, channelId: parent.id, guildId: guild.id };
  const starter = {
    id: world.idAt(at + 1),
    author: people.writers[0]!,
    type: MessageType.ThreadStarterMessage,
    reference,
  };
  if (isOfMessage) about.flags |= MessageFlags.HasThread;
  else if (!isPrivate && about.type === MessageType.Default && !guild.channels.has(about.id))
    announce(about, id, name, guild.id);
  const thread = { id, ownerId, name, members, ...(isPrivate && { isPrivate }) };
  fill(scene, parent, thread, kind.isArchived === true, { size, end }, isOfMessage ? starter : undefined);
}

function aboutWhat({ random }: Scene, { messages }: ChannelTruth): MessageTruth {
  return messages.get(pick(idsOf(messages), random))!;
}

/** A message of the channel becomes the one that says that a thread was begun, so that there are no more than there should be. */
function announce(message: MessageTruth, threadId: string, name: string, guildId: string): void {
  const { id, channelId, authorId, reactions } = message;
  const told: Partial<MessageTruth> = {
    type: MessageType.ThreadCreated,
    content: name,
    reference: { channelId: threadId, guildId },
  };
  Object.assign(message, {
    id,
    channelId,
    authorId,
    reactions,
    attachments: [],
    embeds: [],
    stickers: [],
    mentions: [],
    ...told,
  });
}

/** Some days of talk, and its end. */
function fill(
  { world, ...scene }: Scene,
  parent: ChannelTruth,
  past: PastThread & { id: string },
  isArchived: boolean,
  { size, end }: { size: number; end: number },
  first?: PastMessage,
): void {
  const from = timeOf(past.id) + 2;
  const to = Math.max(from, Math.min(end, from + DAY_MS + Math.floor(scene.random() * 60 * DAY_MS)));
  const archivedAt = Math.min(end, to + Math.floor((1 + scene.random() * 6) * DAY_MS));
  const locked = isArchived && scene.random() < 0.1;
  const thread = world.seedThread(parent.id, { ...past, locked, ...(isArchived && { archivedAt }) });
  world.seed(thread.id, pastOf({ world, ...scene }, { count: size, from, to }, first));
}
