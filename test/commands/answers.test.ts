/** Every answer as the preview shows it: asked of a bot through a loopback Discord, whole, as it has always been. */
import { glob, readdir, readFile } from 'node:fs/promises';
import { ComponentType } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isLong } from '../support/at-length.ts';
import { useDatabase } from '../support/database.ts';
import type { Export } from '../support/discord/exports/export.ts';
import { everyComponent, textsOf } from '../support/discord/rest/writing/walk.ts';
import { useFolder } from '../support/folder.ts';
import { askAll, namesIn } from '../support/preview/collect.ts';
import { renderPreview } from '../support/preview/page.ts';
import { openScene, type Scene } from '../support/preview/scene.ts';
import type { Shot } from '../support/preview/shots.ts';

const GOLDEN = `${import.meta.dirname}/../golden/commands/answers`;
const database = useDatabase();
const folder = useFolder();
let scene: Scene;
let shots: Shot[];

/** The smallest PNG: one dark pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mPQVjX6DwACNgFPRC1ZFAAAAABJRU5ErkJggg==',
  'base64',
);

/** Half a minute on a busy machine; the answers of each command have golden files of their own beside. */
describe.runIf(isLong)('asked one after the other', () => {
  beforeAll(async () => {
    scene = await openScene({
      databaseUrl: database.url,
      folder: folder.path,
      draw: () => Promise.resolve(PIXEL),
    });
    shots = await askAll(scene);
  });
  afterAll(() => scene?.close());

  /** Of a picture or a file its name, and not where Discord has put it. */
  const placeless = (_: string, part: unknown): unknown => {
    const { proxy_url: url } = (part ?? {}) as { proxy_url?: string };
    return url === undefined ? part : { url: url.replace(/^.*\/([^/?]+).*$/, 'attachment://$1') };
  };

  /** A message without the bytes of its files. */
  function goldenOf({ command, asker, isEphemeral, message }: Shot): string {
    const files = message.attachments.map(({ name, description }) => ({ name, description }));
    const told = { command, asker, isEphemeral, components: message.components, files };
    return `${JSON.stringify(told, placeless, 2)}\n`;
  }

  it('every answer is as it always was', async () => {
    for (const shot of shots)
      await expect.soft(goldenOf(shot), shot.id).toMatchFileSnapshot(`${GOLDEN}/${shot.id}.json`);
    const kept = (await readdir(GOLDEN)).map((name) => name.replace('.json', ''));
    expect(kept.toSorted()).toEqual(shots.map(({ id }) => id).toSorted());
  });

  /** Of the last week: what people wrote in the exports that were imported, in the channels that everybody reads. */
  async function countedByHand() {
    const closed = ['ground-crew', 'members-lounge'].map((name) => scene.places[name]!.id);
    const [from, to] = ['2026-11-09T00:00+01:00', '2026-11-16T00:00+01:00'].map((time) => Date.parse(time));
    const authors = new Map<string, number>();
    const channels = new Map<string, number>();
    let [messages, replies, reactions] = [0, 0, 0];
    for await (const name of glob('*.json', { cwd: `${folder.path}/main` })) {
      const read = JSON.parse(await readFile(`${folder.path}/main/${name}`, 'utf8')) as Export;
      if ([read.channel.id, read.channel.categoryId].some((id) => closed.includes(id ?? ''))) continue;
      for (const { type, author, timestamp, reactions: given } of read.messages) {
        const at = Date.parse(timestamp);
        if (author.isBot || !['Default', 'Reply'].includes(type) || at < from! || at >= to!) continue;
        messages++;
        if (type === 'Reply') replies++;
        reactions += given.reduce((sum, { count }) => sum + count, 0);
        authors.set(author.id, (authors.get(author.id) ?? 0) + 1);
        channels.set(read.channel.name, (channels.get(read.channel.name) ?? 0) + 1);
      }
    }
    return { messages, replies, reactions, authors, channels };
  }

  it('the figures of a week are those of the exports, counted by hand', async () => {
    const { messages, replies, reactions, authors, channels } = await countedByHand();
    const told = (id: string) =>
      textsOf(shots.find((shot) => shot.id === id)!.message.components!).join('\n');
    for (const line of [
      `**${messages}** messages`,
      `**${authors.size}** people wrote`,
      `**${replies}** replies`,
      `**${reactions}** reactions`,
      `1. #general · ${channels.get('general')} messages`,
    ])
      expect.soft(told('stats-week')).toContain(line);
    const most = [...authors.values()].toSorted((a, b) => b - a).slice(0, 10);
    const listed = [...told('top-messages').matchAll(/: (\d+) messages on/g)].map(([, n]) => Number(n));
    expect.soft(listed).toEqual(most);
    expect.soft(told('weekly')).toContain(`${messages} messages by ${authors.size} people`);
  });

  it('every answer says whom it mentions, and Discord takes it as it is', () => {
    expect(scene.discord.interactions.careless).toEqual([]);
    expect(scene.discord.oracleFaults).toEqual([]);
  });

  it('every answer fits a phone: its text, its parts, and all that a button asks', () => {
    for (const { id, message } of shots) {
      const { components = [] } = message;
      expect.soft(textsOf(components).join('').length, id).toBeLessThan(3500);
      expect.soft([...everyComponent(components)].length, id).toBeLessThan(40);
      for (const one of everyComponent(components))
        if (one.type === ComponentType.Button) expect.soft(one, id).toHaveProperty('custom_id');
    }
  });

  const OWN = /^(refused|settings|backfill)|private|linked|why|care|named/;

  it('what is asked in public is shown to all, and a refusal, a change, a plan or a choice to the asker alone', () => {
    const told = (isEphemeral: boolean) =>
      shots.filter((shot) => shot.isEphemeral === isEphemeral).map(({ id }) => id);
    expect(told(false).filter((id) => OWN.test(id))).toEqual([]);
    expect(told(true).filter((id) => !OWN.test(id))).toEqual([]);
  });

  it('no name pings anybody or leads anywhere', () => {
    const hostile = shots.filter(({ id }) => id.endsWith('hostile'));
    expect(hostile).toHaveLength(6);
    for (const shot of hostile) {
      const page = renderPreview([shot], { names: namesIn(scene) });
      const body = page.slice(page.indexOf('<article'));
      expect.soft(body, shot.id).not.toMatch(/class="mention"|<a href|evil\.example<\/a>|\u202e/);
    }
  });

  it('a server’s staff room is in nothing that members see', () => {
    const open = shots.filter(({ isEphemeral }) => !isEphemeral);
    expect(JSON.stringify(open)).not.toContain('ground-crew');
    expect(JSON.stringify(open)).not.toContain(scene.places['ground-crew']!.id);
    const own = shots.filter(({ id }) => id === 'stats-private');
    expect(JSON.stringify(own)).toContain('ground-crew');
  });
});
