import { ChannelType } from 'discord-api-types/v10';
import { beforeEach, describe, expect, it } from 'vitest';
import { isRecordedByBot, readableBy } from '../../../reports/audience.ts';
import { useDatabase } from '../../support/database.ts';
import { heard } from './heard.ts';
import {
  channelPayload,
  HISTORY,
  type MadeChannel,
  type MadeGuild,
  OWNER,
  payloadOf,
  PEOPLE,
  rolePayload,
  VIEW,
} from './made-guild.ts';

const database = useDatabase();
const READ = VIEW | HISTORY;
const GUILD = '100000000000000000';
const [STAFF, MUTED] = ['100000000000000011', '100000000000000012'];
const [GENERAL, CHAT, CLOSED] = ['100000000000000021', '100000000000000022', '100000000000000023'];
const [THREAD, PRIVATE] = ['100000000000000031', '100000000000000032'];
const ME = PEOPLE[0]!;

const text = (id: string, rules: MadeChannel['rules'] = []): MadeChannel => ({
  id,
  type: ChannelType.GuildText,
  parentId: null,
  rules,
});
const guild: MadeGuild = {
  id: GUILD,
  ownerId: OWNER,
  everyone: READ,
  roles: [
    { id: STAFF, powers: 0 },
    { id: MUTED, powers: 0 },
  ],
  deletedRoles: [],
  channels: [
    text(GENERAL),
    text(CHAT),
    text(CLOSED, [
      { id: GUILD, allow: 0, deny: VIEW },
      { id: STAFF, allow: VIEW, deny: 0 },
    ]),
  ],
  threads: [
    { id: THREAD, parentId: CHAT, type: ChannelType.PublicThread },
    { id: PRIVATE, parentId: CHAT, type: ChannelType.PrivateThread },
  ],
  excluded: [],
};

let second = 1;
const tell = (t: string, d: object) => heard(database.pool, ++second, [[t, { guild_id: GUILD, ...d }]]);
const told = async () => ({
  public: await readableBy(database.db, GUILD, { channelId: GENERAL }),
  staff: await readableBy(database.db, GUILD, { memberId: ME, roles: [STAFF] }),
});
const open = [GENERAL, CHAT, THREAD];
const all = [GENERAL, CHAT, CLOSED, THREAD];

beforeEach(async () => {
  await database.clear();
  second = 1;
  await heard(database.pool, 1, [['GUILD_CREATE', payloadOf(guild)]]);
});

describe('what the gateway tells of permissions', () => {
  it('counts from when it is written: a role that may do more or less', async () => {
    expect(await told()).toEqual({ public: open, staff: all });
    await tell('GUILD_ROLE_UPDATE', { role: rolePayload(GUILD, VIEW) });
    expect(await told()).toEqual({ public: [GENERAL], staff: [] });
    await tell('GUILD_ROLE_UPDATE', { role: rolePayload(STAFF, READ) });
    expect(await told()).toEqual({ public: [GENERAL], staff: all });
  });

  it('counts from when it is written: a channel that is closed to a role, and its threads with it', async () => {
    await tell('CHANNEL_UPDATE', channelPayload(text(CHAT, [{ id: MUTED, allow: 0, deny: HISTORY }])));
    expect(await told()).toEqual({ public: [GENERAL], staff: all });
    await tell('GUILD_ROLE_DELETE', { role_id: MUTED });
    expect(await told()).toEqual({ public: open, staff: all });
    await tell('GUILD_ROLE_DELETE', { role_id: STAFF });
    expect(await told()).toEqual({ public: open, staff: open });
  });

  it('counts from when it is written: a new role that sees what it cannot read', async () => {
    await tell('CHANNEL_UPDATE', channelPayload(text(CHAT, [{ id: GUILD, allow: 0, deny: HISTORY }])));
    await tell('GUILD_ROLE_CREATE', { role: rolePayload('100000000000000013', VIEW) });
    expect(await told()).toEqual({ public: [GENERAL], staff: [GENERAL, CLOSED] });
  });

  it('a hidden channel counts for those alone who read everything, until it is shown again', async () => {
    const hidden = {
      ...channelPayload({ ...text(CHAT), rules: null }),
      name: '___hidden___',
      flags: 1 << 17,
    };
    await tell('CHANNEL_UPDATE', hidden);
    expect(await told()).toEqual({ public: [GENERAL], staff: [GENERAL, CLOSED] });
    const owner = { memberId: OWNER, roles: [] };
    expect(await readableBy(database.db, GUILD, owner)).toEqual([...all, PRIVATE]);
    // Posted in it: who sees it is not known, so it may be anybody.
    expect(await readableBy(database.db, GUILD, { channelId: CHAT })).toEqual(open);
    expect(await readableBy(database.db, GUILD, { channelId: THREAD })).toEqual(open);
    await tell('CHANNEL_UPDATE', channelPayload(text(CHAT)));
    expect(await told()).toEqual({ public: open, staff: all });
    await tell('CHANNEL_UPDATE', { id: THREAD, type: 11, name: '___hidden___' });
    expect(await told()).toEqual({ public: [GENERAL, CHAT], staff: [GENERAL, CHAT, CLOSED] });
  });

  it('a deleted channel counts for nobody, nor do its threads', async () => {
    await tell('THREAD_DELETE', { id: THREAD, parent_id: CHAT, type: 11 });
    expect((await told()).public).toEqual([GENERAL, CHAT]);
    await tell('CHANNEL_DELETE', channelPayload(text(CHAT)));
    expect((await told()).public).toEqual([GENERAL]);
    expect(await readableBy(database.db, GUILD, { memberId: OWNER, roles: [] })).toEqual([GENERAL, CLOSED]);
  });

  it('the owner is who it says', async () => {
    const mine = () => readableBy(database.db, GUILD, { memberId: ME, roles: [] });
    expect(await mine()).toEqual(open);
    await tell('GUILD_UPDATE', { id: GUILD, name: 'made', owner_id: ME });
    expect(await mine()).toEqual([...all, PRIVATE]);
  });
});

describe('where nothing is known of permissions', () => {
  it('nothing may be told to anybody, and the bot does not record it', async () => {
    expect(await isRecordedByBot(database.db, GUILD)).toBe(true);
    await database.clear();
    expect(await isRecordedByBot(database.db, GUILD)).toBe(false);
    await tell('CHANNEL_CREATE', channelPayload(text(GENERAL)));
    await tell('GUILD_ROLE_CREATE', { role: rolePayload(STAFF, READ) });
    expect(await told()).toEqual({ public: undefined, staff: undefined });
    expect(await isRecordedByBot(database.db, GUILD)).toBe(false);
  });

  it('the bot does not record a server that it was removed from, until it is back', async () => {
    await tell('GUILD_DELETE', { id: GUILD, unavailable: true });
    expect(await isRecordedByBot(database.db, GUILD)).toBe(true);
    await tell('GUILD_DELETE', { id: GUILD });
    expect(await isRecordedByBot(database.db, GUILD)).toBe(false);
    await heard(database.pool, ++second, [['GUILD_CREATE', payloadOf(guild)]]);
    expect(await isRecordedByBot(database.db, GUILD)).toBe(true);
  });
});
