/** What is asked about the record: /stats, /top-contributors and /weekly, in all their states. */
import type { Asking } from './asking.ts';
import type { Scene } from './scene.ts';

const WHY = 'How was this counted?';

/** /stats: good, German, cut to a channel, of nothing. */
export async function askStats({ ask, press }: Asking, scene: Scene): Promise<void> {
  const { young, hostile, places, linkedId } = scene;
  const stats = (options = {}) => ({ command: 'stats', options });
  await ask('stats-week', { title: 'The last week', ...stats() });
  await press('stats-why', { title: 'How it was counted', of: 'stats-week', label: WHY });
  await press('stats-earlier', { title: 'The week before', of: 'stats-week', label: 'Earlier' });
  await ask('stats-week-german', { title: 'In German', ...stats(), isGerman: true });
  await ask('stats-day', { title: 'A day, by its hours', ...stats({ period: '2026-11-14' }) });
  await ask('stats-month', { title: 'A month', ...stats({ period: 'month' }) });
  await ask('stats-all', { title: 'All that is recorded', ...stats({ period: 'all' }) });
  await ask('stats-open', { title: 'A week that is not over', ...stats({ period: 'this-week' }) });
  await ask('stats-channel', {
    title: 'Of one channel',
    ...stats({ channel: places['questions']!.id, period: 'month' }),
  });
  await ask('stats-private', {
    title: 'In private: with what only the asker reads',
    ...stats({ private: true }),
  });
  await ask('stats-linked', {
    title: 'A server that was imported',
    ...stats({ server: linkedId, private: true, period: 'month' }),
  });
  await ask('stats-linked-german', {
    title: 'The same in German',
    ...stats({ server: linkedId, private: true, period: 'all' }),
    isGerman: true,
  });
  const quiet = { channel: places['announcements']!.id, period: '2026-11-14' };
  await ask('stats-empty', { title: 'Nobody wrote', ...stats(quiet) });
  await ask('stats-too-early', { title: 'Too early', ...stats(), server: young });
  await ask('stats-too-early-german', {
    title: 'Too early, in German',
    ...stats(),
    server: young,
    isGerman: true,
  });
  await ask('stats-hostile', { title: '500 channels with hostile names', ...stats(), server: hostile });
}

/** /top-contributors, by each merit. */
export async function askContributors({ ask, press }: Asking, scene: Scene): Promise<void> {
  const { people, hostile, young, places } = scene;
  const top = (options = {}) => ({ command: 'top-contributors', options });
  await ask('top-messages', {
    title: 'By messages; the asker is further down',
    ...top(),
    by: people[22]!,
  });
  await press('top-why', { title: 'How it was counted', of: 'top-messages', label: WHY });
  for (const [by, title] of [
    ['active days', 'By active days'],
    ['reactions received', 'By reactions received'],
    ['replies received', 'By replies received'],
    ['answers', 'By answers'],
  ] as const)
    await ask(`top-${by.replace(' ', '-')}`, { title, ...top({ by: meritOf(scene, by), period: 'month' }) });
  await ask('top-own', { title: 'The asker is among them', ...top({ period: 'month' }), by: people[2]! });
  await ask('top-bots', { title: 'With bots', ...top({ 'include-bots': true, period: 'month' }) });
  await ask('top-german', { title: 'In German', ...top(), by: people[22]!, isGerman: true });
  await ask('top-channel', {
    title: 'Of one channel',
    ...top({ channel: places['questions']!.id, period: 'all' }),
  });
  await ask('top-empty', {
    title: 'Nobody',
    ...top({ channel: places['announcements']!.id, period: '2026-11-14' }),
  });
  await ask('top-too-early', { title: 'Too early', ...top(), server: young });
  await ask('top-hostile', { title: 'Hostile names', ...top(), server: hostile });
}

/** The value of the option `by` that is called so. */
function meritOf({ discord, main }: Scene, name: string): string {
  const command = discord.interactions.commandsOf(main.id).find((one) => one.name === 'top-contributors')!;
  const by = command.options!.find((option) => option.name === 'by')! as {
    choices: { name: string; value: string }[];
  };
  const found = by.choices.find((choice) => choice.name.toLowerCase() === name);
  if (!found)
    throw new Error(`No choice ${name} among ${by.choices.map((choice) => choice.name).join(', ')}`);
  return found.value;
}

/** /weekly: the report, of a week and of nothing. */
export async function askWeekly({ ask, press }: Asking, { hostile, young, linkedId }: Scene): Promise<void> {
  const weekly = (options = {}) => ({ command: 'weekly', options });
  await ask('weekly', { title: 'The last week', ...weekly() });
  await press('weekly-why', { title: 'How it was counted', of: 'weekly', label: WHY });
  await ask('weekly-german', { title: 'In German', ...weekly(), isGerman: true });
  await ask('weekly-first', { title: 'The first week of the record', ...weekly({ week: '2026-W35' }) });
  await ask('weekly-linked', {
    title: 'Of a server that was imported',
    ...weekly({ server: linkedId, private: true }),
  });
  await ask('weekly-empty', { title: 'Too early', ...weekly(), server: young });
  await ask('weekly-hostile', { title: 'Hostile names', ...weekly(), server: hostile });
}
