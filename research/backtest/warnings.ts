// What makes a result doubtful by what happened in its backtest: each with a code, and in words with its figures.
import type { BacktestOptions } from './backtest-options.ts';
import type { BacktestResult, RefusedRun } from './backtest-result.ts';
import { endedHoldings } from './ended.ts';
import type { PriceTable } from './price-table.ts';
import { cryptoCostsWarning, leftOutWarning, missingClosesWarning } from './price-warnings.ts';

export interface Warning {
  readonly code: /** Known of the file, whatever its backtest shows. */
    | 'live-override'
    | 'refused-runs'
    | 'breaker'
    | 'left-out'
    | 'missing-closes'
    | 'ended'
    | 'no-price'
    | 'unpriced-fees'
    | 'crypto-costs'
    | 'no-volumes'
    | 'short-history'
    | 'few-rebalances'
    | 'unsettled-cash';
  readonly detail: string;
}

/** Of symbols; how many others there are is said. */
const TOLD = 5;
/** Of both modes. */
const NO_PRICE: ReadonlySet<string> = new Set(['no-price', 'quote-missing', 'quote-zero']);
const YEARS_SHORT = 3;
const REBALANCES_FEW = 30;

/** In the order in which they are told. */
export function warningsOf(
  result: BacktestResult,
  { years }: { readonly years: number },
  prices: PriceTable,
  { costs }: BacktestOptions,
): readonly Warning[] {
  const { refused, unpriced, rebalances, skipped, symbols, trades, withoutImpact } = result;
  const warnings: Warning[] = [];
  for (const [code, runs] of Map.groupBy(refused, (run) => run.code)) {
    const [first] = runs as [RefusedRun];
    const detail = `${runs.length} runs traded nothing, first on ${first.date}: ${code}: ${first.detail}`;
    warnings.push({ code: 'refused-runs', detail });
  }
  warnings.push(...missingClosesWarning(prices), ...leftOutWarning(prices, [{ symbols, start: result.start.date }]));
  const ended = endedHoldings(result, prices);
  if (ended.length > 0) {
    const told = ended.slice(0, TOLD).map(({ symbol, last, heldSince }) => `${symbol} on ${last}, and ${heldSince} bars since`);
    const others = ended.length > TOLD ? ` and of ${ended.length - TOLD} other symbols` : '';
    warnings.push({ code: 'ended', detail: `what was held on is worth its last close for ever: of ${told.join('; of ')}${others}` });
  }
  const [unmade, ...more] = skipped.filter(({ code }) => NO_PRICE.has(code));
  if (unmade !== undefined)
    warnings.push({
      code: 'no-price',
      detail: `${more.length + 1} trades were wanted and not made, as there was no price: the first ${unmade.symbol} on ${unmade.date}`,
    });
  const missing = Object.entries(unpriced).filter(([, count]) => count > 0);
  if (missing.length > 0) {
    const told = missing.map(([kind, count]) => `${kind} of ${count} trades`).join(', ');
    warnings.push({ code: 'unpriced-fees', detail: `fees that no table covers on their dates count as nothing: ${told}` });
  }
  const without = symbols.filter((symbol) => prices.columns.some((column) => column.symbol === symbol && column.volumes === undefined));
  if (costs.impact > 0 && (without.length > 0 || withoutImpact > 0)) {
    const where =
      without.length === 0
        ? 'where fewer than ten of the 20 sessions before a fill are known'
        : `where volumes are not known: ${without.slice(0, TOLD).join(', ')}`;
    const fills = withoutImpact === 0 ? '' : `; ${withoutImpact} of ${trades.bar.length} fills had none`;
    warnings.push({ code: 'no-volumes', detail: `no impact is counted ${where}${fills}` });
  }
  warnings.push(...cryptoCostsWarning(symbols, costs));
  if (years < YEARS_SHORT) warnings.push({ code: 'short-history', detail: `${years.toFixed(1)} years say little of a strategy` });
  if (rebalances.length < REBALANCES_FEW && trades.bar.length > 0)
    warnings.push({ code: 'few-rebalances', detail: `${rebalances.length} rebalances say little of a strategy` });
  const waited = skipped.filter(({ code }) => code === 'unsettled-cash').length;
  if (waited > 0) warnings.push({ code: 'unsettled-cash', detail: `${waited} buys waited, in part or whole, for proceeds to settle` });
  return warnings;
}
