/** What the API tells, in the order of its description. */
import type { ApiRoute } from '../route.ts';
import { stats, topContributors } from './glance.ts';
import guild from './guild.ts';
import { guide } from './guide.ts';
import questions from './questions.ts';
import { weekly } from './weekly.ts';

export const apiRoutes: readonly ApiRoute[] = [...guild, ...questions, weekly, stats, topContributors, guide];
