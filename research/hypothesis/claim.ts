// What a hypothesis is tried on: its variants, its prices before the holdout, and the conventions of its backtests.
import { canonicalJson, contentHash } from '../../shared/contracts/canonical-json.ts';
import type { Hypothesis } from '../../shared/contracts/hypothesis/hypothesis-file.ts';
import type { DailySeries } from '../../shared/core/market/bar.ts';
import type { ContentHash } from '../../shared/core/values/identity.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { toFraction } from '../../shared/core/values/weight.ts';
import { type BacktestOptions, USUAL_OPTIONS } from '../backtest/backtest-options.ts';
import { type PriceTable, priceTable } from '../backtest/price-table.ts';
import type { ClaimVariant } from './variant-strategies.ts';

export interface Claim {
  readonly hypothesis: Hypothesis;
  /** Hash of what is registered: the file with its strategy. */
  readonly registration: ContentHash;
  /** Hash of the text of the strategy file. */
  readonly strategyText: ContentHash;
  readonly variants: readonly ClaimVariant[];
  /** With the bars of the holdout; only `openedPrices` may look at them. */
  readonly series: readonly DailySeries[];
}

/**
 * The file as it counts, and the strategy that it names as it is: changed in any of that, it is another hypothesis. Variants
 * are not in it: they may grow until the budget is used up, and each is counted.
 */
export function registrationOf(
  { variants: _, ...said }: Hypothesis,
  { strategyText: source, base }: { readonly strategyText: ContentHash; readonly base: ContentHash },
): ContentHash {
  return contentHash(canonicalJson({ ...said, 'cash-rate': said['cash-rate'].toString(), source, base }));
}

/** Everything before the holdout: the only prices that a trial sees. */
export function researchPrices({ series, variants, hypothesis: { holdout } }: Claim): PriceTable {
  return priceTable(
    barsWhere(series, (date) => date < holdout.first),
    variants[0]?.subject.calendar,
  );
}

/** With the holdout, and nothing after it. */
export function openedPrices({ series, variants, hypothesis: { holdout } }: Claim): PriceTable {
  return priceTable(
    barsWhere(series, (date) => date <= holdout.last),
    variants[0]?.subject.calendar,
  );
}

export function claimOptions({ costs, 'cash-rate': rate }: Hypothesis, slippage: 1 | 2): BacktestOptions {
  return {
    ...USUAL_OPTIONS,
    costs: {
      commissionBps: costs['commission-bps'],
      halfSpreadBps: costs['half-spread-bps'],
      borrowBps: costs['borrow-bps'],
      impact: costs.impact,
      fees: costs.fees,
      slippage,
    },
    cash: { kind: 'annual', rate: toFraction(rate) },
  };
}

function barsWhere(series: readonly DailySeries[], isSeen: (date: NewYorkDate) => boolean): DailySeries[] {
  return series.map(({ symbol, bars }) => ({ symbol, bars: bars.filter(({ date }) => isSeen(date)) }));
}
