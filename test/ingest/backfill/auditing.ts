/** Audits over the loopback Discord. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { snowflakeMs } from '../../../db/snowflake.ts';
import { RECORDED } from '../../../db/write/tables.ts';
import { dateIn } from '../../../db/window.ts';
import { audit, type AuditOptions, type AuditReport } from '../../../ingest/backfill/audit.ts';
import { openRest } from '../../../ingest/discord/rest.ts';
import type { ChannelTruth, GuildTruth, MessageTruth } from '../../support/discord/model.ts';
import { past } from './past.ts';
import type { Scene } from './scene.ts';

const ZONE = 'Europe/Vienna';

/** Audits a guild to its end, by a client of its own. */
export async function audited(
  scene: Scene,
  guild: GuildTruth,
  more: Partial<AuditOptions> = {},
): Promise<AuditReport | undefined> {
  const { database, discord, world } = scene;
  const wait = (ms: number, signal?: AbortSignal) => sleep(Math.min(ms, 20), undefined, signal && { signal });
  const rest = openRest({
    token: world.truth.token,
    apiUrl: discord.url,
    now: Date.now,
    wait,
    random: Math.random,
  });
  const steps = audit({
    pool: database.pool,
    content: 'full',
    calls: rest.calls,
    self: { userId: world.truth.bot.id, hasContent: true },
    clock: rest.clock,
    guildId: guild.id,
    channelIds: null,
    sinceId: '0',
    timeZone: ZONE,
    isRepairing: true,
    wait,
    signal: new AbortController().signal,
    log: { info: () => {}, warn: () => {} },
    ...more,
  });
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
  }
}

/** A guild of one channel with messages over months, which was read to its end. */
export async function readGuild(
  scene: Scene,
  messages = 3_000,
): Promise<{ scene: Scene; guild: GuildTruth; channel: ChannelTruth; said: MessageTruth[] }> {
  const guild = scene.world.addGuild();
  const { channel, said } = past(scene, guild, messages);
  const { state } = await scene.run(await scene.order(guild));
  expect(state).toBe('done');
  scene.discord.requests.length = 0;
  return { scene, guild, channel, said };
}

/** The requests that searched. */
export const searches = ({ discord }: Scene) =>
  discord.requests.filter(({ path }) => path.endsWith('/messages/search'));
/** The requests for pages of messages. */
export const pages = ({ discord }: Scene) =>
  discord.requests.filter(({ path }) => /^\/channels\/\d+\/messages$/.test(path));
/** The day on which it was sent. */
export const dayOf = ({ id }: { id: string }) => String(dateIn(snowflakeMs(id), ZONE));
const KEYED = RECORDED.filter(({ key }) => key.some(({ name }) => name === 'message_id'));

/** Loses a message from the record, with all that hangs on it, and without a trace. */
export async function forget({ rows }: Scene, { id }: { id: string }): Promise<void> {
  for (const { name } of KEYED) await rows(`delete from ${name} where message_id = $1`, id);
}
