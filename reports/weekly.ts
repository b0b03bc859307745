/** The weekly report: `build` gathers its numbers, the others tell them. */
export { buildWeekly } from './weekly/build.ts';
export { weeklyCharts, type WeeklyPictures } from './weekly/charts.ts';
export { explanationsOf } from './weekly/explain.ts';
export { weeklyHtml } from './weekly/html.ts';
export { explainWeekly } from './weekly/how-counted.ts';
export { type PictureFiles, weeklyMarkdown } from './weekly/markdown.ts';
export { isMarkedWith, weeklyMark } from './weekly/mark.ts';
export { type AboutPost, messageCharts, renderWeeklyMessage } from './weekly/message.ts';
export {
  buildFromInputs,
  figuresNow,
  figuresOf,
  hydrated,
  type PostFigures,
  type PostInputs,
  postInputs,
  strippedOf,
} from './weekly/posted.ts';
export type { WeeklyReport, WeeklyRequest } from './weekly/report.ts';
export { type Remarks } from './weekly/sections.ts';
export { type AskedWeek, askedWeek, suggestWeeks } from './weekly/weeks.ts';
