import { customEmojis, type Emoji, standardEmojis } from './emoji.ts';
import type { GeneratedMessage, Reaction } from './model.ts';
import { arrived, reader } from './people.ts';
import type { Scene } from './scene.ts';
import type { Role } from './speech.ts';

// How likely a message of a role gets reactions, and how many people react besides the first.
const LIKED: Readonly<Record<Role, readonly [number, number]>> = {
  ask: [0.05, 0.6],
  answer: [0.12, 0.9],
  thanks: [0.12, 0.6],
  remark: [0.07, 0.9],
  hello: [0.15, 1],
  follow: [0.05, 0.6],
  cheer: [0.03, 0.4],
  praise: [0.05, 0.5],
  intro: [0.7, 3],
  greet: [0.1, 0.6],
  report: [0.55, 3],
  showcase: [0.6, 3.5],
  news: [0.95, 11],
};
const KINDS_MAX = 8;
const USERS_MAX = 80;
// The emoji that people react with, of all they know.
const FAVOURITES: readonly Emoji[] = [
  ...standardEmojis.slice(0, 8),
  ...customEmojis.slice(0, 4),
  ...standardEmojis.slice(8, 22),
];

/** The reactions to a message. */
export function react(scene: Scene, message: GeneratedMessage, role: Role): Reaction[] {
  const { random } = scene;
  const [share, volume] = LIKED[role];
  if (!random.chance(share)) return [];
  const reactions: Reaction[] = [];
  const kinds = Math.min(KINDS_MAX, 1 + Math.floor(random.exponential(volume / 5)));
  for (let kind = 0; kind < kinds; kind++) {
    const emoji = FAVOURITES[Math.floor(random.next() ** 2.2 * FAVOURITES.length)] as Emoji;
    if (reactions.some((reaction) => reaction.emoji === emoji)) continue;
    const users = usersOf(
      scene,
      message.ms,
      1 + Math.floor(random.exponential(kind === 0 ? volume : volume / 3)),
    );
    // Accounts that no longer exist still count.
    reactions.push({ emoji, count: users.length + (random.chance(0.01) ? 1 : 0), users });
  }
  return reactions;
}

/** Different people who were there, in the order of their ids as Discord lists them. */
function usersOf({ world, random }: Scene, ms: number, wanted: number): number[] {
  const { people, accounts } = world;
  const present = arrived(people, people.everyone, ms);
  const users: number[] = [];
  for (let tries = Math.min(wanted, USERS_MAX); tries > 0; tries--) {
    const user = reader(people.everyone, present, random);
    if (!users.includes(user)) users.push(user);
  }
  if (users.length === 1) return users;
  const ids = new Map(users.map((user) => [user, accounts.account(user).id]));
  const order = (user: number) => (ids.get(user) as string).padStart(19, '0');
  return users.toSorted((one, other) => (order(one) < order(other) ? -1 : 1));
}
