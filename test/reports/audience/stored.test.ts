import { beforeAll, describe, expect, it } from 'vitest';
import { saveSettings } from '../../../db/settings.ts';
import { readableBy } from '../../../reports/audience.ts';
import { useDatabase } from '../../support/database.ts';
import { pick, seededRandom } from '../../support/random.ts';
import { at } from '../../support/records.ts';
import {
  channelPayload,
  type MadeChannel,
  type MadeGuild,
  madeGuild,
  payloadOf,
  PEOPLE,
} from './made-guild.ts';
import { breaker, counted, decides, isAllPowerful, managesThreads, type Person, reads } from './naive.ts';
import { heard } from './heard.ts';

const GUILDS = 60;
const database = useDatabase();
const random = seededRandom(7);
const guilds = Array.from({ length: GUILDS }, (_, n) =>
  madeGuild(random, `1${String(n).padStart(13, '0')}0000`),
);

/** Told by the gateway, all beside each other. */
beforeAll(async () => {
  for (const guild of guilds) {
    const { id, deletedRoles, excluded } = guild;
    await heard(database.pool, 1, [
      ['GUILD_CREATE', payloadOf(guild)],
      ...deletedRoles.map((roleId): [string, object] => [
        'GUILD_ROLE_DELETE',
        { guild_id: id, role_id: roleId },
      ]),
      [
        'CHANNEL_DELETE',
        { guild_id: id, ...channelPayload({ ...guild.channels[1]!, id: `${id.slice(0, -4)}9000` }) },
      ],
    ]);
    if (excluded.length > 0)
      await saveSettings(database.db, id, { excludedChannels: excluded }, new Date(at(2)));
  }
});

describe(`in ${GUILDS} recorded guilds`, () => {
  it('everybody reads in public what all who see the place can read', async () => {
    for (const guild of guilds)
      for (const { id: channelId } of [...guild.channels.slice(1), ...guild.threads]) {
        const place = decides(guild, channelId)!;
        const posted = place.rules ? place : undefined;
        const isRead = (channel: MadeChannel) =>
          channel === place || (channel.rules !== null && !breaker(guild, posted, channel));
        expect(await readableBy(database.db, guild.id, { channelId })).toEqual(
          counted(guild, isRead, () => false),
        );
      }
  });

  it('a member reads what their roles and their own overwrites let them', async () => {
    let allPowerful = 0;
    for (const guild of guilds)
      for (const id of [...PEOPLE, '300000000000000005']) {
        const ids = [...guild.roles, ...guild.deletedRoles.map((one) => ({ id: one }))].map(
          (role) => role.id,
        );
        const roles = [...ids.filter(() => random() < 0.3), pick(['999999999999999999', ...ids], random)];
        const person = { id, roles: new Set(roles.filter((role) => !guild.deletedRoles.includes(role))) };
        expect(await readableBy(database.db, guild.id, { memberId: id, roles })).toEqual(mine(guild, person));
        if (isAllPowerful(guild, person)) allPowerful++;
      }
    expect(allPowerful).toBeGreaterThan(GUILDS);
  });
});

function mine(guild: MadeGuild, person: Person): string[] {
  if (isAllPowerful(guild, person))
    return counted(
      guild,
      () => true,
      () => true,
    );
  return counted(
    guild,
    (channel) => channel.rules !== null && reads(guild, channel, person),
    (channel) => managesThreads(guild, channel, person),
  );
}
