/** What /backfill shows, whole: in English and in German, as it has always been. */
import { describe, expect, it } from 'vitest';
import type { ChannelStep } from '../../../db/run-channels.ts';
import { toDiscord } from '../../../reports/message/discord.ts';
import type { Message } from '../../../reports/message.ts';
import { LANGUAGES } from '../../../reports/words.ts';
import { NAMES } from '../../reports/names.ts';
import { idAt } from '../../support/records.ts';
import { type Asking, BORN, CLOSED, ENDED, GENERAL, GOING, OUTLOOK, textOf, useBackfill } from './scene.ts';

const { name, look, begun, end } = useBackfill();

/** The last message in each language, as it has always been. */
async function expectGolden(file: string, asking: Omit<Asking, 'language'>): Promise<void> {
  const told: Record<string, Message> = {};
  for (const language of LANGUAGES) told[language] = await look({ ...asking, language });
  await expect(`${JSON.stringify(told, null, 2)}\n`).toMatchFileSnapshot(
    `../../golden/commands/backfill-${file}.json`,
  );
}

describe('the plan', () => {
  it('of what there is to read', () => expectGolden('plan', { subcommand: 'plan' }));
  it('where nothing is to be read', async () => {
    const plan = () => Promise.resolve({ ...OUTLOOK, channels: [], notRead: [], messages: 0, covered: 12 });
    await expectGolden('nothing-to-do', { subcommand: 'plan', plan });
  });
});

describe('the message of a backfill', () => {
  it('that was started just now', () => expectGolden('start', { subcommand: 'start' }));
  it('that runs', async () => {
    await begun(GOING, {}, CLOSED);
    await expectGolden('running', { subcommand: 'status' });
  });
  it('that is paused', async () => {
    await end(
      await begun(GOING, { channelIds: [GENERAL], sinceId: idAt(Date.UTC(2024, 1, 1)) }),
      'paused',
      'paused in Discord',
    );
    await expectGolden('paused', { subcommand: 'status' });
  });
  it('that is done', async () => {
    await end(await begun(ENDED, {}, [{ channelId: GENERAL, state: 'read' }]), 'done');
    await expectGolden('done', { subcommand: 'status' });
  });
  it('that could not read all', async () => {
    await end(
      await begun({ ...ENDED, notRecovered: ['unsure-counts', 'voice'] }, { withReactors: true }, CLOSED),
      'partly',
    );
    await expectGolden('partly', { subcommand: 'status' });
  });
  it('that failed', async () => {
    await end(await begun({ ...GOING, reading: [] }), 'failed', 'an unexpected error (RangeError)');
    await expectGolden('failed', { subcommand: 'status' });
  });
  it('that nobody asked for yet', () => expectGolden('none', { subcommand: 'status' }));

  it('is within limits, and harmless, whatever channels are called', async () => {
    // What sources tell has no such byte any more when it is written.
    const hostile = Object.values(NAMES).map((one) => one.replaceAll('\u0000', ''));
    const names = Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [idAt(BORN, 100 + i), hostile[i % hostile.length]!]),
    );
    await name(names);
    const ids = Object.keys(names);
    const reasons = ['no view', 'no history', 'hidden', 'not joined', 'excluded', 'refused', 'gone'];
    const steps = ids.map((channelId, i): ChannelStep => ({
      channelId,
      state: 'closed',
      reason: reasons[i % reasons.length]!,
    }));
    const reading = ids
      .slice(0, 5)
      .map((channelId) => ({ channelId, name: names[channelId]!, untilMs: BORN }));
    const run = await begun(
      {
        ...GOING,
        reading,
        notRecovered: [
          'unsure-counts',
          'unlisted-reactors',
          'unchecked-deletions',
          'unchecked-channels',
          'refused-payloads',
        ],
      },
      { channelIds: ids },
      steps,
    );
    const notRead = ids.map((id, i) => ({
      id,
      name: names[id]!,
      reason: reasons[i % reasons.length]!,
      isThread: false,
    }));
    const channels = ids.map((id) => ({ id, name: names[id]!, messages: 5, threads: 2 }));
    const plan = () => Promise.resolve({ ...OUTLOOK, channels, notRead });
    const shown = [await look({ subcommand: 'plan', plan }), await look({ subcommand: 'status' })];
    await end(run, 'partly');
    shown.push(await look({ subcommand: 'status' }));
    for (const message of shown) {
      const text = textOf(message);
      expect(text.length).toBeLessThan(4_000);
      expect(text).not.toMatch(/@everyone|@here|(?<!\\)\]\(|(?<!\\)<|\u202e/);
      // Nothing had to be cut.
      expect(JSON.stringify(toDiscord(message).components)).toContain(
        JSON.stringify(text.split('\n').at(-1)).slice(1, -1),
      );
    }
    await expectGolden('hostile', { subcommand: 'status' });
  });
});
