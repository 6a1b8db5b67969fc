import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  clientOrderIdText,
  contentHashText,
  instantText,
  newYorkDateText,
  percentText,
  runIdText,
  sharesText,
  usdText,
} from '../../../shared/contracts/codecs.ts';
import { anyDate, anyDrift, anyHash, anyInstant, anyRunId, anyShares, anyUsd } from '../../arbitraries/values.ts';

describe('exact text', () => {
  it('is dollars, shares and percentages, there and back', () => {
    fc.assert(
      fc.property(anyUsd, anyShares, anyDrift, (amount, quantity, weight) => {
        expect(z.decode(usdText, z.encode(usdText, amount))).toBe(amount);
        expect(z.decode(sharesText, z.encode(sharesText, quantity))).toBe(quantity);
        expect(z.decode(percentText, z.encode(percentText, weight))).toBe(weight);
      }),
    );
    expect([z.encode(usdText, 12_340_000n), z.encode(sharesText, 1_500_000_000n), z.encode(percentText, 333_333n)]).toEqual([
      '12.34',
      '1.5',
      '33.3333%',
    ]);
  });

  it.each([
    ['usdText', usdText, '0.0000001', 'dollars such as "12.34"'],
    ['sharesText', sharesText, '0.0000000001', 'shares such as "1.5"'],
    ['percentText', percentText, '0.5', 'a percentage such as "33.3333%"'],
  ] as const)('%s refuses what is not exact, and says what it expects', (_, codec, text, expected) => {
    const parsed = z.safeDecode(codec, text);
    expect(parsed.error?.issues[0]?.message).toBe(`expected ${expected}`);
    expect(codec.safeParse(12).success).toBe(false);
    expect(codec.safeParse(12n).success).toBe(false);
  });
});

describe('an instant', () => {
  it('is ISO text in UTC, there and back', () => {
    fc.assert(
      fc.property(anyInstant, (ms) => {
        expect(z.decode(instantText, z.encode(instantText, ms))).toBe(ms);
      }),
    );
    expect(z.encode(instantText, Date.UTC(2026, 10, 20, 20, 35))).toBe('2026-11-20T20:35:00.000Z');
  });

  it.each(['2026-11-20', '2026-11-20T20:35:00', '2026-11-20T20:35:00-05:00', '2026-02-30T00:00:00Z', 'now', ''])('is not %j', (text) => {
    expect(z.safeDecode(instantText, text).success).toBe(false);
  });
});

describe('names that cross a process', () => {
  it('take what the core makes', () => {
    fc.assert(
      fc.property(anyRunId, anyDate, anyHash, (runId, date, hash) => {
        expect([runIdText.parse(runId), newYorkDateText.parse(date), contentHashText.parse(hash)]).toEqual([runId, date, hash]);
      }),
    );
  });

  it('refuse the rest', () => {
    for (const text of ['x', 7, null, 'a/2026-02-30/b']) expect(runIdText.safeParse(text).success).toBe(false);
    for (const text of ['2026-02-30', '20261120', 7, undefined]) expect(newYorkDateText.safeParse(text).success).toBe(false);
    for (const text of ['', 'F'.repeat(64), 'f'.repeat(65), null]) expect(contentHashText.safeParse(text).success).toBe(false);
    expect([clientOrderIdText.safeParse('x'.repeat(128)).success, clientOrderIdText.safeParse('x'.repeat(129)).success]).toEqual([
      true,
      false,
    ]);
    expect(clientOrderIdText.safeParse('').success).toBe(false);
  });
});
