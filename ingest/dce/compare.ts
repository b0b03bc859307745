/** One message of an export against what is stored of it: a check of the writer by other means than its SQL. */
import type { MessageRecord, ReactionUserRecord } from '../../db/records.ts';
import type { StoredMessage } from '../../db/queries/stored-messages.ts';
import { linksOf } from '../../db/derive.ts';
import { snowflakeMs } from '../../db/snowflake.ts';
import { compareIds } from './file-facts.ts';

export interface Difference {
  field: string;
  /** What the file says and what is stored, without any text of a message. */
  inFile: string;
  stored: string;
  /** Why the merge rule has it so; without one the database is wrong. */
  explanation?: string;
}

export interface CompareScope {
  /** Ids of people. */
  forgotten: Set<string>;
  isExcluded: boolean;
  /** Another file has told of messages around this one. */
  hasOtherSources: boolean;
}

const LATER = 'a later or richer observation is kept';
const OTHERS = 'another source knows more';

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
    ...compareReactions(message, reactors, stored, scope),
  ];
  return scope.hasOtherSources || stored.by_api ? found : found.map(withoutOthers);
}

/** Where nobody else has told of a message, nothing of somebody else can be stored. */
function withoutOthers({ explanation, ...difference }: Difference): Difference {
  const isOthers = explanation === undefined || explanation === LATER || explanation === OTHERS;
  return isOthers ? difference : { ...difference, explanation };
}

function differ(field: string, inFile: unknown, stored: unknown, explanation?: string): Difference {
  return { field, inFile: String(inFile), stored: String(stored), ...(explanation && { explanation }) };
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
  if (key === stored.body_key && body.content === stored.content) return compareLinks(body.content, stored);
  const { body_key: storedKey, content } = stored;
  const isLarger =
    storedKey !== null &&
    (storedKey > key ||
      (storedKey === key && Buffer.compare(Buffer.from(content!), Buffer.from(body.content)) > 0));
  const mentionsForgotten =
    storedKey === key && message.mentions?.some((m) => m.kind === 'user' && scope.forgotten.has(m.targetId));
  const explanation = isLarger ? LATER : mentionsForgotten ? 'it mentions a forgotten person' : undefined;
  const told = `version ${Math.floor(key / 4)}, ${body.content.length} units`;
  return [
    differ(
      'text',
      told,
      content === null ? null : `version ${Math.floor(storedKey! / 4)}, ${content.length} units`,
      explanation,
    ),
  ];
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

function compareReactions(
  message: MessageRecord,
  reactors: ReactionUserRecord[],
  stored: StoredMessage,
  scope: CompareScope,
): Difference[] {
  if (!message.reactions) return [];
  const { at, counts } = message.reactions;
  const found: Difference[] = [];
  const kept = new Map(stored.reactions.map((reaction) => [reaction.key, reaction]));
  const isOlder = (stored.reactions_ms ?? 0) > at;
  for (const { key, count } of counts) {
    const reaction = kept.get(key);
    const told = Math.max(count, ...counts.filter((other) => other.key === key).map((other) => other.count));
    if (reaction?.total === told) continue;
    const isLater =
      isOlder ||
      (reaction?.counted_ms ?? 0) > at ||
      (reaction?.counted_ms === at && (reaction.count ?? 0) > told);
    found.push(
      differ(`reaction ${key}`, told, reaction?.total ?? 'missing', reaction && isLater ? LATER : undefined),
    );
  }
  for (const { key, total, counted_ms } of stored.reactions) {
    if (total === 0 || counts.some((other) => other.key === key)) continue;
    const isLater = isOlder || stored.by_api || (counted_ms ?? 0) >= at;
    found.push(differ(`reaction ${key}`, 0, total, isLater ? LATER : undefined));
  }
  const listed = new Set(stored.reactors.map((reactor) => `${reactor.key}/${reactor.user}`));
  for (const { emoji, userId } of reactors) {
    if (listed.has(`${emoji.key}/${userId}`) || scope.forgotten.has(userId)) continue;
    found.push(differ(`who reacted ${emoji.key}`, userId, 'missing'));
  }
  return found;
}
