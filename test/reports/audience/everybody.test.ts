import { describe, expect, it } from 'vitest';
import { readableUnder } from '../../../reports/audience.ts';
import { pick, seededRandom } from '../../support/random.ts';
import { type MadeChannel, type MadeGuild, madeGuild, rulesOf } from './made-guild.ts';
import { breaker, counted, decides, everyName } from './naive.ts';

const SETS = 10_000;
const GUILD = '100000000000000000';

interface Asked {
  guild: MadeGuild;
  channelId: string;
  posted: MadeChannel | undefined;
}

/** Permission sets by chance, and a place in each where an answer is posted: some in one that nothing is known of. */
function* asked(): Generator<Asked> {
  const random = seededRandom(6);
  for (let n = 0; n < SETS; n++) {
    const guild = madeGuild(random, GUILD);
    const places = [...guild.channels.slice(1), ...guild.threads, ...(random() < 0.1 ? [{ id: '1' }] : [])];
    const { id: channelId } = pick(places, random);
    const posted = decides(guild, channelId);
    yield { guild, channelId, posted: posted?.rules ? posted : undefined };
  }
}

describe(`of ${SETS} permission sets, in each with every set of roles and everyone who is named`, () => {
  it('what counts is what all who see the place can read, no more and no less', () => {
    const seen = { nothing: 0, some: 0, all: 0 };
    for (const { guild, channelId, posted } of asked()) {
      const place = decides(guild, channelId);
      const isRead = (channel: MadeChannel) =>
        channel === place || (channel.rules !== null && !breaker(guild, posted, channel));
      const expected = counted(guild, isRead, () => false);
      const found = readableUnder(rulesOf(guild), { channelId });
      if (String(found) !== String(expected))
        expect({ found, guild, channelId }).toEqual({ found: expected, guild, channelId });
      const others = guild.channels.filter(
        (channel) => found.includes(channel.id) && channel !== place,
      ).length;
      seen[others === 0 ? 'nothing' : others < 3 ? 'some' : 'all']++;
    }
    // The cases are of all kinds.
    for (const many of Object.values(seen)) expect(many).toBeGreaterThan(SETS / 10);
  });

  it('names one at a time, as a simpler rule would take them, break that promise in 355 of them', () => {
    const broken = { inAll: 0, byRoleThatNoOverwriteNames: 0, byTwoRoles: 0, byNamedMemberWithRoles: 0 };
    for (const { guild, posted } of asked()) {
      const kinds = new Set<keyof typeof broken>();
      for (const channel of guild.channels.slice(1)) {
        if (!channel.rules || channel === posted || breaker(guild, posted, channel, everyName)) continue;
        const person = breaker(guild, posted, channel);
        if (!person) continue;
        // Never does it take more.
        expect(person.roles.size).toBeLessThanOrEqual(2);
        kinds.add('inAll');
        if (person.id) kinds.add('byNamedMemberWithRoles');
        else kinds.add(person.roles.size === 1 ? 'byRoleThatNoOverwriteNames' : 'byTwoRoles');
      }
      for (const kind of kinds) broken[kind]++;
    }
    expect(broken).toEqual({
      inAll: 355,
      byRoleThatNoOverwriteNames: 273,
      byTwoRoles: 74,
      byNamedMemberWithRoles: 34,
    });
  });
});
