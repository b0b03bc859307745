import {
  type APIEmbed,
  type APIMessageTopLevelComponent,
  MessageFlags,
  MessageReferenceType,
  MessageType,
  PollLayoutType,
} from 'discord-api-types/v10';
import type { MessageTruth, Snowflake } from '../model.ts';
import { apiTime, messagePayload } from '../payloads.ts';
import { type Base, known, type MessageKey } from './base.ts';
import { post, readMentions } from './post.ts';
import { joinThread, reopen } from './threads.ts';

/** What is sent, and by whom: a member, or a webhook. */
export interface SendOptions {
  author?: Snowflake;
  webhook?: { id?: Snowflake; name: string };
  content?: string;
  /** Absent: `<@id>`, `<@&id>` and @everyone in what it says. */
  mentions?: Pick<MessageTruth, 'mentions' | 'mentionRoles' | 'mentionsEveryone'>;
  /** Absent: a reply where it replies, else plain. */
  type?: MessageType;
  /** A message of this channel; its author is mentioned. */
  replyTo?: Snowflake;
  /** A message of anywhere in this world, copied as it is now. */
  forward?: MessageKey;
  /** File names, or more. */
  attachments?: (string | Partial<MessageTruth['attachments'][number]>)[];
  embeds?: APIEmbed[];
  components?: APIMessageTopLevelComponent[];
  stickers?: Snowflake[];
  poll?: { question: string; answers: string[]; multiselect?: boolean; hours?: number };
  flags?: number;
  nonce?: string | number;
}

/** Saying something. */
export function sendActions(base: Base) {
  return {
    send(channelId: Snowflake, options: SendOptions): MessageTruth {
      const { guild, channel } = base.channel(channelId);
      const { author, webhook, content = '', replyTo, forward } = options;
      if ((author === undefined) === (webhook === undefined))
        throw new Error('A message has an author or a webhook');
      if (author !== undefined) base.member(guild.id, author);
      for (const id of options.stickers ?? []) known(guild.stickers.get(id), 'sticker', id);
      reopen(base, guild, channel);
      if (author !== undefined && channel.thread) joinThread(base, guild, channel, author);
      const replied = replyTo && base.message({ channelId, id: replyTo }).message;
      const meant = options.mentions ?? readMentions(base, guild, content);
      if (replied && !replied.webhook && !meant.mentions.includes(replied.authorId))
        meant.mentions.push(replied.authorId);
      return post(base, guild, channel, {
        authorId: author ?? webhook?.id ?? base.nextId(),
        ...(webhook && { webhook: { name: webhook.name } }),
        type: options.type ?? (replyTo ? MessageType.Reply : MessageType.Default),
        content,
        ...meant,
        attachments: (options.attachments ?? []).map((file) => makeAttachment(base, file)),
        embeds: options.embeds ?? [],
        components: options.components ?? [],
        stickers: options.stickers ?? [],
        ...(options.poll && { poll: makePoll(base, options.poll) }),
        ...(replyTo && { reference: { messageId: replyTo, channelId, guildId: guild.id } }),
        ...(forward && forwarded(base, forward)),
        flags: (options.flags ?? 0) | (forward ? MessageFlags.HasSnapshot : 0),
        ...(options.nonce !== undefined && { nonce: options.nonce }),
      });
    },
  };
}

function makeAttachment(
  base: Base,
  file: NonNullable<SendOptions['attachments']>[number],
): MessageTruth['attachments'][number] {
  const named = typeof file === 'string' ? { filename: file } : file;
  return { id: base.nextId(), filename: 'file.png', size: 1000, contentType: 'image/png', ...named };
}

function makePoll(
  { now }: Base,
  { question, answers, multiselect = false, hours = 24 }: NonNullable<SendOptions['poll']>,
): NonNullable<MessageTruth['poll']> {
  return {
    question: { text: question },
    answers: answers.map((text, i) => ({ answer_id: i + 1, poll_media: { text } })),
    expiry: apiTime(now() + hours * 3_600_000),
    allow_multiselect: multiselect,
    layout_type: PollLayoutType.Default,
    votes: new Map(answers.map((_, i) => [i + 1, new Set<Snowflake>()])),
  };
}

function forwarded(base: Base, key: MessageKey): Pick<MessageTruth, 'reference' | 'snapshot'> {
  const { guild, message } = base.message(key);
  const { type, content, mentions, mention_roles, attachments, embeds, timestamp, ...rest } = messagePayload(
    base.truth,
    guild,
    message,
  );
  const { edited_timestamp, flags = 0 as MessageFlags, components = [] } = rest;
  return {
    reference: {
      type: MessageReferenceType.Forward,
      messageId: message.id,
      channelId: message.channelId,
      guildId: guild.id,
    },
    snapshot: {
      type,
      content,
      mentions,
      mention_roles,
      attachments,
      embeds,
      timestamp,
      edited_timestamp,
      flags,
      components,
    },
  };
}
