import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intervalBar } from '../../../exchange/market/interval-bar.ts';
import { replayMarket } from '../../../exchange/market/replay-market.ts';
import type { SessionPath } from '../../../exchange/market/session-path.ts';
import { refuseBar } from '../../../shared/core/market/bar.ts';
import { weekdaySessions } from '../weekday-sessions.ts';

function aSession(closes: readonly [number, number], seed = 1): SessionPath {
  const bars = [
    { date: '2020-01-06', close: closes[0] },
    { date: '2020-01-07', close: closes[1] },
  ] as const;
  const market = replayMarket({ series: [{ symbol: 'X', bars }], sessions: weekdaySessions(), seed, spreadBps: 0, adjustment: 'raw' });
  const path = market.path('X');
  if (path === undefined) throw new Error('expected a path');
  return path.sessionPath(path.last);
}

describe('intervalBar', () => {
  it('is a sound bar over any part of a session, whatever digits the closes have', () => {
    const price = fc.double({ min: 0.01, max: 5_000, noNaN: true });
    const seconds = fc.tuple(fc.integer({ min: 0, max: 23_400 }), fc.integer({ min: 0, max: 23_400 }));
    fc.assert(
      fc.property(fc.tuple(price, price), seconds, fc.integer(), fc.boolean(), (closes, [a, b], seed, isWhole) => {
        const [from, to] = isWhole ? [0, 23_400] : [Math.min(a, b), Math.max(a, b)];
        const bar = intervalBar(aSession(closes, seed), from, to, 1_000);
        expect(refuseBar({ date: '2020-01-07', ...bar }, undefined)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  it('keeps every digit of a known close', () => {
    expect(intervalBar(aSession([94.87305710236, 95.812767459123]), 0, 23_400, 0).close).toBe(95.812767459123);
  });

  it('sees the price of every second that it covers', () => {
    const session = aSession([100, 103]);
    const prices = Array.from({ length: 151 }, (_, second) => session.priceAt(1_000 + second));
    const bar = intervalBar(session, 1_000, 1_150, 23_400);
    expect(bar.high).toBeCloseTo(Math.max(...prices), 6);
    expect(bar.low).toBeCloseTo(Math.min(...prices), 6);
    expect(bar.close).toBeCloseTo(prices.at(-1) ?? Number.NaN, 6);
    expect(bar.volume).toBe(151);
  });

  it('shares the volume of a session out without losing a share', () => {
    const session = aSession([100, 103]);
    const halves = [intervalBar(session, 0, 11_699, 1_001), intervalBar(session, 11_700, 23_400, 1_001)];
    expect(halves.map(({ volume }) => volume)).toEqual([500, 501]);
  });
});
