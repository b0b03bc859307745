import { beforeEach, expect, it } from 'vitest';
import { speechAround } from '../../../../db/queries/guide/speech.ts';
import { useDatabase } from '../../../support/database.ts';
import { Talk, topicOf } from '../../../support/talk.ts';

const database = useDatabase();
let talk: Talk;
beforeEach(async () => {
  await database.clear();
  talk = new Talk();
});
/** Who spoke before, and who next. */
const around = async (questionId: string, more = {}) => {
  await talk.write(database);
  const rows = await speechAround(database.db, topicOf('', more), [questionId]);
  return [false, true].map((isNext) =>
    rows.filter((row) => row.isNext === isNext).map(({ messageId }) => messageId),
  );
};

it('the three people who spoke next and the three who spoke last before are found, each once', async () => {
  for (const who of ['A', 'B']) talk.says(who, 'help', 'hello');
  const c = talk.says('C', 'help', 'hello');
  const d = talk.says('D', 'help', 'hello');
  talk.says('Ben', 'help', 'I have something to ask');
  const b = talk.says('B', 'help', 'go on');
  const question = talk.says('Ben', 'help', 'who knows?');
  const next = ['C', 'A', 'D', 'B'].map((who) => {
    const first = talk.says(who, 'help', 'I do');
    talk.says(who, 'help', 'I do indeed');
    return first;
  });
  const [before, behind] = await around(question);
  expect(before!.toSorted()).toEqual([b, c, d].toSorted());
  expect(behind!.toSorted()).toEqual(next.slice(0, 3).toSorted());
});

it('within ten minutes, in its channel, and without bots or what is deleted', async () => {
  talk.says('Early', 'help', 'hello');
  talk.minutes(9);
  const question = talk.says('Ben', 'help', 'who knows?');
  talk.says('Elsewhere', 'chat', 'hello');
  talk.says('Robot', 'help', 'beep');
  talk.member('Robot', { isBot: true });
  talk.deletes(talk.says('Gone', 'help', 'hello'), 'told');
  talk.deletes(talk.says('Absent', 'help', 'hello'), 'inferred');
  const last = talk.says('Zoe', 'help', 'I do');
  talk.minutes(5);
  talk.says('Late', 'help', 'I do');
  expect(await around(question)).toEqual([[], [last]]);
  expect(await around(question, { channels: [talk.place('chat')] })).toEqual([[], []]);
});

it('not around what is no question', async () => {
  const remark = talk.says('Ben', 'help', 'nobody knows.');
  talk.says('Zoe', 'help', 'I do');
  expect(await around(remark)).toEqual([[], []]);
  expect(await speechAround(database.db, topicOf(''), [])).toEqual([]);
});
