/** One guild's past, told by exports and by Discord. */
import { afterAll } from 'vitest';
import type { RunOrder } from '../../../db/runs.ts';
import { RECORDED } from '../../../db/write/tables.ts';
import type { BackfillEnd, BackfillOptions } from '../../../ingest/backfill/backfill.ts';
import type { ReportCard } from '../../../ingest/dce/card.ts';
import type { ImportOptions } from '../../../ingest/dce/import.ts';
import { worldFromExports } from '../../support/discord/exported.ts';
import type { Export, ExportedMessage } from '../../support/discord/exports/export.ts';
import type { GuildTruth } from '../../support/discord/model.ts';
import { useFolder } from '../../support/folder.ts';
import { imported } from '../../support/imports.ts';
import { type Scene, useScenes } from '../backfill/scene.ts';
import { removeFolders } from '../dce/generated.ts';

export interface Past extends Scene {
  guild: GuildTruth;
  /** Writes the exports as files, and imports them. */
  take(exports: Export[], options?: Partial<ImportOptions>): Promise<ReportCard>;
  /** Runs a backfill to its end. */
  ask(order?: Partial<RunOrder>, options?: Partial<BackfillOptions>): Promise<BackfillEnd>;
}

/** Makes pasts: on the loopback Discord the guild is as the exports say that it was. */
export function usePasts(): (exports: Export[]) => Promise<Past> {
  const open = useScenes();
  const folder = useFolder();
  afterAll(removeFolders);
  let files = 0;
  return async (exports) => {
    const { world, guild } = worldFromExports(exports);
    for (const one of exports) restoreTexts(guild, one);
    const scene = await open({ world });
    return {
      ...scene,
      guild,
      async take(list, options) {
        const paths = list.map((one) => folder.file(`${++files}.json`, JSON.stringify(one)));
        return imported(scene.database, await Promise.all(paths), {
          nowMs: scene.now(),
          lanes: 2,
          ...options,
        });
      },
      ask: async (order, options) => scene.run(await scene.order(guild, order), options),
    };
  };
}

/** A message with what is read here alone. */
type Shown = ExportedMessage & { inlineEmojis?: { id: string | null; name: string }[] };

/** Exports say whom and what a text names; Discord's text has tokens in their place. */
function restoreTexts({ channels }: GuildTruth, { channel, messages }: Export): void {
  for (const message of messages) {
    const truth = channels.get(channel.id)!.messages.get(message.id)!;
    if (truth.content === message.content) truth.content = rawTextOf(message);
  }
}

function rawTextOf({ content, mentions = [], inlineEmojis = [] }: Shown): string {
  let text = content;
  for (const { id, nickname } of mentions) if (nickname) text = text.replaceAll(`@${nickname}`, `<@${id}>`);
  for (const { id, name } of inlineEmojis) if (id) text = text.replaceAll(`:${name}:`, `<:${name}:${id}>`);
  return text;
}

/** Each export as two partitions: the first of all of them, and the second. */
export function halvesOf(exports: Export[]): [Export[], Export[]] {
  const part = (one: Export, from: number, to?: number): Export => {
    const messages = one.messages.slice(from, to);
    const cut = { messages, messageCount: messages.length };
    return { ...one, ...cut };
  };
  return [
    exports.map((one) => part(one, 0, one.messages.length >> 1)),
    exports.map((one) => part(one, one.messages.length >> 1)),
  ];
}

/** When something was asked is no fact, but that it was known then is. */
const WHEN_ASKED = new Set([
  'members_listed_at',
  'emoji_listed_at',
  'stickers_listed_at',
  'absent_at',
  'deleted_at',
]);

/** All facts that are recorded, a line a row; not when they were observed, nor what proves that they are all. */
export async function factsOf({ database }: Scene): Promise<string[]> {
  const lines: string[] = [];
  for (const { name, key, columns } of RECORDED) {
    if (name === 'coverage') continue;
    const facts = columns.filter((column) => !column.stamp).map((column) => column.name);
    if (name === 'messages') facts.push('absent_at', 'erased');
    const shown = facts.map((fact) => (WHEN_ASKED.has(fact) ? `${fact} is not null as ${fact}` : fact));
    const { rows } = await database.pool.query<{ row: string }>(
      `select row_to_json(x)::text as row from (select ${shown.join(', ')} from ${name}
       order by ${key.map((column) => column.name).join(', ')}) x`,
    );
    for (const { row } of rows) lines.push(`${name} ${row.replaceAll(/,?"\w+":null/g, '')}`);
  }
  return lines;
}

/** The first few lines that only one of two lists has. */
export function unlike(a: string[], b: string[]): string[] {
  const [inA, inB] = [new Set(a), new Set(b)];
  return [
    ...a.filter((line) => !inB.has(line)).map((line) => `- ${line}`),
    ...b.filter((line) => !inA.has(line)).map((line) => `+ ${line}`),
  ].slice(0, 10);
}

/** Ways in which both sources may be taken. */
export const ORDERS: Record<string, (past: Past, exports: Export[]) => Promise<unknown>> = {
  async 'import, history'({ take, ask }, exports) {
    await take(exports);
    await ask();
  },
  async 'history, import, history'({ take, ask }, exports) {
    await ask();
    await take(exports);
    // Whether what only the import told of is there still, nobody has asked yet.
    await ask();
  },
  async 'half an import, history, the other half, history again'({ take, ask }, exports) {
    const [first, second] = halvesOf(exports);
    await take(first);
    await ask();
    await take(second);
    await ask({ isAgain: true });
  },
};

/** Takes both in each order, from nothing; `look` is told of what came of each, and all leave the same facts. */
export async function inEveryOrder(
  past: Past,
  exports: Export[],
  look: (name: string) => Promise<void> = async () => {},
): Promise<{ name: string; unlike: string[] }[]> {
  let first: string[] | undefined;
  const found: { name: string; unlike: string[] }[] = [];
  for (const [name, tell] of Object.entries(ORDERS)) {
    await past.database.clear();
    await tell(past, exports);
    const facts = await factsOf(past);
    first ??= facts;
    found.push({ name, unlike: unlike(first, facts) });
    await look(name);
  }
  return found.filter((one) => one.unlike.length > 0);
}
