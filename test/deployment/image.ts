/** What the Dockerfile says, done by hand in a folder that stands for the image's root: for machines without an engine. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, existsSync, readFileSync } from 'node:fs';
import { chmod, chown, copyFile, cp, mkdir, rename } from 'node:fs/promises';
import { delimiter, dirname, join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { ROOT } from '../support/sources.ts';
import type { Ended } from '../support/program.ts';
import { copiesOf, isInBuild, said, stagesOf, variablesOf, wordsOf } from './dockerfile.ts';

export interface Image {
  /** Stands for `/`. */
  root: string;
  /** Runs a command of it as who has no rights there. Absent: what a container of it runs. */
  run(words: string[], env?: Record<string, string>): { process: ChildProcess; ended: Promise<Ended> };
  /** What it is asked for its health by. */
  healthcheck: string[];
  entrypoint: string[];
  /** What it does unless told otherwise. */
  command: string[];
}

/** `nobody`, where tests run as root; else whoever runs them. */
const SOMEBODY = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** Builds it: packages come from the registry, as in the image. Nothing but `/data` and `/tmp` can be written in it then. */
export async function buildImage(folder: string): Promise<Image> {
  const [packages, last] = stagesOf(readFileSync(join(ROOT, 'Dockerfile'), 'utf8'));
  const root = join(folder, 'root');
  const bin = join(folder, 'bin');
  for (const path of [join(root, 'app'), join(root, 'data'), join(root, 'tmp'), bin]) {
    await mkdir(path, { recursive: true });
  }
  // The image has a Node of this version in its path; here others may not enter the folder that ours is in.
  await copyFile(process.execPath, join(bin, 'node'), constants.COPYFILE_FICLONE);
  const path = [bin, ...(process.env.PATH ?? '').split(delimiter)].join(delimiter);
  const inPlace = (word: string) => word.replaceAll(/(?<![\w:/])\/(?=(?:app|data|tmp)\b)/g, `${root}/`);

  const building = join(folder, 'packages');
  await copyFrom(ROOT, copiesOf(packages!)[0]!.sources, building);
  for (const command of said(packages!, 'RUN')) {
    execFileSync('/bin/sh', ['-ec', command], {
      cwd: building,
      env: { ...process.env, PATH: path },
      stdio: 'pipe',
    });
  }
  for (const { from, sources } of copiesOf(last!)) {
    if (from === undefined) await copyFrom(ROOT, sources, join(root, 'app'));
    else
      for (const source of sources)
        await rename(join(building, relative('/app', source)), join(root, source));
  }
  execFileSync('chmod', ['-R', 'a-w,a+rX', join(root, 'app')]);
  for (const own of ['data', 'tmp']) {
    await chmod(join(root, own), 0o700);
    if (SOMEBODY.uid !== undefined) await chown(join(root, own), SOMEBODY.uid, SOMEBODY.gid);
  }

  const variables = Object.entries({ ...variablesOf(last!), TMPDIR: '/tmp' });
  const given = {
    ...Object.fromEntries(variables.map(([name, value]) => [name, inPlace(value)])),
    PATH: path,
  };
  return {
    root,
    healthcheck: wordsOf(said(last!, 'HEALTHCHECK')[0])!,
    entrypoint: wordsOf(said(last!, 'ENTRYPOINT')[0])!,
    command: wordsOf(said(last!, 'CMD')[0])!,
    run(words, env = {}) {
      const [program, ...rest] = words.map(inPlace);
      const options = { cwd: join(root, 'app'), env: { ...given, ...env }, ...SOMEBODY };
      const child = spawn(program!, rest, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
      const ended = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]).then(
        ([[code], stdout, stderr]): Ended => ({ code, stdout, stderr }),
      );
      return { process: child, ended };
    },
  };
}

/** Copies what reaches a build. */
async function copyFrom(folder: string, sources: string[], to: string): Promise<void> {
  const isIn = isInBuild(readFileSync(join(ROOT, '.dockerignore'), 'utf8'));
  for (const source of sources) {
    if (!existsSync(join(folder, source))) throw new Error(`There is no ${source}.`);
    await mkdir(dirname(join(to, source)), { recursive: true });
    await cp(join(folder, source), join(to, source), {
      recursive: true,
      filter: (path) => isIn(relative(folder, path)),
    });
  }
}
