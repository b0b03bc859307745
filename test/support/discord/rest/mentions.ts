import type { Held, Interaction } from '../interactions/held.ts';

/** Notes what leaves open whom it mentions: all that doesn't say that it mentions nobody. */
export function noteMentions(held: Held, { typed }: Interaction, what: string, said: object): void {
  const { allowed_mentions: allowed } = said as { allowed_mentions?: Record<string, unknown> | null };
  const named = ['parse', 'users', 'roles'].flatMap((key) => (allowed?.[key] as unknown[] | undefined) ?? []);
  if (Array.isArray(allowed?.['parse']) && named.length === 0 && allowed['replied_user'] !== true) return;
  held.careless.push(`${what} to ${typed}`);
}
