/** A sample of each thing that a message can have, to look at the preview with. */
import { ButtonStyle, ComponentType, MessageFlags } from 'discord-api-types/v10';
import type { Chart } from '../../../reports/charts/chart.ts';
import { openDrawing } from '../../../reports/draw.ts';
import { markdown } from '../../../reports/markdown.ts';
import { toDiscord } from '../../../reports/message/discord.ts';
import type { Message } from '../../../reports/message.ts';
import { usual } from '../../reports/charts/samples.ts';
import { NAMES } from '../../reports/names.ts';
import type { Shot, ShotMessage } from './shots.ts';

/** Every sign that Discord's Markdown has. */
export const EVERY_MARK = `# Heading 1
## Heading 2
### Heading 3
-# Small print with **bold**
**bold**, *italic*, _italic_, ***both***, __underlined__, ~~struck~~, ||spoiler||, \`code\`
A [link](https://example.com/a_(b)), <https://example.com>, https://example.com/path_with_underscores.
\\*not italic\\*, \\_nor this\\_, snake_case_name, 2 * 3 * 4
<@123456789012345678> <@&223456789012345678> <#323456789012345678> @everyone @here </stats:423456789012345678>
<t:1763900000:F>, <t:1763900000:d>, <:almanac:523456789012345678>
- a list
- of two
  - with one inside
1. first
2. second
> quoted **text**
> on two lines
\`\`\`ts
const code = '<b>**not bold**</b>';
\`\`\`
after it`;

/** Draws charts and makes a shot of each sample. */
export async function sampleShots(): Promise<Shot[]> {
  const drawing = await openDrawing();
  try {
    const picture = async (id: string) => {
      const chart = usual[id] as Chart;
      return { name: `${id}.png`, bytes: await drawing.draw(chart), alt: chart.alt };
    };
    const pictures = [await picture('activity'), await picture('heat-map'), await picture('contributors')];
    return [
      statsShot(pictures),
      weeklyShot(pictures),
      ...textShots(),
      ...buttonShots(),
      ...olderShots(pictures),
    ];
  } finally {
    await drawing.close();
  }
}

type Pictures = { name: string; bytes: Uint8Array; alt: string }[];

/** A report's message as a shot has it. */
export function shotOf(message: Message): ShotMessage {
  const { flags, components, files } = toDiscord(message);
  const attachments = files.map(({ name, bytes, alt }) => ({
    name,
    bytes,
    ...(alt !== undefined && { description: alt }),
  }));
  return { flags, components, attachments };
}

const NAVIGATION = [
  [
    { label: 'Earlier', id: 'earlier' },
    { label: 'Later', id: 'later', isDisabled: true },
    { label: 'How was this counted?', id: 'why' },
  ],
];

function statsShot([activity, heatMap]: Pictures): Shot {
  const message = shotOf({
    blocks: [
      { is: 'text', text: '## Last week in Birdwatchers\n-# 9 to 15 November 2026, Europe/Vienna' },
      {
        is: 'text',
        text: '**1,130** messages (+12 %)\n**86** people (−3)\n**9** newcomers (+4)\n**412** reactions (−8 %)\n**291** replies (+2 %)',
      },
      { is: 'picture', file: activity!.name, alt: activity!.alt },
      { is: 'picture', file: heatMap!.name, alt: heatMap!.alt },
      { is: 'rule' },
      {
        is: 'text',
        text: '### Where most was written\n1. #general: 512\n2. #sightings: 301\n3. #photos: 120',
      },
      {
        is: 'text',
        text: '-# 98 % of this time is recorded. Counted is what everyone in this channel can read.',
      },
    ],
    files: [activity!, heatMap!],
    buttons: NAVIGATION,
  });
  return {
    id: 'stats',
    title: 'An answer with charts',
    command: '/stats period: week',
    asker: 'ada',
    isEphemeral: false,
    message,
  };
}

function weeklyShot([activity, , contributors]: Pictures): Shot {
  const page = { name: 'weekly-2026-W46.html', bytes: new Uint8Array(183_500) };
  const message = shotOf({
    blocks: [
      { is: 'text', text: '## Week 46\nMore was written than in any week since June.' },
      { is: 'picture', file: contributors!.name, alt: contributors!.alt },
      { is: 'file', file: page.name },
    ],
    files: [contributors!, page],
    buttons: NAVIGATION,
  });
  const linked = { ...activity!, bytes: new Uint8Array() };
  message.attachments.push({ name: linked.name, bytes: linked.bytes, description: linked.alt });
  return {
    id: 'weekly',
    title: 'A private answer with a file',
    command: '/weekly private: True',
    asker: 'grace',
    isEphemeral: true,
    message,
  };
}

function textShots(): Shot[] {
  const names = Object.values(NAMES).map(
    (name, i) => `${i + 1}. **${markdown.text(name)}**: ${900 - 40 * i} messages`,
  );
  const many = Array.from({ length: 500 }, (_, i) => `- **#channel-${i}**: ${1000 - i}`).join('\n');
  const text = (id: string, title: string, said: string[], isEphemeral = false): Shot => ({
    id,
    title,
    command: `/${id}`,
    ...(isEphemeral ? {} : { asker: NAMES.html }),
    isEphemeral,
    message: shotOf({ blocks: said.map((one) => ({ is: 'text', text: one })) }),
  });
  return [
    text('markdown', 'Every mark', [EVERY_MARK]),
    text('names', 'Names that are hostile', ['## Who wrote most', names.join('\n'), '-# As of today']),
    text('long', 'More than fits', ['## 500 channels', many, '-# 98 % of this time is recorded.']),
    text(
      'refusal',
      'A refusal',
      ['Nobody may be told this here. Ask in a channel that is open to all.'],
      true,
    ),
  ];
}

function buttonShots(): Shot[] {
  const labels = [
    'Früher',
    'Später',
    'Wie wurde das gezählt?',
    'Vierteljährliche Zusammenfassung anzeigen',
    'x'.repeat(80),
  ];
  const message = shotOf({
    blocks: [{ is: 'text', text: '### Knöpfe' }],
    buttons: [
      labels.map((label, i) => ({ label, id: `${i}`, isStrong: i === 0, isDisabled: i === 1 })),
      [{ label: 'In Discord öffnen', url: 'https://discord.com/channels/1/2/3' }],
    ],
  });
  const others: ShotMessage = {
    flags: MessageFlags.IsComponentsV2,
    components: [
      {
        type: ComponentType.Section,
        components: [{ type: ComponentType.TextDisplay, content: '**A section** with a button beside it' }],
        accessory: { type: ComponentType.Button, style: ButtonStyle.Success, label: 'Start', custom_id: 'a' },
      },
      { type: ComponentType.Separator, spacing: 2, divider: false },
      {
        type: ComponentType.ActionRow,
        components: [{ type: ComponentType.ChannelSelect, custom_id: 'b', placeholder: 'Choose a channel' }],
      },
      {
        type: ComponentType.ActionRow,
        components: [
          { type: ComponentType.Button, style: ButtonStyle.Danger, label: 'Stop', custom_id: 'c' },
        ],
      },
    ],
    attachments: [],
  };
  return [
    { id: 'buttons', title: 'Buttons', command: '/knöpfe', asker: 'ada', isEphemeral: false, message },
    {
      id: 'others',
      title: 'Other components',
      command: '/settings',
      asker: 'ada',
      isEphemeral: true,
      message: others,
    },
  ];
}

function olderShots(pictures: Pictures): Shot[] {
  const files = pictures.map(({ alt, ...file }) => ({ ...file, description: alt }));
  const galleries = [2, 3, 5, 7].map((count) => ({
    type: ComponentType.MediaGallery as const,
    items: Array.from({ length: count }, (_, i) => ({
      media: { url: `attachment://${files[i % 3]!.name}` },
    })),
  }));
  const embed = {
    title: 'An embed',
    description: EVERY_MARK.split('\n').slice(4, 6).join('\n'),
    color: 0x4a_93_cc,
    fields: ['Messages', 'People', 'Newcomers'].map((name) => ({ name, value: '**1,130**', inline: true })),
    image: { url: `attachment://${files[0]!.name}` },
    footer: { text: 'Its footer' },
  };
  return [
    {
      id: 'galleries',
      title: 'Galleries',
      command: '/galleries',
      asker: 'ada',
      isEphemeral: false,
      message: { flags: MessageFlags.IsComponentsV2, components: galleries, attachments: files },
    },
    {
      id: 'older',
      title: 'Content, an embed and a file; a picture that was not kept',
      command: '/older',
      isEphemeral: false,
      message: {
        content: 'The weekly report for <#123456789012345678>',
        embeds: [embed],
        attachments: [
          files[0]!,
          { name: 'numbers.csv', bytes: new Uint8Array(950) },
          { ...files[1]!, bytes: new Uint8Array() },
        ],
      },
    },
  ];
}
