/** Whether two words may be one, misspelled: a letter left out, added, changed, or two that changed places. */

/** A long word may have two faults. */
const TWO_FROM_LENGTH = 8;
/** Of shorter words the first letter tells: "sells" is no slip of "cells". */
const SHORT_LENGTH = 6;

/** Whether one may be meant where the other stands. A number is never another, nor is a word of code with digits. */
export function isMisspelling(a: string, b: string): boolean {
  if (/\p{N}/u.test(a) || /\p{N}/u.test(b)) return false;
  const faultsMax = Math.min(a.length, b.length) >= TWO_FROM_LENGTH ? 2 : 1;
  const isShort = Math.min(a.length, b.length) <= SHORT_LENGTH;
  if (isShort && a[0] !== b[0] && !(a[0] === b[1] && a[1] === b[0])) return false;
  return faultsBetween([...a], [...b]) <= faultsMax;
}

/** Damerau's distance, of neighbours that changed places at most once (optimal string alignment). */
function faultsBetween(a: string[], b: string[]): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(change, rows[i - 1]![j]! + 1, row[j - 1]! + 1, isSwap ? rows[i - 2]![j - 2]! + 1 : Infinity),
      );
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
