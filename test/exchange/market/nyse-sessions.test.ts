import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nyseSessions } from '../../../exchange/market/nyse-sessions.ts';
import { replayMarket } from '../../../exchange/market/replay-market.ts';
import { readPriceDirectory } from '../../../shared/adapters/local/price-files.ts';

describe('nyseSessions', () => {
  it('skips a holiday in both directions', () => {
    expect(nyseSessions.sessionOn('2020-12-25')).toBeUndefined();
    expect(nyseSessions.nextSession('2020-12-24')?.date).toBe('2020-12-28');
    expect(nyseSessions.previousSession('2020-12-28')?.date).toBe('2020-12-24');
  });

  it('knows nothing before 1990 and after 2030, and does not throw', () => {
    expect(nyseSessions.sessionOn('1989-12-29')).toBeUndefined();
    expect(nyseSessions.nextSession('2030-12-31')).toBeUndefined();
    expect(nyseSessions.nextSession('2030-12-30')?.date).toBe('2030-12-31');
    expect(nyseSessions.previousSession('1990-01-02')).toBeUndefined();
    expect(nyseSessions.previousSession('1990-01-03')?.date).toBe('1990-01-02');
    expect(nyseSessions.sessionOn('2031-01-02')).toBeUndefined();
  });
});

const samples = resolve(import.meta.dirname, '../../../../shared/data/prices');
const absent = !existsSync(samples);

describe.skipIf(absent)(`the market on real prices${absent ? ' (skipped: ../shared/data/prices is absent)' : ''}`, () => {
  it.each(['etf37', 'stocks19'])('has a session for every price of %s, and trades at each of the closes', { timeout: 60_000 }, (folder) => {
    const series = readPriceDirectory([join(samples, folder)]);
    const market = replayMarket({ series, sessions: nyseSessions, seed: 1, spreadBps: 2, adjustment: 'raw' });
    for (const { symbol, bars } of series) {
      for (const bar of [bars[0], bars[Math.floor(bars.length / 2)], bars.at(-1)]) {
        const session = nyseSessions.sessionOn(bar?.date ?? '1990-01-01');
        const price = market.lastTradeAt(symbol, session?.close ?? 0)?.price;
        expect(price).toBe(BigInt(Math.round((bar?.close ?? Number.NaN) * 1_000_000)));
      }
    }
  });
});
