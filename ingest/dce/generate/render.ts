import type { Attachment, Embed, GeneratedMessage, Reaction, Sticker } from './model.ts';
import { writtenList, writtenTime } from './written.ts';
import type { WrittenAccounts } from './written-accounts.ts';

/**
 * One message as DiscordChatExporter 2.47 writes it, with its indentation and without a comma.
 *
 * Concatenated by hand: a serialiser would spend most of its time on authors that are the same each time.
 */
export function renderMessage(message: GeneratedMessage, accounts: WrittenAccounts): string {
  const { attachments, embeds, stickers, reactions, mentions, emojis } = message;
  let text = `    {
      "id": "${message.id}",
      "type": "${message.type}",
      "timestamp": "${writtenTime(message.ms)}",
      "timestampEdited": ${message.editedMs === null ? 'null' : `"${writtenTime(message.editedMs)}"`},
      "callEndedTimestamp": null,
      "isPinned": ${message.isPinned ? 'true' : 'false'},
      "content": "${message.text}",
      "author": ${accounts.asAuthor(message.author)},
      "attachments": `;
  text += attachments.length === 0 ? '[]' : writtenList(attachments.map(renderAttachment), '      ');
  text += ',\n      "embeds": ';
  text += embeds.length === 0 ? '[]' : writtenList(embeds.map(renderEmbed), '      ');
  text += ',\n      "stickers": ';
  text += stickers.length === 0 ? '[]' : writtenList(stickers.map(renderSticker), '      ');
  text += ',\n      "reactions": ';
  text += reactions.length === 0 ? '[]' : renderReactions(reactions, accounts);
  text += ',\n      "mentions": ';
  text += mentions.length === 0 ? '[]' : writtenList(mentions.map(accounts.asMention), '      ');
  if (message.reference || message.interaction) text += renderPointers(message, accounts);
  text += ',\n      "inlineEmojis": ';
  text +=
    emojis.length === 0
      ? '[]'
      : writtenList(
          emojis.map((emoji) => emoji.inline),
          '      ',
        );
  return `${text}\n    }`;
}

function renderPointers(
  { reference, forwarded, interaction }: GeneratedMessage,
  accounts: WrittenAccounts,
): string {
  let text = '';
  if (reference) {
    text += `,
      "reference": {
        "type": "${reference.type}",
        "messageId": ${quoted(reference.messageId)},
        "channelId": "${reference.channelId}",
        "guildId": ${quoted(reference.guildId)}
      }`;
  }
  if (forwarded) {
    text += `,
      "forwardedMessage": {
        "timestamp": "${writtenTime(forwarded.ms)}",
        "timestampEdited": null,
        "content": "${forwarded.text}",
        "attachments": [],
        "embeds": [],
        "stickers": []
      }`;
  }
  if (interaction) {
    text += `,
      "interaction": {
        "id": "${interaction.id}",
        "name": "${interaction.name}",
        "user": ${accounts.asCaller(interaction.user)}
      }`;
  }
  return text;
}

function renderReactions(reactions: readonly Reaction[], accounts: WrittenAccounts): string {
  const items = reactions.map(
    ({ emoji, count, users }) => `        {
          ${emoji.inReaction},
          "count": ${count},
          "users": ${writtenList(users.map(accounts.asReactor), '          ')}
        }`,
  );
  return writtenList(items, '      ');
}

function renderAttachment({ id, url, fileName, fileSizeBytes }: Attachment): string {
  return `        {
          "id": "${id}",
          "url": "${url}",
          "fileName": "${fileName}",
          "fileSizeBytes": ${fileSizeBytes}
        }`;
}

function renderSticker({ id, name, format }: Sticker): string {
  const extension = { Png: 'png', Apng: 'png', Lottie: 'json', Gif: 'gif' }[format];
  return `        {
          "id": "${id}",
          "name": "${name}",
          "format": "${format}",
          "sourceUrl": "https://cdn.discordapp.com/stickers/${id}.${extension}"
        }`;
}

function renderEmbed({ title, url, description, color, author, thumbnail, footer, fields }: Embed): string {
  const lines = [
    `"title": "${title}"`,
    `"url": ${quoted(url)}`,
    '"timestamp": null',
    `"description": "${description}"`,
  ];
  if (color) lines.push(`"color": "${color}"`);
  if (author)
    lines.push(`"author": {\n            "name": "${author}",\n            "url": null\n          }`);
  if (thumbnail) {
    lines.push(
      `"thumbnail": {\n            "url": "${thumbnail.url}",\n            "canonicalUrl": "${thumbnail.canonicalUrl}",` +
        `\n            "width": ${thumbnail.width},\n            "height": ${thumbnail.height}\n          }`,
    );
  }
  if (footer) lines.push(`"footer": {\n            "text": "${footer}"\n          }`);
  const written = fields.map(
    ([name, value]) =>
      `            {\n              "name": "${name}",\n              "value": "${value}",\n              "isInline": true\n            }`,
  );
  lines.push('"images": []', `"fields": ${writtenList(written, '          ')}`, '"inlineEmojis": []');
  return `        {\n          ${lines.join(',\n          ')}\n        }`;
}

function quoted(text: string | null): string {
  return text === null ? 'null' : `"${text}"`;
}
