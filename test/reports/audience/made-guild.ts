/** Small guilds with permissions of all kinds, made by chance or by hand; as stored rules, and as Discord tells of them. */
import { ChannelType, OverwriteType, PermissionFlagsBits as Flags } from 'discord-api-types/v10';
import type { ReadingRules } from '../../../db/access.ts';
import { pick } from '../../support/random.ts';

/** What decides who reads. Some of them together are the `|` of their bits. */
export const [VIEW, HISTORY, CONNECT, THREADS, ADMIN] = [1, 2, 4, 8, 16];
const FLAGS: [number, bigint][] = [
  [VIEW, Flags.ViewChannel],
  [HISTORY, Flags.ReadMessageHistory],
  [CONNECT, Flags.Connect],
  [THREADS, Flags.ManageThreads],
  [ADMIN, Flags.Administrator],
];

export interface MadeRule {
  /** A role, the guild for everyone, or a member. */
  id: string;
  isMember?: true;
  allow: number;
  deny: number;
}

export interface MadeChannel {
  id: string;
  type: number;
  parentId: string | null;
  /** Null: not known. */
  rules: MadeRule[] | null;
}

export interface MadeGuild {
  id: string;
  ownerId: string;
  everyone: number;
  roles: { id: string; powers: number }[];
  /** Named by channels still. */
  deletedRoles: string[];
  channels: MadeChannel[];
  threads: { id: string; parentId: string; type: number }[];
  excluded: string[];
}

/** People whom overwrites may name; the last owns the guild. */
export const PEOPLE = [
  '300000000000000001',
  '300000000000000002',
  '300000000000000003',
  '300000000000000009',
];
export const OWNER = PEOPLE[3]!;
const { AnnouncementThread, GuildCategory, GuildForum, GuildStageVoice, GuildText, GuildVoice } = ChannelType;
const { PrivateThread, PublicThread } = ChannelType;

/** One by chance. Ids are the guild's own and a number. */
export function madeGuild(random: () => number, id: string): MadeGuild {
  const upTo = (max: number) => Math.floor(random() * (max + 1));
  const chance = (share: number) => random() < share;
  const some = (share: number, ...powers: number[]) =>
    powers.reduce((all, one) => (chance(share) ? all | one : all), 0);
  const idOf = (kind: number, n: number) => `${id.slice(0, -4)}${kind}${String(n).padStart(3, '0')}`;

  const everyone = chance(0.6)
    ? VIEW | HISTORY | CONNECT
    : some(0.5, VIEW, HISTORY, CONNECT) | some(0.01, ADMIN);
  const roles = Array.from({ length: upTo(6) }, (_, i) => ({
    id: idOf(1, i),
    powers: (chance(0.5) ? 0 : some(0.4, VIEW, HISTORY, CONNECT)) | some(0.07, ADMIN, THREADS),
  }));
  // One that is deleted, and one that nothing else is known of.
  const named = [...roles.map((role) => role.id), idOf(1, 100), ...(chance(0.1) ? [idOf(1, 200)] : [])];
  const rule = (ruled: string, isMember: boolean): MadeRule => ({
    id: ruled,
    ...(isMember && { isMember }),
    allow: some(0.35, VIEW, HISTORY, CONNECT) | some(0.1, THREADS),
    deny: some(0.3, VIEW, HISTORY, CONNECT) | some(0.1, THREADS),
  });
  const most = pick([0, 2, 4, 6], random);
  const rules = (): MadeRule[] => {
    const all = [
      ...(chance(0.5) ? [rule(id, false)] : []),
      ...named.filter(() => chance(0.3)).map((one) => rule(one, false)),
      ...PEOPLE.filter(() => chance(0.12)).map((one) => rule(one, true)),
    ];
    return all.slice(0, upTo(most));
  };
  const category = { id: idOf(2, 0), type: GuildCategory, parentId: null, rules: rules() };
  const channels: MadeChannel[] = [category];
  for (let i = 1; i <= 4; i++) {
    const type = pick([GuildText, GuildText, GuildText, GuildForum, GuildVoice, GuildStageVoice], random);
    // Many are ruled as another is.
    const own = chance(0.3) ? channels.at(-1)!.rules : rules();
    channels.push({
      id: idOf(2, i),
      type,
      parentId: chance(0.5) ? category.id : null,
      rules: chance(0.03) ? null : own,
    });
  }
  const threads = channels
    .slice(1)
    .flatMap((channel, i) =>
      [PublicThread, PrivateThread, AnnouncementThread]
        .filter(() => chance(0.3))
        .map((type) => ({ id: idOf(3, i * 20 + type), parentId: channel.id, type })),
    );
  const places = [...channels, ...threads].filter(() => chance(0.03));
  return {
    id,
    ownerId: OWNER,
    everyone,
    roles,
    deletedRoles: [idOf(1, 100)],
    channels,
    threads,
    excluded: places.map((place) => place.id),
  };
}

/** Powers as Discord writes permissions. */
export const bits = (powers: number): string =>
  String(FLAGS.reduce((all, [power, flag]) => (powers & power ? all | flag : all), 0n));

const overwrites = (rules: MadeRule[]) =>
  rules.map(({ id, isMember, allow, deny }) => ({
    id,
    type: isMember ? OverwriteType.Member : OverwriteType.Role,
    allow: bits(allow),
    deny: bits(deny),
  }));

/** As it would be stored. */
export function rulesOf(guild: MadeGuild): ReadingRules {
  const { id, ownerId, everyone, roles, deletedRoles, excluded } = guild;
  return {
    guildId: id,
    ownerId,
    roles: [{ id, powers: everyone }, ...roles].map((role) => ({
      id: role.id,
      permissions: bits(role.powers),
    })),
    deletedRoles,
    channels: guild.channels.map(({ id: channelId, type, parentId, rules }) => ({
      channelId,
      type,
      parentId,
      overwrites: rules && overwrites(rules),
    })),
    threads: guild.threads.map(({ id: threadId, parentId, type }) => ({
      parentId,
      isPrivate: type === PrivateThread,
      ids: [threadId],
    })),
    excluded,
  };
}

/** As Discord tells of it in full. */
export function payloadOf({ id, ownerId, everyone, roles, channels, threads }: MadeGuild): object {
  return {
    id,
    name: 'made',
    owner_id: ownerId,
    roles: [{ id, powers: everyone }, ...roles].map((role) => rolePayload(role.id, role.powers)),
    channels: channels.map(channelPayload),
    threads: threads.map(({ id: threadId, parentId, type }) => ({
      id: threadId,
      type,
      name: 'thread',
      parent_id: parentId,
    })),
  };
}

/** A role as Discord tells of it. */
export const rolePayload = (id: string, powers: number): object => ({
  id,
  name: 'role',
  permissions: bits(powers),
});

/** A channel as Discord tells of it. */
export const channelPayload = ({ id, type, parentId, rules }: MadeChannel): object => ({
  id,
  type,
  name: 'channel',
  parent_id: parentId,
  ...(rules && { permission_overwrites: overwrites(rules) }),
});
