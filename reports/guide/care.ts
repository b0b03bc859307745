/** Who asks for help of a kind that no ranking gives: that it is so, and where the moderators are. */
export { helpPlace } from './care/help-place.ts';
export { isInNeed } from './care/in-need.ts';
