/** Whether what decides who may read what, as Discord told of it, has come into the database. */
import type { LiveEvent } from '../ingest/live/live-event.ts';
import { decidesAccess } from '../ingest/history/access.ts';
import type { ShardRecorder } from '../ingest/live/recorder.ts';

export interface UpToDate {
  /** An event that was just given to the recorder. */
  note(event: LiveEvent): void;
  /** Waits for what is on its way to the database; false where it stays on disk, or the guild has yet to be told of anew. */
  of(guildId: string): Promise<boolean>;
}

/** Which roles a member has comes with what they ask; the bot's would come with each message of its own. */
const NOBODY = '';
const DECIDING = /^(GUILD_CREATE|GUILD_UPDATE|GUILD_ROLE_|CHANNEL_)/;

export function makeUpToDate(recorder: Pick<ShardRecorder, 'flushed' | 'state'>): UpToDate {
  const onTheWay = new Map<string, Promise<void>>();
  /** Guilds of a new session, of which what changed before it is told by GUILD_CREATE. */
  const untold = new Set<string>();
  return {
    note({ dispatch, guildId, gap, batch, refused }) {
      if (gap?.reason === 'new session') for (const id of gap.guildIds ?? []) untold.add(id);
      if (dispatch === 'GUILD_CREATE' || dispatch === 'GUILD_DELETE') untold.delete(guildId);
      // What could not be read may have closed a channel.
      if (refused !== undefined && DECIDING.test(dispatch)) untold.add(guildId);
      const isGone = batch.channels.some(({ deletedAt }) => deletedAt !== undefined);
      if (!isGone && !decidesAccess(batch, NOBODY)) return;
      const written = recorder.flushed();
      onTheWay.set(guildId, written);
      void written.then(() => onTheWay.get(guildId) === written && onTheWay.delete(guildId));
    },
    async of(guildId) {
      await onTheWay.get(guildId);
      return !untold.has(guildId) && !recorder.state().isSpooling;
    },
  };
}
