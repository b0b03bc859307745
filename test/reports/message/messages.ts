/** Random messages of hostile texts, and what Discord counts of a message. */
import { type APIMessageTopLevelComponent, ComponentType } from 'discord-api-types/v10';
import { markdown } from '../../../reports/markdown.ts';
import type { Block, Button, Message } from '../../../reports/message.ts';
import { pick } from '../../support/random.ts';
import { NAMES } from '../names.ts';

/** Texts that are long, or tear easily; names as they are, though reports escape them. */
const TEXTS = [
  ...Object.values(NAMES),
  ...Object.values(NAMES).map(
    (name) => `**${markdown.text(name)}** wrote [this](https://discord.com/channels/1/2/3)`,
  ),
  '',
  ' \n\u200b',
  'a\ud800b \udc00',
  '@everyone <@1> <@&2> <#3> <t:1700000000:R>',
  Array.from({ length: 500 }, (_, i) => `- line **${i}** of \\*many\\*`).join('\n'),
  '日本語のとても長い名前'.repeat(500),
  'ا'.repeat(5000),
  '\\'.repeat(5001),
  '*_`~|[<'.repeat(700),
  '```\n'.repeat(1201),
  `**${'x'.repeat(5000)}**`,
  '👩🏽‍🚀'.repeat(700),
  `a${'\u0336'.repeat(5000)}`,
];

/** A message of up to a hundred such blocks, with up to ten buttons and twelve files. */
export function hostileMessage(random: () => number): Message {
  const count = (most: number) => Math.floor(random() ** 3 * (most + 1));
  const text = () =>
    Array.from({ length: 1 + count(4) }, () => pick(TEXTS, random)).join(pick(['', ' ', '\n'], random));
  const files = Array.from({ length: 1 + count(11) }, (_, i) => ({
    name: `file-${i}.png`,
    bytes: new Uint8Array(3),
    ...(random() < 0.5 && { alt: text() }),
  }));
  const block = (): Block =>
    pick<() => Block>(
      [
        () => ({ is: 'text', text: text() }),
        () => ({ is: 'picture', file: pick(files, random).name, alt: text() }),
        () => ({ is: 'file', file: pick(files, random).name }),
        () => ({ is: 'rule' }),
      ],
      random,
    )();
  const button = (i: number): Button =>
    pick<() => Button>(
      [
        () => ({
          label: text(),
          id: `${i}`.padEnd(100, '.'),
          isDisabled: random() < 0.5,
          isStrong: random() < 0.5,
        }),
        () => ({ label: text(), url: 'https://discord.com/channels/1/2/3' }),
      ],
      random,
    )();
  const buttons = Array.from({ length: count(10) }, (_, i) => button(i));
  const split = Math.floor(random() * buttons.length);
  return {
    blocks: Array.from({ length: 1 + count(100) }, block),
    files,
    buttons: [buttons.slice(0, split), buttons.slice(split)],
  };
}

/** Every component of a message, of every depth. */
export function allComponents(components: readonly APIMessageTopLevelComponent[]): { type: ComponentType }[] {
  return components.flatMap((one) => [
    one,
    ...('components' in one ? allComponents(one.components as APIMessageTopLevelComponent[]) : []),
  ]);
}

/** The texts of a message, in their order. */
export const textsOf = (components: readonly APIMessageTopLevelComponent[]): string[] =>
  allComponents(components).flatMap((one) => ('content' in one ? [one.content as string] : []));
