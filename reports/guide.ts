/** Who and what to turn to: `build` gathers it, `render` tells it. */
export { buildGuide } from './guide/build.ts';
export { isInNeed } from './guide/care.ts';
export { guideDefinitions } from './guide/explain.ts';
export { guideMarkdown } from './guide/markdown.ts';
export { renderGuide } from './guide/message.ts';
export { chooseNaming, mayBeNamed, namedIn } from './guide/opt-out.ts';
export type { Guide, GuideRequest, ServerGuide, TopicGuide } from './guide/report.ts';
