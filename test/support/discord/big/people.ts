/** Who is, and who was, in the big guild. */
import { pick } from '../../random.ts';
import type { GuildTruth, Snowflake } from '../model.ts';
import type { World } from '../world.ts';

/** Those who write in it. */
export interface People {
  /** The busiest first; some have left. */
  writers: Snowflake[];
  bots: Snowflake[];
  webhooks: { id: Snowflake; name: string }[];
}

const NAMES =
  'ada ben cem dora eli fay gus hana ivo june kaya leo mara nils olga pia quin rosa sven tara'.split(' ');
const LEFT_SHARE = 0.15;

/** A guild with its owner, roles, emoji and members, who joined over the years from `start` to `end`. */
export function settle(
  world: World,
  { members, start, end, random }: { members: number; start: number; end: number; random: () => number },
): { guild: GuildTruth; people: People } {
  const account = (name: string, at: number, bot = false) =>
    world.addUser(name, {
      id: world.idAt(at),
      global_name: bot ? null : `${name[0]!.toUpperCase()}${name.slice(1)}`,
      ...(bot && { bot }),
    }).id;
  const ownerId = account('keeper', start - 1000);
  const guild = world.addGuild({ id: world.idAt(start), name: 'The Great Harbour', ownerId });
  guild.members.get(ownerId)!.joinedAt = start;
  const roles = ['Crew', 'Pilots', 'Guests'].map((name) => world.addRole(guild.id, { name }).id);
  world.setEmoji(
    guild.id,
    ['anchor', 'gull', 'wave'].map((name, i) => ({ id: world.idAt(start + i), name, animated: i === 2 })),
  );
  world.setStickers(guild.id, [{ id: world.idAt(start), name: 'ahoy' }]);
  const writers = [ownerId];
  for (let n = 1; n < members; n++) {
    const joinedAt = start + Math.floor((end - start) * random() ** 2);
    const id = account(`${pick(NAMES, random)}${n}`, joinedAt - 1 - Math.floor(random() * YEAR_MS));
    writers.push(id);
    if (random() < LEFT_SHARE) continue;
    const nick = random() < 0.1 ? `${pick(NAMES, random)} of the pier` : null;
    world.seedMember(guild.id, id, { joinedAt, nick, roles: roles.filter(() => random() < 0.2) });
  }
  const bots = ['clerk', 'herald', 'dj'].map((name, i) => account(name, start + i, true));
  for (const id of bots) world.seedMember(guild.id, id, { joinedAt: start });
  const webhooks = ['Weather', 'Tides'].map((name) => ({ id: world.idAt(start), name }));
  return { guild, people: { writers, bots, webhooks } };
}

const YEAR_MS = 365 * 86_400_000;
