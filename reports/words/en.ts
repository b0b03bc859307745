/** Every sentence of a report, in English. */
import { charts } from './en/charts.ts';
import { coverage } from './en/coverage.ts';
import { explanations } from './en/explanations.ts';
import { weekly } from './en/weekly.ts';

export const en = { charts, coverage, weekly, explanations };

/** What a language has to say. */
export type Words = typeof en;
