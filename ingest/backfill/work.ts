/** The lanes of a run: asked, doubted, closed and opened again, until nothing is left. */
import { emptyBatch, type Snowflake } from '../../db/records.ts';
import { snowflakeAt } from '../../db/snowflake.ts';
import { noteLost } from '../history/card.ts';
import { addHidden, UNKNOWN_CHANNEL } from '../history/gone.ts';
import { inLanes } from '../history/lanes.ts';
import { askMessages, askNext, askUnproven, type Desk, hand } from './asking.ts';
import type { Backfilling } from './backfilling.ts';
import { CountChecks, type Counted } from './counts.ts';
import { type Lane, nextLane, restsUntil } from './lane.ts';
import { Ledger } from './ledger.ts';
import { archivedThreads, withArchived } from './places.ts';
import { askUnlisted } from './unlisted.ts';
import { openWriting } from './writing.ts';

/** What is younger when the run begins may still come; it is live recording's, or the next run's. */
const YOUNG_MS = 10_000;
/** Portions that wait in memory: enough that a transaction is full, and no more than a kill may lose. */
const WAITING_MAX = 64;
/** Lists of archived threads, beside the pages. */
const LISTS_AT_ONCE = 4;
/** Refused though it may be read: once may be a change under way. */
const REFUSALS_MAX = 2;
const REOPENED_MAX = 3;
const SURVEY_PAUSE_MS = 1_000;
const IDLE_MS = 1_000;

const CLOSED = 'The server is closed to the bot: it is not in it any more, or Discord has an outage.';

export class Work {
  readonly #backfilling: Backfilling;
  readonly #ledger: Ledger;
  readonly #desk: Desk;
  readonly #toId: Snowflake;
  readonly #lanes = new Map<Snowflake, Lane>();
  readonly #tasks = new Set<Promise<void>>();
  /** Closed since this work began: what we may do may change again. */
  readonly #closed = new Set<Lane>();
  #changed = Promise.withResolvers<void>();
  #isListed = false;
  #isGuildClosed = false;
  #isPartlyListed = false;
  #surveyedMs = 0;
  #turns = 0;
  /** One channel may end long after all others. */
  isUneven = false;

  constructor(backfilling: Backfilling) {
    const { run, now, halt, halted, save, write } = backfilling;
    this.#backfilling = backfilling;
    this.#toId = snowflakeAt((run.startedAtMs ?? now()) - YOUNG_MS);
    this.#ledger = new Ledger(backfilling, this.#toId);
    const wake = () => this.#wake();
    const writing = openWriting(
      backfilling,
      (steps, ...alongside) => save(steps)(...alongside),
      (error) => halt({ is: 'failed', error }),
    );
    const counts = new CountChecks(backfilling, async (channelId, ids) => {
      const { batch, sentAtMs, refused } = await askMessages(backfilling, channelId, ids);
      await write(batch, save([]));
      return { channelId, messageIds: refused ? [] : ids, sentAtMs, untilMs: now() };
    });
    this.#desk = { backfilling, writing, counts, wake };
    halted.addEventListener('abort', wake);
  }

  /** Channels and threads of the run that may be read. */
  get readable(): Snowflake[] {
    const closed = new Set([...this.#closed].map(({ channelId }) => channelId));
    return this.#ledger.readable.filter((id) => !closed.has(id));
  }

  /** Notes messages whose counts were read. */
  counted(counted: Counted): void {
    this.#desk.counts.add(counted);
  }

  lanes(): Iterable<Lane> {
    return this.#lanes.values();
  }

  /** Surveys the guild and opens its lanes. False: it is closed to us. */
  async open(): Promise<boolean> {
    const lanes = await this.#ledger.open();
    this.#surveyedMs = this.#backfilling.now();
    this.#isGuildClosed = lanes === undefined;
    const { startedAtMs } = this.#backfilling.run;
    if (this.#ledger.isBegun && startedAtMs !== null) await this.#desk.counts.recall(startedAtMs);
    if (lanes) this.#add(lanes);
    return lanes !== undefined;
  }

  /** Reads all pages of all lanes, those of archived threads as they are listed. */
  async readAll(): Promise<void> {
    const { halted } = this.#backfilling;
    this.#begin(
      this.#list().then(() => {
        this.#isListed = true;
      }),
    );
    try {
      while (!halted.aborted && !this.#isGuildClosed) {
        this.#beginAll();
        if (this.#isDoubtful && this.#backfilling.now() >= this.#surveyedMs + SURVEY_PAUSE_MS)
          await this.#survey();
        else if (!this.#isIdle) await this.#untilChange();
        else if (!(await this.#reopen())) break;
      }
    } catch (error) {
      this.#backfilling.halt({ is: 'failed', error });
    }
    // What was asked for is still taken, and written.
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
    await this.#desk.writing.drained().catch(() => {});
  }

  /** Settles when all counts are sure, or nobody can say. */
  async settle(): Promise<void> {
    const { halted, options } = this.#backfilling;
    const { counts } = this.#desk;
    while (counts.isOpen && !halted.aborted) {
      await counts.look();
      if (counts.isOpen) await options.wait(IDLE_MS, halted).catch(() => {});
    }
  }

  outcome(): { state: 'done' | 'partly' | 'failed'; reason?: string } {
    if (this.#isGuildClosed) return { state: 'failed', reason: CLOSED };
    const { card } = this.#backfilling;
    const isBroken = card.channelsClosed + card.channelsFailed > 0;
    if (isBroken) noteLost(card, 'broken-off-channels');
    return { state: isBroken || this.#isPartlyListed ? 'partly' : 'done' };
  }

  #wake(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  #add(lanes: Lane[]): void {
    for (const lane of lanes) this.#lanes.set(lane.channelId, lane);
    this.#wake();
  }

  /** Does it beside all else; a failure ends the run. */
  #begin(task: Promise<void>): void {
    const done = task
      .catch((error: unknown) => this.#backfilling.halt({ is: 'failed', error }))
      .finally(() => {
        this.#tasks.delete(done);
        this.#wake();
      });
    this.#tasks.add(done);
  }

  #beginLane(lane: Lane, ask: (desk: Desk, lane: Lane) => Promise<void>): void {
    lane.isAsking = true;
    this.#begin(ask(this.#desk, lane).finally(() => (lane.isAsking = false)));
  }

  get #isFree(): boolean {
    return (
      this.#tasks.size < this.#backfilling.options.requestsAtOnce() &&
      this.#desk.writing.waiting < WAITING_MAX
    );
  }

  /** Begins all that can be begun now. */
  #beginAll(): void {
    const { now } = this.#backfilling;
    const { counts } = this.#desk;
    if (counts.isDue && !counts.isLooking) this.#begin(counts.look());
    for (const lane of this.#lanes.values()) {
      if (lane.isAsking || !this.#isFree) continue;
      if (lane.state === 'read' && lane.unwritten === 0)
        this.#beginLane(lane, (...given) => askUnproven(...given, this.#toId));
    }
    while (this.#isFree) {
      const lane = nextLane(
        this.#lanes.values(),
        now(),
        !this.isUneven && this.#turns % 2 === 0 ? 'newest' : 'longest',
      );
      if (!lane) break;
      this.#turns++;
      this.#beginLane(lane, askNext);
    }
  }

  /** Something changes, or the first of what rests may be asked again. */
  async #untilChange(): Promise<void> {
    const { now, options } = this.#backfilling;
    const over = new AbortController();
    const restMs = (restsUntil(this.#lanes.values(), now()) ?? Infinity) - now();
    const idle = options.wait(Math.min(IDLE_MS, Math.max(1, restMs)), over.signal).catch(() => {});
    await Promise.race([this.#changed.promise, idle]);
    over.abort();
  }

  get #isIdle(): boolean {
    if (!this.#isListed || this.#tasks.size > 0) return false;
    return this.#lanes.values().every(({ state, unwritten }) => state === 'over' && unwritten === 0);
  }

  get #isDoubtful(): boolean {
    return this.#lanes.values().some((lane) => lane.state === 'doubt' && !lane.isAsking);
  }

  /** What the survey does not show: archived threads, and what is no more. */
  async #list(): Promise<void> {
    await this.#listArchived();
    if (this.#backfilling.halted.aborted) return;
    // One that was opened again meanwhile is in none of the lists so far.
    this.#add(await this.#ledger.takeActive());
    if (!this.#isPartlyListed)
      await askUnlisted(this.#backfilling, this.#ledger.survey, this.#ledger.excluded);
  }

  /** The archived threads of every channel; those listed by an earlier part of the run are in its ledger. */
  async #listArchived(): Promise<void> {
    const { halted, listing, run } = this.#backfilling;
    const { survey, excluded } = this.#ledger;
    const channels = withArchived(survey, run, excluded).filter(({ id }) => !this.#ledger.isListed(id));
    await inLanes(LISTS_AT_ONCE, channels, async (channel) => {
      if (halted.aborted) return;
      const listed = await archivedThreads(listing, this.#ledger.survey, channel, run.sinceId);
      if ('is' in listed) this.#isPartlyListed ||= listed.code !== UNKNOWN_CHANNEL;
      else
        this.#add(
          await this.#ledger.take(listed.threads, listed.batch, [
            { channelId: channel.id, isArchivedListed: true },
          ]),
        );
    });
  }

  /** What we may do now; lanes in doubt are closed by it, or tried again. */
  async #survey(): Promise<void> {
    this.#isGuildClosed = !(await this.#ledger.surveyAgain());
    this.#surveyedMs = this.#backfilling.now();
    if (this.#isGuildClosed) return;
    for (const lane of this.#lanes.values()) {
      if (lane.state !== 'doubt') continue;
      const reason = this.#ledger.reasonNot(this.#ledger.survey.shown.get(lane.channelId));
      if (reason === undefined && lane.refusals < REFUSALS_MAX && lane.reading.retry()) openAgain(lane);
      else this.#close(lane, reason ?? 'refused');
    }
  }

  #close(lane: Lane, reason: string): void {
    const { card, guildId } = this.#backfilling;
    const { channelId } = lane;
    const batch = emptyBatch();
    if (!this.#ledger.survey.shown.has(channelId)) addHidden(batch, guildId, channelId, this.#surveyedMs);
    lane.state = 'over';
    this.#closed.add(lane);
    card.channelsClosed++;
    hand(this.#desk, lane, batch, { state: 'closed', reason });
  }

  /** Permissions that were lost on the way may be back: looked at once more before the run ends. */
  async #reopen(): Promise<boolean> {
    const lost = [...this.#closed].filter(
      (lane) => lane.reopened < REOPENED_MAX && lane.refusals < REFUSALS_MAX,
    );
    if (lost.length === 0) return false;
    await this.#survey();
    if (this.#isGuildClosed) return false;
    for (const lane of lost) {
      lane.reopened++;
      if (this.#ledger.reasonNot(this.#ledger.survey.shown.get(lane.channelId)) !== undefined) continue;
      if (!lane.reading.retry()) continue;
      this.#closed.delete(lane);
      openAgain(lane);
      this.#backfilling.card.channelsClosed--;
    }
    return lost.some(({ state }) => state !== 'over');
  }
}

function openAgain(lane: Lane): void {
  lane.state = lane.reading.isRead ? 'read' : 'open';
}
