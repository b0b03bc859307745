import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { generateCommunity, TRUTH_FILE } from '../../../ingest/dce/generate.ts';
import { countCommunity } from './count-community.ts';
import { emptyFolder, exportsOf, filesOf, generated, removeFolders } from './generated.ts';

afterAll(removeFolders);

describe('the same plan', () => {
  test('gives the same files, byte for byte; another seed gives others', async () => {
    const [one, again, other] = await Promise.all(
      [7, 7, 8].map(async (seed) => filesOf((await generated({ seed, messages: 700 })).folder)),
    );
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });

  test('gives the same files when its seed is a text of the same digits', async () => {
    const number = await generated({ seed: 31, messages: 100 });
    const text = await generated({ seed: '31', messages: 100 });
    expect(await filesOf(text.folder)).toEqual(await filesOf(number.folder));
  });
});

describe('the truth', () => {
  test.each([
    { seed: 1, messages: 100 },
    { seed: 'a word', messages: 1000 },
    { seed: 3, messages: 5000 },
    { seed: 4, messages: 333, people: 2, channels: 3, weeks: 2, endsAt: '2023-04-05T06:07:08.901Z' },
    { seed: 5, messages: 900, people: 600, channels: 40, weeks: 60, guildId: '123456789012345678' },
  ])('is what a naive count of the files finds: $messages messages from seed $seed', async (plan) => {
    const { folder, truth } = await generated(plan);
    expect(truth).toEqual(countCommunity(await exportsOf(folder)));
    expect(truth.messages).toBe(plan.messages);
    expect(JSON.parse(await readFile(join(folder, TRUTH_FILE), 'utf8'))).toEqual(truth);
  });
});

describe('a community', () => {
  test('is written by few people mostly, with nights, weekends, a lively and a quiet week', async () => {
    const { folder, truth } = await generated({ seed: 2, messages: 20_000, weeks: 20 });
    const documents = await exportsOf(folder);
    const weeks = Object.values(truth.weeks);
    const neighbours = (at: number) => ((weeks[at - 1] as number) + (weeks[at + 1] as number)) / 2;
    expect(weeks[9]).toBeLessThan(0.7 * neighbours(9));
    expect(weeks[14]).toBeGreaterThan(1.4 * neighbours(14));
    const top = truth.topAuthors.reduce((sum, { messages }) => sum + messages, 0);
    expect(top).toBeGreaterThan(0.15 * truth.messages);
    const days = documents.flatMap(({ messages }) =>
      messages.map(({ timestamp }) => new Date(timestamp).getUTCDay()),
    );
    expect(days.filter((day) => day === 0 || day === 6).length).toBeGreaterThan((1.15 * 2 * days.length) / 7);
    const german = documents.find(({ channel }) => channel.name === 'deutsch');
    const hours = german?.messages.map(({ timestamp }) => new Date(timestamp).getUTCHours()) ?? [];
    const between = (from: number, to: number) => hours.filter((hour) => hour >= from && hour < to).length;
    expect(between(16, 21)).toBeGreaterThan(4 * between(0, 5));
  });

  test('that is stopped early leaves no truth', async () => {
    const folder = await emptyFolder();
    for await (const { messages, messagesTotal } of generateCommunity({ seed: 1, messages: 500 }, folder)) {
      expect(messages).toBeLessThanOrEqual(messagesTotal);
      break;
    }
    expect(await readdir(folder)).not.toContain(TRUTH_FILE);
  });

  test.each([
    { messages: 99 },
    { messages: 100.5 },
    { messages: 100_000_001 },
    { messages: 1000, people: 1 },
    { messages: 1000, channels: 41 },
    { messages: 1000, weeks: 1 },
    { messages: 1000, endsAt: 'soon' },
    { messages: 1000, endsAt: '2015-01-01T00:00:00Z' },
    { messages: 1000, guildId: '12' },
  ])('that cannot be is refused: %o', async (plan) => {
    await expect(generated({ seed: 1, ...plan })).rejects.toThrow(RangeError);
  });
});
