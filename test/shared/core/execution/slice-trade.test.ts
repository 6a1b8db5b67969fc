import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { volumeShare } from '../../../../shared/core/execution/day-profile.ts';
import { type Liquidity, type SliceUnits, type SliceWindow, sliceTrade } from '../../../../shared/core/execution/slice-trade.ts';
import type { SliceRules, Slicing } from '../../../../shared/core/execution/slicing.ts';
import type { Trade } from '../../../../shared/core/rebalance/plan.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { isWhole, notional, shares } from '../../../../shared/core/values/shares.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../shared/core/values/time.ts';
import { percent } from '../../../../shared/core/values/weight.ts';
import { aQuote } from './execution-builder.ts';

/** Six and a half hours: a thirteenth is half an hour. */
const SESSION = { open: 0, close: 6.5 * HOUR_MS };
/** From 25 to 5 minutes before the close: all of it in the last half hour, with time for six slices of three minutes. */
const LATE: SliceWindow = {
  from: SESSION.close - 25 * MINUTE_MS,
  to: SESSION.close - 5 * MINUTE_MS,
  sliceMs: 3 * MINUTE_MS,
  session: SESSION,
};
const RULES: SliceRules = { slicesMax: 6, volumeMax: percent('1%'), participationMax: percent('10%') };
const WHOLE_SHARES: SliceUnits = { minimumTrade: usd('25'), shareUnit: 'whole' };
/** Half the spread is 0.01 %, an average session a million shares, a day's deviation 1 %. */
const LIQUID: Liquidity = { quote: aQuote('SPY', '99.99', '100.01'), volume: shares('1000000'), volatility: percent('1%') };

function aTrade(quantity: string, stated: Partial<Trade> = {}): Trade {
  const traded = shares(quantity);
  return {
    symbol: 'SPY',
    side: 'buy',
    quantity: traded,
    arrival: usd('100'),
    notional: notional(usd('100'), traded, 'half-even'),
    ...stated,
  };
}

interface Stated {
  readonly known?: Partial<Liquidity>;
  readonly window?: Partial<SliceWindow>;
  readonly units?: Partial<SliceUnits>;
  readonly rules?: Partial<SliceRules>;
}

function sliced(quantity: string, { known, window, units, rules }: Stated = {}, trade: Partial<Trade> = {}): Slicing {
  return sliceTrade(
    aTrade(quantity, trade),
    { ...LIQUID, ...known },
    { ...LATE, ...window },
    { ...WHOLE_SHARES, ...units },
    { ...RULES, ...rules },
  );
}

function sizesOf({ slices = [] }: Slicing): number[] {
  return slices.map(({ quantity }) => Number(quantity) / 1e9);
}

describe('a trade', () => {
  it('is one order as long as its estimated impact is no more than half the spread', () => {
    // 1 % · √(100 / 1,000,000) = 0.01 %.
    expect(sliced('100')).toEqual({ code: 'small-impact', figures: { impact: '0.01%', halfSpread: '0.01%', averageVolume: '1000000' } });
  });

  it('is cut into the fewest slices whose own impact is within it', () => {
    // (0.01005 / 0.01)² = 1.01, and (0.02 / 0.01)² = 4.
    expect(sizesOf(sliced('101'))).toEqual([50, 51]);
    expect(sizesOf(sliced('400'))).toEqual([100, 100, 100, 100]);
  });

  it('is cut into as many as there may be where more were wanted, and says what decided', () => {
    // 1 % · √(2,500 / 1,000,000) = 0.05 %: 25 slices would do.
    const slicing = sliced('2500');
    expect(slicing).toMatchObject({ code: 'sliced', figures: { impact: '0.05%', halfSpread: '0.01%', averageVolume: '1000000' } });
    expect(sizesOf(slicing)).toEqual([417, 416, 417, 417, 416, 417]);
    expect(slicing.slices?.map(({ from }) => (from - LATE.from) / SECONDS)).toEqual([0, 200, 400, 600, 800, 1_000]);
  });

  it('is cut into no more than have time for all of their price steps', () => {
    expect(sizesOf(sliced('2500', { window: { sliceMs: 7 * MINUTE_MS } }))).toEqual([1_250, 1_250]);
    expect(sliced('2500', { window: { sliceMs: 11 * MINUTE_MS } }).code).toBe('no-time');
    expect(sliced('2500', { window: { to: LATE.from } }).code).toBe('no-time');
  });

  it('has the larger slices where more is traded and prices move less', () => {
    // The last hour: 8 % of the volume at 81 % of the variance, then 13 % at 121 %. 8/81 to 13/121 is 479 to 521.
    const window = { from: SESSION.close - HOUR_MS, to: SESSION.close, sliceMs: 30 * MINUTE_MS };
    expect(sizesOf(sliced('1000', { window }))).toEqual([479, 521]);
  });

  it('is cut further until its slices are within their part of the average volume', () => {
    // Half the spread is 0.04 %, so that two slices would do: (0.05 / 0.04)² = 1.6. But 0.05 % of a million is 500.
    const known = { quote: aQuote('SPY', '99.96', '100.04') };
    const rules = { slicesMax: 20, volumeMax: percent('0.05%') };
    const window = { sliceMs: MINUTE_MS };
    expect(sizesOf(sliced('2500', { known }))).toEqual([1_250, 1_250]);
    expect(sizesOf(sliced('2500', { known, rules, window }))).toEqual([500, 500, 500, 500, 500]);
  });

  it('is cut further until its slices are within their part of the volume that is expected meanwhile', () => {
    // 13 % of a million in half an hour, 86,666 in 20 minutes: 5 % of that are 4,333, of which 2,500 are two slices of at
    // most 2,166; 2.9 % are 2,513: two of 1,256. At 2.5 % all of it together would be 2,166.
    const known = { quote: aQuote('SPY', '99.96', '100.04') };
    expect(sizesOf(sliced('2500', { known, rules: { participationMax: percent('2.9%') } }))).toEqual([1_250, 1_250]);
    // No number of slices holds it then: there are as many as there may be, and the cap gives way.
    expect(sizesOf(sliced('2500', { known, rules: { participationMax: percent('2.5%') } }))).toEqual([417, 416, 417, 417, 416, 417]);
  });

  it('lets its caps give way alike where they have no room for all of it: how much is traded at all is for the limits to say', () => {
    const known = { quote: aQuote('SPY', '99.96', '100.04') };
    expect(sizesOf(sliced('2500', { known, rules: { slicesMax: 3, volumeMax: percent('0.05%') } }))).toEqual([833, 834, 833]);
  });

  it('is cut into fewer where one would be below the minimum trade, or of no share', () => {
    const known = { volume: shares('100') };
    // 5 shares at 100 dollars.
    expect(sizesOf(sliced('5', { known }))).toEqual([1, 1, 1, 1, 1]);
    expect(sizesOf(sliced('5', { known, units: { minimumTrade: usd('200') } }))).toEqual([2, 3]);
    expect(sliced('5', { known, units: { minimumTrade: usd('201') } }).code).toBe('small-trade');
    expect(sliced('1', { known }).code).toBe('small-trade');
  });

  it('is cut to the nano-share where fractions are traded, and to whole shares of a short position', () => {
    const known = { volume: shares('1000') };
    expect(sizesOf(sliced('1', { known, units: { shareUnit: 'fractional' }, rules: { slicesMax: 2 } }))).toEqual([0.5, 0.5]);
    expect(sizesOf(sliced('3', { known, units: { shareUnit: 'fractional' }, rules: { slicesMax: 2 } }, { position: 'short' }))).toEqual([
      2, 1,
    ]);
  });

  it('sells the fraction of a position with whole shares in one of its slices', () => {
    expect(sizesOf(sliced('400.5', {}, { side: 'sell' }))).toEqual([80, 80, 80, 80, 80.5]);
  });

  it.each([
    ['volume', 'volume-unknown', { volume: undefined }],
    ['any volume at all', 'volume-unknown', { volume: 0n }],
    ['volatility', 'volatility-unknown', { volatility: undefined }],
  ] as const)('is one order without a known %s, and says so', (_, code, known) => {
    expect(sliced('100000', { known })).toEqual({ code, figures: {} });
  });

  it('is cut as far as it may be where bid and ask are one', () => {
    expect(sizesOf(sliced('600', { known: { quote: aQuote('SPY', '100', '100') } }))).toEqual([100, 100, 100, 100, 100, 100]);
  });
});

const SECONDS = 1_000;

const anyCase = fc.record({
  quantity: fc.bigInt(1n, 200_000n * 1_000_000_000n),
  volume: fc.bigInt(1n, 1_000_000n).map((count) => count * 1_000_000_000n),
  volatility: fc.bigInt(1n, 80_000n),
  halfSpreadCents: fc.integer({ min: 0, max: 50 }),
  from: fc.integer({ min: 0, max: SESSION.close - 5 * MINUTE_MS }),
  sliceMs: fc.integer({ min: 2_000, max: 20 * MINUTE_MS }),
  slicesMax: fc.integer({ min: 2, max: 20 }),
  volumeMax: fc.bigInt(100n, 1_000_000n),
  participationMax: fc.bigInt(1_000n, 1_000_000n),
  shareUnit: fc.constantFrom('whole' as const, 'fractional' as const),
  isShort: fc.boolean(),
});

function cutOf({
  quantity: nanos,
  isShort,
  halfSpreadCents,
  from,
  sliceMs,
  shareUnit,
  ...given
}: typeof anyCase extends fc.Arbitrary<infer Case> ? Case : never) {
  const quantity = isShort ? nanos - (nanos % 1_000_000_000n) + 1_000_000_000n : nanos;
  const half = BigInt(halfSpreadCents) * 10_000n;
  const { volume, volatility, slicesMax, volumeMax, participationMax } = given;
  const trade = aTrade('1', { quantity, ...(isShort ? { position: 'short' as const } : {}) });
  const slicing = sliceTrade(
    trade,
    { quote: { symbol: 'SPY', bid: usd('100') - half, ask: usd('100') + half, at: 0 }, volume, volatility },
    { from, to: SESSION.close - 5 * MINUTE_MS, sliceMs, session: SESSION },
    { minimumTrade: usd('25'), shareUnit },
    { slicesMax, volumeMax, participationMax },
  );
  return { quantity, slicing, slices: slicing.slices ?? [] };
}

describe('whatever is cut', () => {
  it('adds up to the trade, in slices that are worth an order, one after the other within the time', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const { quantity, slices } = cutOf(given);
        if (slices.length === 0) return;
        expect(slices.reduce((sum, slice) => sum + slice.quantity, 0n)).toBe(quantity);
        expect(slices.length).toBeGreaterThan(1);
        expect(slices.length).toBeLessThanOrEqual(given.slicesMax);
        let before = given.from - 1;
        for (const { from, quantity: part } of slices) {
          expect(from).toBeGreaterThan(before);
          expect(notional(usd('100'), part, 'half-even')).toBeGreaterThanOrEqual(usd('25'));
          before = from + given.sliceMs - 2;
        }
        expect(before).toBeLessThan(SESSION.close - 5 * MINUTE_MS);
      }),
      { numRuns: 300 },
    );
  });

  it('is within its parts of the volume wherever these have room for all of it', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const { quantity, slices } = cutOf(given);
        const unit = given.isShort || given.shareUnit === 'whole' ? 1_000_000_000n : 1n;
        const caps = slices.map(({ from }, place) => {
          const to = slices[place + 1]?.from ?? SESSION.close - 5 * MINUTE_MS;
          const { part, whole } = volumeShare(from, to, SESSION);
          const ofDay = (given.volume * given.volumeMax) / 1_000_000n;
          const meanwhile = (given.volume * given.participationMax * part) / (1_000_000n * whole);
          const cap = ofDay < meanwhile ? ofDay : meanwhile;
          return cap - (cap % unit);
        });
        if (caps.reduce((sum, cap) => sum + cap, 0n) < quantity) return;
        slices.forEach((slice, place) => {
          expect(slice.quantity).toBeLessThanOrEqual(caps[place] ?? 0n);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('is of whole shares where the trade is', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const { quantity, slices } = cutOf(given);
        if (!isWhole(quantity) || (given.shareUnit === 'fractional' && !given.isShort)) return;
        for (const slice of slices) expect(isWhole(slice.quantity)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('is cut the same when it is cut again', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        expect(cutOf(given)).toEqual(cutOf(given));
      }),
      { numRuns: 50 },
    );
  });
});
