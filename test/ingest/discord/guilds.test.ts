import { ChannelFlags, ChannelType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { emptyBatch } from '../../../db/records.ts';
import { addChannel } from '../../../ingest/discord/channels.ts';
import { dispatchRecords, PayloadError } from '../../../ingest/discord/to-records.ts';
import { at, AUTHOR, CHANNEL, GUILD } from '../../support/records.ts';
import {
  guildCreate,
  member,
  MESSAGE,
  PERSON,
  restAt,
  role,
  SEES,
  textChannel,
  thread,
  told,
} from './payloads.ts';

const gateway = (seconds: number) => ({ source: 'gateway', observedAt: at(seconds), guildId: GUILD });

describe('a guild', () => {
  it('tells all that is in it when it becomes available', () => {
    const { batch, guildId } = told(9, 'GUILD_CREATE', guildCreate());
    expect(guildId).toBe(GUILD);
    expect(batch.guilds).toEqual([
      { ...gateway(9), name: 'The ship', ownerId: AUTHOR },
      { ...gateway(9), emojiListedAt: at(9) },
      { ...gateway(9), stickersListedAt: at(9) },
    ]);
    expect(batch.guildMoments).toEqual([
      { guildId: GUILD, kind: 'available', at: at(9) },
      { guildId: GUILD, kind: 'joined', at: at(-5000) },
      { guildId: GUILD, kind: 'voice_listed', at: at(9) },
    ]);
    expect(batch.channels.map((c) => c.channelId)).toEqual([CHANNEL, MESSAGE]);
    expect(batch.roles).toEqual([
      {
        ...gateway(9),
        roleId: '300000000000000001',
        look: { name: 'Crew', color: 0x33_66_99, position: 2 },
        permissions: '2251799813685247',
      },
    ]);
    expect(batch.members.map((m) => [m.userId, m.presentAt, m.displayName])).toEqual([
      [AUTHOR, at(9), 'Global 03'],
      [PERSON, at(9), 'Nicky'],
    ]);
    expect(batch.expressions).toEqual([
      { ...gateway(9), kind: 'emoji', expressionId: '400000000000000001', name: 'parrot', animated: true },
    ]);
    expect(batch.voice).toEqual([
      { guildId: GUILD, userId: PERSON, at: at(9), channelId: CHANNEL, isListed: true },
    ]);
    expect([batch.moments, batch.messages]).toEqual([[], []]);
  });

  it('out of reach tells no more than that', () => {
    const { batch } = told(9, 'GUILD_CREATE', guildCreate({ unavailable: true }));
    expect(batch).toEqual({
      ...emptyBatch(),
      guildMoments: [{ guildId: GUILD, kind: 'unavailable', at: at(9) }],
    });
  });

  it('is left where its deletion is no outage', () => {
    const kinds = [{ id: GUILD, unavailable: true }, { id: GUILD }].map(
      (d) => told(9, 'GUILD_DELETE', d).batch.guildMoments[0]!.kind,
    );
    expect(kinds).toEqual(['unavailable', 'left']);
  });

  it('a list with something unreadable in it is not complete', () => {
    const { batch } = told(9, 'GUILD_CREATE', {
      ...guildCreate(),
      emojis: [{ id: '400000000000000001', name: 'parrot' }, { id: 7 }],
      voice_states: [{ user_id: PERSON, channel_id: CHANNEL }, null],
    });
    expect(batch.expressions).toHaveLength(1);
    expect(batch.voice).toHaveLength(1);
    expect(batch.guilds.some((guild) => guild.emojiListedAt !== undefined)).toBe(false);
    expect(batch.guildMoments.map((moment) => moment.kind)).not.toContain('voice_listed');
  });

  it('an update tells its name, roles and expressions anew, but nobody who is in it', () => {
    const { batch } = told(9, 'GUILD_UPDATE', guildCreate({ name: 'New' }));
    expect(batch.guilds[0]).toMatchObject({ name: 'New' });
    expect(batch.roles).toHaveLength(1);
    expect([batch.members, batch.channels, batch.guildMoments]).toEqual([[], [], []]);
  });

  it('lists of emoji and stickers are complete', () => {
    const emoji = told(9, 'GUILD_EMOJIS_UPDATE', { guild_id: GUILD, emojis: [] }).batch;
    expect(emoji.guilds).toEqual([{ ...gateway(9), emojiListedAt: at(9) }]);
    const stickers = [{ id: '600000000000000001', name: 'wave', format_type: 1 }];
    const { batch } = told(9, 'GUILD_STICKERS_UPDATE', { guild_id: GUILD, stickers });
    expect(batch.expressions[0]).toMatchObject({ kind: 'sticker', name: 'wave', animated: null });
    expect(batch.guilds).toEqual([{ ...gateway(9), stickersListedAt: at(9) }]);
  });

  it('a role is changed and deleted', () => {
    const changed = told(9, 'GUILD_ROLE_UPDATE', { guild_id: GUILD, role: role({ name: 'Mates' }) });
    expect(changed.batch.roles[0]!.look!.name).toBe('Mates');
    const roleId = role().id;
    const { batch } = told(9, 'GUILD_ROLE_DELETE', { guild_id: GUILD, role_id: roleId });
    expect(batch.roles).toEqual([{ ...gateway(9), roleId, deletedAt: at(9) }]);
  });
});

describe('a channel', () => {
  const channelOf = (t: string, d: unknown) => told(9, t, d).batch.channels[0]!;

  it('tells its place, its details and who may read it', () => {
    expect(channelOf('CHANNEL_UPDATE', textChannel())).toEqual({
      ...gateway(9),
      channelId: CHANNEL,
      type: ChannelType.GuildText,
      name: 'general',
      parentId: '100000000000000020',
      details: {
        topic: 'Anything',
        position: 3,
        nsfw: false,
        overwrites: [{ id: GUILD, type: 0, allow: '0', deny: '1024' }],
      },
    });
  });

  it('without a category has none; a thread always hangs below a channel', () => {
    expect(channelOf('CHANNEL_CREATE', textChannel({ parent_id: null })).parentId).toBeNull();
    const { parent_id: _, ...bare } = textChannel();
    expect(channelOf('CHANNEL_CREATE', bare).parentId).toBeNull();
    expect(channelOf('CHANNEL_CREATE', textChannel({ parent_id: '0' })).parentId).toBeUndefined();
    const { parent_id: __, ...loose } = thread();
    expect(channelOf('THREAD_CREATE', loose).parentId).toBeUndefined();
  });

  it('hidden never renames: only its id is told, and that it is', () => {
    const bare = { ...gateway(9), channelId: CHANNEL, hiddenAt: at(9) };
    expect(channelOf('CHANNEL_UPDATE', textChannel({ name: '___hidden___', topic: null }))).toEqual(bare);
    expect(channelOf('CHANNEL_UPDATE', textChannel({ flags: ChannelFlags.ChannelObfuscated }))).toEqual(bare);
    expect(channelOf('CHANNEL_DELETE', textChannel({ name: '___hidden___' }))).toEqual({
      ...bare,
      deletedAt: at(9),
    });
  });

  it('with an unreadable overwrite tells no details, so that none is lost', () => {
    const overwrites = [{ id: GUILD, type: 0, allow: '0' }];
    const channel = channelOf('CHANNEL_UPDATE', { ...textChannel(), permission_overwrites: overwrites });
    expect(channel.name).toBe('general');
    expect(channel.details).toBeUndefined();
  });

  it('is deleted at receipt, and keeps what it was', () => {
    expect(channelOf('CHANNEL_DELETE', textChannel())).toMatchObject({ name: 'general', deletedAt: at(9) });
    const gone = { id: MESSAGE, guild_id: GUILD, parent_id: CHANNEL, type: ChannelType.PublicThread };
    expect(channelOf('THREAD_DELETE', gone)).toEqual({
      ...gateway(9),
      channelId: MESSAGE,
      type: ChannelType.PublicThread,
      parentId: CHANNEL,
      deletedAt: at(9),
    });
  });

  it('a thread is archived at the time that Discord says', () => {
    expect(channelOf('THREAD_UPDATE', thread())).toEqual({
      ...gateway(9),
      channelId: MESSAGE,
      type: ChannelType.PublicThread,
      name: 'A thread',
      parentId: CHANNEL,
      archiving: { archived: true, locked: false, archivedAt: at(5) },
    });
  });

  it('a thread has no details of its own, and nobody of its own may read it', () => {
    const odd = { ...thread(), permission_overwrites: [] };
    expect(channelOf('THREAD_UPDATE', odd).details).toBeUndefined();
  });

  it('has no number that a column cannot hold', () => {
    const odd = { ...textChannel(), type: 40_000, position: 2 ** 31 };
    const channel = channelOf('CHANNEL_UPDATE', odd);
    expect([channel.type, channel.details!.position]).toEqual([undefined, null]);
    const { batch } = told(9, 'GUILD_ROLE_CREATE', {
      guild_id: GUILD,
      role: { ...role(), color: 2 ** 24, position: 1e308, permissions: '-1' },
    });
    expect(batch.roles[0]!.look).toEqual({ name: 'Crew', color: null, position: null });
    expect(batch.roles[0]!.permissions).toBeUndefined();
  });

  it('threads are listed all at once', () => {
    const { batch } = told(9, 'THREAD_LIST_SYNC', {
      guild_id: GUILD,
      threads: [thread(), { id: 1 }],
      members: [],
    });
    expect(batch.channels.map((c) => c.channelId)).toEqual([MESSAGE]);
  });

  it('of REST is told at the time of the request', () => {
    const batch = emptyBatch();
    addChannel(batch, restAt(4), textChannel());
    expect(batch.channels[0]).toMatchObject({ source: 'rest', observedAt: at(4) });
  });
});

describe('voice', () => {
  it('is where somebody is from then on, or none', () => {
    const state = { guild_id: GUILD, user_id: PERSON, channel_id: CHANNEL, member: member(PERSON) };
    const { batch } = told(9, 'VOICE_STATE_UPDATE', state);
    expect(batch.voice).toEqual([
      { guildId: GUILD, userId: PERSON, at: at(9), channelId: CHANNEL, isListed: false },
    ]);
    expect(batch.members).toHaveLength(1);
    const left = told(9, 'VOICE_STATE_UPDATE', { ...state, channel_id: null }).batch;
    expect(left.voice[0]!.channelId).toBeNull();
    expect(() => told(9, 'VOICE_STATE_UPDATE', { guild_id: GUILD, user_id: PERSON })).toThrow(PayloadError);
  });
});

describe('dispatches that tell nothing', () => {
  it('are left', () => {
    const left = [
      'READY',
      'RESUMED',
      'TYPING_START',
      'PRESENCE_UPDATE',
      'INTERACTION_CREATE',
      'CHANNEL_PINS_UPDATE',
      'constructor',
    ];
    for (const t of left) {
      expect(dispatchRecords({ t, d: { guild_id: GUILD } }, at(9), SEES)).toBeUndefined();
      expect(dispatchRecords({ t, d: null }, at(9), SEES)).toBeUndefined();
    }
  });

  it('are refused only where they should tell something', () => {
    expect(() => told(9, 'GUILD_CREATE', null)).toThrow(PayloadError);
    expect(() => told(9, 'MESSAGE_CREATE', 'text')).toThrow(PayloadError);
    expect(() => told(9, 'GUILD_CREATE', { id: 5 })).toThrow(PayloadError);
    expect(() => told(9, 'CHANNEL_UPDATE', { guild_id: 5, id: CHANNEL })).toThrow(PayloadError);
  });
});
