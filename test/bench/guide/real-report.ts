/** What real exports show. */
import type { Store } from '../../../db/connect.ts';
import { guilds } from '../../../db/queries/guilds.ts';
import { importExports } from '../../../ingest/dce/import.ts';
import { readCorpus } from './corpus.ts';
import {
  differences,
  type Figure,
  type Figures,
  figuresOf,
  spread,
  type System,
  systems,
} from './figures.ts';
import { holdOut } from './hold-out.ts';
import { spoken } from './planted-report.ts';
import { readWords } from './ranker.ts';
import { figure, rankingTable } from './tables.ts';

export interface RealReport {
  guild: string;
  messages: number;
  questions: number;
  /** Whose answerer could be named at the time. */
  possible: number;
  of?: Record<System, Figures>;
  differences?: { baseline: System; difference: Figure }[];
  ms?: { p50: number; p95: number };
}

/** Fewer questions tell nothing. */
const FEW = 5;

/** Imports a folder of exports, and holds out what each guild's newest questions were answered by. */
export async function reportReal(
  store: Store,
  folder: string,
  say: (line: string) => void,
): Promise<RealReport[]> {
  const planted = new Set((await guilds(store.db)).map(({ id }) => id));
  const running = importExports([folder], {
    pool: store.pool,
    content: 'full',
    nowMs: Date.now(),
    includeDirectMessages: false,
    isDryRun: false,
    lanes: 2,
  });
  while (!(await running.next()).done);
  const reports: RealReport[] = [];
  for (const { id, name } of await guilds(store.db)) {
    if (planted.has(id)) continue;
    await readWords(store, id);
    reports.push(await reportGuild(store, id, name ?? id, say));
  }
  return reports;
}

async function reportGuild(
  store: Store,
  guildId: string,
  guild: string,
  say: (line: string) => void,
): Promise<RealReport> {
  const corpus = await readCorpus(store, guildId);
  const { outcomes, possible } = await holdOut(store, corpus);
  const base = { guild, messages: corpus.messages.length, questions: outcomes.length, possible };
  const title = `\n${guild}: ${base.messages.toLocaleString('en')} messages by people, ${outcomes.length} questions held out`;
  if (outcomes.length < FEW) {
    say(`${title}: too few to tell anything`);
    return base;
  }
  const { of } = figuresOf(outcomes);
  const report = {
    ...base,
    of,
    differences: differences(outcomes),
    ms: spread(outcomes.map(({ ms }) => ms)),
  };
  say(`${title}, ${possible} of them answered by somebody who could be named then\n`);
  for (const line of rankingTable(
    of,
    systems.filter((system) => system !== 'oracle'),
  ))
    say(line);
  say('\nhit@3 of `/guide` less that of the baseline:');
  for (const { baseline, difference } of report.differences) say(`- ${baseline}: ${figure(difference)}`);
  say(`an answer took ${spoken(report.ms)}`);
  return report;
}
