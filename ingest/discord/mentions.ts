/** Whom and what a message mentions. */
import type { MentionFacts } from '../../db/records.ts';
import { asObject, asObjects, type Payload } from '../payload.ts';
import { asId, asText } from './payload.ts';

const CHANNEL_TOKEN = /<#(\d{1,19})>/g;

/**
 * The people and roles that Discord lists, and the channels that the text names. Undefined where there is neither.
 *
 * Source  https://discord.com/developers/docs/reference#message-formatting
 */
export function toMentions(message: Payload, content: string | undefined): MentionFacts[] | undefined {
  const { mentions: users, mention_roles: roles } = message;
  if (!Array.isArray(users) && !Array.isArray(roles) && content === undefined) return undefined;
  const mentions = new Map<string, MentionFacts>();
  const add = (kind: MentionFacts['kind'], id: unknown, names?: string[]) => {
    const targetId = asId(id);
    if (targetId) mentions.set(`${kind}/${targetId}`, { kind, targetId, ...(names && { names }) });
  };
  for (const user of asObjects(users)) {
    const names = [user.username, user.global_name, asObject(user.member)?.nick];
    add(
      'user',
      user.id,
      names.flatMap((name) => asText(name) ?? []),
    );
  }
  if (Array.isArray(roles)) for (const id of roles) add('role', id);
  for (const [, id] of content?.matchAll(CHANNEL_TOKEN) ?? []) add('channel', id);
  return [...mentions.values()];
}
