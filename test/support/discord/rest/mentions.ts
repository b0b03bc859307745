/** Whom a message mentions, and whether it says so. */
import type { AllowedMentionsTypes, APIAllowedMentions } from 'discord-api-types/v10';
import type { Held, Interaction } from '../interactions/held.ts';
import type { GuildTruth, MessageTruth } from '../model.ts';
import type { World } from '../world.ts';
import { readMentions } from '../world/post.ts';
import type { Written } from './writing.ts';
import { textsOf } from './writing/walk.ts';

/** Notes what leaves open whom it mentions: all that doesn't say that it mentions nobody. */
export function noteMentions(
  held: Held,
  { typed }: Pick<Interaction, 'typed'>,
  what: string,
  said: object,
): void {
  const { allowed_mentions: allowed } = said as { allowed_mentions?: Record<string, unknown> | null };
  const named = ['parse', 'users', 'roles'].flatMap((key) => (allowed?.[key] as unknown[] | undefined) ?? []);
  if (Array.isArray(allowed?.['parse']) && named.length === 0 && allowed['replied_user'] !== true) return;
  held.careless.push(`${what} to ${typed}`);
}

/** Whom a new message mentions: all that its texts name, unless it says otherwise. */
export function mentioned(
  world: World,
  guild: GuildTruth,
  { content, components }: Pick<Written, 'content' | 'components'>,
  { allowed_mentions: allowed }: { allowed_mentions?: APIAllowedMentions | undefined },
): Pick<MessageTruth, 'mentions' | 'mentionRoles' | 'mentionsEveryone'> {
  const named = readMentions(world, guild, [content, ...textsOf(components)].join('\n'));
  if (!allowed) return named;
  const { parse = [], users = [], roles = [] } = allowed;
  const isParsed = (type: `${AllowedMentionsTypes}`) => parse.some((one) => one === type);
  return {
    mentions: named.mentions.filter((id) => isParsed('users') || users.includes(id)),
    mentionRoles: named.mentionRoles.filter((id) => isParsed('roles') || roles.includes(id)),
    mentionsEveryone: named.mentionsEveryone && isParsed('everyone'),
  };
}
