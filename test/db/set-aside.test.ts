/** Events that could not be recorded are noted whatever is wrong with what names them. */
import { beforeEach, expect, it } from 'vitest';
import { setAside } from '../../db/set-aside.ts';
import { useDatabase } from '../support/database.ts';
import { at, CHANNEL, GUILD } from '../support/records.ts';

const database = useDatabase();
beforeEach(() => database.pool.query('delete from set_aside'));

async function noted(...events: Parameters<typeof setAside>[1]): Promise<unknown[][]> {
  const client = await database.pool.connect();
  await setAside(client, events).finally(() => client.release());
  const { rows } = await database.pool.query({
    text: `select guild_id, extract(epoch from at)::float8 * 1000, dispatch, channel_id, message_id, reason
      from set_aside order by at`,
    rowMode: 'array',
  });
  return rows;
}

const event = {
  guildId: GUILD,
  at: at(1),
  dispatch: 'MESSAGE_CREATE',
  reason: '22021: the database does not take it',
};

it('an event is noted once', async () => {
  const named = { ...event, channelId: CHANNEL, messageId: '9223372036854775807' };
  const row = [GUILD, at(1), 'MESSAGE_CREATE', CHANNEL, '9223372036854775807', event.reason];
  expect(await noted(named, named)).toEqual([row]);
  expect(await noted(named)).toEqual([row]);
});

it('what is no id, no dispatch and no time is written as none', async () => {
  const odd = {
    guildId: '',
    channelId: '-1',
    messageId: '9223372036854775808',
    dispatch: 'quetzal',
    at: Number.NaN,
  };
  expect(await noted({ ...odd, reason: 'x' })).toEqual([['0', 0, 'OTHER', '0', '0', 'x']]);
});

it('times of any size are taken', async () => {
  const times = [-1, 8.64e15, 1e300, at(1) + 0.5];
  const rows = await noted(...times.map((ms, i) => ({ ...event, at: ms, messageId: String(i) })));
  expect(rows.map(([, ms]) => ms)).toEqual([0, 0, at(1), 8.64e15]);
});
