/** Events that Postgres, or our code, does not take. */
import { describe, expect, it } from 'vitest';
import { emptyBatch } from '../../../db/records.ts';
import { live, logProgress, until } from '../../support/live-events.ts';
import { at, told } from '../../support/records.ts';
import { numbers, useShardRecorder } from '../../support/shard-recorder.ts';

const test = useShardRecorder();

describe('an event that cannot be recorded', () => {
  const SECRET = 'quetzal';
  const poison = (sequence: number, content: string) => {
    const { messages } = live(sequence).batch;
    return live(sequence, {
      batch: { ...emptyBatch(), messages: [{ ...messages[0]!, body: { content, fidelity: 3 } }] },
    });
  };
  const aside = async () =>
    (
      await test.database.pool.query(
        `select guild_id, (extract(epoch from at) * 1000)::float8 as at, dispatch, channel_id, message_id, reason
         from set_aside order by at`,
      )
    ).rows;

  it('is set aside by what names it; the others are recorded, in order', async () => {
    await test.open();
    test.take(1, 49);
    test.recorder.take(poison(50, `${SECRET}\0`));
    test.take(51, 50);
    await test.recorder.flushed();
    expect(await test.commits()).toEqual(numbers(100));
    const { rows } = await test.database.pool.query('select count(*)::int as n from messages');
    expect(rows).toEqual([{ n: 99 }]);
    const { guildId, channelId, messageId } = live(50);
    expect(await aside()).toEqual([
      {
        guild_id: guildId,
        at: at(50),
        dispatch: 'MESSAGE_CREATE',
        channel_id: channelId,
        message_id: messageId,
        reason: '22021: the database does not take it',
      },
    ]);
    expect(test.recorder.state()).toMatchObject({ written: 99, setAside: 1 });
    expect(test.log.lines.filter(({ message }) => /set aside/.test(message))).toHaveLength(1);
    expect(JSON.stringify([await aside(), test.log.lines])).not.toContain(SECRET);
  });

  it('is set aside too where it is our code that fails', async () => {
    await test.open();
    const broken = told(1, live(1).messageId!, { authorId: '7', extra: { [SECRET]: 1n } });
    test.recorder.take(live(1, { batch: { ...emptyBatch(), messages: [broken] } }));
    test.take(2, 1);
    await until(() => test.recorder.state().written === 1);
    expect((await aside()).map(({ reason }) => reason)).toEqual(['TypeError: no rows could be made of it']);
  });

  it('is set aside from the disk too, with its gap and what it was refused for', async () => {
    test.door.set('shut');
    await test.open();
    const { batch: _, ...first } = poison(1, `${SECRET}\0`);
    test.recorder.take({
      ...first,
      batch: poison(1, `${SECRET}\0`).batch,
      gap: { reason: 'new session', guildIds: ['1'] },
    });
    test.recorder.take(
      live(2, {
        refused: 'no_channel_id',
        dispatch: 'no dispatch',
        messageId: `1${SECRET}`,
        batch: emptyBatch(),
      }),
    );
    const broken = told(3, live(3).messageId!, { authorId: '7', extra: { [SECRET]: 1n } });
    test.recorder.take(live(3, { batch: { ...emptyBatch(), messages: [broken] } }));
    test.take(4, 1);
    await test.recorder.flushed();
    test.door.set('open');
    await until(() => test.recorder.state().written === 1);
    expect((await aside()).map(({ dispatch, message_id, reason }) => [dispatch, message_id, reason])).toEqual(
      [
        ['MESSAGE_CREATE', live(1).messageId, '22021: the database does not take it'],
        ['OTHER', '0', 'no_channel_id'],
        ['MESSAGE_CREATE', live(3).messageId, 'TypeError: no line could be made of it'],
      ],
    );
    expect(await test.gaps()).toEqual(['new session 1 ']);
    expect(JSON.stringify([await aside(), test.log.lines])).not.toContain(SECRET);
  });

  it('waits in the spool where not even that can be written', async () => {
    let isBroken = true;
    await test.open({
      saveProgress: async (client, events) => {
        if (isBroken) throw new TypeError(SECRET);
        await logProgress(client, events);
      },
    });
    test.take(1, 3);
    await until(() => test.recorder.state().spooledEvents === 3);
    expect(await aside()).toEqual([]);
    isBroken = false;
    await until(() => test.recorder.state().written === 3);
    expect(await test.commits()).toEqual(numbers(3));
  });

  it('a table that is not there (yet) is no event’s fault', async () => {
    await test.open();
    await test.database.pool.query('alter table messages rename to messages_away');
    test.take(1, 3);
    await until(() => test.recorder.state().spooledEvents === 3);
    await test.database.pool.query('alter table messages_away rename to messages');
    await until(() => test.recorder.state().written === 3);
    expect(test.recorder.state().setAside).toBe(0);
  });
});
