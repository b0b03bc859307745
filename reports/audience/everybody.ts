/**
 * What everybody may read who can see a channel: members with any set of the guild's roles, and those whom an overwrite
 * names with any set, too, whatever roles they have today.
 *
 * Two roles decide. Say that somebody with a set of roles sees P and lacks a permission in C; then none of the set is an
 * administrator's. Keep of it one role that lets them see P: that P allows it, or else that has it everywhere (none, where
 * it takes none). And keep one that C denies the permission (none, where C denies it to none of the set). With these two
 * they still see P: what allows it to one role outweighs what denies it to another, and if P allows it to none of the set,
 * it denies it to none. And they still lack the permission: C allows it to none of the set; so what decides is the role
 * that is denied, or without one @everyone's overwrite, or what the roles have everywhere, and two have no more than all.
 * An overwrite for a member comes last, and is the same with any roles.
 *
 * Source  https://discord.com/developers/docs/topics/permissions#permission-hierarchy
 */
import { ChannelType, OverwriteType, PermissionFlagsBits } from 'discord-api-types/v10';
import type { ReadingRules, RuledChannel } from '../../db/access.ts';
import type { Overwrite } from '../../db/permissions.ts';
import { byRules, type Eyes } from './eyes.ts';

/** The permissions that decide, in few bits. What a set of roles has is then the `|` of what each of them has. */
const [VIEW, HISTORY, CONNECT, ADMINISTRATOR] = [1, 2, 4, 8];
const DECIDING: [bit: number, permission: bigint][] = [
  [VIEW, PermissionFlagsBits.ViewChannel],
  [HISTORY, PermissionFlagsBits.ReadMessageHistory],
  [CONNECT, PermissionFlagsBits.Connect],
  [ADMINISTRATOR, PermissionFlagsBits.Administrator],
];
/** Of what a role has, these bits are its own in all the guild; then come what P says of it, and what C does. */
const [OWN, SAID] = [0b1111, 0b111111];
const [IN_P, IN_C] = [4, 10];

/** What a channel's overwrites say: what is allowed, and three bits further what is denied. */
interface Ruling {
  everyone: number;
  roles: Said;
  members: Said;
}
type Said = ReadonlyMap<string, number>;

/** Of a channel of which not even that is known. */
const SEEN_BY_ALL: Ruling = { everyone: VIEW, roles: new Map(), members: new Map() };

/**
 * Everybody's who can see a channel. That one counts itself; of another everybody must be able to read the past, and, of a
 * voice channel, to connect. Where it is not known who sees the channel, anybody in the guild may.
 */
export function everybodysEyes(rules: ReadingRules, posted: RuledChannel | undefined): Eyes {
  const own = new Map(rules.roles.map(({ id, permissions }) => [id, toBits(permissions)]));
  const everyone = own.get(rules.guildId) ?? 0;
  const inP = posted?.overwrites ? rulingOf(rules, posted.overwrites) : SEEN_BY_ALL;

  const reads = byRules((type, overwrites) => {
    const inC = rulingOf(rules, overwrites);
    const needed = isVoice(type) ? VIEW | HISTORY | CONNECT : VIEW | HISTORY;
    const people = distinct(inP.members, inC.members);
    for (const set of unionsOfTwo(distinct(inP.roles, inC.roles, own))) {
      const has = everyone | set;
      if (has & ADMINISTRATOR) continue;
      for (const person of people) {
        const sees = granted(has, inP.everyone, has >> IN_P, person >> IN_P) & VIEW;
        const reached = granted(has, inC.everyone, has >> IN_C, person >> IN_C) & needed;
        if (sees && reached !== needed) return false;
      }
    }
    return true;
  });
  return {
    readAll: false,
    reads: (channel) => channel.channelId === posted?.channelId || reads(channel),
    managesThreads: () => false,
  };
}

const isVoice = (type: number): boolean =>
  type === ChannelType.GuildVoice || type === ChannelType.GuildStageVoice;

function toBits(permissions: string): number {
  const all = BigInt(permissions);
  return DECIDING.reduce((bits, [bit, permission]) => (all & permission ? bits | bit : bits), 0);
}

/** Without deleted roles, which nobody has, and the owner, whom no overwrite concerns. */
function rulingOf({ guildId, ownerId, deletedRoles }: ReadingRules, overwrites: Overwrite[]): Ruling {
  const roles = new Map<string, number>();
  const members = new Map<string, number>();
  let everyone = 0;
  for (const { id, type, allow, deny } of overwrites) {
    const said = (toBits(allow) & ~ADMINISTRATOR) | ((toBits(deny) & ~ADMINISTRATOR) << 3);
    if (type === OverwriteType.Member && id !== ownerId) members.set(id, said);
    else if (id === guildId) everyone = said;
    else if (type === OverwriteType.Role && !deletedRoles.includes(id)) roles.set(id, said);
  }
  return { everyone, roles, members };
}

/**
 * What there is to have, each once: what a role or member has everywhere, with what both channels say of it; and nothing.
 * A role that is named and otherwise unknown may do nothing elsewhere.
 */
function distinct(inP: Said, inC: Said, own: Said = new Map()): number[] {
  const found = new Set([0]);
  for (const id of new Set([...own.keys(), ...inP.keys(), ...inC.keys()]))
    found.add((own.get(id) ?? 0) | ((inP.get(id) ?? 0) << IN_P) | ((inC.get(id) ?? 0) << IN_C));
  return [...found];
}

/** Each two of them together, and each alone. */
function unionsOfTwo(all: number[]): Set<number> {
  return new Set(all.flatMap((one, i) => all.slice(i).map((other) => one | other)));
}

/** What is left of what somebody has in all the guild: @everyone's overwrite comes first, then roles', then their own. */
function granted(has: number, ...steps: number[]): number {
  return steps.reduce((left, step) => (left & ~((step & SAID) >> 3)) | (step & SAID & 0b111), has & OWN);
}
