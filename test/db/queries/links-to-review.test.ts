import { beforeAll, describe, expect, it } from 'vitest';
import { linksToReview } from '../../../db/queries/links-to-review.ts';
import type { Asked } from '../../../db/queries/question.ts';
import { useDatabase } from '../../support/database.ts';
import { exportText, person, said } from '../../support/exports.ts';
import { useFolder } from '../../support/folder.ts';
import { imported } from '../../support/imports.ts';
import { at, GUILD, idAt } from '../../support/records.ts';

const database = useDatabase();
const folder = useFolder();
const HOUR = 3600;
const DAY = 24 * HOUR;
const asked: Asked = {
  guildId: GUILD,
  window: { fromMs: at(0), toMs: at(1000 * DAY), timeZone: 'UTC' },
  limit: 100,
};

const old = idAt(at(-1000 * DAY), 1);
const anna = person(old, 'anna');
const left = person(idAt(at(-1000 * DAY), 2), 'left');
const back = person(idAt(at(-1000 * DAY), 3), 'back');
const posing = person(idAt(at(-1000 * DAY), 4), 'Deleted User');
const deleted = person(idAt(at(-1000 * DAY), 5), 'deleted_user_0a1b2c3d4e5f');
const fresh = person(idAt(at(0), 6), 'fresh');
const bot = person(idAt(at(0), 7), 'bot', { isBot: true });
/** Whose messages are older than itself. */
const shared = person(idAt(at(2 * DAY), 8), 'shared');

beforeAll(async () => {
  const say = (seconds: number, text: string, author: object) => said(seconds, text, { author });
  const messages = [
    say(1 * HOUR, 'plain https://example.org/a', anna),
    say(2 * HOUR, 'short https://bit.ly/x and https://www.bit.ly/x again https://bit.ly/x', anna),
    say(3 * HOUR, 'not quite https://bit.ly.example.org/x https://rabbit.ly', anna),
    say(4 * HOUR, 'lookalike https://xn--dscord-8va.example https://login.xn--p1b6ci4b4b3a.example/', anna),
    say(5 * HOUR, 'https://left.example', left),
    say(6 * HOUR, 'https://back.example', back),
    say(7 * HOUR, 'https://posing.example', posing),
    say(8 * HOUR, 'https://deleted.example', deleted),
    say(9 * HOUR, 'https://bot.example https://bit.ly/bot', bot),
    say(10 * HOUR, 'https://shared.example', shared),
    say(7 * DAY - 1, 'https://young.example https://t.co/1', fresh),
    say(7 * DAY, 'https://grown.example', fresh),
  ];
  const file = await folder.file(
    'links.json',
    exportText({ messages, exportedAt: '2026-02-01T00:00:00+00:00' }),
  );
  await imported(database, [file]);
  const moment = (id: unknown, kind: string, days: number) =>
    database.pool.query('insert into member_moments values ($1, $2, $3, $4, $5)', [
      GUILD,
      id,
      kind,
      new Date(at(days * DAY)),
      'gateway',
    ]);
  await moment(left.id, 'left', 20);
  await moment(back.id, 'left', 20);
  await moment(back.id, 'joined', 21);
});

const reviewed = async (more: Partial<Asked> = {}) =>
  (await linksToReview(database.db, { ...asked, ...more })).map(({ address, reasons }) => [address, reasons]);

describe('links-to-review', () => {
  it('lists what is worth a look with its reasons, newest first, each address once a message', async () => {
    expect(await reviewed()).toEqual([
      ['https://t.co/1', 'shortener, new account'],
      ['https://young.example', 'new account'],
      ['https://deleted.example', 'gone account'],
      ['https://left.example', 'gone account'],
      ['https://login.xn--p1b6ci4b4b3a.example/', 'lookalike'],
      ['https://xn--dscord-8va.example', 'lookalike'],
      ['https://bit.ly/x', 'shortener'],
      ['https://www.bit.ly/x', 'shortener'],
    ]);
  });

  it('never lists what bots link, even where bots count', async () => {
    expect(await reviewed({ bots: true })).toEqual(await reviewed());
  });

  it('keeps to the limit, the window, the channels and the members', async () => {
    expect(await reviewed({ limit: 1 })).toEqual([['https://t.co/1', 'shortener, new account']]);
    expect(await reviewed({ channels: [] })).toEqual([]);
    expect(await reviewed({ members: [left.id as string] })).toEqual([
      ['https://left.example', 'gone account'],
    ]);
    expect(await reviewed({ window: { ...asked.window, toMs: at(3 * HOUR) } })).toHaveLength(2);
  });

  it('names nobody who is unranked', async () => {
    await database.pool.query(`insert into choices values ($1, $2, 'unranked', now())`, [GUILD, left.id]);
    const rows = await linksToReview(database.db, { ...asked, members: [left.id as string] });
    expect(rows).toMatchObject([{ authorId: null, author: null, domain: 'left.example' }]);
  });

  it('takes whoever was not in the last complete list of members for gone', async () => {
    await database.pool.query('update guilds set members_listed_at = $2 where guild_id = $1', [
      GUILD,
      new Date(at(30 * DAY)),
    ]);
    await database.pool.query('update members set present_at = $2 where guild_id = $1 and user_id = $3', [
      GUILD,
      new Date(at(30 * DAY)),
      back.id,
    ]);
    const rows = await reviewed();
    expect(rows).toContainEqual(['https://posing.example', 'gone account']);
    expect(rows.map(([address]) => address)).not.toContain('https://back.example');
  });
});
