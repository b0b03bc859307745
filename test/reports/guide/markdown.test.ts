/** A guide for a terminal, and how it comes about. */
import { describe, expect, it } from 'vitest';
import { guideDefinitions } from '../../../reports/guide/explain.ts';
import { guideMarkdown } from '../../../reports/guide/markdown.ts';
import { renderHowCounted } from '../../../reports/how-counted.ts';
import { de } from '../../../reports/words/de.ts';
import { en } from '../../../reports/words/en.ts';
import { textOf } from '../../commands/asking/scene.ts';
import { NAMES } from '../names.ts';
import { NOW_MS, SERVER, SILENT, SPARSE, TOPIC } from './guides.ts';
import { hostileTopic } from './hostile.ts';

describe('as Markdown', () => {
  it.for([
    ['topic', TOPIC, en],
    ['as-of', { ...TOPIC, asOfMs: NOW_MS, unread: 20 }, en],
    ['silent', SILENT, en],
    ['server-german', SERVER, de],
    ['server-sparse', SPARSE, en],
    ['hostile', hostileTopic({ name: NAMES.markdown, text: NAMES.link, topic: NAMES.controls }), en],
  ] as const)('is as it always was: %s', async ([name, guide, words]) => {
    await expect(guideMarkdown(guide, words)).toMatchFileSnapshot(`../../golden/guide/${name}.md`);
  });

  it('hours and dates are the guild’s, and the zone is named', () => {
    const text = guideMarkdown(TOPIC, en);
    expect(text).toContain('Europe/Vienna time');
    expect(text).toContain('Usually here from 18:00 to 22:00, last on 20 November 2026');
    expect(text).not.toContain('<t:');
  });
});

describe('how it comes about', () => {
  const counted = {
    window: TOPIC.window,
    rows: { rows: 9, people: 9, bots: 0, system: 0, deleted: 0, hidden: 0, bare: 0 },
    coverage: TOPIC.coverage,
    bots: false,
  };

  it('is told of what the guide is about, and who is never named, in one message', () => {
    for (const words of [en, de])
      for (const about of ['topic', 'server'] as const) {
        const message = renderHowCounted(counted, guideDefinitions(about, words), 'everyone', words);
        expect(textOf(message)).toContain(words.guide.definitions.named.meaning);
        expect(textOf(message).length).toBeLessThan(3500);
      }
    expect(guideDefinitions('topic', en).join()).toContain('every year');
    expect(guideDefinitions('server', en).join()).toContain('newcomers');
    expect(guideDefinitions('server', en).join()).not.toContain('every year');
  });
});
