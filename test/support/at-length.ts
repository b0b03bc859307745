/** What `npm run test:long` proves, and `npm test` does not, or at a smaller size. */

export const isLong = process.env.ALMANAC_TEST_LONG !== undefined;

/** How much of something is proved: `few` in `npm test`, `many` at length. */
export const atLength = <T>(few: T, many: T): T => (isLong ? many : few);
