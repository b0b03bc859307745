/** Embeds as Discord shows them. */
import type { APIEmbed } from 'discord-api-types/v10';
import { escapeHtml } from '../../../reports/html.ts';
import type { Surroundings } from './components.ts';
import { fileAt, pictureHtml } from './files.ts';
import { discordHtml } from './markdown.ts';

/** One embed. */
export function embedHtml(embed: APIEmbed, { files, names }: Surroundings): string {
  const { author, title, url, description, fields = [], image, thumbnail, footer, color, timestamp } = embed;
  const titled = title === undefined ? '' : discordHtml(title, names);
  const parts = [
    author ? `<div class="embed-author">${escapeHtml(author.name)}</div>` : '',
    titled &&
      `<div class="embed-title">${url === undefined ? titled : `<a href="${escapeHtml(url)}">${titled}</a>`}</div>`,
    description === undefined ? '' : `<div class="text">${discordHtml(description, names)}</div>`,
    fields.length === 0 ? '' : `<div class="fields">${fields.map(fieldHtml).join('')}</div>`,
    image
      ? `<div class="gallery of-1"><div class="item">${pictureHtml(fileAt(image.url, files), undefined)}</div></div>`
      : '',
    footer || timestamp
      ? `<div class="embed-footer">${escapeHtml([footer?.text, timestamp?.slice(0, 10)].filter(Boolean).join(' • '))}</div>`
      : '',
  ];
  const side = thumbnail
    ? `<div class="thumbnail">${pictureHtml(fileAt(thumbnail.url, files), undefined)}</div>`
    : '';
  const bar = color === undefined ? '' : ` style="--accent:#${color.toString(16).padStart(6, '0')}"`;
  return `<div class="embed"${bar}><div>${parts.join('')}</div>${side}</div>`;

  function fieldHtml({ name, value, inline }: { name: string; value: string; inline?: boolean }): string {
    return `<div${inline ? ' class="inline"' : ''}><b>${discordHtml(name, names)}</b><div class="text">${discordHtml(value, names)}</div></div>`;
  }
}
