import { beforeEach, expect, it } from 'vitest';
import { chooseUnranked } from '../../../../db/choices.ts';
import { quotesOf } from '../../../../db/queries/guide/quotes.ts';
import type { MessageRecord } from '../../../../db/records.ts';
import { useDatabase } from '../../../support/database.ts';
import { GUILD } from '../../../support/records.ts';
import { NOW_MS, Talk, topicOf } from '../../../support/talk.ts';

const database = useDatabase();
let talk: Talk;
beforeEach(async () => {
  await database.clear();
  talk = new Talk();
});

/** A message as an export tells it: with names where people are mentioned. */
function exported(text: string, ...mentioned: string[]): string {
  const mentions: MessageRecord['mentions'] = mentioned.map((who) => ({
    kind: 'user',
    targetId: talk.person(who),
  }));
  return talk.says('Ada', 'help', text, { source: 'dce', body: { content: text, fidelity: 2 }, mentions });
}

async function texts(ids: readonly string[], content: 'full' | 'none' = 'full') {
  await talk.write(database, { content });
  const quotes = await quotesOf(database.db, topicOf(''), ids);
  return ids.map((id) => quotes.get(id)!.text);
}
const mention = (who: string) => `<@${talk.person(who)}>`;

it('whoever is mentioned is a mention, named or not, by whatever name', async () => {
  talk.says('Named', 'help', 'hello');
  talk.member('Named', { name: 'named.account', displayName: 'Called Before', observedAt: NOW_MS - 10_000 });
  talk.member('Named', { source: 'rest', nick: 'Nick', observedAt: NOW_MS - 5_000 });
  const text = '@Named, @Called Before, @named.account and @Nick: ask @Silent or @Out!';
  const id = exported(text, 'Named', 'Silent', 'Out');
  await chooseUnranked(database.db, GUILD, talk.person('Out'), true, new Date(NOW_MS));
  const named = mention('Named');
  expect(await texts([id])).toEqual([
    `${named}, ${named}, ${named} and ${named}: ask ${mention('Silent')} or ${mention('Out')}!`,
  ]);
});

it('of names that contain each other the longest is meant', async () => {
  const id = exported('@JanPaul123 @JanPaul @Jan @Jan Paul', 'Jan', 'JanPaul123', 'Jan Paul', 'JanPaul');
  const all = ['JanPaul123', 'JanPaul', 'Jan', 'Jan Paul'].map(mention).join(' ');
  expect(await texts([id])).toEqual([all]);
});

it('names may have any signs, and be numbers', async () => {
  talk.person('Zed');
  const names = ['a.*b', '(x|', '$& $1', '[z]+\\d', '@@', `${talk.person('Zed')}`];
  const id = exported(`${names.map((name) => `@${name}`).join(' / ')} / axxb ${mention('Zed')}`, ...names);
  const left = [...names.map(mention), `axxb ${mention('Zed')}`].join(' / ');
  expect(await texts([id])).toEqual([left]);
});

it('who is not mentioned in this message stays as typed', async () => {
  talk.says('Ben', 'help', 'hello');
  const ids = [exported('@Ben, ben and @Zoe', 'Zoe'), exported('Zoe and ben@Zoe', 'Ben'), exported('@Zoe')];
  expect(await texts(ids)).toEqual([`@Ben, ben and ${mention('Zoe')}`, 'Zoe and ben@Zoe', '@Zoe']);
});

it('a cut leaves no half of a name, and none of a mention', async () => {
  const long = 'N'.repeat(32);
  const [before, across, ends] = [
    exported(`${'🏺'.repeat(270)} @${long} and more`, long),
    exported(`${'🏺'.repeat(290)} @${long} and more`, long),
    exported(`${`@${long} `.repeat(20)}`, long),
  ];
  const [one, two, three] = await texts([before, across, ends]);
  expect(one).toBe(`${'🏺'.repeat(270)} ${mention(long)} and mor`);
  expect(two).toBe(`${'🏺'.repeat(290)} `);
  expect(three).toBe(
    `${mention(long)} `
      .repeat(14)
      .slice(0, 300)
      .replace(/<@\d*$/, ''),
  );
});

it('what is not kept is null, and what is out of scope is not there', async () => {
  const id = exported('@Ben', 'Ben');
  expect(await texts([id], 'none')).toEqual([null]);
  expect((await quotesOf(database.db, topicOf('', { channels: [] }), [id])).size).toBe(0);
});
