/** What is refused, and what goes wrong. */
import { ChartError } from '../../../reports/draw.ts';
import type { Asking } from './asking.ts';
import type { Scene } from './scene.ts';

/** Each sentence that an asker can be told in place of an answer. */
export async function askInVain({ ask }: Asking, scene: Scene): Promise<void> {
  const { places, people, silent, linkedId } = scene;
  const stats = (options = {}) => ({ command: 'stats', options });
  const person = people[3]!;
  const staffed = { channel: places['ground-crew']!.id };
  await ask('refused-channel', { title: 'Not everyone can read it', ...stats(staffed) });
  await ask('refused-unknown', {
    title: 'The asker cannot read it',
    ...stats({ channel: 'ground-crew' }),
    by: person,
  });
  await ask('refused-period', { title: 'No period', ...stats({ period: '11/12/2026' }) });
  await ask('refused-period-german', {
    title: 'No period, in German',
    ...stats({ period: '11/12/2026' }),
    isGerman: true,
  });
  await ask('refused-member', {
    title: 'Not for members',
    command: 'settings',
    by: person,
    isUnchecked: true,
  });
  await ask('refused-nothing', {
    title: 'Nothing that everyone reads',
    ...stats(),
    server: silent,
  });
  await ask('refused-nothing-private', {
    title: 'Nothing that the asker reads',
    ...stats({ private: true }),
    server: silent,
  });
  await ask('refused-closed', {
    title: 'A linked server, closed to members',
    ...stats({ server: linkedId, private: true }),
    by: person,
  });
  await ask('refused-public', {
    title: 'A linked server, not open to all',
    ...stats({ server: linkedId }),
  });
  await ask('refused-behind', { title: 'Catching up', ...stats(), troubles: { isBehind: true } });
  await ask('refused-late', {
    title: 'It took too long',
    ...stats({ period: '2026-09' }),
    troubles: { isOutOfTime: true },
  });
  await ask('refused-fault', {
    title: 'A fault of ours',
    command: 'backfill',
    subcommand: 'plan',
    troubles: { plan: () => Promise.reject(new RangeError('not foreseen')) },
    messages: 2,
  });
  await ask('no-chart', {
    title: 'A chart could not be drawn',
    ...stats({ period: 'quarter' }),
    troubles: { draw: () => Promise.reject(new ChartError('no')) },
  });
}

/** Last of all. */
export async function askWithoutDatabase({ ask }: Asking): Promise<void> {
  await ask('refused-database', {
    title: 'The database is away',
    command: 'stats',
    troubles: { isDatabaseAway: true },
  });
}
