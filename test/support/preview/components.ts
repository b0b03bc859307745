/** Components of a message as Discord shows them. */
import {
  type APIButtonComponent,
  type APIMessageComponent,
  type APISelectMenuComponent,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10';
import { escapeHtml } from '../../../reports/html.ts';
import { cardHtml, fileAt, pictureHtml } from './files.ts';
import type { Names } from './inline.ts';
import { discordHtml } from './markdown.ts';
import type { ShotFile } from './shots.ts';

/** What components refer to. */
export interface Surroundings {
  files: readonly ShotFile[];
  names: Names;
}

/** A component and all within it. */
export function componentHtml(component: APIMessageComponent, around: Surroundings): string {
  switch (component.type) {
    case ComponentType.Container: {
      const { accent_color: color, components } = component;
      const bar = color == null ? '' : ` style="--accent:#${color.toString(16).padStart(6, '0')}"`;
      return `<div class="container${color == null ? '' : ' barred'}"${bar}>${allHtml(components, around)}</div>`;
    }
    case ComponentType.TextDisplay:
      return `<div class="text">${discordHtml(component.content, around.names)}</div>`;
    case ComponentType.Section:
      return `<div class="section"><div>${allHtml(component.components, around)}</div>${componentHtml(component.accessory, around)}</div>`;
    case ComponentType.Thumbnail:
      return `<div class="thumbnail">${mediaHtml(component, around)}</div>`;
    case ComponentType.MediaGallery: {
      const items = component.items.map((item) => `<div class="item">${mediaHtml(item, around)}</div>`);
      return `<div class="gallery of-${items.length}">${items.join('')}</div>`;
    }
    case ComponentType.File:
      return cardHtml(fileAt(component.file.url, around.files));
    case ComponentType.Separator: {
      const kinds = [
        ...(component.divider === false ? [] : ['drawn']),
        ...(component.spacing === 2 ? ['large'] : []),
      ];
      return `<div class="separator ${kinds.join(' ')}"></div>`;
    }
    case ComponentType.ActionRow:
      return `<div class="row">${allHtml(component.components, around)}</div>`;
    case ComponentType.Button:
      return buttonHtml(component);
    default:
      return selectHtml(component);
  }
}

/** Components, top to bottom. */
export const allHtml = (components: readonly APIMessageComponent[], around: Surroundings): string =>
  components.map((one) => componentHtml(one, around)).join('');

function mediaHtml(
  { media, description }: { media: { url: string }; description?: string | null },
  { files }: Surroundings,
): string {
  return pictureHtml(fileAt(media.url, files), description);
}

const STYLES: Record<number, string> = {
  [ButtonStyle.Primary]: 'primary',
  [ButtonStyle.Secondary]: 'secondary',
  [ButtonStyle.Success]: 'success',
  [ButtonStyle.Danger]: 'danger',
  [ButtonStyle.Link]: 'link',
};

function buttonHtml(button: APIButtonComponent): string {
  const emoji =
    'emoji' in button && button.emoji ? `<span>${escapeHtml(button.emoji.name ?? '')}</span>` : '';
  const label = 'label' in button && button.label ? `<span>${escapeHtml(button.label)}</span>` : '';
  const out = button.style === ButtonStyle.Link ? '<span class="out">↗</span>' : '';
  const disabled = button.disabled ? ' disabled' : '';
  return `<button type="button" class="${STYLES[button.style] ?? 'secondary'}"${disabled}>${emoji}${label}${out}</button>`;
}

function selectHtml({ placeholder }: APISelectMenuComponent): string {
  return `<div class="select"><span>${escapeHtml(placeholder ?? 'Make a selection')}</span><span>⌄</span></div>`;
}
