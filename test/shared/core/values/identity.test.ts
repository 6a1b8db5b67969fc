import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clientOrderIdOf,
  executionNameOf,
  NAME_PATTERN,
  type OrderKey,
  parseClientOrderId,
  parseRunId,
  runIdOf,
  SYMBOL_PATTERN,
} from '../../../../shared/core/values/identity.ts';
import { anyDate, anyName, anyRunId, anySide, anySymbol } from '../../../arbitraries/values.ts';

const anyOrderKey: fc.Arbitrary<OrderKey> = fc.record({
  runId: anyRunId,
  symbol: anySymbol,
  side: anySide,
  slice: fc.nat({ max: 99 }),
  peg: fc.nat({ max: 99 }),
});

describe('a run id', () => {
  it('is the portfolio, the session and the schedule', () => {
    expect(runIdOf({ portfolio: 'sixty-forty', session: '2026-11-20', schedule: 'month-end' })).toBe('sixty-forty/2026-11-20/month-end');
  });

  it('is read back as what it was made of', () => {
    fc.assert(
      fc.property(anyName, anyDate, anyName, (portfolio, session, schedule) => {
        expect(parseRunId(runIdOf({ portfolio, session, schedule }))).toEqual({ portfolio, session, schedule });
      }),
    );
  });

  it.each([
    '',
    'sixty-forty',
    'sixty-forty/2026-11-20',
    'sixty-forty/2026-11-20/month-end/again',
    'Sixty/2026-11-20/month-end',
    'sixty-forty/2026-11-20/month_end',
    'sixty-forty/20261120/month-end',
    'sixty-forty/2026-02-30/month-end',
    'sixty-forty/2026-13-01/month-end',
    '/2026-11-20/month-end',
  ])('is not %j', (text) => {
    expect(parseRunId(text)).toBeUndefined();
  });

  it('becomes an execution name of at most 80 allowed characters, a different one for each run', () => {
    fc.assert(
      fc.property(anyRunId, anyRunId, (a, b) => {
        expect(executionNameOf(a)).toMatch(/^[A-Za-z0-9_-]{1,80}$/);
        expect(executionNameOf(a) === executionNameOf(b)).toBe(a === b);
      }),
    );
  });
});

describe('a client order id', () => {
  it('is a pure function of what is ordered', () => {
    const key: OrderKey = { runId: 'sixty-forty/2026-11-20/month-end', symbol: 'BRK.B', side: 'sell', slice: 0, peg: 2 };
    expect(clientOrderIdOf(key)).toBe('sixty-forty_2026-11-20_month-end_BRK.B_sell_0_2');
  });

  it('keeps within the 128 characters of the broker, and differs where the order differs', () => {
    fc.assert(
      fc.property(anyOrderKey, anyOrderKey, (a, b) => {
        expect(clientOrderIdOf(a).length).toBeLessThanOrEqual(128);
        const isSame = (['runId', 'symbol', 'side', 'slice', 'peg'] as const).every((part) => a[part] === b[part]);
        expect(clientOrderIdOf(a) === clientOrderIdOf(b)).toBe(isSame);
        for (const peg of [a.peg + 1, a.peg + 100]) expect(clientOrderIdOf({ ...a, peg })).not.toBe(clientOrderIdOf(a));
      }),
    );
  });
});

describe('what an order is for', () => {
  it('is read back from its id', () => {
    fc.assert(
      fc.property(anyOrderKey, ({ runId, symbol, side, slice, peg }) => {
        expect(parseClientOrderId(clientOrderIdOf({ runId, symbol, side, slice, peg }))).toEqual({ runId, symbol, side });
      }),
    );
  });

  it.each([
    '',
    'by-hand',
    '2f6a7e0c-6a2b-4c5e-9d5e-0a1b2c3d4e5f',
    'sixty-forty_2026-11-20_month-end_SPY_sell_0',
    'sixty-forty_2026-11-20_month-end_SPY_sell_0_0_0',
    'sixty-forty_2026-02-30_month-end_SPY_sell_0_0',
    'sixty-forty_2026-11-20_month-end_spy_sell_0_0',
    'sixty-forty_2026-11-20_month-end_SPY_short_0_0',
    'sixty-forty_2026-11-20_month-end_SPY_sell_00_0',
    'sixty-forty_2026-11-20_month-end_SPY_sell_0_x',
  ])('is not told by %j', (text) => {
    expect(parseClientOrderId(text)).toBeUndefined();
  });
});

describe('names and symbols', () => {
  it.each(['a', 'sixty-forty', 'x1', 'constructors', 'a'.repeat(32)])('take %j as a name', (name) => expect(name).toMatch(NAME_PATTERN));
  it.each(['', '1a', '-a', 'a-', 'A', 'a b', 'a/b', 'a_b', 'a'.repeat(33), 'constructor'])('refuse %j as a name', (name) =>
    expect(name).not.toMatch(NAME_PATTERN),
  );
  it.each(['SPY', 'A', 'BRK.B', 'GOOGL'])('take %j as a symbol', (symbol) => expect(symbol).toMatch(SYMBOL_PATTERN));
  it.each(['', 'spy', 'BRK/B', 'BRK.', 'TOOLONGS', 'cash', 'S&P'])('refuse %j as a symbol', (symbol) =>
    expect(symbol).not.toMatch(SYMBOL_PATTERN),
  );
});
