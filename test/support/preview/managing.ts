/** What managers do: /settings and /backfill, one after the other. */
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { addRunChannels, type ChannelStep, saveRunProgress } from '../../../db/run-channels.ts';
import { listRuns, type Run, type RunState, setRunState, startRun } from '../../../db/runs.ts';
import { type BackfillCard, openBackfillCard } from '../../../ingest/backfill/card.ts';
import type { Asking } from './asking.ts';
import type { Scene } from './scene.ts';
import { NOW_MS } from './servers.ts';

/** First of all: the questions after it are in the time zone that is set here. */
export async function settle({ ask }: Asking, { places }: Scene): Promise<void> {
  const settings = (options = {}) => ({ command: 'settings', options });
  await ask('settings-unset', { title: 'Nothing is set', ...settings() });
  await ask('settings-set', {
    title: 'The weekly report, a zone',
    ...settings({
      'weekly-channel': { channel: places['announcements']!.id },
      'weekly-day': '1',
      'weekly-hour': 8,
      'time-zone': 'Europe/Vienna',
    }),
  });
}

/** What else can be set, and what is refused. */
export async function askSettings({ ask }: Asking, scene: Scene): Promise<void> {
  const { places, world, memberRole, linkedId, hostile } = scene;
  const settings = (options = {}) => ({ command: 'settings', options });
  await ask('settings-rule', {
    title: 'Who may use a command',
    ...settings({ command: 'top-contributors', role: { role: memberRole } }),
  });
  await ask('settings-exclude', {
    title: 'A channel that does not count',
    ...settings({ exclude: places['bot-commands']!.id }),
  });
  const { id: announcements } = places['announcements']!;
  const { SendMessages } = PermissionFlagsBits;
  world.overwrite(announcements, world.truth.bot.id, { deny: SendMessages });
  await scene.recorded();
  await ask('settings-refused', { title: 'The bot may not post there', ...settings() });
  await ask('settings-german', { title: 'In German', ...settings(), isGerman: true });
  world.overwrite(announcements, world.truth.bot.id, { allow: SendMessages });
  await scene.recorded();
  await ask('settings-unchanged', { title: 'As it was', ...settings({ 'weekly-hour': 8 }) });
  await ask('settings-zone', { title: 'A zone that there is not', ...settings({ 'time-zone': 'Viena' }) });
  await ask('settings-half', { title: 'Half a rule', ...settings({ role: { role: memberRole } }) });
  await ask('settings-hostile', {
    title: 'Hostile names',
    ...settings({ exclude: [...hostile.channels.keys()][1]! }),
    server: hostile,
  });
  await ask('refused-roles', {
    title: 'Not for these roles',
    command: 'top-contributors',
    by: scene.people[3]!,
  });
  await ask('settings-open', {
    title: 'A linked server is opened to all',
    ...settings({ server: linkedId, open: true, command: 'top-contributors', allow: 'everyone' }),
  });
}

const GOING: Partial<BackfillCard> = {
  share: 0.347,
  leftMs: 170_000,
  messages: 9_000,
  messagesSeen: 12_345,
  messagesPerSecond: 4_511.6,
  requestsPerSecond: 40.1,
  requests: 140,
  pages: 124,
  channels: 42,
  channelsRead: 18,
  channelsClosed: 1,
  activeMs: 240_000,
};
const ENDED = { ...GOING, share: 1, leftMs: 0, deletions: 3, members: 45, reading: [] };

/** A backfill from its plan to its end; the young server's is under way from the beginning. */
export async function askBackfill({ ask, press }: Asking, scene: Scene): Promise<void> {
  const { store, main, places, hostile } = scene;
  const backfill = (subcommand: string, options = {}) => ({ command: 'backfill', subcommand, options });
  await ask('backfill-none', { title: 'Nobody asked for one', ...backfill('status') });
  await ask('backfill-plan', { title: 'The plan', ...backfill('plan'), messages: 2 });
  await ask('backfill-plan-german', {
    title: 'The plan of a channel, in German',
    ...backfill('plan', { channel: places['questions']!.id, since: '2026-10-01' }),
    messages: 2,
    isGerman: true,
  });
  await ask('backfill-start', { title: 'It is started', ...backfill('start') });
  const newest = async () => (await listRuns(store.pool, { guildId: main.id, limit: 1 }))[0]!;
  const run = await newest();
  const reading = [
    { channelId: places['general']!.id, name: 'general', untilMs: Date.UTC(2026, 9, 1) },
    { channelId: places['photos']!.id, name: 'photos', untilMs: Date.UTC(2026, 8, 12) },
  ];
  const closed: ChannelStep[] = [
    { channelId: places['general']!.id, state: 'read' },
    { channelId: places['ground-crew']!.id, state: 'closed', reason: 'no history' },
  ];
  await startRun(store.pool, run, NOW_MS);
  await progress(scene, run, { ...GOING, reading }, []);
  await ask('backfill-running', { title: 'It runs', ...backfill('status') });
  await press('backfill-paused', { title: 'It is paused', of: 'backfill-running', label: 'Pause' });
  await ask('backfill-paused-german', { title: 'In German', ...backfill('status'), isGerman: true });
  await press('backfill-resumed', { title: 'It goes on', of: 'backfill-paused', label: 'Resume' });
  await startRun(store.pool, run, NOW_MS);
  await progress(scene, run, { ...ENDED, channelsClosed: 0 }, []);
  await end(scene, run, 'done');
  await ask('backfill-done', { title: 'It is done', ...backfill('status') });
  await ask('backfill-again', { title: 'All of it again', ...backfill('start', { again: true }) });
  const again = await newest();
  await startRun(store.pool, again, NOW_MS);
  await progress(scene, again, ENDED, closed);
  await end(scene, again, 'partly', NOW_MS + 1000);
  await ask('backfill-partly', { title: 'It could not read all', ...backfill('status') });
  await ask('backfill-hostile', {
    title: 'The plan for 500 channels with hostile names',
    ...backfill('plan', { again: true }),
    server: hostile,
    messages: 2,
  });
}

async function progress(
  { store: { pool } }: Scene,
  run: Run,
  card: Partial<BackfillCard>,
  steps: ChannelStep[],
): Promise<void> {
  await addRunChannels(
    pool,
    run,
    steps.map(({ channelId }) => channelId),
    NOW_MS,
  );
  await saveRunProgress(pool, run, steps, openBackfillCard(card), NOW_MS);
}

const end = ({ store }: Scene, run: Run, state: Exclude<RunState, 'running'>, nowMs = NOW_MS) =>
  setRunState(store.pool, run, state, { nowMs });
