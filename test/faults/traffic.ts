/** People of the loopback Discord who never stop: everything that is recorded happens, at random, from a seed. */
import { ChannelType, EmbedType } from 'discord-api-types/v10';
import type { World } from '../support/discord/world.ts';
import { pick } from '../support/random.ts';

export interface Traffic {
  guildId: string;
  /** One thing more happens. */
  step(): void;
  /** What happened so far. */
  steps(): number;
  /** Ids of messages that were deleted. */
  deleted: Set<string>;
}

type Random = () => number;
type Act = (t: Scene, random: Random) => void;

interface Scene {
  world: World;
  guildId: string;
  people: string[];
  /** Where people write: channels and threads that are open. */
  places: string[];
  threads: string[];
  archived: string[];
  voice: string[];
  /** The youngest messages, where most things happen. */
  recent: { channelId: string; id: string }[];
  deleted: Set<string>;
  /** How often somebody toggled a reaction: beyond twice a count is only right again with the next look. */
  toggles: Map<string, number>;
  counter: number;
}

const RECENT_MAX = 120;
const EMOJI = ['👍', '🎈', '❤️', '😄'];

/** A guild with people in it, and what they do. */
export function makeTraffic(world: World, random: Random): Traffic {
  const { id: guildId } = world.addGuild({ name: 'Steady traffic' });
  const people = Array.from({ length: 9 }, (_, i) => world.addUser(`person-${i}`, { guildId }).id);
  const text = Array.from(
    { length: 3 },
    (_, i) => world.addChannel(guildId, ChannelType.GuildText, { name: `text-${i}` }).id,
  );
  const forum = world.addChannel(guildId, ChannelType.GuildForum, { name: 'forum' }).id;
  const voice = ['one', 'two'].map((name) => world.addChannel(guildId, ChannelType.GuildVoice, { name }).id);
  const scene: Scene = {
    world,
    guildId,
    people,
    places: [...text, voice[0]!],
    threads: [],
    archived: [],
    voice,
    recent: [],
    deleted: new Set(),
    toggles: new Map(),
    counter: 0,
  };
  const acts = Object.entries(ACTS(text, forum)).flatMap(([, [weight, act]]) => Array<Act>(weight).fill(act));
  return {
    guildId,
    deleted: scene.deleted,
    steps: () => scene.counter,
    step() {
      scene.counter++;
      pick(acts, random)(scene, random);
    },
  };
}

const ACTS = (text: string[], forum: string): Record<string, [weight: number, Act]> => ({
  speak: [90, speak],
  reply: [25, reply],
  edit: [20, onRecent((s, key) => void s.world.edit(key, { content: `edited, ${s.counter}` }))],
  unfurl: [
    3,
    onRecent((s, key) => s.world.unfurl(key, { type: EmbedType.Rich, title: `page ${s.counter}` })),
  ],
  delete: [10, onRecent((s, key) => drop(s, [key]))],
  bulk: [1, bulk],
  react: [45, react],
  unreact: [12, unreact],
  clear: [
    2,
    onRecent((s, key) => s.world.message(key).message.reactions.size > 0 && s.world.clearReactions(key)),
  ],
  clearEmoji: [2, clearEmoji],
  pin: [
    2,
    onRecent((s, key) => (s.world.message(key).message.pinned ? s.world.unpin(key) : s.world.pin(key))),
  ],
  thread: [2, (s, random) => startThread(s, pick(text, random), random)],
  post: [1, (s, random) => startThread(s, forum, random)],
  archive: [1, archive],
  unarchive: [1, unarchive],
  renameThread: [
    1,
    (s, random) =>
      s.threads.length > 0 && s.world.renameThread(pick(s.threads, random), `thread ${s.counter}`),
  ],
  voice: [6, moveInVoice],
  nick: [2, (s, random) => s.world.setNick(s.guildId, pick(s.people, random), `nick ${s.counter}`)],
  come: [1, (s) => void s.people.push(s.world.addUser(`newcomer-${s.counter}`, { guildId: s.guildId }).id)],
  go: [1, leave],
  topic: [1, (s, random) => s.world.updateChannel(pick(text, random), { topic: `topic ${s.counter}` })],
});

function onRecent(act: (scene: Scene, key: { channelId: string; id: string }) => unknown): Act {
  return (scene, random) => {
    if (scene.recent.length > 0) act(scene, pick(scene.recent, random));
  };
}

function remember(scene: Scene, { channelId, id }: { channelId: string; id: string }): void {
  scene.recent.push({ channelId, id });
  if (scene.recent.length > RECENT_MAX) scene.recent.shift();
}

const somewhere = (s: Scene, random: Random) => pick([...s.places, ...s.threads], random);

function speak(scene: Scene, random: Random): void {
  const { world, people, counter } = scene;
  const link = counter % 17 === 0 ? ' https://example.org/a' : '';
  const attachments = counter % 23 === 0 ? ['picture.png'] : [];
  const author = pick(people, random);
  remember(
    scene,
    world.send(somewhere(scene, random), { author, content: `message ${counter}${link}`, attachments }),
  );
}

function reply(scene: Scene, random: Random): void {
  if (scene.recent.length === 0) return;
  const to = pick(scene.recent, random);
  const author = pick(scene.people, random);
  remember(
    scene,
    scene.world.send(to.channelId, { author, content: `reply ${scene.counter}`, replyTo: to.id }),
  );
}

function drop(scene: Scene, keys: { channelId: string; id: string }[]): void {
  const { world, recent, deleted } = scene;
  const ids = keys.map(({ id }) => id);
  if (keys.length === 1) world.deleteMessage(keys[0]!);
  else world.bulkDelete(keys[0]!.channelId, ids);
  for (const id of ids) deleted.add(id);
  recent.splice(0, recent.length, ...recent.filter(({ id }) => !deleted.has(id)));
}

function bulk(scene: Scene, random: Random): void {
  if (scene.recent.length === 0) return;
  const { channelId } = pick(scene.recent, random);
  const keys = scene.recent.filter((key) => key.channelId === channelId).slice(-4);
  if (keys.length >= 2) drop(scene, keys);
}

function mayToggle({ toggles }: Scene, name: string): boolean {
  const times = toggles.get(name) ?? 0;
  if (times >= 2) return false;
  toggles.set(name, times + 1);
  return true;
}

function react(scene: Scene, random: Random): void {
  if (scene.recent.length === 0) return;
  const key = pick(scene.recent, random);
  const user = pick(scene.people, random);
  const emoji = pick(EMOJI, random);
  const burst = random() < 0.1;
  const reaction = scene.world.message(key).message.reactions.get(emoji);
  // One person reacts in one way: the other way would be a third change.
  if (reaction?.normal.has(user) || reaction?.burst.has(user)) return;
  if (mayToggle(scene, `${key.id}/${user}/${emoji}`)) scene.world.react(key, user, emoji, { burst });
}

function unreact(scene: Scene, random: Random): void {
  if (scene.recent.length === 0) return;
  const key = pick(scene.recent, random);
  for (const [emoji, { normal, burst }] of scene.world.message(key).message.reactions) {
    const [user] = [...normal, ...burst];
    if (user && mayToggle(scene, `${key.id}/${user}/${emoji}`)) {
      return scene.world.unreact(key, user, emoji, { burst: burst.has(user) });
    }
  }
}

function clearEmoji(scene: Scene, random: Random): void {
  if (scene.recent.length === 0) return;
  const key = pick(scene.recent, random);
  const [emoji] = scene.world.message(key).message.reactions.keys();
  if (emoji) scene.world.clearEmoji(key, emoji);
}

function startThread(scene: Scene, parentId: string, random: Random): void {
  if (scene.threads.length > 8) return archive(scene, random);
  const ownerId = pick(scene.people, random);
  const options = { name: `thread ${scene.counter}`, ownerId, content: `opening ${scene.counter}` };
  scene.threads.push(scene.world.startThread(parentId, options).id);
}

function archive(scene: Scene, random: Random): void {
  if (scene.threads.length === 0) return;
  const id = pick(scene.threads, random);
  scene.threads = scene.threads.filter((thread) => thread !== id);
  // What is done to a message of an archived thread opens it again.
  scene.recent = scene.recent.filter(({ channelId }) => channelId !== id);
  scene.archived.push(id);
  scene.world.archiveThread(id);
}

function unarchive(scene: Scene): void {
  const id = scene.archived.pop();
  if (!id) return;
  scene.world.unarchiveThread(id);
  scene.threads.push(id);
}

function moveInVoice(scene: Scene, random: Random): void {
  const { world, guildId, people, voice } = scene;
  const user = pick(people, random);
  if (world.guild(guildId).voice.has(user) && random() < 0.6) world.voiceLeave(guildId, user);
  else world.voiceJoin(pick(voice, random), user);
}

function leave(scene: Scene, random: Random): void {
  if (scene.people.length < 6) return;
  const user = pick(scene.people, random);
  scene.people = scene.people.filter((id) => id !== user);
  scene.world.leave(scene.guildId, user);
}
