/** Why something of a server is not recorded, and what its admin can do about that. */
import type { ChannelCoverageRow } from '../db/queries/channel-coverage.ts';
import type { CoverageLine } from '../db/queries/coverage-line.ts';
import type { LeftOutRow } from '../db/queries/left-out.ts';
import type { Scope } from '../db/queries/scope.ts';
import { channelName } from './coverage-line.ts';
import { n } from './format.ts';

/** In a table, by what the bot could do in a channel last. */
export const WHY: Record<string, string> = {
  '': 'Discord not asked',
  readable: 'pending',
  'no view': 'no View Channel',
  'no history': 'no Read Message History',
  'no connect': 'no Connect',
  hidden: 'hidden from the bot',
  'not joined': 'private, bot not in it',
  gone: 'gone from Discord',
};

/** What is left out, by reason: how it is said, and what the bot would need. */
const REASONS: Record<string, { is: string; needs?: string }> = {
  excluded: { is: 'Excluded by the settings' },
  'no view': { is: 'Not readable', needs: 'View Channel' },
  hidden: { is: 'Hidden from the bot', needs: 'View Channel' },
  'no connect': { is: 'Not readable', needs: 'Connect' },
  'no history': {
    is: 'What is said is recorded while the bot runs; its past is not readable',
    needs: 'Read Message History',
  },
  'not joined': { is: 'Private threads that the bot is not in', needs: 'Manage Threads, or to be added' },
};

const NAMED_MAX = 8;

/** What is left out, a line a reason. */
export function leftOutOf(rows: LeftOutRow[]): string {
  return [...Map.groupBy(rows, ({ reason }) => reason)]
    .map(([reason, those]) => {
      const { is, needs } = REASONS[reason] ?? { is: reason };
      const names = those
        .slice(0, NAMED_MAX)
        .map((row) => channelName({ id: row.channelId, name: row.channel }));
      const more = those.length > NAMED_MAX ? ` and ${n(those.length - NAMED_MAX)} more` : '';
      return `${is}: ${names.join(', ')}${more}.${needs ? ` The bot needs ${needs}.` : ''}`;
    })
    .join('\n');
}

/** What to do next; nothing where all is verified. */
export function adviceOf(covered: {
  scope: Scope;
  line: CoverageLine;
  channels: ChannelCoverageRow[];
  leftOut: LeftOutRow[];
}): string {
  const { scope, line, channels, leftOut } = covered;
  const { pending, backfill } = line;
  const read = `npx almanac backfill --guild ${scope.guildId}`;
  if (backfill) return `A backfill is ${backfill.state}. How far it is: npx almanac backfill status`;
  if (pending.channels + pending.threads > 0) return `To read what is pending: ${read}`;
  if (channels.length > 0 && channels.every(({ access }) => access === null))
    return `No bot has looked at this server yet. With one in it, Discord's own answers can be added: ${read}`;
  if (leftOut.some(({ reason }) => reason !== 'excluded')) return `Once the bot has what it needs: ${read}`;
  return '';
}
