// Five made-up symbols that wander, in whole cents, from a fixed seed.
import type { DailySeries } from '../../../shared/core/market/bar.ts';
import { sessionsBetween } from '../../../shared/core/market/nyse-calendar.ts';
import type { NewYorkDate } from '../../../shared/core/values/time.ts';

const SYMBOLS = ['VTI', 'TLT', 'SHY', 'GLD', 'IWN'] as const;
/** Daily deviations: some calm, some not. */
const DEVIATIONS = [0.012, 0.009, 0.001, 0.01, 0.016] as const;

export function centMarket(from: NewYorkDate, to: NewYorkDate): DailySeries[] {
  const sessions = sessionsBetween(from, to);
  return SYMBOLS.map((symbol, place) => {
    const draw = drawing(place + 1);
    const deviation = DEVIATIONS[place] ?? 0.01;
    let price = 60 + 25 * place;
    return {
      symbol,
      bars: sessions.map(({ date }) => {
        const open = inCents(price * (1 + deviation * 0.5 * draw()));
        price *= 1 + 0.0003 + deviation * draw();
        const close = inCents(price);
        return { date, open, close, volume: 5_000_000 + place };
      }),
    };
  });
}

function inCents(dollars: number): number {
  return Math.round(dollars * 100) / 100;
}

/** A linear congruential generator; three draws make one that is nearly normal, of deviation one. */
function drawing(seed: number): () => number {
  let state = seed * 2_654_435_761;
  const uniform = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return () => 2 * (uniform() + uniform() + uniform() - 1.5);
}
