import { type APIContainerComponent, ComponentType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import type { Block, Message } from '../../../reports/message.ts';
import { toDiscord } from '../../../reports/message/discord.ts';
import { findDescription, loadOracle } from '../../support/discord/openapi.ts';
import { seededRandom } from '../../support/random.ts';
import { allComponents, hostileMessage, textsOf } from './messages.ts';

const bytes = new Uint8Array(1);
const text = (said: string): Block => ({ is: 'text', text: said });
const oracle = loadOracle(findDescription());

/** The parts of a message's container. */
const partsOf = (message: Message) => (toDiscord(message).components[0] as APIContainerComponent).components;

/** What is wrong with a message as the body of an edit of an answer. */
function faultsOf({ files, ...body }: ReturnType<typeof toDiscord>): string[] {
  const attachments = files.map(({ name, alt }, i) => ({
    id: String(i),
    filename: name,
    ...(alt !== undefined && { description: alt }),
  }));
  return oracle!.checkRequest({
    method: 'PATCH',
    path: '/webhooks/100000000000000001/token/messages/@original',
    query: new URLSearchParams(),
    body: { ...body, attachments },
    contentType: 'multipart/form-data',
  });
}

describe('a message in the form of Discord', () => {
  it('is one container, in the order of its blocks, its buttons below', () => {
    const made = toDiscord({
      blocks: [
        text('## Title'),
        text(' under it\n'),
        { is: 'rule' },
        { is: 'picture', file: 'a.png', alt: 'A chart' },
        { is: 'file', file: 'b.html' },
      ],
      files: [
        { name: 'a.png', bytes },
        { name: 'b.html', bytes },
        { name: 'c.csv', bytes, alt: 'Numbers' },
      ],
      buttons: [
        [
          { label: 'Why?', id: 'why', isStrong: true },
          { label: 'Later', id: 'later', isDisabled: true },
          { label: 'Open', url: 'https://discord.com' },
        ],
      ],
    });
    expect(made).toEqual({
      flags: 1 << 15,
      components: [
        {
          type: 17,
          accent_color: 0x4a_93_cc,
          components: [
            { type: 10, content: '## Title' },
            { type: 10, content: 'under it' },
            { type: 14 },
            { type: 12, items: [{ media: { url: 'attachment://a.png' }, description: 'A chart' }] },
            { type: 13, file: { url: 'attachment://b.html' } },
            { type: 13, file: { url: 'attachment://c.csv' } },
            {
              type: 1,
              components: [
                { type: 2, style: 1, label: 'Why?', custom_id: 'why' },
                { type: 2, style: 2, label: 'Later', custom_id: 'later', disabled: true },
                { type: 2, style: 5, label: 'Open', url: 'https://discord.com' },
              ],
            },
          ],
        },
      ],
      files: [
        { name: 'a.png', bytes, alt: 'A chart' },
        { name: 'b.html', bytes },
        { name: 'c.csv', bytes, alt: 'Numbers' },
      ],
      allowed_mentions: { parse: [] },
    });
  });

  it('has no text of which nothing is to be seen', () => {
    expect(partsOf({ blocks: [text(' \n'), text('\u200b\u2060'), text('a')] })).toEqual([
      { type: ComponentType.TextDisplay, content: 'a' },
    ]);
  });

  it('loses lines of its longest text, and keeps what stands around it', () => {
    const long = Array.from({ length: 500 }, (_, i) => `- line ${i}`).join('\n');
    const made = toDiscord({ blocks: [text('## Title'), text(long), text('-# small print')] });
    const [title, list, print] = textsOf(made.components);
    expect([title, print]).toEqual(['## Title', '-# small print']);
    expect(list).toMatch(/^- line 0\n[\s\S]+\n- line \d+\n…$/);
    expect(title!.length + list!.length + print!.length).toBeGreaterThan(3900);
  });

  it('joins texts that are too many, then leaves out rules, then what is last', () => {
    const texts = Array.from({ length: 60 }, (_, i) => text(`${i}`));
    expect(textsOf(toDiscord({ blocks: texts }).components)).toEqual([texts.map((_, i) => i).join('\n')]);
    const ruled = texts.flatMap((one): Block[] => [one, { is: 'rule' }]);
    expect(textsOf(toDiscord({ blocks: ruled }).components)).toEqual([texts.map((_, i) => i).join('\n')]);
    const files = [{ name: 'a.png', bytes }];
    const pictured = texts.flatMap((one): Block[] => [one, { is: 'picture', file: 'a.png', alt: 'A' }]);
    const parts = partsOf({ blocks: pictured, files });
    expect(parts).toHaveLength(39);
    expect(parts.at(-1)).toEqual({ type: ComponentType.TextDisplay, content: '…' });
  });

  it('has ten files, and no block of another', () => {
    const files = Array.from({ length: 12 }, (_, i) => ({ name: `${i}.png`, bytes }));
    const blocks = files.map(({ name }): Block => ({ is: 'picture', file: name, alt: name }));
    const made = toDiscord({ blocks, files });
    expect(made.files).toHaveLength(10);
    expect(allComponents(made.components)).toHaveLength(11);
  });

  it('has no file whose block had to go', () => {
    const files = ['a.png', 'b.png'].map((name) => ({ name, bytes }));
    const often = Array.from({ length: 50 }, (): Block => ({ is: 'file', file: 'a.png' }));
    const made = toDiscord({ blocks: [...often, { is: 'file', file: 'b.png' }], files });
    expect(made.files.map(({ name }) => name)).toEqual(['a.png']);
  });

  it('splits a row of more than five buttons', () => {
    const row = Array.from({ length: 7 }, (_, i) => ({ label: `${i}`, id: `${i}` }));
    const rows = partsOf({ blocks: [text('a')], buttons: [row] }).slice(1);
    expect(rows.map((one) => 'components' in one && one.components.length)).toEqual([5, 2]);
  });

  it('keeps its text where there are too many buttons, and as many as have room', () => {
    const buttons = Array.from({ length: 9 }, (_, row) =>
      Array.from({ length: 5 }, (_unused, i) => ({ label: ' ', id: `${row} ${i}` })),
    );
    const made = toDiscord({ blocks: [text('a')], buttons });
    const components = allComponents(made.components);
    expect(components.map(({ type }) => type).filter((type) => type !== ComponentType.Button)).toEqual([
      17, 10, 1, 1, 1,
    ]);
    expect(components.at(-1)).toEqual({ type: 2, style: 2, label: '…', custom_id: '2 4' });
  });

  const broken: Record<string, Message> = {
    'nothing in it': { blocks: [] },
    'nothing to be seen in it': { blocks: [text(' '), { is: 'rule' }], buttons: [[{ label: 'a', id: 'a' }]] },
    'a block without its file': { blocks: [{ is: 'file', file: 'a' }] },
    'two files of one name': {
      blocks: [],
      files: [
        { name: 'a', bytes },
        { name: 'a', bytes },
      ],
    },
    'a file with a name of people': { blocks: [], files: [{ name: 'ä b.png', bytes }] },
    'a custom id that is too long': { blocks: [text('a')], buttons: [[{ label: 'a', id: 'x'.repeat(101) }]] },
    'a custom id twice': {
      blocks: [text('a')],
      buttons: [
        [
          { label: 'a', id: 'a' },
          { label: 'b', id: 'a' },
        ],
      ],
    },
    'an address that is none': { blocks: [text('a')], buttons: [[{ label: 'a', url: 'nowhere' }]] },
  };
  it.for(Object.entries(broken))('is refused with %s', ([, message]) => {
    expect(() => toDiscord(message)).toThrow(/^(A|Two) /);
  });
});

describe('a message of hostile texts', () => {
  const RUNS = 200;

  /** One after the other, for together they are large. */
  function* messages(): Iterable<Message> {
    for (let seed = 0; seed < RUNS; seed++) yield hostileMessage(seededRandom(seed));
  }

  it('is within every limit', () => {
    for (const message of messages()) {
      const made = toDiscord(message);
      const components = allComponents(made.components);
      const texts = textsOf(made.components);
      expect(components.length).toBeLessThanOrEqual(40);
      expect(texts.join('').length).toBeLessThanOrEqual(4000);
      expect(texts.every((said) => said.trim() === said && said !== '')).toBe(true);
      const others = JSON.stringify(made.components, (key, value: unknown) =>
        key === 'content' ? '' : value,
      );
      const bytesMax = Math.max(10_000 - Buffer.byteLength(others), 2000);
      expect(Buffer.byteLength(texts.join(''))).toBeLessThanOrEqual(bytesMax);
      expect(JSON.stringify(made.components).isWellFormed()).toBe(true);
      expect(JSON.stringify(made)).not.toMatch(/\\ud[89a-f]/);
      for (const { alt = '' } of made.files) expect(alt.length).toBeLessThanOrEqual(1024);
    }
  });

  it('has a component for each file, and a file for each component', () => {
    for (const message of messages()) {
      const { components, files } = toDiscord(message);
      const named = [...JSON.stringify(components).matchAll(/"attachment:\/\/([^"]+)"/g)].map(
        ([, name]) => name,
      );
      expect([...new Set(named)].toSorted()).toEqual(files.map(({ name }) => name).toSorted());
    }
  });

  it.skipIf(oracle === undefined)('is as Discord describes it', () => {
    for (const message of messages()) expect(faultsOf(toDiscord(message))).toEqual([]);
  });
});
