/** Exports and records in which a person stands wherever one can; their words and names hold a canary. */
import type { RecordBatch } from '../../db/records.ts';
import { CANARY } from './canary.ts';
import { ANNA, CARL, type ExportParts, iso, type Json, person, reaction, said } from './exports.ts';
import { at, batchOf, CHANNEL, GUILD, idAt, reacted, spoke, voiceList, voted } from './records.ts';

export const PERSON = '770000000000000001';
const THEM = person(PERSON, `${CANARY}account`, { nickname: `${CANARY}Nick` });
/** Later they are called otherwise. */
const THEM_LATER = {
  ...THEM,
  nickname: `New${CANARY}`,
  roles: [{ id: '31', name: 'Keeper', color: null, position: 1 }],
};
const BOT = person('880000000000000001', 'bot', { isBot: true, discriminator: '0042' });

const DAY = 86_400;
const forward = (content: string): Json => ({
  reference: { type: 'Forward', messageId: idAt(at(1)), channelId: CHANNEL, guildId: null },
  forwardedMessage: {
    timestamp: iso(at(1)),
    timestampEdited: null,
    content,
    attachments: [],
    embeds: [],
    stickers: [],
  },
});

/** The messages as an export shows them that was made when the person was called by `them`. */
function messages(them: Json, isLater: boolean): Json[] {
  const name = `@${them.nickname as string}`;
  const edited = isLater ? { timestampEdited: iso(at(DAY)) } : {};
  const words = `${CANARY} said${isLater ? ' otherwise' : ''}`;
  return [
    said(1, `${words} https://example.org/${CANARY}`, {
      ...edited,
      author: them,
      attachments: [
        { id: '41', url: `https://cdn.example/${CANARY}.png`, fileName: `${CANARY}.png`, fileSizeBytes: 7 },
      ],
      embeds: [{ title: CANARY, url: null, timestamp: null, description: '', fields: [] }],
      stickers: [{ id: '61', name: CANARY, format: 'Png', sourceUrl: 'https://cdn.example' }],
      reactions: [reaction('👍', [ANNA])],
      extra: { note: CANARY },
    }),
    said(2, `hi ${name}, is it you at https://example.org/@${CANARY}account ? 🎈`, {
      mentions: [them, CARL],
    }),
    isLater
      ? said(3, 'nobody named', { ...edited })
      : said(3, `named ${name} at first`, { mentions: [them] }),
    said(4, 'liked', { author: CARL, reactions: [reaction('👍', [THEM, ANNA]), reaction('🎈', [THEM])] }),
    said(5, 'an answer', { author: BOT, type: '20', interaction: { id: '8', name: 'ask', user: them } }),
    said(6, 'Joined the server.', { author: them, type: 'GuildMemberJoin' }),
    said(7, '', { ...forward(`${CANARY} said`) }),
    said(8, 'so it is', {
      type: 'Reply',
      reference: { messageId: idAt(at(1)), channelId: CHANNEL, guildId: null },
      mentions: [them],
    }),
    said(9, 'with more', { unheardOf: { people: [them], person: them, other: 'kept' } }),
    said(10, `pinned by ${name}`, { mentions: [them], author: CARL }),
  ];
}

/** Three exports of one channel: early; later, with another name and edits; and early without DCE's rewriting. */
export const EXPORTS: Record<string, ExportParts> = {
  early: { exportedAt: iso(at(DAY / 2)), messages: messages(THEM, false) },
  later: {
    exportedAt: iso(at(3 * DAY)),
    messages: [...messages(THEM_LATER, true), said(2 * DAY, `${CANARY} at last`, { author: THEM_LATER })],
  },
  raw: {
    exportedAt: iso(at(DAY / 2 + 60)),
    messages: messages(THEM, false).map((message) => ({
      ...message,
      content: (message.content as string).replaceAll(`@${CANARY}Nick`, `<@${PERSON}>`),
    })),
  },
};

const listed = voiceList(5 * DAY, { [PERSON]: CHANNEL, [CARL.id as string]: CHANNEL });

/** What is heard live: they own the guild, react and take it back elsewhere, vote, and come to voice channels. */
export const HEARD: RecordBatch = batchOf({
  guilds: [{ source: 'gateway', observedAt: at(5 * DAY), guildId: GUILD, ownerId: PERSON }],
  pollVotes: [
    voted(idAt(at(4)), PERSON, 1, { addedAt: at(5 * DAY) }),
    voted(idAt(at(4)), CARL.id as string, 1, { addedAt: at(5 * DAY) }),
  ],
  guildMoments: listed.guildMoments,
  voice: [...listed.voice, spoke(6 * DAY, PERSON, null)],
  reactionUsers: [
    reacted(idAt(at(4)), PERSON, '🎉', { addedAt: at(5 * DAY) }),
    reacted(idAt(at(4)), CARL.id as string, '🎉', { addedAt: at(5 * DAY) }),
    reacted(idAt(at(4)), PERSON, '👍', { removedAt: at(5 * DAY) }),
  ],
});
