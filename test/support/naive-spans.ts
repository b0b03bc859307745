/** Spans of ids, as lists. */

/** Half-open: from <= id < to. */
export interface Span {
  from: bigint;
  to: bigint;
}

/** Spans that overlap or touch as one, in order. */
export function touching(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = merged.at(-1);
    if (!last || span.from > last.to) merged.push({ ...span });
    else if (span.to > last.to) last.to = span.to;
  }
  return merged;
}

/** What of them lies within another. */
export const cut = (spans: readonly Span[], { from, to }: Span): Span[] =>
  spans
    .map((span) => ({ from: span.from > from ? span.from : from, to: span.to < to ? span.to : to }))
    .filter((span) => span.from < span.to);

/** What is left of a span without others, which are in order and touch not. */
export function less(whole: Span, others: readonly Span[]): Span[] {
  const left: Span[] = [];
  let { from } = whole;
  for (const other of cut(others, whole)) {
    if (other.from > from) left.push({ from, to: other.from });
    from = other.to;
  }
  return from < whole.to ? [...left, { from, to: whole.to }] : left;
}
