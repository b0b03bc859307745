/** An export and records with a word in every field that a person fills. */
import type { RecordBatch } from '../../db/records.ts';
import { exportText, iso, type Json, person, reaction, said } from './exports.ts';
import { at, AUTHOR, batchOf, CHANNEL, GUILD, idAt, rest } from './records.ts';

/** Stands in all that people type; and in names of members, channels and guilds, which stay. */
export const CANARY = 'quetzal';
export const NAME = 'heron';
/** Who may read the channel of the records: ids and bits, which are kept. */
export const OVERWRITE = { id: '32', type: 0, allow: '1024', deny: '0' };

/** Its numbers tell which field a find is from. */
let count = 0;
const word = (): string => `${CANARY}${++count}`;

const emoji = (): Json => ({
  id: '51',
  name: word(),
  code: word(),
  isAnimated: false,
  imageUrl: `https://cdn.example/${word()}`,
});

const author = (): Json => ({
  ...person(AUTHOR, `${NAME}1`, { nickname: `${NAME}2`, avatarUrl: `https://cdn.example/${word()}` }),
  roles: [{ id: '31', name: word(), color: '#112233', position: 1 }],
  [word()]: word(),
});

const embed = (): Json => {
  const picture = () => ({
    url: `https://example.org/${word()}`,
    canonicalUrl: `https://example.org/${word()}`,
    width: 1,
    height: 2,
  });
  return {
    title: word(),
    url: `https://example.org/${word()}`,
    timestamp: iso(at(0)),
    description: word(),
    color: '#112233',
    author: { name: word(), url: word(), iconUrl: word(), iconCanonicalUrl: word() },
    thumbnail: picture(),
    image: picture(),
    images: [picture()],
    video: picture(),
    footer: { text: word(), iconUrl: word(), iconCanonicalUrl: word() },
    fields: [{ name: word(), value: word(), isInline: false }],
    inlineEmojis: [emoji()],
    [word()]: [{ [word()]: word() }],
  };
};

const attachment = (id: string): Json => ({
  id,
  url: `https://cdn.example/${word()}`,
  fileName: `${word()}.png`,
  fileSizeBytes: 70,
});
const sticker = (): Json => ({
  id: '61',
  name: word(),
  format: word(),
  sourceUrl: `https://cdn.example/${word()}`,
});

/** A message with every key that DCE knows, and more. */
export function canaryMessage(seconds: number, more: Json = {}): Json {
  const custom = reaction(`${word()}:51`, [author()]);
  const inline = emoji();
  return said(seconds, `${word()} asks? 🎈 https://example.org/${word()} :${inline.name as string}:`, {
    type: 'Reply',
    timestampEdited: iso(at(seconds + 5)),
    isPinned: true,
    author: author(),
    attachments: [attachment('41')],
    embeds: [embed()],
    stickers: [sticker()],
    reactions: [
      { ...custom, emoji: emoji(), [word()]: word() },
      reaction(word(), [author()]),
      reaction('👍', [author()]),
    ],
    mentions: [author()],
    reference: { type: 'Forward', messageId: '5', channelId: '6', guildId: '7', [word()]: word() },
    forwardedMessage: {
      timestamp: iso(at(0)),
      timestampEdited: null,
      content: word(),
      attachments: [attachment('42')],
      embeds: [embed()],
      stickers: [sticker()],
      [word()]: word(),
    },
    interaction: { id: '8', name: word(), user: author(), [word()]: word() },
    inlineEmojis: [inline],
    poll: { question: word(), answers: [{ text: word() }] },
    [word()]: { [word()]: [word(), { [word()]: { [word()]: word() } }] },
    timestamp2: word(),
    ...more,
  });
}

/** A channel's export and a thread's. */
export function canaryExports(): Record<string, string> {
  const guild = { name: `${NAME}3`, iconUrl: word(), [word()]: word() };
  const more = { dateRange: { after: word(), before: word() }, [word()]: { [word()]: word() } };
  const channel = { name: `${NAME}4`, topic: word(), iconUrl: word(), [word()]: word() };
  const thread = {
    id: '900',
    type: 'GuildPublicThread',
    categoryId: CHANNEL,
    category: `${NAME}4`,
    name: word(),
    topic: word(),
  };
  return {
    channel: exportText({
      guild,
      channel,
      more,
      messages: [
        canaryMessage(1),
        canaryMessage(2, { timestamp: word(), timestampEdited: word(), callEndedTimestamp: word() }),
      ],
    }),
    'channel as of later': exportText({
      guild,
      channel,
      exportedAt: iso(at(300_000)),
      messages: [canaryMessage(1, { timestampEdited: iso(at(9000)) })],
    }),
    'odd times': exportText({ guild, channel, exportedAt: word(), messages: [canaryMessage(7)] }),
    thread: exportText({
      guild,
      channel: thread,
      messages: [canaryMessage(3), said(4, `Started a thread: ${word()}`, { type: 'ThreadCreated' })],
    }),
  };
}

/** What the other two sources tell, in every kind of record. */
export function canaryRecords(): RecordBatch[] {
  const told = { source: 'gateway' as const, observedAt: at(500_000), guildId: GUILD };
  const id = idAt(at(60));
  const edited = (seconds: number, content: string) =>
    rest(seconds, id, {
      editedAt: at(seconds - 1),
      webhookName: `${NAME}5`,
      body: { content, fidelity: 3, inlineEmoji: [{ key: '51', name: word() }] },
      attachments: [
        { attachmentId: '43', fileName: `${word()}.${CANARY}`, contentType: word(), sizeBytes: 5 },
      ],
      embeds: { fidelity: 3, count: 1, list: [{ title: word(), [word()]: word() }] },
      stickers: [{ stickerId: '62', name: word(), format: word() }],
      mentions: [{ kind: 'role', targetId: '31', names: [word()] }],
      forward: { sentAt: at(1), content: word(), contentLength: 5, details: { [word()]: word() } },
      poll: { answers: 2, expiresAt: at(99), poll: { question: word(), answers: [word()] } },
      reactions: {
        at: at(seconds),
        counts: [
          { key: '51', name: word(), count: 1 },
          { key: word(), count: 2 },
          { key: '🎈', count: 3 },
        ],
      },
      extra: { [word()]: word(), components: [{ label: word() }], timestamp: word() },
    });
  return [
    batchOf({
      guilds: [{ ...told, name: `${NAME}3`, extra: { description: word() } }],
      expressions: (['emoji', 'sticker'] as const).map((kind) => ({
        ...told,
        kind,
        expressionId: '53',
        name: word(),
        animated: false,
      })),
      channels: [
        {
          ...told,
          channelId: CHANNEL,
          type: 0,
          name: `${NAME}4`,
          details: { topic: word(), overwrites: [{ ...OVERWRITE, [word()]: word() }] },
          extra: { [word()]: word() },
        },
        { ...told, channelId: '901', type: 11, name: word(), parentId: CHANNEL, extra: { [word()]: word() } },
      ],
      roles: [{ ...told, roleId: '32', look: { name: word(), color: 1, position: 1 } }],
      members: [
        {
          ...told,
          userId: '71',
          name: `${NAME}6`,
          displayName: `${NAME}7`,
          nick: `${NAME}8`,
          extra: { bio: word() },
        },
      ],
      messages: [edited(70, word()), edited(80, `${word()} edited`)],
      reactions: [
        {
          ...told,
          channelId: CHANNEL,
          messageId: id,
          emoji: { key: '52', name: word() },
          counted: { at: at(90), count: 2 },
        },
      ],
      reactionUsers: [
        {
          guildId: GUILD,
          channelId: CHANNEL,
          messageId: id,
          emoji: { key: word(), name: word() },
          userId: '71',
          burst: false,
          addedAt: at(91),
        },
      ],
    }),
    batchOf({ messages: [edited(95, `${word()} edited again`)] }),
  ];
}
