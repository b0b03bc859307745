/** How every chart looks: one dark card, which stands on Discord's dark and light backgrounds alike. */

/**
 * Colours and sizes. Units: CSS pixels; a phone shows the 560 of a chart's width on about 400, so no text is below 14.
 *
 * The colours are apart in hue and in brightness, so that they stay apart for whoever sees fewer hues.
 * Source: Okabe and Ito's palette; the scale of heat is ordered like viridis.
 */
export const theme = {
  width: 560,
  devicePixelRatio: 2,
  padding: { top: 16, right: 18, bottom: 14, left: 18 },
  card: '#2b2d31',
  grid: '#404249',
  text: '#f2f3f5',
  mutedText: '#c4c9d0',
  first: '#4a93cc',
  /** The same, for text. */
  firstText: '#8cc4ee',
  second: '#ffb83d',
  /** What stands beside the one that the title is about. */
  quiet: '#3f6a8c',
  rest: '#5c606a',
  heat: ['#3d4048', '#34507f', '#2a7f9e', '#35b394', '#9bd65f', '#fde84a'],
  titleSize: 19,
  textSize: 15,
  tickSize: 14,
} as const;
