/** One message a period, whatever goes wrong: week after week with faults by chance. */
import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { atLength, isLong } from '../../support/at-length.ts';
import { useDatabase } from '../../support/database.ts';
import { FAULT_KINDS, LATE_KINDS } from '../../support/discord/faults.ts';
import { pick, seededRandom } from '../../support/random.ts';
import type { Fate } from './life.ts';
import { at, type Companion, openScene, type Scene } from './scene.ts';

const database = useDatabase();
beforeEach(() => database.clear());

const WEEKS = Number(process.env.ALMANAC_TEST_POSTS ?? atLength(16, 1_000));
const SEED = Number(process.env.ALMANAC_TEST_SEED ?? 1);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
/** As long as the loopback Discord knows a nonce. */
const NONCE_MS = 5 * MINUTE_MS;
/** So long a request may hang: no test waits for a real limit. */
const HANG_MS = 400;

const SKEWS_MS = [0, 0, 3 * MINUTE_MS, -3 * MINUTE_MS, 5 * HOUR_MS, -5 * HOUR_MS, 4 * DAY_MS, -4 * DAY_MS];
const PERMISSIONS = ['ViewChannel', 'SendMessages', 'ReadMessageHistory', 'AttachFiles'] as const;
/** Where a post can break that no other can: around what is written of it, and what is sent. */
const OF_POST = /^(POST|update posts|insert into posts|insert into jobs|update jobs)/;

/** Everything that goes on, and what happened in the week that is now. */
class Weeks {
  readonly #scene: Scene;
  readonly #random: () => number;
  readonly #crew: Companion[] = [];
  #stalled: { companion: Companion; sinceMs: number; isTakenOver: boolean }[] = [];
  #channelId: string;
  #held: PromiseWithResolvers<void> | undefined;
  #script: string[] = [];
  readonly tally: Record<string, number> = {};
  readonly wrong: string[] = [];

  constructor(scene: Scene, random: () => number) {
    this.#scene = scene;
    this.#random = random;
    this.#channelId = scene.channelId;
  }

  async week(dueMs: number): Promise<void> {
    this.#script = [];
    const isHopeless = this.#chance(0.04);
    this.#scene.clock.ms =
      Math.max(this.#scene.clock.ms, dueMs) + pick([0, 1_000, 10 * MINUTE_MS], this.#random);
    await this.#gather(1 + this.#below(3));
    await this.#trouble(isHopeless);
    const rounds = 2 + this.#below(3);
    for (let round = 0; round < rounds; round++) await this.#round(round);
    if (isHopeless) await this.#untilTooLate();
    await this.#heal();
    await this.#verify(dueMs, isHopeless);
    for (const name of new Set(this.#script.map((line) => line.split(':')[0]!)))
      this.tally[name] = (this.tally[name] ?? 0) + 1;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  #note(line: string): void {
    this.#script.push(line);
  }

  async #start(): Promise<void> {
    const skewMs = pick(SKEWS_MS, this.#random);
    if (skewMs !== 0) this.#note(`skewed clock: ${skewMs / MINUTE_MS} min`);
    this.#crew.push(await this.#scene.companion({ skewMs, hangMs: HANG_MS }));
  }

  /** So many are alive. */
  async #gather(count: number): Promise<void> {
    if (this.#chance(0.1)) {
      this.#note('restart: all at the minute');
      await Promise.all(this.#crew.splice(0).map((one) => one.close()));
    }
    while (this.#crew.length > count) await this.#crew.shift()!.close();
    while (this.#crew.length < count) await this.#start();
    if (count > 1) this.#note(`several companions: ${count}`);
  }

  async #trouble(isHopeless: boolean): Promise<void> {
    const { faults } = this.#scene.discord;
    for (const companion of this.#crew) if (this.#chance(0.5)) companion.life.await(this.#fate());
    if (isHopeless) this.#forbid();
    else if (this.#chance(0.1)) this.#forbid();
    if (this.#chance(0.15)) {
      this.#held = Promise.withResolvers();
      faults.next({ acceptWhen: this.#held.promise }, { method: 'POST' });
      this.#note('accepted late: behind the next sending');
    } else if (this.#chance(0.3)) {
      const fault = pick(
        [
          { status: 500, after: true },
          { status: 502, after: true },
          { cut: 'after' },
          { cut: 'body' },
          { hang: true, after: true },
          { hang: true },
          { status: 503 },
          { cut: 'before' },
        ] as const,
        this.#random,
      );
      faults.next(fault, { method: 'POST', times: 1 + this.#below(2) });
      this.#note(`POST fails: ${JSON.stringify(fault)}`);
    } else if (this.#chance(0.4)) {
      const rate = pick([0.1, 0.3], this.#random);
      faults.randomly({ random: this.#random, rate, kinds: [...FAULT_KINDS, ...LATE_KINDS], waitMsMax: 10 });
      this.#note(`REST faults by chance: ${rate}`);
    }
  }

  #fate(): Fate {
    const isOfPost = this.#chance(0.7);
    const fate: Fate = {
      at: 1 + this.#below(isOfPost ? 6 : 45),
      ...(isOfPost && { only: OF_POST }),
      when: pick(['before', 'after'], this.#random),
      what: pick(['die', 'die', 'stall', 'cut'], this.#random),
    };
    return fate;
  }

  #forbid(): void {
    const permission = pick(PERMISSIONS, this.#random);
    this.#scene.discord.world.forbid(this.#channelId, permission);
    this.#note(`permission taken: ${permission}`);
  }

  async #round(round: number): Promise<void> {
    await this.#look();
    await this.#takeAway();
    if (this.#chance(0.06)) this.#forbid();
    if (this.#chance(0.1)) {
      this.#note('permissions given back: in between');
      this.#scene.discord.world.permit(this.#channelId, ...PERMISSIONS);
    }
    if (this.#chance(0.06)) await this.#moveTo('channel changed');
    if (this.#chance(0.02) && (await this.#claim())?.state === 'due') {
      this.#scene.discord.world.deleteChannel(this.#channelId);
      await this.#moveTo('channel deleted');
    }
    if (this.#chance(0.06)) await this.#endConnections();
    // What Discord has in hand it accepts soon, if ever.
    if (round > 0) await this.#release();
    const steps = this.#held ? [5_000, 20_000] : [5_000, 40_000, 3 * MINUTE_MS, 20 * MINUTE_MS, 2 * HOUR_MS];
    this.#scene.clock.ms += pick(steps, this.#random);
    for (const one of this.#stalled.splice(0)) {
      if (this.#chance(0.5)) this.#thaw(one);
      else this.#stalled.push(one);
    }
  }

  async #look(): Promise<void> {
    await Promise.all(this.#crew.map((one) => one.look()));
  }

  /** Those who died or stand still are seen to, and their leases may end. */
  async #takeAway(): Promise<void> {
    for (const companion of this.#crew.splice(0)) {
      if (companion.life.isDead) {
        this.#note(`died: ${companion.life.met}`);
        await companion.close();
        if (this.#chance(0.5)) await this.#start();
      } else if (companion.life.isStalled) {
        this.#note(`stands still: ${companion.life.met}`);
        this.#stalled.push({ companion, sinceMs: this.#scene.clock.ms, isTakenOver: false });
        if (this.#crew.length === 0) await this.#start();
      } else this.#crew.push(companion);
    }
    for (const one of this.#stalled)
      if (!one.isTakenOver && this.#chance(0.6)) {
        one.isTakenOver = true;
        this.#note('lease taken over: of one that stands still');
      }
    const renewing = this.#stalled.filter(({ isTakenOver }) => !isTakenOver);
    if (this.#chance(0.7)) await this.#scene.endLeases(...renewing.map(({ companion }) => companion.holder));
  }

  #thaw({ companion, sinceMs }: { companion: Companion; sinceMs: number }): void {
    const isTooLong = this.#scene.clock.ms - sinceMs >= NONCE_MS;
    this.#note(isTooLong ? 'goes on: after longer than a nonce is known' : 'goes on soon: it stood still');
    companion.life.thaw();
    this.#crew.push(companion);
  }

  async #release(): Promise<void> {
    this.#held?.resolve();
    this.#held = undefined;
    // It is accepted now, before the clock moves on.
    await setImmediate();
  }

  async #moveTo(why: string): Promise<void> {
    this.#channelId = this.#scene.discord.world.addChannel(this.#scene.guildId).id;
    await this.#scene.set({ weeklyChannel: this.#channelId });
    this.#note(`${why}: now ${this.#channelId}`);
  }

  async #endConnections(): Promise<void> {
    this.#note('connections to the database ended: all');
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
  }

  async #untilTooLate(): Promise<void> {
    this.#note('too late: hindered until then');
    this.#forbid();
    for (let half = 0; half < 7; half++) {
      this.#scene.clock.ms += 12 * HOUR_MS;
      await this.#scene.endLeases();
      await this.#look();
      await this.#takeAway();
    }
  }

  async #heal(): Promise<void> {
    this.#scene.discord.faults.clear();
    await this.#release();
    for (const { id } of this.#scene.discord.world.truth.guilds.get(this.#scene.guildId)!.channels.values())
      this.#scene.discord.world.permit(id, ...PERMISSIONS);
    for (let look = 0; look < 12; look++) {
      for (const companion of this.#crew) companion.life.await(undefined);
      for (const one of this.#stalled.splice(0)) this.#thaw(one);
      await this.#look();
      await this.#takeAway();
      if (this.#crew.length === 0) await this.#start();
      await this.#scene.endLeases();
      if (this.#stalled.length === 0 && (await this.#claim())?.state !== 'due' && look > 0) break;
      this.#scene.clock.ms += 16 * MINUTE_MS;
    }
  }

  async #claim() {
    return (await this.#scene.claims())[0];
  }

  async #verify(dueMs: number, isHopeless: boolean): Promise<void> {
    const claim = await this.#claim();
    const { period = '', state, messageId, reason } = claim ?? {};
    const made = this.#scene.made.filter(({ mark }) => mark === period).map((one) => one.messageId);
    const there = this.#scene.posted().filter(({ id }) => made.includes(id));
    const has = (text: string) => this.#script.some((line) => line.startsWith(text));
    const isRight = isHopeless
      ? made.length <= 1 && (state === 'posted' ? made[0] === messageId : reason?.is === 'late')
      : state === 'posted' && there.map(({ id }) => id).join() === messageId;
    const mayBeDouble = has('goes on: after') || has('channel deleted');
    if (made.length > 1) {
      this.tally['twice made'] = (this.tally['twice made'] ?? 0) + 1;
      this.#note(`made: ${made.length}`);
    }
    if (state === 'skipped') this.tally['skipped'] = (this.tally['skipped'] ?? 0) + 1;
    const isOfWeek = claim !== undefined && Math.abs(claim.dueAtMs - dueMs) < HOUR_MS;
    if (isRight && isOfWeek && (made.length <= 1 || mayBeDouble)) return;
    const found = { period, state, reason, messageId, made, there: there.map(({ id }) => id) };
    this.wrong.push(`${JSON.stringify(found)}\n  ${this.#script.join('\n  ')}`);
  }
}

describe('the weekly report', () => {
  it(`is one message in each of ${WEEKS} weeks in which much goes wrong`, async () => {
    const beginMs = at('2026-11-16T09:00[UTC]');
    const scene = await openScene(database, beginMs - DAY_MS);
    await scene.set({ weeklyChannel: scene.channelId, timeZone: 'UTC' });
    await scene.record([{ atMs: scene.clock.ms }]);
    const weeks = new Weeks(scene, seededRandom(SEED));
    for (let week = 0; week < WEEKS; week++) await weeks.week(beginMs + week * WEEK_MS);
    // Where it is proved at length, one wants to know what was.
    if (isLong) process.stderr.write(`${JSON.stringify({ seed: SEED, weeks: WEEKS, ...weeks.tally })}\n`);
    expect(weeks.wrong).toEqual([]);
    expect(scene.discord.oracleFaults).toEqual([]);
  }, 3_600_000);
});
