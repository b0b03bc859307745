import { expect, it } from 'vitest';
import { isMisspelling } from '../../../../db/queries/guide/misspelling.ts';

it.each([
  ['left out', 'kiln', 'kin'],
  ['added', 'kiln', 'killn'],
  ['changed', 'glaze', 'glase'],
  ['that changed its place with the next one', 'bisque', 'bisuqe'],
  ['of another script', 'глина', 'глена'],
])('a letter %s is a misspelling, both ways', (_, right, wrong) => {
  expect(isMisspelling(right, wrong)).toBe(true);
  expect(isMisspelling(wrong, right)).toBe(true);
});

it('two faults are one word too many for a short word, and none for a long one', () => {
  expect(isMisspelling('glaze', 'glzse')).toBe(false);
  expect(isMisspelling('stoneware', 'stonwere')).toBe(true);
  expect(isMisspelling('stoneware', 'stnwre')).toBe(false);
});

it('a number is never another, nor is a word with one in it', () => {
  expect(isMisspelling('1200', '1220')).toBe(false);
  expect(isMisspelling('cone6', 'cone5')).toBe(false);
  expect(isMisspelling('v2', 'v')).toBe(false);
});

it('a letter outside of the basic plane is one letter', () => {
  expect(isMisspelling('ab𐐷d', 'abd')).toBe(true);
});

it('the first letter of a short word is no slip, but where it changed places', () => {
  expect(isMisspelling('sells', 'cells')).toBe(false);
  expect(isMisspelling('ikln', 'kiln')).toBe(true);
  expect(isMisspelling('elephant', 'alephant')).toBe(true);
});
