// Prices of as many assets as one likes, and the least that a monthly rebalance of them can cost.
import assert from 'node:assert/strict';
import { addDays, dayOfWeek, type NewYorkDate } from '../../shared/core/values/time.ts';

export interface MadeUpColumn {
  readonly symbol: string;
  readonly dates: readonly NewYorkDate[];
  readonly closes: Float64Array;
}

export const MONTH_SESSIONS = 21;
const COST = 2e-4;

/** The same numbers every time. */
export function madeUpColumns(assets: number, days: number): readonly MadeUpColumn[] {
  const dates: NewYorkDate[] = [];
  for (let date: NewYorkDate = '2001-01-01'; dates.length < days; date = addDays(date, 1)) if (dayOfWeek(date) % 6 !== 0) dates.push(date);
  let state = 1;
  const uniform = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  return Array.from({ length: assets }, (_, asset) => {
    let close = 50;
    const symbol = `A${String.fromCharCode(65 + Math.floor(asset / 676), 65 + (Math.floor(asset / 26) % 26), 65 + (asset % 26))}`;
    return { symbol, dates, closes: Float64Array.from(dates, () => (close *= 1 + (uniform() - 0.49) / 40)) };
  });
}

/** Equal parts, put right every so many sessions at a cost: what is held is valued, traded and added up, and nothing else. */
export function bareRebalancing(columns: readonly MadeUpColumn[], every: number): Float64Array {
  const days = columns[0]?.closes.length ?? 0;
  const equity = new Float64Array(days);
  const gains = new Float64Array(days);
  const units = new Float64Array(columns.length);
  let cash = 100_000;
  for (let start = 0; start < days; start += every) {
    const end = Math.min(start + every, days - 1);
    let whole = cash;
    for (let at = 0; at < columns.length; at += 1) whole += (units[at] as number) * ((columns[at] as MadeUpColumn).closes[start] as number);
    for (let at = 0; at < columns.length; at += 1) {
      const price = (columns[at] as MadeUpColumn).closes[start] as number;
      const delta = whole / columns.length - (units[at] as number) * price;
      units[at] = (units[at] as number) + delta / price;
      cash -= delta + Math.abs(delta) * COST;
    }
    for (let at = 0; at < columns.length; at += 1) {
      const { closes } = columns[at] as MadeUpColumn;
      const own = units[at] as number;
      let before = closes[start] as number;
      for (let day = start + 1; day <= end; day += 1) {
        const now = closes[day] as number;
        gains[day] = (gains[day] as number) + own * (now - before);
        equity[day] = (equity[day] as number) + own * now;
        before = now;
      }
    }
    for (let day = start + 1; day <= end; day += 1) equity[day] = (equity[day] as number) + cash;
  }
  assert.ok((equity[days - 1] as number) > 0);
  return equity;
}
