/** The files of a message: those that it keeps, and those that were uploaded with it. */
import type { APIUnfurledMediaItem } from 'discord-api-types/v10';
import type { AttachmentTruth, Snowflake } from '../../model.ts';
import { attachmentUrls } from '../../payloads/messages.ts';
import type { World } from '../../world.ts';
import { refusals } from '../refusal.ts';
import type { SentFile } from '../route.ts';

/** How a message names a file: by its id, or the number that it was uploaded under. */
export interface NamedFile {
  id: string | number;
  filename?: string | null;
  description?: string | null;
}

const FILES_MAX = 10;
/** Without any boost. */
export const FILE_BYTES_MAX = 10 * 1024 * 1024;
const ALT_LENGTH_MAX = 1024;

/** What a message has once it is written: of those before all, unless it names some; and the new ones. */
export function filesOf(
  world: World,
  { before = [], named, uploaded }: { before?: AttachmentTruth[]; named?: NamedFile[]; uploaded: SentFile[] },
): { kept: AttachmentTruth[]; fresh: AttachmentTruth[] } {
  const nameOf = (id: string) => named?.find((one) => String(one.id) === id);
  const kept = before
    .filter(({ id }) => !named || nameOf(id))
    .map((file) => ({ ...file, ...alternative(nameOf(file.id)) }));
  const known = new Set([...before.map(({ id }) => id), ...uploaded.map(({ index }) => index)]);
  if (named?.some(({ id }) => !known.has(String(id))))
    throw refusals.invalidForm('attachments', 'Attachment not found', 'ATTACHMENT_NOT_FOUND');
  if (kept.length + uploaded.length > FILES_MAX)
    throw refusals.invalidForm(
      'attachments',
      `Must be ${FILES_MAX} or fewer in length.`,
      'BASE_TYPE_MAX_LENGTH',
    );
  if (uploaded.some(({ bytes }) => bytes.length > FILE_BYTES_MAX)) throw refusals.tooLarge();
  const fresh = uploaded.map(({ index, filename, contentType, bytes }) => ({
    id: world.nextId(),
    filename: nameOf(index)?.filename ?? filename,
    size: bytes.length,
    contentType,
    bytes,
    ...pngSize(bytes),
    ...alternative(nameOf(index)),
  }));
  return { kept, fresh };
}

function alternative(named: NamedFile | undefined): { description?: string } {
  const { description } = named ?? {};
  if (description === undefined || description === null || description === '') return {};
  if (description.length > ALT_LENGTH_MAX)
    throw refusals.invalidForm(
      'attachments',
      `Must be ${ALT_LENGTH_MAX} or fewer in length.`,
      'BASE_TYPE_MAX_LENGTH',
    );
  return { description };
}

const PNG_SIGNATURE = 0x89_50_4e_47;

/** Its first chunk tells. */
function pngSize(bytes: Buffer): { width: number; height: number } | undefined {
  if (bytes.length < 24 || bytes.readUInt32BE() !== PNG_SIGNATURE) return undefined;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/**
 * Finds what an address in a message stands for: `attachment://NAME` for a file of its own, or anything on the web.
 *
 * Errors  Refusal 400: it has no such file; or it is no such address
 */
export function mediaFinder(
  world: World,
  channelId: Snowflake,
  files: AttachmentTruth[],
): (url: string) => { media: APIUnfurledMediaItem; file?: AttachmentTruth } {
  return (url) => {
    const file = files.find((one) =>
      [`attachment://${one.filename}`, attachmentUrls(channelId, one).url].includes(url),
    );
    if (file) {
      const { id, width, height, contentType } = file;
      const size =
        width === undefined || height === undefined ? { width: null, height: null } : { width, height };
      const urls = attachmentUrls(channelId, file);
      return { file, media: { id, ...urls, ...size, content_type: contentType, attachment_id: id } as never };
    }
    if (/^https?:\/\//.test(url)) return { media: { id: world.nextId(), url, proxy_url: url } as never };
    throw url.startsWith('attachment://')
      ? refusals.invalidForm(
          'components',
          'Unfurled media item references an attachment that was not found',
          'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
        )
      : refusals.invalidForm('components', 'Not a well formed URL.', 'URL_TYPE_INVALID_SCHEME');
  };
}
