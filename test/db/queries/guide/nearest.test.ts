import { beforeAll, expect, it } from 'vitest';
import { nearestWords } from '../../../../db/queries/guide/nearest.ts';
import { useDatabase } from '../../../support/database.ts';
import { Talk, topicOf } from '../../../support/talk.ts';

const database = useDatabase();
const talk = new Talk();
beforeAll(async () => {
  for (const who of ['Ada', 'Ben', 'Robot']) {
    talk.says(who, 'help', 'stoneware and stoneworks, of a stoneweed');
    talk.says(who, 'secret', 'stonewall');
  }
  talk.says('Ada', 'help', 'stonewort');
  talk.says('Ada', 'help', 'stonewort again');
  talk.says('Robot', 'help', 'stonewort');
  talk.member('Robot', { isBot: true });
  for (const who of ['Ada', 'Ben']) talk.deletes(talk.says(who, 'help', 'stonewares'), 'inferred');
  talk.daysAgo(-1);
  for (const who of ['Ada', 'Ben']) talk.says(who, 'help', 'stonewashed');
  await talk.write(database);
});
const nearest = (typed: string[], more = {}, limit = 5) =>
  nearestWords(database.db, topicOf('', more), typed, limit);

it('words that look like those typed are told, the nearest first', async () => {
  expect(await nearest(['stonewarre'])).toEqual(['stoneware', 'stonewall', 'stoneweed', 'stoneworks']);
});

it('only where two people used them, in the channels that count, up to now', async () => {
  const inHelp = await nearest(['stonewarre'], { channels: [talk.place('help')] });
  expect(inHelp).toEqual(['stoneware', 'stoneweed', 'stoneworks']);
  expect(await nearest(['stonewarre'], { channels: [] })).toEqual([]);
});

it('as many as are asked for', async () => {
  expect(await nearest(['stonewarre'], {}, 1)).toEqual(['stoneware']);
});

it('none for what is like nothing, and none for no word', async () => {
  expect(await nearest(['xylophone'])).toEqual([]);
  expect(await nearest([])).toEqual([]);
});
