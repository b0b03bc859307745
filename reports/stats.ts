/** A period at a glance: `build` gathers its numbers, `render` tells them. */
export { buildStats } from './stats/build.ts';
export { statsCharts, type StatsPictures } from './stats/charts.ts';
export { renderStats } from './stats/message.ts';
export { statsDefinitions } from './stats/explain.ts';
export { beforeKnown, type Stats, type StatsRequest } from './stats/report.ts';
