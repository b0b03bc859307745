import { expect, test } from 'vitest';
import { emptyBatch } from '../../../db/records.ts';
import { People } from '../../../ingest/dce/people.ts';
import { ANNA, BELA } from '../../support/exports.ts';
import { GUILD } from '../../support/records.ts';

/** Everyone in a batch, without what no column holds. */
function drained(people: People) {
  const batch = emptyBatch();
  people.drainInto(batch);
  return batch.members.map(({ extra: _, ...member }) => member);
}

test("someone who reacts under the account's name keeps the name that the guild knows", () => {
  const people = new People(GUILD);
  people.addReactor({ ...ANNA, nickname: 'zz the account' }, 7);
  people.addAuthor({ ...ANNA, nickname: 'Anna of the north' }, 7, 5, false);
  people.addReactor({ ...ANNA, nickname: 'zz the account' }, 8);
  const names = drained(people).map(({ name, displayName }) => `${name} ${displayName}`);
  expect(names.toSorted()).toEqual(['anna Anna of the north', 'anna undefined']);
});

test('each person is told once, with the latest time and the signs of life of all their messages', () => {
  const people = new People(GUILD);
  for (const ms of [20, 10, 30]) people.addAuthor(ANNA, ms + 100, ms, false);
  people.add(ANNA, 50);
  people.add(BELA, 50);
  expect(drained(people).toSorted((a, b) => (a.userId < b.userId ? -1 : 1))).toMatchObject([
    { userId: ANNA.id, observedAt: 130, firstSeenAt: 10, lastSeenAt: 30 },
    { userId: BELA.id, observedAt: 50 },
  ]);
  expect(drained(people)).toEqual([]);
});

test('someone who changes their name within a file is told under both', () => {
  const people = new People(GUILD);
  people.add(ANNA, 1);
  people.add({ ...ANNA, nickname: 'Anna' }, 2);
  expect(
    drained(people)
      .map(({ displayName }) => displayName)
      .toSorted(),
  ).toEqual(['Anna', 'anna']);
});
