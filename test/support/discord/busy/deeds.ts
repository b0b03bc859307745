/** What people of the busy guild do, each a small thing. A deed that finds nothing to do does nothing. */
import type { ChannelTruth, MessageTruth, Snowflake } from '../model.ts';
import { pick } from '../../random.ts';
import { mayView } from '../visibility.ts';
import type { SendOptions } from '../world/send.ts';
import type { BusyGuild } from './guild.ts';
import { EMOJI, SENTENCES, TOPICS, VISITORS } from './sentences.ts';

type Deed = (busy: BusyGuild) => void;

/** How many messages are remembered for others to answer, edit and react to. */
const RECENT_MAX = 200;
/** Then the oldest is archived before another is opened. */
const OPEN_THREADS_MAX = 12;
/** Members between which people come and go. */
const [MEMBERS_MIN, MEMBERS_MAX] = [10, 20];

/** One thing that somebody does; more often what people do more often. */
export function somebodyDoes(busy: BusyGuild): void {
  const draw = busy.random() * TOTAL;
  let sum = 0;
  const chosen = DEEDS.find(([weight]) => (sum += weight) > draw) ?? DEEDS[0]!;
  chosen[1](busy);
}

const talk: Deed = (busy) => {
  const { guild, random } = busy;
  const chance = random();
  const more: SendOptions =
    chance < 0.06
      ? { attachments: ['photo.png'] }
      : chance < 0.1
        ? { content: `${sentence(busy)} <@${person(busy)}>` }
        : chance < 0.12
          ? { stickers: [...guild.stickers.keys()].slice(0, 1) }
          : chance < 0.14
            ? { poll: { question: 'When shall we meet?', answers: ['Thursday', 'Friday', 'Sunday'] } }
            : {};
  say(busy, pick(placesOf(busy), random), { content: sentence(busy), ...more });
};

const reply: Deed = (busy) => {
  const to = someMessage(busy);
  if (to) say(busy, busy.guild.channels.get(to.channelId)!, { content: sentence(busy), replyTo: to.id });
};

const edit: Deed = (busy) => {
  const message = someMessage(busy);
  if (message) busy.world.edit(message, `${message.content} (${sentence(busy)})`.slice(0, 2000));
};

const unfurl: Deed = (busy) => {
  const message = someMessage(busy);
  if (message && message.embeds.length === 0)
    busy.world.unfurl(message, { type: 'rich' as never, title: 'A page', url: 'https://example.com/' });
};

const remove: Deed = (busy) => {
  const message = someMessage(busy);
  if (message) busy.world.deleteMessage(message);
};

const tidy: Deed = (busy) => {
  const message = someMessage(busy);
  const ids = busy.recent.filter((one) => one.channelId === message?.channelId && isThere(busy, one));
  if (ids.length > 2)
    busy.world.bulkDelete(
      message!.channelId,
      ids.slice(0, 3).map(({ id }) => id),
    );
};

const react: Deed = (busy) => {
  const message = someMessage(busy);
  if (!message) return;
  const emoji = pick([...EMOJI, ...busy.guild.emoji.keys()], busy.random);
  busy.world.react(message, person(busy), emoji, { burst: busy.random() < 0.1 });
};

const unreact: Deed = (busy) => {
  const message = busy.recent.findLast((one) => one.reactions.size > 0 && isThere(busy, one));
  const [key, reaction] = [...(message?.reactions ?? [])][0] ?? [];
  if (!message || !reaction || key === undefined) return;
  const burst = reaction.normal.size === 0;
  const [who] = burst ? reaction.burst : reaction.normal;
  if (who !== undefined) busy.world.unreact(message, who, key, { burst });
};

const vote: Deed = (busy) => {
  const message = busy.recent.findLast(({ poll }) => poll);
  if (!message?.poll || !isThere(busy, message)) return;
  const who = person(busy);
  const voted = [...message.poll.votes].find(([, voters]) => voters.has(who));
  if (voted) busy.world.unvote(message, who, voted[0]);
  else busy.world.vote(message, who, 1 + Math.floor(busy.random() * message.poll.answers.length));
};

const pin: Deed = (busy) => {
  const message = someMessage(busy);
  if (!message) return;
  if (message.pinned) busy.world.unpin(message);
  else busy.world.pin(message, person(busy));
};

const openThread: Deed = (busy) => {
  const { world, guild, random, forum, rooms } = busy;
  const open = openThreads(busy);
  if (open.length >= OPEN_THREADS_MAX) world.archiveThread(open[0]!.id);
  const options = { ownerId: person(busy), name: pick(TOPICS, random) };
  if (random() < 0.5) return void world.startThread(forum.id, { ...options, content: sentence(busy) });
  const about = someMessage(busy);
  if (about && rooms.slice(0, 4).some(({ id }) => id === about.channelId) && !guild.channels.has(about.id))
    world.startThread(about.channelId, { ...options, messageId: about.id });
};

const closeThread: Deed = (busy) => {
  const [oldest] = openThreads(busy);
  if (oldest) busy.world.archiveThread(oldest.id);
};

const voice: Deed = (busy) => {
  const who = person(busy);
  if (busy.guild.voice.has(who)) busy.world.voiceLeave(busy.guild.id, who);
  else busy.world.voiceJoin(pick(busy.voices, busy.random).id, who);
};

const arrive: Deed = ({ world, guild, random }) => {
  if (guild.members.size >= MEMBERS_MAX) return;
  const known = [...world.truth.users.values()].filter(({ username }) => VISITORS.includes(username));
  const back = known.find(({ id }) => !guild.members.has(id));
  const fresh = VISITORS[known.length];
  if (back && (fresh === undefined || random() < 0.4)) world.join(guild.id, back.id);
  else if (fresh !== undefined) world.addUser(fresh, { guildId: guild.id });
};

const depart: Deed = (busy) => {
  const { world, guild } = busy;
  const visitors = peopleOf(busy).filter((id) => VISITORS.includes(world.truth.users.get(id)!.username));
  if (guild.members.size > MEMBERS_MIN && visitors.length > 0)
    world.leave(guild.id, pick(visitors, busy.random));
};

const rename: Deed = (busy) => {
  const who = person(busy);
  const { nick } = busy.guild.members.get(who)!;
  busy.world.setNick(
    busy.guild.id,
    who,
    nick === null ? pick(['the kind', 'on tour', 'afk'], busy.random) : null,
  );
};

const retitle: Deed = (busy) => {
  busy.world.updateChannel(pick(busy.rooms, busy.random).id, { topic: sentence(busy) });
};

/** How often, in all, and what. */
const DEEDS: [number, Deed][] = [
  [40, talk],
  [12, reply],
  [20, react],
  [7, edit],
  [4, unreact],
  [4, remove],
  [4, voice],
  [2, vote],
  [2, unfurl],
  [1.5, openThread],
  [0.5, closeThread],
  [0.5, arrive],
  [0.5, depart],
  [0.5, rename],
  [0.5, pin],
  [0.2, retitle],
  [0.1, tidy],
];

const TOTAL = DEEDS.reduce((sum, [weight]) => sum + weight, 0);

function say(busy: BusyGuild, place: ChannelTruth, said: SendOptions): void {
  const allowed = peopleOf(busy).filter((id) => mayView(busy.guild, place, id));
  busy.recent.push(busy.world.send(place.id, { author: pick(allowed, busy.random), ...said }));
  if (busy.recent.length > RECENT_MAX) busy.recent.splice(0, RECENT_MAX / 4);
}

const sentence = ({ random }: BusyGuild): string => pick(SENTENCES, random);

function peopleOf({ world, guild }: BusyGuild): Snowflake[] {
  return [...guild.members.keys()].filter((id) => id !== world.truth.bot.id);
}

const person = (busy: BusyGuild): Snowflake => pick(peopleOf(busy), busy.random);

function openThreads({ guild }: BusyGuild): ChannelTruth[] {
  return [...guild.channels.values()].filter(({ thread }) => thread && !thread.archived);
}

const placesOf = (busy: BusyGuild): ChannelTruth[] => [...busy.rooms, ...openThreads(busy)];

function isThere({ guild }: BusyGuild, { channelId, id }: MessageTruth): boolean {
  return guild.channels.get(channelId)?.messages.has(id) ?? false;
}

/** One of the latest, if it is still there. */
function someMessage(busy: BusyGuild): MessageTruth | undefined {
  if (busy.recent.length === 0) return undefined;
  const message = pick(busy.recent.slice(-50), busy.random);
  return isThere(busy, message) ? message : undefined;
}
