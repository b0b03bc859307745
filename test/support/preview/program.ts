/**
 * `npm run preview`: every answer as Discord shows it, on one page; `--png FOLDER` takes a picture of each, wide and
 * narrow, dark and light; `--shown FOLDER` of those that the documents show. `--samples` shows one of everything that a message can have.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { renderPreview } from './page.ts';
import { takePictures, takeShown } from './pictures.ts';
import { sampleShots } from './samples.ts';
import { collectShots } from './shots.ts';

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'out/preview.html' },
    png: { type: 'string' },
    shown: { type: 'string' },
    samples: { type: 'boolean', default: false },
  },
});
const file = resolve(values.out);
const { shots, names } = values.samples ? { shots: await sampleShots(), names: {} } : await collectShots();
await mkdir(dirname(file), { recursive: true });
await writeFile(file, renderPreview(shots, { names }));
say(`${shots.length} messages as Discord shows them: ${file}`);
const tellTaken = (taken: number | undefined, folder: string) =>
  say(
    taken === undefined
      ? 'No pictures were taken: no browser is installed, or CHROME_PATH does not name one.'
      : `${taken} pictures of them: ${resolve(folder)}`,
  );
if (values.png !== undefined) tellTaken(await takePictures(file, shots, resolve(values.png)), values.png);
if (values.shown !== undefined) tellTaken(await takeShown(file, resolve(values.shown)), values.shown);
