/**
 * What Discord refuses of a message's components, in its words.
 *
 * Source  https://docs.discord.com/developers/components/reference
 */
import {
  type APIButtonComponent,
  type APIMessageComponent,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10';
import { refusals } from '../refusal.ts';
import { everyComponent, textsOf } from './walk.ts';

const COMPONENTS_MAX = 40;
const TEXT_LENGTH_MAX = 4000;
const ROWS_MAX = 5;
const BUTTONS_MAX = 5;
const ITEMS_MAX = 10;
const SECTION_TEXTS_MAX = 3;
const CUSTOM_ID_LENGTH_MAX = 100;
const LABEL_LENGTH_MAX = 80;
const ALT_LENGTH_MAX = 1024;

const { ActionRow, Button, Container, File, MediaGallery, Section, Separator, TextDisplay, Thumbnail } =
  ComponentType;
const TOP_LEVEL: ComponentType[] = [
  ActionRow,
  Container,
  File,
  MediaGallery,
  Section,
  Separator,
  TextDisplay,
];

const refuse = (message: string, code: string) => refusals.invalidForm('components', message, code);
const lengthOf = (text: string, { min = 1, max }: { min?: number; max: number }): void => {
  if (text.length < min || text.length > max)
    throw refuse(`Must be between ${min} and ${max} in length.`, 'BASE_TYPE_BAD_LENGTH');
};
const countOf = (list: readonly unknown[], max: number): void => lengthOf('x'.repeat(list.length), { max });

/** Errors  Refusal 400: what Discord would not show so */
export function checkComponents(components: APIMessageTopLevelComponent[], isV2: boolean): void {
  const all = [...everyComponent(components)];
  const allowed = isV2 ? TOP_LEVEL : [ActionRow];
  if (components.some(({ type }) => !allowed.includes(type)))
    throw refuse(`Value of field "type" must be one of (${allowed.join(', ')}).`, 'UNION_TYPE_CHOICES');
  if (!isV2 && components.length > ROWS_MAX)
    throw refuse('Must be 5 or fewer in length.', 'BASE_TYPE_MAX_LENGTH');
  if (all.length > COMPONENTS_MAX)
    throw refuse(
      `Total number of components cannot exceed ${COMPONENTS_MAX}`,
      'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
    );
  if (textsOf(components).join('').length > TEXT_LENGTH_MAX)
    throw refuse(
      `Displayable text size exceeds maximum size of ${TEXT_LENGTH_MAX}`,
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
    );
  for (const component of all) checkOne(component);
  checkSingle(
    all.flatMap((one) => ('custom_id' in one ? (one.custom_id ?? []) : [])),
    'custom_id',
    'COMPONENT_CUSTOM_ID_DUPLICATED',
  );
  checkSingle(
    all.flatMap(({ id }) => id || []),
    'id',
    'COMPONENT_ID_DUPLICATED',
  );
}

function checkSingle(values: unknown[], name: string, code: string): void {
  if (new Set(values).size < values.length) throw refuse(`Component ${name} cannot be duplicated`, code);
}

function checkOne(component: APIMessageComponent): void {
  if ('custom_id' in component && component.custom_id != null)
    lengthOf(component.custom_id, { max: CUSTOM_ID_LENGTH_MAX });
  switch (component.type) {
    case TextDisplay:
      lengthOf(component.content, { max: TEXT_LENGTH_MAX });
      break;
    case ActionRow:
      countOf(
        component.components,
        component.components.every(({ type }) => type === Button) ? BUTTONS_MAX : 1,
      );
      break;
    case Button:
      checkButton(component);
      break;
    case MediaGallery:
      countOf(component.items, ITEMS_MAX);
      for (const { description } of component.items)
        if (description != null) lengthOf(description, { max: ALT_LENGTH_MAX });
      break;
    case Thumbnail:
      if (component.description != null) lengthOf(component.description, { max: ALT_LENGTH_MAX });
      break;
    case Section:
      countOf(component.components, SECTION_TEXTS_MAX);
      break;
    case File:
      if (!component.file.url.startsWith('attachment://'))
        throw refuse('Only attachment:// references are supported', 'URL_TYPE_INVALID_SCHEME');
      break;
    case Container:
      countOf(component.components, COMPONENTS_MAX);
      if (component.components.some(({ type }) => (type as ComponentType) === Container))
        throw refuse('A container cannot hold another.', 'UNION_TYPE_CHOICES');
      break;
    default:
  }
}

function checkButton(button: APIButtonComponent): void {
  const { label, emoji } = { label: undefined, emoji: undefined, ...button };
  if (label != null) lengthOf(label, { min: 0, max: LABEL_LENGTH_MAX });
  if (button.style === ButtonStyle.Premium) return;
  if (!label && !emoji)
    throw refuse('A button needs a label or an emoji', 'BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED');
  const isLink = button.style === ButtonStyle.Link;
  const { custom_id: customId, url } = { custom_id: undefined, url: undefined, ...button };
  if (isLink ? customId || !url : !customId || url)
    throw refuse(
      'A custom id or url must be provided, but not both',
      'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
    );
}
