/** What a guide on a topic says: of each standing, and of each kind of evidence. */
import { describe, expect, it } from 'vitest';
import type { GuidePerson } from '../../../db/queries/guide/rows.ts';
import { renderGuide } from '../../../reports/guide/message.ts';
import type { Guide } from '../../../reports/guide/report.ts';
import { de } from '../../../reports/words/de.ts';
import { en } from '../../../reports/words/en.ts';
import { textOf } from '../../commands/asking/scene.ts';
import { ADA, CLEO, DORA, SERVER, SILENT, SPARSE, TOPIC } from './guides.ts';

const told = (guide: Guide, words = en): string => textOf(renderGuide(guide, words));
const typed = (one: string, ...words: string[]) => ({ typed: one, words, messages: words.length });

describe('on a topic', () => {
  it('it says where, whom to turn to with what they did, and what can be read', () => {
    const text = told(TOPIC);
    const parts = [
      '## kiln temperatures\n-# Potters',
      'Talked about by 15 people in **#kilns** (47 messages), **#glazes** (9), **↳ Cone 6 or cone 10 for a first kiln** (4) and elsewhere (4); last <t:',
      '### Who to turn to\n- **Ada** answered 12 questions of 9 people, most often in #kilns, since March 2025, typically after 14 minutes; thanked 5 times.\n  - Usually here from <t:',
      // The month is that of the guild's zone.
      '- **Ben Kowalski** answered 5 questions of 5 people in #glazes since August 2026, typically after 2 hours; thanked once.',
      '### Answers already given\n- “How hot should a bisque firing be for stoneware?”\n  - “Cone 06, about 1000 °C.',
      '” · Ada in #kilns, 8 November 2026, thanked · [open](https://discord.com/channels/',
      '“1060” · in #kilns, 16 October 2025 · [open]',
      '-# Recorded: verified in full.\n-# Counts what everyone here can read.',
    ];
    const places = parts.map((part) => text.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(text.length).toBeLessThan(2800);
  });

  it('each of those to turn to has two links to what they wrote, and whoever asked is not named', () => {
    const text = told(TOPIC);
    expect(text.match(/\[one answer\]\(https:\/\/\S+\) · \[another\]\(https:\/\/\S+\)/g)).toHaveLength(3);
    expect(text).not.toContain('Zoe');
  });

  it('a long question is quoted from where it asks, and nothing that was hidden comes out by that', () => {
    const quoted = (text: string): string => {
      const [found] = TOPIC.answers;
      const answers = [{ ...found!, question: { ...found!.question, text } }];
      return /^- “(.*)”$/m.exec(told({ ...TOPIC, answers }))![1]!;
    };
    const story = 'My first kiln came from a school. '.repeat(5);
    expect(quoted(`${story}How hot does a bisque get? Thanks`)).toBe('… How hot does a bisque get? Thanks');
    expect(quoted('Hello. How hot?')).toBe('Hello. How hot?');
    expect(quoted(`${story}See kilns.example/a?b`)).toMatch(/^My first kiln/);
    expect(quoted(`${story}||The murderer. Is it Ada?|| Right?`)).toBe('… \\[spoiler\\] Right?');
  });

  it('evidence of another kind is told as what it is', () => {
    expect(told(TOPIC)).toContain(
      '**cleo** has answered 11 people in #kilns (17 times) since January 2026, typically after 14 minutes. Nothing on this itself.',
    );
    const text = told({ ...TOPIC, guides: [DORA] });
    expect(text).toContain(
      '**Dora** spoke next after 6 questions in #kilns since March 2025; a guess, since no replies to them are known.',
    );
    expect(text).toContain('· [one message](https');
  });

  it('who has no answers on it is not told of as one to turn to, unless beside others who have', () => {
    const nearby = '### Who answers where this comes up\n- **cleo**';
    expect(told({ ...TOPIC, guides: [CLEO] })).toContain(nearby);
    expect(told({ ...TOPIC, guides: [CLEO, DORA] })).toContain(nearby);
    expect(told({ ...TOPIC, guides: [CLEO, ADA] })).toContain('### Who to turn to\n- **cleo**');
  });

  it('what somebody did is told in German without a comma for each part of it', () => {
    const once = { ...ADA, answered: 1, askers: 1, thanked: 0, place: { ...ADA.place, answered: 1 } };
    const german = (...guides: GuidePerson[]) =>
      told({ ...TOPIC, guides }, de).match(/(?<=^- )\*\*(Ada|cleo|Dora)\*\* .*$/gm);
    expect(german(ADA, once, CLEO)).toEqual([
      '**Ada** hat seit März 2025 insgesamt 12 Fragen von 9 Personen beantwortet, am häufigsten in #kilns und meist nach 14 Minuten; 5-mal kam Dank.',
      '**Ada** hat im März 2025 in #kilns nach 14 Minuten eine Frage beantwortet.',
      '**cleo** hat seit Januar 2026 in #kilns 11 Personen geantwortet (17-mal), meist nach 14 Minuten. Direkt dazu nichts.',
    ]);
    expect(german(DORA, { ...DORA, answered: 7 }, { ...once, medianMinutes: null })).toEqual([
      '**Dora** schrieb seit März 2025 in #kilns nach 6 Fragen als Nächstes; eine Vermutung, denn direkte Antworten darauf sind nicht bekannt.',
      '**Dora** schrieb seit März 2025 insgesamt nach 7 Fragen als Nächstes, am häufigsten in #kilns; eine Vermutung, denn direkte Antworten darauf sind nicht bekannt.',
      '**Ada** hat im März 2025 in #kilns eine Frage beantwortet.',
    ]);
  });

  it('with nobody to name, it says so and where to ask', () => {
    const text = told({ ...TOPIC, guides: [] });
    expect(text).toContain('### Who to turn to\nNobody who still writes here and may be named');
    expect(text).toContain('Ask in **#kilns**');
  });

  it('words that nobody writes so are told, with those that were looked for in their place', () => {
    const text = told({
      ...TOPIC,
      terms: [typed('klin', 'kiln', 'kilns'), typed('cones', 'cone'), typed('zzz'), typed('yyy')],
    });
    expect(text).toContain('-# Nobody writes “klin” here; looked for: kiln and kilns.');
    expect(text).toContain('-# Nobody writes “zzz” or “yyy” here.');
    expect(text).not.toContain('“cone');
  });

  it('words that nobody writes beside the rest of a short topic are told first, and once', () => {
    const terms = [typed('kiln', 'kiln'), typed('price'), typed('lease', 'lease')];
    const one = told({ ...TOPIC, terms, missing: ['price'] });
    expect(one).toContain(
      '\nNobody here writes “price” together with the rest; this is what there is without it.\nTalked about by',
    );
    expect(one.match(/price/g)).toHaveLength(1);
    const several = { ...TOPIC, terms, missing: ['price', 'lease'] };
    expect(told(several)).toContain(
      'writes “price” or “lease” together with the rest; this is what there is without them.',
    );
    expect(told(several, de)).toContain(
      '\nZusammen mit dem Rest schreibt hier niemand „price“ oder „lease“; das gibt es ohne diese Wörter.\n',
    );
    expect(told({ ...TOPIC, terms, missing: ['@everyone'] })).toContain('writes “@\u2060everyone” together');
    expect(told({ ...TOPIC, missing: ['\u200b'] })).not.toContain('together with');
    expect(told({ ...SILENT, missing: ['price'] })).not.toContain('together with');
  });

  it('where nobody spoke of it, it says of what is spoken that comes near, and what to do', () => {
    const text = told(SILENT);
    expect(text).toContain('Nobody has written about this in what everyone here can read');
    expect(text).toContain('**kilns**, **temperature** and **klint**.');
    expect(text).toContain('leave the topic out');
    expect(told({ ...SILENT, countedFor: 'asker' })).toContain('what you can read here');
    expect(told({ ...SILENT, nearest: [] })).not.toContain('Words near');
    expect(text).not.toContain('###');
  });

  it('a topic without words, and a server without texts, are told apart', () => {
    expect(told({ ...SILENT, standing: 'wordless', topic: 'the' })).toContain(
      'There is no word in this to look for.',
    );
    expect(told({ ...SILENT, standing: 'wordless', topic: '\u200b' })).toContain('## A topic without words');
    expect(told({ ...SILENT, standing: 'textless' })).toContain('The texts of this server are not kept');
  });

  it('messages that are not looked through yet are told, where there are many and they could change it', () => {
    for (const guide of [TOPIC, SILENT, SERVER, SPARSE]) {
      expect(told({ ...guide, unread: 20 })).toContain('-# 20 messages are not looked through yet');
      expect(told({ ...guide, unread: 19 })).not.toContain('looked through');
    }
    for (const standing of ['wordless', 'textless'] as const)
      expect(told({ ...SILENT, standing, unread: 1204 })).not.toContain('looked through');
  });
});
