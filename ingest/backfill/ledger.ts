/** What of a guild a run reads: judged, noted in the run's ledger, and opened as lanes. */
import { holesOf } from '../../db/holes.ts';
import { REFUSED_BEFORE, refusedChannels } from '../../db/refused.ts';
import { excludedChannels, importedChannels } from '../../db/recorded.ts';
import { emptyBatch, type RecordBatch, type Snowflake } from '../../db/records.ts';
import { addRunChannels, type ChannelStep, type RunChannel, runChannels } from '../../db/run-channels.ts';
import { snowflakeMs } from '../../db/snowflake.ts';
import { fetchActiveThreads } from '../discord/fetch.ts';
import { noteAccess } from '../history/access.ts';
import { addShown, type Shown, type Survey, survey, WITH_THREADS } from '../history/survey.ts';
import type { Backfilling } from './backfilling.ts';
import { type Lane, openLane } from './lane.ts';
import { addNamed, addStored, hasMessages, isAsked, isOverBefore, isThread, reasonNot } from './places.ts';

export class Ledger {
  readonly #backfilling: Backfilling;
  /** Everything up to this id is read. */
  readonly #toId: Snowflake;
  #survey: Survey | undefined;
  #excluded = new Set<Snowflake>();
  #earlier = new Map<Snowflake, RunChannel>();
  /** Not so long ago, by this run or another. */
  #refused = new Set<Snowflake>();
  /** Channels and threads of the run that may be read, those that an earlier part of it has read among them. */
  readonly readable: Snowflake[] = [];

  constructor(backfilling: Backfilling, toId: Snowflake) {
    this.#backfilling = backfilling;
    this.#toId = toId;
  }

  get survey(): Survey {
    return this.#survey!;
  }

  get excluded(): Set<Snowflake> {
    return this.#excluded;
  }

  /** Whether there was an earlier part of the run. */
  get isBegun(): boolean {
    return this.#earlier.size > 0;
  }

  /** Whether an earlier part of the run has listed a channel's archived threads. */
  isListed(channelId: Snowflake): boolean {
    return this.#earlier.get(channelId)?.isArchivedListed === true;
  }

  /** Surveys the guild, and opens its lanes. Undefined: it is closed to us. */
  async open(): Promise<Lane[] | undefined> {
    const { pool, guildId, run, card, listing, options } = this.#backfilling;
    this.#excluded = await excludedChannels(pool, guildId);
    this.#survey = await survey(listing, options.self.userId);
    if (!this.#survey) return undefined;
    this.#refused = await refusedChannels(pool, guildId, this.#backfilling.now());
    this.#earlier = new Map((await runChannels(pool, run)).map((one) => [one.channelId, one]));
    Object.assign(card, { channels: 0, channelsRead: 0, channelsClosed: 0, channelsFailed: 0 });
    await addStored(this.#backfilling, this.#survey, [...this.#earlier.keys()]);
    await addNamed(listing, this.#survey, run);
    return this.take([...this.#survey.shown.values()], this.#survey.batch);
  }

  /** Notes channels and threads, and opens lanes for what is to be read of them. */
  async take(channels: Shown[], batch: RecordBatch, steps: ChannelStep[] = []): Promise<Lane[]> {
    const { pool, guildId, run, card, options, write, save, now } = this.#backfilling;
    const sinceMs = snowflakeMs(run.sinceId);
    const asked = channels.filter(
      (channel) =>
        (hasMessages(channel) || WITH_THREADS.includes(channel.type)) &&
        isAsked(run, this.survey, channel) &&
        !isOverBefore(channel, sinceMs) &&
        BigInt(channel.id) <= BigInt(this.#toId),
    );
    const isDone = ({ id }: Pick<Shown, 'id'>) => this.#isDone(id);
    const readable = asked.filter((channel) => this.reasonNot(channel) === undefined && hasMessages(channel));
    this.readable.push(...readable.map(({ id }) => id));
    const open = readable.filter((channel) => !isDone(channel));
    const ids = open.map(({ id }) => id);
    const target = { fromId: run.sinceId, toId: this.#toId };
    const since = run.isAgain ? { sinceMs: run.startedAtMs ?? now() } : {};
    const holes = await holesOf(pool, guildId, ids, target, since);
    const imported = await importedChannels(pool, guildId, ids);
    const lanes = open.map((one) => {
      const hasUnproven = run.isAgain || imported.has(one.id);
      return openLane(guildId, one, holes.get(one.id) ?? [], hasUnproven, this.#earlier.get(one.id));
    });
    const covered = new Set(lanes.filter(({ state }) => state === 'over').map(({ channelId }) => channelId));
    const noted = asked
      .filter((channel) => !isDone(channel))
      .map((channel) => this.#step(channel, covered.has(channel.id)));
    await write(batch, async (client, result) => {
      await addRunChannels(
        client,
        run,
        asked.map(({ id }) => id),
        now(),
      );
      await noteAccess(client, guildId, options.self.userId, this.survey.sentAtMs, this.survey.joined);
      await save([...steps, ...noted])(client, result);
    });
    card.channels += lanes.length;
    card.channelsRead += covered.size;
    for (const { id } of asked) if (isDone({ id })) this.#countEarlier(this.#earlier.get(id)!);
    return lanes;
  }

  /** What an earlier part of the run has ended is a part of its card. A forum, which has no messages, is none. */
  #countEarlier({ channelId, state }: RunChannel): void {
    const { card } = this.#backfilling;
    if (!hasMessages(this.survey.shown.get(channelId)!)) return;
    card.channels++;
    if (state === 'read') card.channelsRead++;
    else if (state === 'failed') card.channelsFailed++;
    else card.channelsClosed++;
  }

  /** Opens lanes for active threads that no list has shown. */
  async takeActive(): Promise<Lane[]> {
    const { listing, guildId } = this.#backfilling;
    const { shown } = this.survey;
    const answer = await fetchActiveThreads(listing.calls, guildId);
    if (answer.is !== 'found') return [];
    const threads = answer.payload.threads.filter(({ id }) => !shown.has(id));
    if (threads.length === 0) return [];
    const batch = emptyBatch();
    addShown(listing, { ...this.survey, batch }, threads, answer.sentAtMs, answer.payload.members);
    return this.take(threads as Shown[], batch);
  }

  /** Looks again at what we may do. False: the guild is closed to us. */
  async surveyAgain(): Promise<boolean> {
    const { pool, guildId, listing, options, write } = this.#backfilling;
    const found = await survey(listing, options.self.userId);
    if (!found) return false;
    // The one survey is kept up: archived threads, which are in no list of the guild, may be added to it at this moment.
    const { shown, joined } = this.survey;
    for (const channel of shown.values())
      if (!isThread(channel) && !found.shown.has(channel.id)) shown.delete(channel.id);
    for (const [id, channel] of found.shown) shown.set(id, channel);
    for (const id of found.joined) joined.add(id);
    const { batch, standing, sentAtMs } = found;
    Object.assign(this.survey, { standing, sentAtMs });
    this.#excluded = await excludedChannels(pool, guildId);
    await write(batch, async (client) => {
      await noteAccess(client, guildId, options.self.userId, sentAtMs, found.joined);
    });
    return true;
  }

  /** Why a channel is not read, as we know now; undefined: it is. */
  reasonNot(channel: Shown | undefined): string | undefined {
    if (!channel) return 'hidden';
    const reason = reasonNot(this.survey, channel, this.#excluded);
    return reason ?? (this.#isRefusedBefore(channel.id) ? REFUSED_BEFORE : undefined);
  }

  /** By another run: this one leaves it alone. */
  #isRefusedBefore(id: Snowflake): boolean {
    return this.#refused.has(id) && this.#earlier.get(id)?.state !== 'waiting';
  }

  /** What an earlier part of the run has ended: read, failed, or refused a while ago. */
  #isDone(id: Snowflake): boolean {
    const state = this.#earlier.get(id)?.state;
    return state === 'read' || state === 'failed' || (state === 'closed' && this.#refused.has(id));
  }

  #step(channel: Shown, isCovered: boolean): ChannelStep {
    const { id: channelId } = channel;
    const reason = this.reasonNot(channel);
    if (reason !== undefined) return { channelId, state: 'closed', reason };
    // A forum has no messages: its posts are threads.
    return { channelId, state: isCovered || !hasMessages(channel) ? 'read' : 'waiting' };
  }
}
