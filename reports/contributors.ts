/** Who contributed most: `build` gathers the numbers, `render` tells them to each who asks. */
export { asOf } from './contributors/as-of.ts';
export { buildContributors } from './contributors/build.ts';
export { contributorsPicture, renderContributors } from './contributors/message.ts';
export {
  type Circumstances,
  type ContributorsReport,
  type ContributorsRequest,
  RANKED_BY,
  type RankedBy,
} from './contributors/report.ts';
