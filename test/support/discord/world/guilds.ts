import {
  type APIRole,
  GatewayDispatchEvents,
  GatewayIntentBits,
  PermissionFlagsBits,
  type APIUser,
} from 'discord-api-types/v10';
import type { GuildTruth, MemberTruth, Snowflake, Truth } from '../model.ts';
import { ChannelMap, OrderedMap } from '../ordered.ts';
import { emojiPayload, guildCreatePayload, guildPayload, stickerPayload } from '../payloads.ts';
import type { Base } from './base.ts';
import { makeRole } from './roles.ts';

/** How a guild begins. */
export interface GuildOptions {
  id?: Snowflake;
  name?: string;
  /** Absent: somebody is made up. */
  ownerId?: Snowflake;
  /** Whether the bot is in it from the start; true if absent. */
  hasBot?: boolean;
  /** What the bot's own role allows. */
  botPermissions?: bigint;
}

/** What everyone may do in a new guild. */
export const EVERYONE =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.AddReactions |
  PermissionFlagsBits.Connect |
  PermissionFlagsBits.CreatePublicThreads;

/** What our bot asks for when it is invited. */
export const BOT_PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.Connect |
  PermissionFlagsBits.ManageThreads;

const { Guilds, GuildExpressions } = GatewayIntentBits;
const { GuildCreate, GuildDelete, GuildEmojisUpdate, GuildStickersUpdate, GuildUpdate } =
  GatewayDispatchEvents;

/** A guild as a whole: made, renamed, away, and whether the bot is in it. */
export function guildActions(base: Base) {
  const { truth, now, nextId, tell } = base;

  function inviteBot(guildId: Snowflake, permissions: bigint = BOT_PERMISSIONS): void {
    const guild = base.guild(guildId);
    if (guild.hasBot) throw new Error(`The bot is in guild ${guildId} already`);
    const role = makeRole(nextId(), { name: truth.application.name, permissions, position: 1 });
    const own: APIRole = { ...role, managed: true, tags: { bot_id: truth.bot.id } };
    guild.roles.set(own.id, own);
    guild.members.set(truth.bot.id, { userId: truth.bot.id, nick: null, roles: [own.id], joinedAt: now() });
    guild.hasBot = true;
    tell(guild, GuildCreate, guildCreatePayload(truth, guild), Guilds);
  }

  return {
    /** A guild with its owner, the role @everyone, and the bot in it. */
    addGuild({
      id = nextId(),
      name = 'Guild',
      ownerId,
      hasBot = true,
      botPermissions,
    }: GuildOptions = {}): GuildTruth {
      const owner = ownerId ?? addUser(truth, nextId(), `owner-${id}`).id;
      if (!truth.users.has(owner)) throw new Error(`This world has no user ${owner}`);
      const guild: GuildTruth = {
        id,
        name,
        ownerId: owner,
        isUnavailable: false,
        hasBot: false,
        roles: new Map([[id, makeRole(id, { name: '@everyone', permissions: EVERYONE, position: 0 })]]),
        members: new OrderedMap<MemberTruth>().set(owner, {
          userId: owner,
          nick: null,
          roles: [],
          joinedAt: now(),
        }),
        bans: new Set(),
        channels: new ChannelMap(),
        emoji: new Map(),
        stickers: new Map(),
        voice: new Map(),
      };
      truth.guilds.set(id, guild);
      if (hasBot) inviteBot(id, botPermissions);
      return guild;
    },

    renameGuild(guildId: Snowflake, name: string): void {
      const guild = base.guild(guildId);
      guild.name = name;
      tell(guild, GuildUpdate, guildPayload(guild), Guilds);
    },

    /** An outage begins. */
    setUnavailable(guildId: Snowflake): void {
      const guild = base.guild(guildId);
      tell(guild, GuildDelete, { id: guildId, unavailable: true }, Guilds);
      guild.isUnavailable = true;
    },

    /** An outage ends. */
    setAvailable(guildId: Snowflake): void {
      const guild = base.guild(guildId);
      guild.isUnavailable = false;
      tell(guild, GuildCreate, guildCreatePayload(truth, guild), Guilds);
    },

    inviteBot,

    /** The bot is removed, and its role with it. */
    kickBot(guildId: Snowflake): void {
      const { guild, member } = base.member(guildId, truth.bot.id);
      tell(guild, GuildDelete, { id: guildId }, Guilds);
      for (const role of member.roles) if (guild.roles.get(role)?.managed) guild.roles.delete(role);
      guild.members.delete(truth.bot.id);
      guild.voice.delete(truth.bot.id);
      guild.hasBot = false;
    },

    /** The guild's custom emoji are now these; ids are made where absent. */
    setEmoji(guildId: Snowflake, emoji: { id?: Snowflake; name: string; animated?: boolean }[]): void {
      const guild = base.guild(guildId);
      guild.emoji = new Map(
        emoji.map(({ id = nextId(), name, animated = false }) => [id, { id, name, animated }]),
      );
      const emojis = [...guild.emoji.values()].map(emojiPayload);
      tell(guild, GuildEmojisUpdate, { guild_id: guildId, emojis }, GuildExpressions);
    },

    /** The guild's stickers are now these; ids are made where absent. */
    setStickers(guildId: Snowflake, named: { id?: Snowflake; name: string }[]): void {
      const guild = base.guild(guildId);
      guild.stickers = new Map(named.map(({ id = nextId(), name }) => [id, { id, name }]));
      const stickers = [...guild.stickers.values()].map((sticker) => stickerPayload(guildId, sticker));
      tell(guild, GuildStickersUpdate, { guild_id: guildId, stickers }, GuildExpressions);
    },
  };
}

/** A new account. */
export function addUser(truth: Truth, id: Snowflake, username: string, more: Partial<APIUser> = {}): APIUser {
  const user: APIUser = { id, username, discriminator: '0', global_name: null, avatar: null, ...more };
  truth.users.set(id, user);
  return user;
}
