/**
 * Embeds: what Discord refuses of them, and how they come back.
 *
 * Source  https://docs.discord.com/developers/resources/message#embed-object-embed-limits
 */
import { type APIEmbed, EmbedType } from 'discord-api-types/v10';
import type { AttachmentTruth } from '../../model.ts';
import { refusals } from '../refusal.ts';
import type { mediaFinder } from './files.ts';

const EMBEDS_MAX = 10;
const FIELDS_MAX = 25;
const ALL_LENGTH_MAX = 6000;
const LENGTHS = { title: 256, description: 4096, name: 256, value: 1024, footer: 2048, author: 256 };

const refuse = (message: string, code: string) => refusals.invalidForm('embeds', message, code);

/** Errors  Refusal 400: too many, or too long */
export function checkEmbeds(embeds: APIEmbed[]): void {
  if (embeds.length > EMBEDS_MAX)
    throw refuse(`Must be ${EMBEDS_MAX} or fewer in length.`, 'BASE_TYPE_MAX_LENGTH');
  if (embeds.some(({ fields = [] }) => fields.length > FIELDS_MAX))
    throw refuse(`Must be ${FIELDS_MAX} or fewer in length.`, 'BASE_TYPE_MAX_LENGTH');
  const texts = embeds.flatMap(textsOf);
  for (const [part, text] of texts)
    if (text.length > LENGTHS[part])
      throw refuse(`Must be ${LENGTHS[part]} or fewer in length.`, 'BASE_TYPE_MAX_LENGTH');
  if (texts.some(([part, text]) => (part === 'name' || part === 'value') && text.trim() === ''))
    throw refuse('This field is required', 'BASE_TYPE_REQUIRED');
  if (texts.reduce((sum, [, { length }]) => sum + length, 0) > ALL_LENGTH_MAX)
    throw refuse('Embed size exceeds maximum size of 6000', 'MAX_EMBED_SIZE_EXCEEDED');
}

function textsOf({
  title,
  description,
  fields = [],
  footer,
  author,
}: APIEmbed): [keyof typeof LENGTHS, string][] {
  return [
    ['title', title ?? ''],
    ['description', description ?? ''],
    ['footer', footer?.text ?? ''],
    ['author', author?.name ?? ''],
    ...fields.flatMap(({ name, value }): [keyof typeof LENGTHS, string][] => [
      ['name', name],
      ['value', value],
    ]),
  ];
}

/** Embeds as they come back, and which files they show. */
export function asShownEmbeds(
  embeds: APIEmbed[],
  find: ReturnType<typeof mediaFinder>,
): { embeds: APIEmbed[]; shown: AttachmentTruth[] } {
  const shown: AttachmentTruth[] = [];
  const addressed = <T extends { url: string }>(image: T): T => {
    const { file, media } = find(image.url);
    if (!file) return image;
    shown.push(file);
    const { url, proxy_url, width, height } = media;
    return { ...image, url, proxy_url, ...(width && height && { width, height }) };
  };
  return {
    shown,
    embeds: embeds.map((embed) => ({
      ...embed,
      type: EmbedType.Rich,
      ...(embed.fields && { fields: embed.fields.map((field) => ({ inline: false, ...field })) }),
      ...(embed.image && { image: addressed(embed.image) }),
      ...(embed.thumbnail && { thumbnail: addressed(embed.thumbnail) }),
    })),
  };
}
