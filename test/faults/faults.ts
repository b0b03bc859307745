/** What can go wrong, each as a few lines: it begins, lasts a while, and is over when it resolves. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultWorld } from './world.ts';

export type Random = () => number;
type Fault = (world: FaultWorld, random: Random) => Promise<void>;

const between = (random: Random, from: number, to: number) => from + random() * (to - from);

/** How long a database may be away: 60 s in a long run. */
export interface FaultLimits {
  databaseAwayMaxMs: number;
}

/** The faults by name. */
export function allFaults({ databaseAwayMaxMs }: FaultLimits): Record<string, Fault> {
  return {
    async kill(world, random) {
      await world.kill();
      await sleep(between(random, 0, 1_500));
      world.start();
    },
    async 'kill, and the session is gone'(world, random) {
      await world.kill();
      world.discord.gateway.forgetSessions();
      await sleep(between(random, 0, 1_500));
      world.start();
    },
    async restart(world) {
      // Null: it had only just begun, and had nothing to close.
      const code = await world.stop();
      if (code !== 0 && code !== null)
        throw new Error([`SIGTERM ended it with ${code}`, ...world.lastWords().slice(-9)].join('\n'));
      world.start();
    },
    async cut({ discord }) {
      discord.gateway.cut();
    },
    async 'cut in the middle of events'({ discord }, random) {
      discord.gateway.loseAfter(Math.floor(between(random, 1, 60)));
    },
    async 'op 7'({ discord }) {
      discord.gateway.reconnect();
    },
    async 'op 9, resumable'({ discord }) {
      discord.gateway.invalidateSessions({ resumable: true });
    },
    async 'op 9'({ discord }) {
      discord.gateway.invalidateSessions();
    },
    async 'sessions forgotten'({ discord }) {
      discord.gateway.forgetSessions();
      discord.gateway.cut();
    },
    async 'close codes'({ discord }, random) {
      const codes = [1000, 1001, 4000, 4007, 4008, 4009];
      discord.gateway.close(codes[Math.floor(random() * codes.length)]!);
    },
    async 'a resume that is never answered'({ discord }) {
      discord.gateway.ignoreResumes(1);
      discord.gateway.cut();
    },
    async 'gateway away'({ discord }, random) {
      discord.gateway.refuseConnections();
      discord.gateway.cut();
      await sleep(between(random, 300, 3_000));
      await discord.gateway.acceptConnections();
    },
    async 'slow gateway'({ discord }, random) {
      discord.gateway.delayDispatches(between(random, 50, 800));
      await sleep(between(random, 300, 1_500));
      discord.gateway.delayDispatches(0);
    },
    async outage({ discord, traffic }, random) {
      discord.world.setUnavailable(traffic.guildId);
      await sleep(between(random, 100, 1_500));
      discord.world.setAvailable(traffic.guildId);
    },
    async '429s'({ discord }, random) {
      const scope = (['user', 'global', 'shared'] as const)[Math.floor(random() * 3)]!;
      discord.limits.storm({ requests: 5, retryAfterMs: between(random, 100, 1_000), scope });
      discord.gateway.invalidateSessions();
    },
    async '429 that does not say when'({ discord }) {
      discord.limits.storm({ requests: 1, retryAfterMs: 100, withoutRetryAfter: true });
      discord.gateway.invalidateSessions();
    },
    async '5xx'({ discord }, random) {
      discord.faults.next({ status: 502 }, { times: Math.ceil(random() * 4) });
      discord.gateway.invalidateSessions();
    },
    async 'cut answers'({ discord }, random) {
      discord.faults.next({ cut: random() < 0.5 ? 'before' : 'body' }, { times: 2 });
      discord.gateway.invalidateSessions();
    },
    async 'database away'({ door }, random) {
      door.set('shut');
      await sleep(between(random, 1_000, databaseAwayMaxMs));
      door.set('open');
    },
    async 'database cut'({ door }) {
      door.set('shut');
      door.set('open');
    },
    async 'database hangs'({ door }, random) {
      door.set('held');
      await sleep(between(random, 500, databaseAwayMaxMs));
      door.set('open');
    },
    async 'database away, and killed'(world, random) {
      world.door.set('shut');
      await sleep(between(random, 500, 3_000));
      await world.kill();
      world.start();
      await sleep(between(random, 200, 1_000));
      world.door.set('open');
    },
    async 'database away, and no room on disk'(world, random) {
      await world.kill();
      // Small enough that a second of traffic fills it.
      world.start({ SPOOL_MB_MAX: '0' });
      await sleep(1_500);
      world.door.set('shut');
      await sleep(between(random, 500, 3_000));
      world.door.set('open');
      await sleep(500);
      await world.kill();
      world.start();
    },
    async 'clock jumps'(world, random) {
      world.signal('SIGUSR2');
      await sleep(between(random, 200, 1_500));
      world.signal('SIGUSR2');
    },
    async 'spool cannot be written'({ folder, door }, random) {
      // A file in its place: it cannot be written, whoever one is.
      const spool = join(folder, 'spool');
      const aside = join(folder, 'aside');
      await mkdir(spool, { recursive: true });
      await rename(spool, aside);
      await writeFile(spool, '');
      door.set('shut');
      await sleep(between(random, 500, 2_000));
      await rm(spool, { recursive: true });
      await rename(aside, spool);
      door.set('open');
    },
  };
}
