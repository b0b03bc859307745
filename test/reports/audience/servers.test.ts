import { ChannelType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { readableUnder } from '../../../reports/audience.ts';
import { ADMIN, CONNECT, HISTORY, type MadeGuild, rulesOf, THREADS, VIEW } from './made-guild.ts';

const READ = VIEW | HISTORY;
const ALL = READ | CONNECT;

interface Here {
  type?: ChannelType;
  parent?: string;
  /** By whom they are for; a name in small letters is a member's. */
  allow?: Record<string, number>;
  deny?: Record<string, number>;
  unknown?: true;
}

/** A server in which everything is called by its name. `Everyone` may do `ALL` if nothing is said. */
function server(channels: Record<string, Here>, roles: Record<string, number> = {}): MadeGuild {
  const { Everyone = ALL, ...others } = roles;
  const isThread = (type?: ChannelType) => type !== undefined && type >= 10 && type <= 12;
  const all = Object.entries(channels);
  return {
    id: 'Everyone',
    ownerId: 'owner',
    everyone: Everyone,
    roles: Object.entries(others).map(([id, powers]) => ({ id, powers })),
    deletedRoles: [],
    channels: all
      .filter(([, { type }]) => !isThread(type))
      .map(([id, { type = ChannelType.GuildText, parent = null, allow = {}, deny = {}, unknown }]) => ({
        id,
        type,
        parentId: parent,
        rules: unknown
          ? null
          : [...new Set([...Object.keys(allow), ...Object.keys(deny)])].map((who) => ({
              id: who,
              ...(who === who.toLowerCase() && { isMember: true as const }),
              allow: allow[who] ?? 0,
              deny: deny[who] ?? 0,
            })),
      })),
    threads: all
      .filter(([, { type }]) => isThread(type))
      .map(([id, { type, parent }]) => ({ id, parentId: parent!, type: type! })),
    excluded: [],
  };
}

const publicly = (guild: MadeGuild, channelId: string) => readableUnder(rulesOf(guild), { channelId });
const privately = (guild: MadeGuild, memberId: string, ...roles: string[]) =>
  readableUnder(rulesOf(guild), { memberId, roles });

/** Only these see it. */
const only = (...who: string[]): Here => ({
  deny: { Everyone: VIEW },
  allow: Object.fromEntries(who.map((one) => [one, VIEW])),
});

describe('what may be told in public', () => {
  it('behind a gate for verified members: at the gate what stands there, behind it both', () => {
    const guild = server({ gate: {}, general: only('Verified'), help: only('Verified') }, { Verified: 0 });
    expect(publicly(guild, 'gate')).toEqual(['gate']);
    expect(publicly(guild, 'general')).toEqual(['gate', 'general', 'help']);
  });

  it('of the staff only among the staff, who are told of everybody, too', () => {
    const guild = server({ general: {}, staff: only('Staff'), plans: only('Staff') }, { Staff: 0 });
    expect(publicly(guild, 'general')).toEqual(['general']);
    expect(publicly(guild, 'staff')).toEqual(['general', 'plans', 'staff']);
  });

  it('of what the admins see alone nothing but to admins, who are told all', () => {
    const guild = server({ general: {}, admins: only() }, { Admin: ADMIN });
    expect(publicly(guild, 'general')).toEqual(['general']);
    expect(publicly(guild, 'admins')).toEqual(['admins', 'general']);
  });

  it('not of a channel that muted members do not see where they see the answer', () => {
    const hidden = { deny: { Muted: VIEW } };
    const guild = server({ general: {}, chat: hidden, more: hidden }, { Muted: 0 });
    expect(publicly(guild, 'general')).toEqual(['general']);
    expect(publicly(guild, 'chat')).toEqual(['chat', 'general', 'more']);
  });

  it('not of a channel that muted members of a team do not see, though neither role alone tells', () => {
    const guild = server({ team: only('Team'), chat: { deny: { Muted: VIEW } } }, { Team: 0, Muted: 0 });
    expect(publicly(guild, 'team')).toEqual(['team']);
    const spared = server(
      { team: only('Team'), chat: { deny: { Muted: VIEW }, allow: { Team: VIEW } } },
      { Team: 0, Muted: 0 },
    );
    expect(publicly(spared, 'team')).toEqual(['chat', 'team']);
  });

  it('of a channel that is opted into only there, and where its role is needed as well', () => {
    const guild = server({ general: {}, nights: only('Adult'), lewd: only('Adult') }, { Adult: 0 });
    expect(publicly(guild, 'general')).toEqual(['general']);
    expect(publicly(guild, 'nights')).toEqual(['general', 'lewd', 'nights']);
  });

  it('of announcements that nobody may answer', () => {
    const guild = server({ general: {}, news: { type: ChannelType.GuildAnnouncement } });
    expect(publicly(guild, 'general')).toEqual(['general', 'news']);
  });

  it('not of a channel whose past newcomers cannot read', () => {
    const guild = server(
      { general: {}, chat: { deny: { Everyone: HISTORY }, allow: { Old: HISTORY } } },
      { Old: 0 },
    );
    expect(publicly(guild, 'general')).toEqual(['general']);
    // There it is told all the same: it is written there.
    expect(publicly(guild, 'chat')).toEqual(['chat', 'general']);
  });

  it('of what is written beside a voice channel where all who see the answer may connect', () => {
    const guild = server(
      {
        general: {},
        open: { type: ChannelType.GuildVoice },
        locked: { type: ChannelType.GuildVoice, deny: { Everyone: CONNECT }, allow: { Crew: CONNECT } },
        stage: { type: ChannelType.GuildStageVoice, deny: { Everyone: CONNECT } },
        crew: only('Crew'),
      },
      { Crew: 0 },
    );
    expect(publicly(guild, 'general')).toEqual(['general', 'open']);
    expect(publicly(guild, 'crew')).toEqual(['crew', 'general', 'locked', 'open']);
    // Who sees a voice channel is taken for a reader, without connecting.
    expect(publicly(guild, 'locked')).toEqual(['general', 'locked', 'open']);
  });

  it('in a ticket only what its member can read without any role', () => {
    const ticket = only('someone', 'Staff');
    const guild = server({ ticket, general: {}, members: only('Member', 'Staff') }, { Staff: 0, Member: 0 });
    expect(publicly(guild, 'ticket')).toEqual(['general', 'ticket']);
    expect(publicly(guild, 'general')).toEqual(['general']);
    expect(publicly(guild, 'members')).toEqual(['general', 'members']);
  });

  it('not of a channel that one member is kept out of, but where they are kept out as well', () => {
    const without = { deny: { someone: VIEW } };
    const guild = server({ general: {}, chat: without, more: without });
    expect(publicly(guild, 'general')).toEqual(['general']);
    expect(publicly(guild, 'chat')).toEqual(['chat', 'general', 'more']);
    // Nothing can keep the owner out.
    expect(publicly(server({ general: {}, chat: { deny: { owner: VIEW } } }), 'general')).toEqual([
      'chat',
      'general',
    ]);
  });

  it('nothing else where a role that no overwrite names sees all and may read no past', () => {
    const guild = server({ general: {}, chat: {} }, { Everyone: 0, Member: READ, Bot: VIEW });
    expect(publicly(guild, 'general')).toEqual(['general']);
    expect(
      publicly(server({ general: {}, chat: {} }, { Everyone: 0, Member: READ, Bot: READ }), 'general'),
    ).toEqual(['chat', 'general']);
  });

  it('of a category nothing is handed down: a channel has the rules that it tells itself', () => {
    const guild = server({
      closed: { type: ChannelType.GuildCategory, ...only() },
      general: {},
      chat: { parent: 'closed' },
    });
    expect(publicly(guild, 'general')).toEqual(['chat', 'general']);
  });

  it('threads as their channel, private ones never, not even where it is posted in one', () => {
    const thread = (parent: string, type = ChannelType.PublicThread) => ({ type, parent });
    const guild = server(
      {
        general: {},
        'general-thread': thread('general'),
        'general-private': thread('general', ChannelType.PrivateThread),
        posts: { type: ChannelType.GuildForum },
        'posts-post': thread('posts'),
        staff: only('Staff'),
        'staff-thread': thread('staff'),
        'staff-private': thread('staff', ChannelType.PrivateThread),
        'lost-thread': thread('lost'),
      },
      { Staff: 0 },
    );
    const open = ['general', 'general-thread', 'posts', 'posts-post'];
    for (const place of ['general', 'general-thread', 'general-private', 'posts-post'])
      expect(publicly(guild, place)).toEqual(open);
    for (const place of ['staff', 'staff-private'])
      expect(publicly(guild, place)).toEqual([...open, 'staff', 'staff-thread']);
  });

  it('of a channel that only an import tells of nothing; in it and in one that is not known what any member can read', () => {
    const guild = server({ general: {}, old: { unknown: true }, staff: only('Staff') }, { Staff: 0 });
    expect(publicly(guild, 'general')).toEqual(['general']);
    expect(publicly(guild, 'old')).toEqual(['general', 'old']);
    expect(publicly(guild, 'elsewhere')).toEqual(['general']);
  });

  it('nothing but the place where a role is named of which nothing is known', () => {
    const guild = server({ general: {}, chat: { deny: { Unheard: VIEW } } });
    expect(publicly(guild, 'general')).toEqual(['general']);
    expect(publicly({ ...guild, deletedRoles: ['Unheard'] }, 'general')).toEqual(['chat', 'general']);
  });

  it('nothing of what is excluded, nor of what is within it, wherever it is asked', () => {
    const guild = server({
      category: { type: ChannelType.GuildCategory },
      general: {},
      chat: { parent: 'category' },
      thread: { type: ChannelType.PublicThread, parent: 'chat' },
    });
    expect(publicly(guild, 'chat')).toEqual(['chat', 'general', 'thread']);
    for (const [excluded, left] of [
      ['category', ['general']],
      ['chat', ['general']],
      ['thread', ['chat', 'general']],
    ] as const) {
      expect(publicly({ ...guild, excluded: [excluded] }, 'chat')).toEqual(left);
      expect(privately({ ...guild, excluded: [excluded] }, 'owner')).toEqual(left);
    }
  });
});

describe('what a member may be told in private', () => {
  const guild = server(
    {
      general: {},
      'general-private': { type: ChannelType.PrivateThread, parent: 'general' },
      staff: only('Staff'),
      'staff-thread': { type: ChannelType.PublicThread, parent: 'staff' },
      'staff-private': { type: ChannelType.PrivateThread, parent: 'staff' },
      ticket: only('someone'),
      talk: { type: ChannelType.GuildVoice, deny: { Everyone: CONNECT } },
      old: { unknown: true },
      'old-thread': { type: ChannelType.PublicThread, parent: 'old' },
    },
    { Staff: 0, Mod: THREADS, Admin: ADMIN },
  );
  const everything = [...guild.channels, ...guild.threads].map(({ id }) => id).toSorted();

  it('is what they can read themselves', () => {
    expect(privately(guild, 'anyone')).toEqual(['general']);
    expect(privately(guild, 'anyone', 'Staff')).toEqual(['general', 'staff', 'staff-thread']);
    expect(privately(guild, 'someone')).toEqual(['general', 'ticket']);
  });

  it('is private threads only of channels that they read and may manage the threads of', () => {
    expect(privately(guild, 'anyone', 'Mod')).toEqual(['general', 'general-private']);
    expect(privately(guild, 'anyone', 'Mod', 'Staff')).toEqual([
      'general',
      'general-private',
      'staff',
      'staff-private',
      'staff-thread',
    ]);
  });

  it('is everything for the owner and for administrators, also what only an import tells of', () => {
    expect(privately(guild, 'owner')).toEqual(everything);
    expect(privately(guild, 'anyone', 'Admin')).toEqual(everything);
  });

  it('is nothing more for a role that is deleted, and what a channel says of one that nothing else tells of', () => {
    expect(privately({ ...guild, deletedRoles: ['Staff'] }, 'anyone', 'Staff')).toEqual(['general']);
    const unheard = server({ general: { deny: { Unheard: VIEW } }, chat: {} });
    expect(privately(unheard, 'anyone', 'Unheard')).toEqual(['chat']);
  });
});
