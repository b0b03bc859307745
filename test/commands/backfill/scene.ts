/** `/backfill` as a manager uses it: runs in Postgres, messages out; time passes only where a test lets it. */
import { beforeEach } from 'vitest';
import command from '../../../commands/backfill.ts';
import type {
  Asker,
  Choice,
  CommandContext,
  Options,
  PlanOrder,
  Request,
} from '../../../commands/command.ts';
import { readPress } from '../../../commands/press.ts';
import { addRunChannels, type ChannelStep, saveRunProgress } from '../../../db/run-channels.ts';
import { queueRun, type Run, type RunOrder, type RunState, setRunState, startRun } from '../../../db/runs.ts';
import type { RecordBatch } from '../../../db/records.ts';
import { openWriter } from '../../../db/write-batch.ts';
import { type BackfillCard, openBackfillCard } from '../../../ingest/backfill/card.ts';
import type { BackfillOutlook } from '../../../reports/backfill/outlook.ts';
import type { Message } from '../../../reports/message.ts';
import type { Language } from '../../../reports/words.ts';
import { useDatabase } from '../../support/database.ts';
import { batchOf, GUILD, idAt } from '../../support/records.ts';

export const NOW = Date.UTC(2026, 10, 21, 12);
export const BORN = Date.UTC(2024, 0, 1);
export const GENERAL = idAt(BORN, 1);
export const MODS = idAt(BORN, 2);
export const THREAD = idAt(BORN, 3);
const OFF_TOPIC = idAt(BORN, 9);

/** Sees every channel. */
export const OWNER: Asker = { id: '100000000000000003', roles: [], isManager: true };

export const OUTLOOK: BackfillOutlook = {
  messages: 120_450,
  requests: 1_260,
  seconds: 190,
  channels: [
    { id: GENERAL, name: 'general', messages: 120_000, threads: 12 },
    { id: OFF_TOPIC, name: 'off-topic', messages: 450, threads: 0 },
  ],
  notRead: [{ id: MODS, name: 'mods', reason: 'no view', isThread: false }],
  covered: 0,
  hasUnknownReactors: false,
};

export const GOING: Partial<BackfillCard> = {
  share: 0.347,
  leftMs: 170_000,
  messages: 9_000,
  messagesSeen: 12_345,
  messagesPerSecond: 4_511.6,
  requestsPerSecond: 80.1,
  requests: 140,
  pages: 124,
  channels: 42,
  channelsRead: 18,
  channelsClosed: 1,
  activeMs: 240_000,
  reading: [
    { channelId: GENERAL, name: 'general', untilMs: Date.UTC(2024, 2, 1) },
    { channelId: THREAD, name: null, untilMs: Date.UTC(2025, 0, 12) },
  ],
};
export const CLOSED: ChannelStep[] = [
  { channelId: GENERAL, state: 'read' },
  { channelId: MODS, state: 'closed', reason: 'no history' },
];
export const ENDED = { ...GOING, share: 1, leftMs: 0, deletions: 3, members: 45, reading: [] };

export interface Asking {
  subcommand: string;
  options?: Options;
  language?: Language;
  asker?: Asker;
  plan?: (order: PlanOrder) => Promise<BackfillOutlook | undefined>;
  /** What happens while the bot waits, the nth time from 0. */
  meanwhile?: (n: number) => unknown;
  context?: Partial<CommandContext>;
}

export const textOf = ({ blocks }: Message): string =>
  blocks.map((block) => (block.is === 'text' ? block.text : '')).join('\n');
export const buttonsOf = ({ buttons = [] }: Message) =>
  buttons
    .flat()
    .map((button) => ({ label: button.label, press: 'id' in button ? readPress(button.id) : undefined }));
export const labelsOf = (message: Message) => buttonsOf(message).map(({ label }) => label);

export const order = (more: Partial<RunOrder> = {}): RunOrder => ({
  guildId: GUILD,
  channelIds: null,
  sinceId: '0',
  withReactors: false,
  isAgain: false,
  ...more,
});

const STOP = new Error('looked at');

/** A guild of two channels, and its owner who asks, on a database of the file's own, empty but for those in each test. */
export function useBackfill() {
  const database = useDatabase();

  async function write(batch: Partial<RecordBatch>): Promise<void> {
    const writer = await openWriter(database.pool, { content: 'full' });
    await writer.write(batchOf(batch)).finally(() => writer.close());
  }

  /** Channels of the guild, by their ids. */
  async function name(names: Record<string, string>, type = 0): Promise<void> {
    const channels = Object.entries(names).map(([channelId, text]) => ({
      source: 'rest' as const,
      observedAt: NOW,
      guildId: GUILD,
      channelId,
      type,
      name: text,
      parentId: type === 11 ? GENERAL : null,
    }));
    await write({ channels });
  }

  beforeEach(async () => {
    await database.clear();
    const told = { source: 'rest' as const, observedAt: NOW, guildId: GUILD };
    const everyone = { ...told, roleId: GUILD, permissions: '0' };
    await write({ guilds: [{ ...told, name: 'Lighthouse', ownerId: OWNER.id }], roles: [everyone] });
    await name({ [GENERAL]: 'general', [MODS]: 'mods', [OFF_TOPIC]: 'off-topic' });
  });

  /** Uses it, and gives all that was shown one after the other. */
  async function use(asking: Asking): Promise<Message[]> {
    const shown: Message[] = [];
    for await (const message of acting(asking)) shown.push(message);
    return shown;
  }

  /** What stands there before it waits for the first time. */
  async function look(asking: Asking): Promise<Message> {
    const shown: Message[] = [];
    const stop = () => {
      throw STOP;
    };
    try {
      for await (const message of acting({ ...asking, meanwhile: stop })) shown.push(message);
    } catch (error) {
      if (error !== STOP) throw error;
    }
    return shown.at(-1)!;
  }

  const requestOf = ({ subcommand, options = {}, language = 'en', asker = OWNER }: Asking): Request => ({
    guildId: GUILD,
    channelId: GENERAL,
    asker,
    language,
    subcommand,
    options,
    isPrivate: true,
  });

  function acting(asking: Asking) {
    return command.act(requestOf(asking), contextOf(asking));
  }

  /** What is suggested for an option. */
  const complete = (typed: string, option = 'channel', asker = OWNER): Promise<Choice[]> => {
    const asking = { subcommand: 'plan', asker };
    return command.complete(requestOf(asking), option, typed, contextOf(asking));
  };

  function contextOf({ plan, meanwhile, context }: Asking): CommandContext {
    let waits = 0;
    return {
      db: database.db,
      pool: database.pool,
      nowMs: NOW,
      botId: '100000000000000004',
      draw: () => Promise.reject(new Error('no chart is drawn here')),
      onChartError() {},
      onZone() {},
      plan: plan ?? (() => Promise.resolve(OUTLOOK)),
      remember: () => Promise.reject(new Error('nothing is remembered here')),
      async wait() {
        if (!meanwhile) throw new Error('nobody should wait here');
        await meanwhile(waits++);
      },
      ...context,
    };
  }

  /** A run that somebody works on, with a card. */
  async function begun(
    card: Partial<BackfillCard>,
    more: Partial<RunOrder> = {},
    steps: ChannelStep[] = [],
  ): Promise<Run> {
    const run = await queueRun(database.pool, order(more), NOW - 3_600_000);
    await startRun(database.pool, run, NOW - 3_600_000);
    const ids = steps.map(({ channelId }) => channelId);
    await addRunChannels(database.pool, run, ids, NOW);
    await saveRunProgress(database.pool, run, steps, openBackfillCard(card), NOW);
    return run;
  }

  const end = (run: Run, state: Exclude<RunState, 'running'>, reason?: string) =>
    setRunState(database.pool, run, state, { nowMs: NOW, ...(reason !== undefined && { reason }) });

  return { database, write, name, use, look, acting, complete, begun, end };
}
