/** A message of the bot, checked by Discord's rules and made as it is kept: what it was, and what is said of it now. */
import { type APIEmbed, type APIMessageTopLevelComponent, MessageFlags } from 'discord-api-types/v10';
import type { AttachmentTruth, MessageTruth, Snowflake } from '../model.ts';
import type { World } from '../world.ts';
import { refusals } from './refusal.ts';
import type { SentFile } from './route.ts';
import { checkComponents } from './writing/component-rules.ts';
import { asShown } from './writing/components.ts';
import { asShownEmbeds, checkEmbeds } from './writing/embeds.ts';
import { filesOf, mediaFinder, type NamedFile } from './writing/files.ts';
import { mediaOf } from './writing/walk.ts';

/** What is said of a message. */
export interface Said {
  content?: string | null;
  embeds?: APIEmbed[] | null;
  components?: APIMessageTopLevelComponent[] | null;
  attachments?: NamedFile[] | null;
  flags?: number | null;
}

/** All that a message shows. */
export type Written = Pick<MessageTruth, 'content' | 'embeds' | 'components' | 'attachments' | 'flags'>;

/** Where it is written, and over what. */
export interface Writing {
  world: World;
  channelId: Snowflake;
  files: SentFile[];
  /** The flags that may be set there. */
  flags: number;
  /** What stands there; absent: it is new. */
  before?: Written;
}

const { IsComponentsV2, SuppressEmbeds, SuppressNotifications } = MessageFlags;

/** What may be set when a message is edited, and when it is sent. */
export const EDITABLE = SuppressEmbeds | IsComponentsV2;
export const SENDABLE = EDITABLE | SuppressNotifications;

/** Discord's limit for bots; its description gives that of subscribers. */
const CONTENT_LENGTH_MAX = 2000;

/**
 * How a message is once it is written so.
 *
 * Errors  Refusal 400: what Discord would not take
 */
export function write(said: Said, { world, channelId, files, flags: settable, before }: Writing): Written {
  const flags = flagsOf(said.flags, settable, before?.flags);
  const isV2 = (flags & IsComponentsV2) !== 0;
  const { kept, fresh } = filesOf(world, {
    ...(before && { before: before.attachments }),
    ...(said.attachments && { named: said.attachments }),
    uploaded: files,
  });
  const find = mediaFinder(world, channelId, [...fresh, ...kept]);
  if (said.components) checkComponents(said.components, isV2);
  if (said.embeds) checkEmbeds(said.embeds);
  const content = said.content === undefined ? (before?.content ?? '') : (said.content ?? '');
  const components =
    said.components === undefined ? (before?.components ?? []) : asShown(said.components ?? [], find);
  const { embeds, shown } = asShownEmbeds(
    said.embeds === undefined ? (before?.embeds ?? []) : (said.embeds ?? []),
    find,
  );
  const placed = new Set([
    ...mediaOf(components).map((media) => media.attachment_id),
    ...shown.map(({ id }) => id),
  ]);
  const attachments = [...kept, ...fresh].map((file: AttachmentTruth) => ({
    ...file,
    isPlaced: placed.has(file.id),
  }));
  if (content.length > CONTENT_LENGTH_MAX) throw tooLong();
  const written = { content, embeds, components, attachments, flags };
  if (!isV2) return isEmpty(written) ? refuseEmpty() : written;
  checkV2(
    written,
    fresh.every(({ id }) => placed.has(id)),
  );
  return { ...written, attachments: attachments.filter(({ isPlaced }) => isPlaced) };
}

/** What can't be set stays; components V2, once set, stay too. */
function flagsOf(said: number | null | undefined, settable: number, before = 0): number {
  if (said === undefined || said === null) return before;
  return (before & ~settable) | (said & settable) | (before & IsComponentsV2);
}

function isEmpty({ content, embeds, components, attachments }: Written): boolean {
  return content === '' && embeds.length + components.length + attachments.length === 0;
}

function refuseEmpty(): never {
  throw refusals.emptyMessage();
}

function checkV2({ content, embeds, components }: Written, areFilesPlaced: boolean): void {
  for (const [field, isThere] of [
    ['content', content !== ''],
    ['embeds', embeds.length > 0],
  ] as const)
    if (isThere)
      throw refusals.invalidForm(
        field,
        `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
        'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      );
  if (components.length === 0) refuseEmpty();
  // Discord would take it and show it nowhere.
  if (!areFilesPlaced)
    throw refusals.invalidForm('attachments', 'No component shows this file.', 'ATTACHMENT_NOT_REFERENCED');
}

const tooLong = () =>
  refusals.invalidForm(
    'content',
    `Must be ${CONTENT_LENGTH_MAX} or fewer in length.`,
    'BASE_TYPE_MAX_LENGTH',
  );
