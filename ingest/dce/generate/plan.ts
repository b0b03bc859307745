import { channelSketches } from './channels.ts';
import { WEEK } from './rhythm.ts';

/** A community to be made: the same plan always gives the same files, byte for byte. */
export interface CommunityPlan {
  seed: number | string;
  /** Written messages wanted, exactly: 100 to 100,000,000. Joins, pins and other notices come on top. */
  messages: number;
  /** 2 to 200,000. */
  people?: number;
  /** Channels besides threads and forum posts: 3 to 40. */
  channels?: number;
  /** How long the community has lived: 2 to 520. */
  weeks?: number;
  /** The instant at which the record ends, in ISO 8601. */
  endsAt?: string;
  /** A snowflake, to write a known server's exports. */
  guildId?: string;
}

/** A plan with everything decided. */
export interface SettledPlan {
  seed: string;
  messages: number;
  people: number;
  channels: number;
  weeks: number;
  endsAt: number;
  guildId: string | null;
}

const ENDS_AT = '2026-11-16T00:00:00Z';
// Members' accounts are made before this year, and a community begins after it.
const EARLIEST = Date.UTC(2021, 0, 2);

/**
 * The plan with its defaults, which follow from its size.
 *
 * Errors  RangeError for what can't be made
 */
export function settle(plan: CommunityPlan): SettledPlan {
  const { messages } = plan;
  const tens = Math.log10(Math.max(messages, 100) / 100);
  const settled = {
    seed: String(plan.seed),
    messages,
    people: plan.people ?? Math.min(200_000, Math.round(1.2 * messages ** 0.6)),
    channels: plan.channels ?? Math.round(6 + 5.7 * tens),
    weeks: plan.weeks ?? Math.round(8 + 24 * tens),
    endsAt: Date.parse(plan.endsAt ?? ENDS_AT),
    guildId: plan.guildId ?? null,
  };
  within('messages', messages, 100, 100_000_000);
  within('people', settled.people, 2, 200_000);
  within('channels', settled.channels, 3, channelSketches.length);
  within('weeks', settled.weeks, 2, 520);
  if (!(settled.endsAt - settled.weeks * WEEK >= EARLIEST)) {
    throw new RangeError(`A community can't begin before ${new Date(EARLIEST).toISOString()}`);
  }
  if (plan.guildId !== undefined && !/^\d{17,19}$/.test(plan.guildId)) {
    throw new RangeError(`guildId must be a snowflake, not ${plan.guildId}`);
  }
  return settled;
}

function within(name: string, value: number, low: number, high: number): void {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  throw new RangeError(`${name} must be a whole number from ${low} to ${high}, not ${value}`);
}
