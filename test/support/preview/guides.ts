/** What is asked of /guide: topics of all kinds, where to start, and to be named no more. */
import { saveSettings } from '../../../db/settings.ts';
import type { Asking } from './asking.ts';
import type { Scene } from './scene.ts';
import { NOW_MS } from './servers.ts';

const WHY = 'How was this counted?';

/** /guide: found, not found, and no topic at all. */
export async function askGuide({ ask, press }: Asking, scene: Scene): Promise<void> {
  const { main, young, hostile, linkedId, people } = scene;
  const guide = (topic?: string, more = {}) => ({
    command: 'guide',
    options: { ...(topic !== undefined && { topic }), ...more },
  });
  await ask('guide-topic', { title: 'A word', ...guide('antenna') });
  await press('guide-why', { title: 'How it was counted', of: 'guide-topic', label: WHY });
  await ask('guide-question', {
    title: 'A whole question, in German',
    ...guide('Which batteries survive the cold, and how much reserve should I plan for the landing?'),
    isGerman: true,
  });
  await ask('guide-misspelt', { title: 'Misspelt', ...guide('parashute') });
  await ask('guide-silent', { title: 'Nobody spoke of it', ...guide('knitting patterns') });
  await ask('guide-wordless', { title: 'No word to look for', ...guide('what is it?') });
  await ask('guide-private', {
    title: 'In private: with what only the asker reads',
    ...guide('antenna', { private: true }),
  });
  await ask('guide-linked', {
    title: 'Of a server that was imported',
    ...guide('antenna', { server: linkedId, private: true }),
  });
  await ask('guide-server', { title: 'Where to start', ...guide() });
  await press('guide-server-why', { title: 'How it was counted', of: 'guide-server', label: WHY });
  await ask('guide-server-german', { title: 'In German', ...guide(), isGerman: true });
  await ask('guide-empty', { title: 'Too early', ...guide(), server: young });
  await ask('guide-hostile', { title: 'Hostile names', ...guide('hello'), server: hostile });
  const helpChannel = scene.places['questions']!.id;
  const need = guide('how can i hurt myself', { private: true });
  await saveSettings(scene.store.db, main.id, { helpChannel }, new Date(NOW_MS));
  await ask('guide-care', { title: 'A person rather than a list', ...need, by: people[3]! });
  await saveSettings(scene.store.db, main.id, { helpChannel: null }, new Date(NOW_MS));
}

/** Somebody who is not named in an answer chooses to be named nowhere, and then otherwise. */
export async function askNaming({ press }: Asking, { people }: Scene): Promise<void> {
  const by = people.at(-1)!;
  const answer = { of: 'guide-topic', label: 'Don’t name me', by };
  await press('guide-not-named', { title: 'Somebody else presses it', ...answer });
  await press('guide-unnamed', {
    title: 'Named nowhere',
    of: 'guide-not-named',
    label: 'Name me nowhere',
    by,
  });
  await press('guide-named', { title: 'Named again', of: 'guide-unnamed', label: 'Name me again', by });
}
