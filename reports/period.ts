/** A period that somebody asks for: what it is, what it is called, and what is suggested for it. */
export { type AskedPeriod, type PeriodBasis, periodOf, type PeriodUnit } from './period/asked.ts';
export { type PeriodSuggestion, suggestPeriods } from './period/suggest.ts';
export { beforeTitle, periodTitle } from './period/title.ts';
