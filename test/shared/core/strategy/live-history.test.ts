import { describe, expect, it } from 'vitest';
import type { Quote } from '../../../../shared/core/market/quote.ts';
import { liveHistory } from '../../../../shared/core/strategy/live-history.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { dateAt, someHistory } from '../../../builders/strategy.ts';

const NOW = Date.UTC(2026, 0, 7, 20, 35);
const RULES = { quoteAgeMsMax: 30_000, spreadBpsMax: 50 };
const CLOSED = someHistory({ SPY: [100, 101], TLT: [50, 51] });

function quote(symbol: string, bid: string, ask: string, ageMs = 1_000): Quote {
  return { symbol, bid: usd(bid), ask: usd(ask), at: NOW - ageMs };
}

describe('the history with the session that is traded', () => {
  it('has the mid of a usable quote as one more close', () => {
    const { history, refused, quoted } = liveHistory(CLOSED, ['SPY'], [quote('SPY', '102.10', '102.20')], dateAt(2), NOW, RULES);
    expect(quoted).toEqual({ SPY: { mid: 102.15, before: 101 } });
    expect(history.columns).toEqual([
      { symbol: 'SPY', dates: [dateAt(0), dateAt(1), dateAt(2)], closes: [100, 101, 102.15] },
      { symbol: 'TLT', dates: [dateAt(0), dateAt(1)], closes: [50, 51] },
    ]);
    expect([history.anchor, refused.size]).toEqual([CLOSED.anchor, 0]);
  });

  it('knows no high, low or volume of a session that is not over', () => {
    const { anchor } = CLOSED;
    const column = { symbol: 'SPY', dates: [dateAt(0)], closes: [100], highs: [101], lows: [99], volumes: [7] };
    const { history } = liveHistory({ anchor, columns: [column] }, ['SPY'], [quote('SPY', '101.99', '102.01')], dateAt(1), NOW, RULES);
    expect(history.columns).toEqual([
      { symbol: 'SPY', dates: [dateAt(0), dateAt(1)], closes: [100, 102], highs: [101, null], lows: [99, null], volumes: [7, null] },
    ]);
  });

  it('begins with the quote where a symbol has no closes yet', () => {
    const { history } = liveHistory(CLOSED, ['NEW'], [quote('NEW', '9.99', '10.01')], dateAt(2), NOW, RULES);
    expect(history.columns.at(-1)).toEqual({ symbol: 'NEW', dates: [dateAt(2)], closes: [10] });
  });

  it.each([
    ['quote-missing', []],
    ['quote-zero', [quote('SPY', '0', '102')]],
    ['quote-crossed', [quote('SPY', '102', '101')]],
    ['quote-stale', [quote('SPY', '102', '102.10', 31_000)]],
    ['quote-wide', [quote('SPY', '100', '104')]],
  ] as const)('has no bar of a symbol with %s, and says why', (code, quotes) => {
    const { history, refused } = liveHistory(CLOSED, ['SPY'], quotes, dateAt(2), NOW, RULES);
    expect(history.columns[0]?.dates).toEqual([dateAt(0), dateAt(1)]);
    expect(refused.get('SPY')).toMatchObject({ code });
  });
});
