/** What the preview shows: answers, each as somebody sees it in Discord. */
import type { APIEmbed, APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../../db/connect.ts';
import { startEmbedded } from '../../../db/embedded.ts';
import { migrate } from '../../../db/migrate.ts';
import { openDrawing } from '../../../reports/draw.ts';
import { askAll, namesIn } from './collect.ts';
import type { Names } from './inline.ts';
import { openScene } from './scene.ts';

/** One message, and how it came to be. */
export interface Shot {
  /** Of letters, digits and dashes; also what its pictures are called. */
  id: string;
  title: string;
  /** As it was typed. */
  command: string;
  /** Who asked; absent of a message that answers nobody. */
  asker?: string;
  /** Only the asker sees it. */
  isEphemeral: boolean;
  message: ShotMessage;
}

/** A message as REST takes it or shows it. */
export interface ShotMessage {
  flags?: number;
  content?: string;
  embeds?: APIEmbed[];
  components?: APIMessageTopLevelComponent[];
  attachments: ShotFile[];
}

export interface ShotFile {
  name: string;
  description?: string;
  /** None where they were not kept: a frame stands in for the picture. */
  bytes: Uint8Array;
}

/** Every answer to look at, of a bot that is started for it, and how those are called that it mentions. */
export async function collectShots(): Promise<{ shots: Shot[]; names: Names }> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-preview-'));
  // As root Postgres runs as another user, who must be able to enter the folder.
  await chmod(folder, 0o755);
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
  const server = await startEmbedded({ folder, memoryBytes: 1 << 30, settings });
  const drawing = await openDrawing();
  try {
    const store = connect(server.url, 1);
    await migrate(store.db).finally(() => store.close());
    const scene = await openScene({ databaseUrl: server.url, folder, draw: drawing.draw });
    try {
      return { shots: await askAll(scene), names: namesIn(scene) };
    } finally {
      await scene.close();
    }
  } finally {
    await drawing.close();
    await server.release();
    await rm(folder, { recursive: true, force: true });
  }
}
