/** Servers whose permissions are known, and questions asked in them as the bot asks commands. */
import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { CommandContext, Options, QuestionCommand, Request } from '../../../commands/command.ts';
import { type Press, readPress } from '../../../commands/press.ts';
import type { RecordBatch } from '../../../db/records.ts';
import { remember } from '../../../db/remembered.ts';
import { openWriter } from '../../../db/write-batch.ts';
import type { Chart } from '../../../reports/charts/chart.ts';
import type { Block, Message } from '../../../reports/message.ts';
import type { Language } from '../../../reports/words.ts';
import { type TestDatabase, useDatabase } from '../../support/database.ts';
import { NOW_MS } from '../../support/imports.ts';
import { AUTHOR, batchOf, CHANNEL, GUILD } from '../../support/records.ts';

/** Told after everything else, so that it holds. */
const TOLD_MS = NOW_MS;
const READS = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory;
const HIDES = String(PermissionFlagsBits.ViewChannel);

/** Everybody may read every channel that is stored of a guild, but for those that are closed. */
export async function openChannels(
  { pool }: Pick<TestDatabase, 'pool'>,
  guildId: string,
  closed: readonly string[] = [],
): Promise<void> {
  const told = { source: 'gateway' as const, observedAt: TOLD_MS, guildId };
  const { rows } = await pool.query<{ id: string; name: string; type: number }>(
    `select channel_id::text as id, name, type from channels where guild_id = $1 and type not in (10, 11, 12)`,
    [guildId],
  );
  const hidden = [{ id: guildId, type: 0, allow: '0', deny: HIDES }];
  const batch: Partial<RecordBatch> = {
    roles: [{ ...told, roleId: guildId, permissions: String(READS) }],
    channels: rows.map(({ id, name, type }) => ({
      ...told,
      channelId: id,
      name,
      type,
      details: { topic: null, overwrites: closed.includes(id) ? hidden : [] },
    })),
  };
  const writer = await openWriter(pool, { content: 'full' });
  await writer.write(batchOf(batch)).finally(() => writer.close());
}

export interface Asked {
  options?: Options;
  askerId?: string;
  isPrivate?: boolean;
  isManager?: boolean;
  language?: Language;
  guildId?: string;
  channelId?: string;
}

export interface Asking {
  database: TestDatabase;
  /** The clock. */
  at(ms: number): void;
  request(asked?: Asked): Request;
  /** With pictures of one pixel; `draw` in their place. */
  context(draw?: CommandContext['draw']): CommandContext;
  /** The message that somebody is answered with. */
  answer(command: QuestionCommand, asked?: Asked): Promise<Message>;
  explain(command: QuestionCommand, asked?: Asked): Promise<Message>;
  /** Charts drawn since the last question. */
  drawn: Chart[];
}

/** The smallest PNG: one dark pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mPQVjX6DwACNgFPRC1ZFAAAAABJRU5ErkJggg==',
  'base64',
);

/** A database, and how questions are asked of it. */
export function useAsking(): Asking {
  const database = useDatabase();
  let nowMs = NOW_MS;
  const drawn: Chart[] = [];
  const request = (asked: Asked = {}): Request => ({
    guildId: asked.guildId ?? GUILD,
    channelId: asked.channelId ?? CHANNEL,
    asker: { id: asked.askerId ?? AUTHOR, roles: [], isManager: asked.isManager ?? false },
    language: asked.language ?? 'en',
    options: asked.options ?? {},
    isPrivate: asked.isPrivate ?? false,
  });
  const drawPixel = (chart: Chart) => {
    drawn.push(chart);
    return Promise.resolve(PIXEL);
  };
  const context = (draw: CommandContext['draw'] = drawPixel): CommandContext => ({
    ...database,
    nowMs,
    draw,
    onChartError: () => {},
    botId: '99',
    onZone: () => {},
    plan: () => Promise.resolve(undefined),
    remember: (guildId, options) => remember(database.db, guildId, options, new Date(nowMs)),
    wait: () => Promise.resolve(),
  });
  return {
    database,
    drawn,
    at: (ms) => void (nowMs = ms),
    request,
    context,
    async answer(command, asked) {
      drawn.length = 0;
      const question = await command.ask(request(asked), context());
      // A cache holds it as JSON.
      const telling = await command.answer(JSON.parse(JSON.stringify(question)), context());
      return telling(asked?.askerId ?? AUTHOR);
    },
    async explain(command, asked) {
      return command.explain(await command.ask(request(asked), context()), context());
    },
  };
}

/** All that a message says. */
export const textOf = ({ blocks }: Message): string =>
  blocks.map((block: Block) => (block.is === 'text' ? block.text : '')).join('\n');

/** What its buttons ask, by their labels. */
export const pressesOf = ({ buttons = [] }: Message): Record<string, Press> =>
  Object.fromEntries(
    buttons.flat().flatMap((button) => ('id' in button ? [[button.label, readPress(button.id)!]] : [])),
  );

/** As it is kept in a golden file: without the bytes of its files. */
export function goldenOf(message: Message): string {
  const files = message.files?.map(({ name, alt }) => ({ name, ...(alt !== undefined && { alt }) }));
  return `${JSON.stringify({ ...message, ...(files && { files }) }, null, 2)}\n`;
}
