/** Files of a message as Discord shows them: a picture, or a card to take it along. */
import { escapeHtml } from '../../../reports/html.ts';
import type { ShotFile } from './shots.ts';

const KINDS: [string, readonly number[]][] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['image/webp', [0x52, 0x49, 0x46, 0x46]],
];

const PICTURE_NAME = /\.(png|jpe?g|gif|webp)$/i;

/** The file that an address of a component names: as it was sent, or as Discord's own network has it. */
export function fileAt(url: string, files: readonly ShotFile[]): ShotFile | undefined {
  const name = url.replace(/[?#].*$/, '').replace(/^.*\//, '');
  return files.find((file) => file.name === name || encodeURIComponent(file.name) === name);
}

export const isPicture = ({ name }: ShotFile): boolean => PICTURE_NAME.test(name);

/** A picture with its alternative text, in the page itself; a frame with that text where the picture was not kept. */
export function pictureHtml(file: ShotFile | undefined, description: string | null | undefined): string {
  const alt = escapeHtml(description ?? file?.description ?? '');
  const badge = alt === '' ? '' : `<span class="alt" title="${alt}">ALT</span>`;
  const kind = file && KINDS.find(([, start]) => start.every((byte, i) => file.bytes[i] === byte))?.[0];
  if (kind === undefined) {
    const name = escapeHtml(file?.name ?? 'no such file');
    return `<div class="no-picture"><b>${name}</b><span>${alt}</span></div>`;
  }
  const source = `data:${kind};base64,${Buffer.from(file!.bytes).toString('base64')}`;
  return `<img src="${source}" alt="${alt}">${badge}`;
}

/** A file to take along. */
export function cardHtml(file: ShotFile | undefined): string {
  const name = escapeHtml(file?.name ?? 'no such file');
  const size = file && file.bytes.length > 0 ? `<span>${sizeOf(file.bytes.length)}</span>` : '';
  return `<div class="file"><i class="sheet"></i><div><a>${name}</a>${size}</div><i class="take">⤓</i></div>`;
}

function sizeOf(bytes: number): string {
  const units = ['bytes', 'KB', 'MB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const amount = bytes / 1024 ** power;
  return `${power === 0 ? amount : amount.toFixed(2)} ${units[power]}`;
}
