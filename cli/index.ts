/** The verbs, in the order of --help. */
import { audit } from './audit.ts';
import { backfill } from './backfill.ts';
import { backupVerb } from './backup.ts';
import { bot } from './bot.ts';
import { companion } from './companion.ts';
import { coverage } from './coverage.ts';
import { demo } from './demo.ts';
import { doctor } from './doctor.ts';
import { forget } from './forget.ts';
import { gaps } from './gaps.ts';
import { generate } from './generate.ts';
import { guide } from './guide.ts';
import { guilds } from './guilds.ts';
import { health } from './health.ts';
import { importVerb } from './import.ts';
import { jobs } from './jobs.ts';
import { link } from './link.ts';
import type { Verb } from './main.ts';
import { migrateVerb } from './migrate.ts';
import { optout } from './optout.ts';
import { queries } from './queries.ts';
import { query } from './query.ts';
import { report } from './report.ts';
import { restoreVerb } from './restore.ts';
import { settings } from './settings.ts';
import { start } from './start.ts';
import { token } from './token.ts';
import { verify } from './verify.ts';

export const verbs: Verb[] = [
  demo,
  start,
  bot,
  companion,
  health,
  doctor,
  backfill,
  audit,
  jobs,
  importVerb,
  verify,
  guilds,
  gaps,
  coverage,
  query,
  queries,
  report,
  guide,
  settings,
  token,
  link,
  optout,
  forget,
  generate,
  migrateVerb,
  backupVerb,
  restoreVerb,
];
