// What a fill costs beside its price: commission, half the spread, the square root of its size, and what regulators take.
//
// Source of the impact: Almgren et al. (2005), Tóth et al. (2011), Y · σ · √(Q / ADV); σ the sample deviation of daily
// returns, ADV the mean dollar volume, both of what is known of the 20 sessions before the fill.
import { type FeeType, feesOf } from '../../shared/core/ledger/fee-table.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import type { FillCosts } from './account.ts';
import type { CostRules } from './backtest-options.ts';
import type { ValuedColumn } from './market.ts';

export interface TradeCosts {
  /** Good until the next is asked. @param notional in dollars, above zero. */
  of(side: 'buy' | 'sell', notional: number, column: ValuedColumn, day: number): FillCosts;
  /** What a buy of so much would cost, of which nothing is counted. */
  quoted(notional: number, column: ValuedColumn, day: number): FillCosts;
  readonly unpriced: Record<FeeType, number>;
  /** Fills whose impact was asked for and is not known: counted as nothing. */
  withoutImpact(): number;
}

const BPS = 10_000;
const SESSIONS = 20;
/** Of them; of fewer, nobody could tell what is usual. */
const KNOWN_MIN = 10;

export function tradeCosts(rules: CostRules, dates: readonly NewYorkDate[]): TradeCosts {
  const unpriced: Record<FeeType, number> = { SEC: 0, TAF: 0, CAT: 0 };
  const { commissionBps, halfSpreadBps, impact: scale, fees, slippage } = rules;
  let rates: { readonly day: number; readonly buy: FeeRates; readonly sell: FeeRates } | undefined;
  const ratesOn = (day: number) => {
    if (rates?.day !== day)
      rates = { day, buy: feeRates('buy', dates[day] as NewYorkDate), sell: feeRates('sell', dates[day] as NewYorkDate) };
    return rates;
  };
  const costs = { commission: 0, spread: 0, impact: 0, fees: 0 };
  let [withoutImpact, isImpactKnown] = [0, true];
  const costsOf = (side: 'buy' | 'sell', notional: number, column: ValuedColumn, day: number): FillCosts => {
    costs.commission = (notional * commissionBps) / BPS;
    costs.spread = (notional * halfSpreadBps * slippage) / BPS;
    const impact = scale === 0 ? 0 : impactOf(notional, column, day);
    isImpactKnown = impact !== undefined;
    costs.impact = notional * slippage * scale * (impact ?? 0);
    costs.fees = fees === 'none' ? 0 : feesAt(ratesOn(day)[side], notional, notional / (column.shareCloses[day] as number));
    return costs;
  };
  return {
    unpriced,
    withoutImpact: () => withoutImpact,
    of(side, notional, column, day) {
      if (fees === 'dated') {
        const missing = ratesOn(day)[side].unpriced;
        for (let at = 0; at < missing.length; at += 1) unpriced[missing[at] as FeeType] += 1;
      }
      const fill = costsOf(side, notional, column, day);
      if (!isImpactKnown) withoutImpact += 1;
      return fill;
    },
    quoted: (notional, column, day) => costsOf('buy', notional, column, day),
  };
}

/**
 * σ · √(Q / ADV): a return is known where two closes follow each other, a dollar volume where both its factors are. Undefined where
 * fewer than ten of either are.
 */
function impactOf(notional: number, { closes, volumes, shareCloses }: ValuedColumn, day: number): number | undefined {
  if (volumes === undefined) return undefined;
  let [sum, squares, dollars, returns, days] = [0, 0, 0, 0, 0];
  for (let each = Math.max(1, day - SESSIONS); each < day; each += 1) {
    const change = (closes[each] as number) / (closes[each - 1] as number) - 1;
    if (!Number.isNaN(change)) {
      sum += change;
      squares += change * change;
      returns += 1;
    }
    const traded = (volumes[each] as number) * (shareCloses[each] as number);
    if (!Number.isNaN(traded)) {
      dollars += traded;
      days += 1;
    }
  }
  if (returns < KNOWN_MIN || days < KNOWN_MIN || dollars === 0) return undefined;
  // What did not move at all is off by what floats make of nothing.
  const variance = Math.max(0, (squares - (sum * sum) / returns) / (returns - 1));
  return Math.sqrt(variance) * Math.sqrt(notional / (dollars / days));
}

interface FeeRates {
  /** Dollars of a dollar. */
  readonly ofValue: number;
  /** Dollars a share, of those fees that have a most for a trade. */
  readonly aShare: number;
  readonly aTradeMax: number;
  readonly aShareUncapped: number;
  readonly unpriced: readonly FeeType[];
}

function feesAt({ ofValue, aShare, aTradeMax, aShareUncapped }: FeeRates, notional: number, shares: number): number {
  return notional * ofValue + Math.min(shares * aShare, aTradeMax) + shares * aShareUncapped;
}

const FEMTOS_A_DOLLAR = 1e15;
const ONE_DOLLAR = 1_000_000n;
const ONE_SHARE = 1_000_000_000n;
/** More than any trade: what is asked of it is the most that is taken of one. */
const MANY = 1_000_000_000n;

/** The ledger's own table, asked for one share of a dollar and for very many of them. */
function feeRates(side: 'buy' | 'sell', date: NewYorkDate): FeeRates {
  const of = (shares: bigint): Map<FeeType, number | undefined> =>
    new Map(
      feesOf(side, date, ONE_DOLLAR * shares, ONE_SHARE * shares).map(({ type, femtos }) => [
        type,
        femtos === 'unpriced' ? undefined : Number(femtos) / FEMTOS_A_DOLLAR,
      ]),
    );
  const [one, many] = [of(1n), of(MANY)];
  return {
    ofValue: one.get('SEC') ?? 0,
    aShare: one.get('TAF') ?? 0,
    aTradeMax: many.get('TAF') ?? 0,
    aShareUncapped: one.get('CAT') ?? 0,
    unpriced: [...one].flatMap(([type, fee]) => (fee === undefined ? [type] : [])),
  };
}
