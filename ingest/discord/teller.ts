import type { Snowflake } from '../../db/records.ts';

/** What the bot is, as far as it decides what a payload can tell. */
export interface Self {
  /** The bot's own account: its messages show their text even without the content intent. */
  userId: Snowflake;
  /** Whether the content intent is granted: else an empty text is unknown, not empty. */
  hasContent: boolean;
}

/** Who tells a payload, and when Discord said so (ms, Discord's time). */
export interface Teller {
  source: 'gateway' | 'rest';
  observedAt: number;
  guildId: Snowflake;
  self: Self;
}
