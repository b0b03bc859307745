/** One message of an export against what is stored of it: a check of the writer by other means than its SQL. */
import type { MessageRecord, ReactionUserRecord } from '../../db/records.ts';
import type { StoredMessage } from '../../db/queries/stored-messages.ts';
import { linksOf } from '../../db/derive.ts';
import { textWithoutPerson } from '../../db/keep.ts';
import { snowflakeMs } from '../../db/snowflake.ts';
import { compareReactions } from './compare-reactions.ts';
import { differ, type Difference, LATER, OTHERS } from './difference.ts';
import { compareIds } from './file-facts.ts';

export interface CompareScope {
  /** Ids of people. */
  forgotten: Set<string>;
  isExcluded: boolean;
  /** Another file has told of messages around this one. */
  hasOtherSources: boolean;
}

const FORGOTTEN = 'it mentions a forgotten person';

/** The differences of a message, none where all is as the file says. */
export function compareMessage(
  message: MessageRecord,
  reactors: ReactionUserRecord[],
  stored: StoredMessage | undefined,
  scope: CompareScope,
): Difference[] {
  const isForgotten = message.authorId !== undefined && scope.forgotten.has(message.authorId);
  if (!stored || stored.author_id === null || stored.gone) {
    const explanation = scope.isExcluded
      ? 'its channel is not recorded'
      : stored?.erased && isForgotten
        ? 'its author is forgotten'
        : stored?.gone
          ? 'it was deleted in Discord'
          : undefined;
    return [
      {
        field: 'message',
        inFile: 'there',
        stored: stored ? 'erased' : 'missing',
        ...(explanation && { explanation }),
      },
    ];
  }
  const found = [
    ...compareFacts(message, stored),
    ...compareText(message, stored, scope),
    ...compareChildren(message, stored, scope),
    ...compareReactions(message, reactors, stored, scope.forgotten),
  ];
  return scope.hasOtherSources || stored.by_api ? found : found.map(withoutOthers);
}

/** Where nobody else has told of a message, nothing of somebody else can be stored. */
function withoutOthers({ explanation, ...difference }: Difference): Difference {
  const isOthers = explanation === undefined || explanation === LATER || explanation === OTHERS;
  return isOthers ? difference : { ...difference, explanation };
}

function compareFacts(message: MessageRecord, stored: StoredMessage): Difference[] {
  const found: Difference[] = [];
  const id = (field: string, told: string | undefined, kept: string | null) => {
    if (told === undefined || told === kept) return;
    found.push(differ(field, told, kept, kept !== null && compareIds(kept, told) > 0 ? OTHERS : undefined));
  };
  id('channel', message.channelId, stored.channel_id);
  id('author', message.authorId, stored.author_id);
  id('reference', message.reference?.messageId, stored.reference_message_id);
  if (message.type !== undefined && message.type !== stored.type) {
    found.push(
      differ('type', message.type, stored.type, (stored.type ?? -1) > message.type ? OTHERS : undefined),
    );
  }
  if (message.editedAt !== undefined && message.editedAt !== stored.edited_ms) {
    const isLater = (stored.edited_ms ?? 0) > message.editedAt;
    found.push(differ('edited', message.editedAt, stored.edited_ms, isLater ? LATER : undefined));
  }
  if (message.pinned !== undefined && message.pinned !== stored.pinned) {
    const isLater = stored.by_api || (stored.seen_ms ?? 0) > message.observedAt;
    const isTie = stored.seen_ms === message.observedAt && stored.pinned === true;
    found.push(differ('pinned', message.pinned, stored.pinned, isLater || isTie ? LATER : undefined));
  }
  return found;
}

function versionOf(message: MessageRecord): number {
  return message.editedAt ?? snowflakeMs(message.messageId);
}

function compareText(message: MessageRecord, stored: StoredMessage, scope: CompareScope): Difference[] {
  const { body } = message;
  if (!body) return [];
  const key = versionOf(message) * 4 + body.fidelity;
  const { body_key: storedKey, content } = stored;
  const told = withoutForgottenNames(body.content, message, scope);
  if (key === storedKey && told === content) {
    const changed = told === body.content ? [] : [differ('text', 'named', 'not named', FORGOTTEN)];
    return [...changed, ...compareLinks(told, stored)];
  }
  const isLarger =
    storedKey !== null &&
    (storedKey > key || (storedKey === key && Buffer.compare(Buffer.from(content!), Buffer.from(told)) > 0));
  const units = (version: number, text: string) => `version ${Math.floor(version / 4)}, ${text.length} units`;
  const kept = content === null ? null : units(storedKey!, content);
  return [differ('text', units(key, body.content), kept, isLarger ? LATER : undefined)];
}

function withoutForgottenNames(content: string, { mentions }: MessageRecord, scope: CompareScope): string {
  const people =
    mentions?.filter(({ kind, targetId }) => kind === 'user' && scope.forgotten.has(targetId)) ?? [];
  return people.reduce(
    (text, { targetId, names }) => textWithoutPerson(text, targetId, names ?? []),
    content,
  );
}

function compareLinks(content: string, stored: StoredMessage): Difference[] {
  if (stored.body_key !== null && stored.body_key % 4 === 0) return [];
  const told = linksOf(content).map((link, i) => `${i} ${link.domain} ${link.address}`);
  const kept = stored.links
    .toSorted((a, b) => a.position - b.position)
    .map((l) => `${l.position} ${l.domain} ${l.address}`);
  return told.join('\n') === kept.join('\n') ? [] : [differ('links', told.length, kept.length)];
}

function compareChildren(message: MessageRecord, stored: StoredMessage, scope: CompareScope): Difference[] {
  const version = versionOf(message);
  const isReplaced = stored.body_key !== null && Math.floor(stored.body_key / 4) > version;
  const found: Difference[] = [];
  const compare = (field: string, told: string[], kept: string[]) => {
    for (const id of told) {
      if (!kept.includes(id)) found.push(differ(field, id, 'missing', isReplaced ? LATER : undefined));
    }
    for (const id of kept) {
      if (!told.includes(id)) found.push(differ(field, 'missing', id, isReplaced ? LATER : OTHERS));
    }
  };
  const isKept = (id: string) => !scope.forgotten.has(id);
  compare(
    'attachment',
    (message.attachments ?? []).map((file) => file.attachmentId),
    stored.attachments.map((file) => file.id),
  );
  compare(
    'sticker',
    (message.stickers ?? []).map((s) => s.stickerId),
    stored.stickers.map((s) => s.id),
  );
  const people = (message.mentions ?? []).filter((m) => m.kind === 'user').map((m) => m.targetId);
  compare(
    'mention',
    [...new Set(people)].filter(isKept),
    stored.mentions.map((m) => m.id),
  );
  for (const file of message.attachments ?? []) {
    const kept = stored.attachments.find(
      (other) => other.id === file.attachmentId && other.version === version,
    );
    if (kept && file.sizeBytes !== undefined && kept.size_bytes !== file.sizeBytes) {
      found.push(
        differ(
          'attachment size',
          file.sizeBytes,
          kept.size_bytes,
          (kept.size_bytes ?? 0) > file.sizeBytes ? OTHERS : undefined,
        ),
      );
    }
    if (kept && file.fileName !== undefined && kept.file_name !== file.fileName) {
      found.push(
        differ(
          'attachment name',
          'another',
          'another',
          (kept.file_name ?? '') > file.fileName ? OTHERS : undefined,
        ),
      );
    }
  }
  const embeds = message.embeds?.count ?? 0;
  if (embeds !== stored.embed_count) {
    found.push(differ('embeds', embeds, stored.embed_count, isReplaced ? LATER : OTHERS));
  }
  if (message.forward && !stored.has_forward) {
    const explanation = stored.refers_to_erased
      ? 'it forwards a message of a forgotten person'
      : isReplaced
        ? LATER
        : undefined;
    found.push(differ('forward', 'there', 'missing', explanation));
  }
  return found;
}
