/** The place of the busy guild: people, roles, channels. */
import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import type { ChannelTruth, GuildTruth, MessageTruth, Snowflake } from '../model.ts';
import type { World } from '../world.ts';
import { PEOPLE } from './sentences.ts';

/** A guild in which something goes on. */
export interface BusyGuild {
  world: World;
  guild: GuildTruth;
  random: () => number;
  /** Where people write; threads are found in the guild. */
  rooms: ChannelTruth[];
  forum: ChannelTruth;
  voices: ChannelTruth[];
  /** What was said lately, oldest first; some may be gone. */
  recent: MessageTruth[];
}

const { Connect, CreatePublicThreads, ManageGuild, SendMessages, ViewChannel } = PermissionFlagsBits;

/**
 * A dozen people, roles, emoji, and channels of several kinds; nothing was said yet. The organisers may manage the server.
 * Beside the bot, #crew is for organisers and helpers, and #staff for organisers alone; #organisers isn't for the bot.
 */
export function settle(world: World, random: () => number): BusyGuild {
  const owner = world.addUser(PEOPLE[0]!, { global_name: 'Amara' });
  const guild = world.addGuild({ name: 'The Lighthouse', ownerId: owner.id });
  const people = [
    owner.id,
    ...PEOPLE.slice(1).map(
      (name) =>
        world.addUser(name, { guildId: guild.id, global_name: `${name[0]!.toUpperCase()}${name.slice(1)}` })
          .id,
    ),
  ];
  const organisers = world.addRole(guild.id, {
    name: 'Organisers',
    color: 0x3b82f6,
    permissions: ManageGuild,
  });
  const helpers = world.addRole(guild.id, { name: 'Helpers', color: 0x22c55e });
  for (const id of people.slice(0, 3)) world.giveRole(guild.id, id, organisers.id);
  for (const id of people.slice(3, 7)) world.giveRole(guild.id, id, helpers.id);
  world.setEmoji(guild.id, [{ name: 'lighthouse' }, { name: 'wave', animated: true }]);
  world.setStickers(guild.id, [{ name: 'ahoy' }]);
  return { world, guild, random, recent: [], ...furnish(world, guild.id, organisers.id, helpers.id) };
}

function furnish(world: World, guildId: Snowflake, organisers: Snowflake, helpers: Snowflake) {
  const category = world.addChannel(guildId, ChannelType.GuildCategory, { name: 'Community' });
  const add = (type: ChannelType, name: string, topic: string | null = null) =>
    world.addChannel(guildId, type, { name, topic, parentId: category.id });
  const rooms = [
    add(ChannelType.GuildText, 'general', 'Everything and nothing'),
    add(ChannelType.GuildText, 'introductions', 'Say hello'),
    add(ChannelType.GuildText, 'projects', 'What are you making?'),
    add(ChannelType.GuildText, 'off-topic'),
    add(ChannelType.GuildAnnouncement, 'news'),
  ];
  const forum = add(ChannelType.GuildForum, 'help', 'Ask anything');
  const workshop = add(ChannelType.GuildVoice, 'Workshop');
  const lounge = add(ChannelType.GuildVoice, 'Lounge');
  const closed = (name: string, ...who: Snowflake[]) => {
    const channel = add(ChannelType.GuildText, name);
    world.overwrite(channel.id, guildId, { deny: ViewChannel });
    for (const id of who) world.overwrite(channel.id, id, { allow: ViewChannel | SendMessages });
    return channel;
  };
  const bot = world.truth.bot.id;
  const hidden = [
    closed('organisers', organisers),
    closed('crew', organisers, helpers, bot),
    closed('staff', organisers, bot),
  ];
  world.overwrite(forum.id, guildId, { allow: SendMessages | CreatePublicThreads });
  world.overwrite(lounge.id, guildId, { allow: Connect });
  return { rooms: [...rooms, workshop, ...hidden], forum, voices: [workshop, lounge] };
}
