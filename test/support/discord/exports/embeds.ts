import { type APIEmbed, type APIEmbedImage, EmbedType } from 'discord-api-types/v10';
import type { ExportedEmbed, ExportedImage } from './export.ts';

/** An embed as Discord sent it, but for its type and its proxy's addresses, which exports don't have. */
export function toEmbed(embed: ExportedEmbed): APIEmbed {
  const { title, url, timestamp, description, color, author, thumbnail, video, footer, fields } = embed;
  const image = embed.image ?? embed.images?.[0];
  return {
    type: EmbedType.Rich,
    ...(title && { title }),
    ...(isAddress(url) && { url }),
    ...(timestamp && { timestamp }),
    ...(description && { description }),
    ...(color && { color: Number.parseInt(color.slice(1), 16) }),
    ...(author?.name && { author: { name: author.name, ...(author.url && { url: author.url }) } }),
    ...(footer && { footer: { text: footer.text } }),
    ...(image && { image: toImage(image) }),
    ...(thumbnail && { thumbnail: toImage(thumbnail) }),
    ...(video && { video: toImage(video) }),
    ...(fields.length > 0 && {
      fields: fields.map(({ name, value, isInline }) => ({ name, value, inline: isInline })),
    }),
  };
}

function toImage({ url = '', canonicalUrl, width, height }: ExportedImage): APIEmbedImage {
  return {
    url: canonicalUrl ?? url,
    ...(isAddress(url) && { proxy_url: url }),
    ...(width !== null && { width }),
    ...(height !== null && { height }),
  };
}

/** With media downloaded, it is a path beside the export. */
const isAddress = (url: string | null): url is string => url !== null && /^https?:\/\//.test(url);
