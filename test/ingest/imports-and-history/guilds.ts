/** Guilds of which there are exports: real ones, a made one, and a small one written by hand. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLong } from '../../support/at-length.ts';
import type { Export } from '../../support/discord/exports/export.ts';
import {
  ANNA,
  BELA,
  CARL,
  exportOf,
  type ExportParts,
  iso,
  mapFile,
  reaction,
  said,
} from '../../support/exports.ts';
import { at, CHANNEL, idAt } from '../../support/records.ts';
import { exportsOf, generated } from '../dce/generated.ts';

/** The exports of one guild. */
export interface Exported {
  name: string;
  load(): Promise<Export[]>;
}

export const NOTES = '100000000000000008';
export const NEWS = '100000000000000009';
/** About the third message of general, and a post of a forum. */
export const THREAD = idAt(at(3));
export const POST = idAt(at(70));

const made = (parts: ExportParts): Export => exportOf(parts) as unknown as Export;
const lighthouse = { categoryId: '100000000000000010', category: 'Tower' };

/** Of everything an export may tell something: made a day after the first words. */
export function smallGuild(): Export[] {
  const emoji = { id: '100000000000000061', name: 'lamp', code: 'lamp', isAnimated: false, imageUrl: '' };
  return [
    made({
      channel: { topic: 'whatever', ...lighthouse },
      messages: [
        said(1, 'hello @bela :lamp:', { mentions: [BELA], inlineEmojis: [emoji] }),
        said(2, 'so we meet', { author: BELA, timestampEdited: iso(at(30)), isPinned: true }),
        said(3, 'the stairs', { reactions: [reaction('👍', [ANNA, BELA]), reaction('🎈', [CARL])] }),
        said(4, 'with a map', { author: CARL, attachments: [mapFile('100000000000000041')] }),
        said(5, 'yes', {
          type: 'Reply',
          author: BELA,
          reference: { messageId: idAt(at(4)), channelId: CHANNEL, guildId: null },
          mentions: [CARL],
        }),
        said(6, 'Joined the server.', { type: 'GuildMemberJoin', author: CARL }),
        said(7, 'lit', { type: '20', interaction: { id: '8', name: 'light', user: BELA } }),
        said(8, 'good night', { author: CARL }),
      ],
    }),
    made({
      channel: { id: NOTES, name: 'notes', ...lighthouse },
      messages: [said(40, 'one'), said(41, 'two', { author: BELA }), said(42, 'three')],
    }),
    made({ channel: { id: NEWS, type: 'GuildNews', name: 'news' }, messages: [said(50, 'it is lit')] }),
    made({
      channel: {
        id: THREAD,
        type: 'GuildPublicThread',
        name: 'stairs',
        categoryId: CHANNEL,
        category: 'general',
      },
      messages: [
        said(60, 'how many', { author: BELA }),
        said(61, 'two hundred'),
        said(62, 'oh', { author: BELA }),
      ],
    }),
    made({
      channel: {
        id: POST,
        type: 'GuildPublicThread',
        name: 'fog',
        categoryId: '100000000000000011',
        category: 'weather',
      },
      messages: [said(70, 'fog again', { author: CARL }), said(71, 'and rain')],
    }),
  ];
}

const folder = process.env.DCE_EXPORTS ?? '';

/** Each takes seconds in every order: `npm run test:long` takes them, too. */
const AT_LENGTH = /agora|taltech|numberball|vesuvius|frontend-samples/;

/** Of real guilds those in the folder that `DCE_EXPORTS` names; direct messages are of none. */
export const GUILDS: Exported[] = [
  { name: 'a small server', load: async () => smallGuild() },
  {
    name: 'a made community',
    async load() {
      const community = await generated({ seed: 'both', messages: 500, people: 30, channels: 5, weeks: 20 });
      return (await exportsOf(community.folder)) as unknown as Export[];
    },
  },
  ...realGuilds(),
];

function realGuilds(): Exported[] {
  if (folder === '') return [];
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json') && !path.endsWith('.truth.json'))
    .map((path) => ({
      folder: path.split('/')[0]!,
      one: JSON.parse(readFileSync(join(folder, path), 'utf8')) as Export,
    }))
    .filter(({ one }) => one.guild.id !== '0');
  const guilds = Map.groupBy(found, (file) => `${file.folder}, ${file.one.guild.name}`);
  return [...guilds]
    .filter(([name]) => isLong || !AT_LENGTH.test(name))
    .map(([name, files]) => ({ name, load: async () => files.map(({ one }) => one) }));
}

/** Some thousands of messages take some seconds each time; and the made ones are hundreds. */
const MANY = isLong ? /taltech|vesuvius/ : /^a made community/;
export const FEW_MESSAGES = GUILDS.filter(({ name }) => !MANY.test(name));

/** Without those edited by hand, which are small and alike. */
export const UNEDITED = FEW_MESSAGES.filter(({ name }) => !name.startsWith('frontend-samples'));
