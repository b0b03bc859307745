import { describe, expect, test } from 'vitest';

import { exportOf, ids, kinds, message, readExport, useHandMade } from './hand-made.ts';

useHandMade();

describe('within its limits, the reading of an export', () => {
  // More than the 16 MiB that a single message may have.
  const many = Array.from({ length: 200 }, () => message(4, `, "x": "${'x'.repeat(100_000)}"`));

  test('passes over a message above the limit', async () => {
    const huge = `{"id": "2", "timestamp": "", "users": [{"id": "5"}, "${'x'.repeat(17 * 2 ** 20)}"]}`;
    const result = await readExport(exportOf(message(1), huge, message(3)));
    expect([ids(result), kinds(result)]).toEqual([[1, 3], [['oversized', 1]]]);
  });

  test('does not mistake a message that lost its end for one above the limit', async () => {
    const result = await readExport(exportOf(message(1), message(2).slice(0, -1), ...many));
    expect([result.payloads.length, kinds(result)]).toEqual([201, [['mis-nested', 1]]]);
  });

  test('does not take the brace of another message, far behind, for the end that was lost', async () => {
    const torn = message(2).slice(0, -1);
    const result = await readExport(exportOf(message(1), torn, ...many, `${message(5)}}`, message(6)));
    expect([result.payloads.length, kinds(result)]).toEqual([
      203,
      [
        ['mis-nested', 1],
        ['mis-nested', 203],
      ],
    ]);
  });

  test('damage without end is counted, not listed', async () => {
    const result = await readExport(
      exportOf(...Array.from({ length: 3000 }, () => '{"id": oops}'), message(1)),
    );
    expect([result.damage.length, result.damageUnlisted, result.messages, ids(result)]).toEqual([
      1000,
      2000,
      3001,
      [1],
    ]);
  });
});
