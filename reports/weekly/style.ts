/**
 * How the page of a report looks. No class or id comes from outside of it, and nothing is loaded: the fonts are those of
 * the reader's system, for names are in every script. Colours of text are at 4.5 to 1 or more on what they stand on.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #f6f6f3; --card: #ffffff; --ink: #1d2027; --muted: #565c68; --line: #dfe0dc; --accent: #0b62a8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #1e1f22; --card: #2b2d31; --ink: #f2f3f5; --muted: #b8bdc6; --line: #404249; --accent: #7cc4f5;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; max-width: 76rem; padding: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere;
}
header { max-width: 48rem; padding: 1rem 1rem 1.5rem; }
h1 { margin: .5rem 0 .25rem; font-size: clamp(1.5rem, 1.2rem + 1.5vw, 2.25rem); line-height: 1.2; text-wrap: balance; }
h2 { margin: 0 0 .75rem; font-size: 1.15rem; line-height: 1.3; }
h3 { margin: 0 0 .25rem; font-size: .875rem; }
p { margin: 0 0 .75rem; }
a { color: var(--accent); }
.when { color: var(--muted); font-size: .875rem; }
.lead { margin: 1rem 0 0; font-size: clamp(1.1rem, 1.05rem + .3vw, 1.3rem); line-height: 1.5; text-wrap: pretty; }
section {
  margin: 0 0 .75rem; padding: 1rem; background: var(--card); border: solid var(--line); border-width: 1px 0;
}
section > :last-child { margin-bottom: 0; }
/* On a phone a picture has the whole width: what is written in it is small enough. */
img { display: block; width: calc(100% + 2rem); height: auto; margin: 0 -1rem .75rem; }
.figures { display: grid; gap: .5rem; grid-template-columns: repeat(auto-fit, minmax(6rem, 1fr)); margin: 0; }
.figures div {
  display: flex; flex-direction: column-reverse; justify-content: flex-end;
  padding: .5rem; border: 1px solid var(--line); border-radius: .5rem;
}
.figures dt { color: var(--muted); font-size: .8125rem; line-height: 1.35; }
.figures dd { margin: 0; font-size: 1.5rem; font-weight: 650; line-height: 1.25; font-variant-numeric: tabular-nums; }
.figures span { display: block; color: var(--muted); font-size: .75rem; font-weight: 400; }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; margin-bottom: .75rem; }
th, td { padding: .375rem .5rem .375rem 0; text-align: start; vertical-align: baseline; border-bottom: 1px solid var(--line); }
thead th { color: var(--muted); font-size: .8125rem; font-weight: 400; vertical-align: bottom; line-height: 1.25; }
tbody th { font-weight: 500; }
tbody tr:last-child > * { border-bottom: 0; }
.number { text-align: end; padding-right: 0; padding-left: .5rem; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
summary { color: var(--accent); font-size: .875rem; cursor: pointer; padding: .25rem 0; }
ol { margin: 0; padding: 0; list-style: none; }
ol > li { padding: .75rem 0; border-bottom: 1px solid var(--line); }
ol > li:first-child { padding-top: 0; }
ol > li:last-child { padding-bottom: 0; border-bottom: 0; }
li p { margin: 0; color: var(--muted); font-size: .875rem; }
blockquote { margin: .25rem 0; padding: 0; }
li a { font-size: .875rem; }
.note, aside, footer { color: var(--muted); font-size: .8125rem; }
aside { margin-top: .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
aside ul { margin: 0; padding-left: 1.1rem; }
footer { padding: .75rem 1rem 1rem; max-width: 48rem; }
@media (min-width: 40rem) {
  body { padding: 1rem 1.5rem; }
  header, footer { padding-left: 0; padding-right: 0; }
  section { padding: 1.25rem; border-width: 1px; border-radius: .75rem; margin-bottom: 1rem; }
  img { width: 100%; max-width: 36rem; margin: 0 0 .75rem; border-radius: .5rem; }
}
@media (min-width: 60rem) {
  main { columns: 2; column-gap: 1rem; }
  section { break-inside: avoid; }
  #totals { column-span: all; }
  .figures { grid-template-columns: repeat(5, 1fr); }
}
@media print {
  :root { --paper: #fff; --card: #fff; --ink: #000; --muted: #444; --line: #bbb; --accent: #000; }
  @page { size: A4; margin: 12mm; }
  html { font-size: 9.5pt; }
  body { max-width: none; padding: 0; }
  header, footer { padding-left: 0; padding-right: 0; }
  main { columns: 2; column-gap: 8mm; }
  #totals { column-span: all; }
  .figures { grid-template-columns: repeat(5, 1fr); }
  section { border: 0; border-radius: 0; padding: 0; margin: 0 0 6mm; break-inside: auto; }
  h2, section > p { break-after: avoid; }
  img { width: 100%; margin: 0 0 .75rem; border-radius: .5rem; filter: invert(1) hue-rotate(180deg) brightness(1.2); }
  tr, li, img, header, .figures div { break-inside: avoid; }
  thead { display: table-header-group; }
  details { display: none; }
}
`;
