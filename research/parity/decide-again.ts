// The targets of a recorded run, decided again by the backtest from what its snapshot archived: the columnar path, not the one that
// the run itself took. Where they differ, either the record or the backtest is not what it says.
import type { Snapshot } from '../../shared/contracts/artifacts.ts';
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import { closesBetween } from '../../shared/core/market/asset-calendar.ts';
import { blendSleeves, type SleeveTargets, scaledWithin } from '../../shared/core/strategy/blend.ts';
import type { ClosesColumn, History } from '../../shared/core/strategy/history.ts';
import { isHolding, type Turn } from '../../shared/core/strategy/turn.ts';
import { grossOf, type TargetWeights } from '../../shared/core/strategy/weights.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { WHOLE } from '../../shared/core/values/weight.ts';
import { sleevePrices } from '../../shared/workflow/sleeve-prices.ts';
import { marketOf } from '../backtest/market.ts';
import { type PriceColumn, type PriceTable, tableOf } from '../backtest/price-table.ts';
import { sleeveDecisions } from '../backtest/sleeve-decisions.ts';

export type DecidedAgain =
  | { readonly kind: 'weights'; readonly targets: TargetWeights; readonly turns: Readonly<Record<string, Turn>> }
  | { readonly kind: 'undefined' | 'leveraged'; readonly sleeve: string };

export function decideAgain({ sleeves, cashReserve, execution }: PortfolioPolicy, snapshot: Snapshot): DecidedAgain {
  const targets: SleeveTargets[] = [];
  const turns: Record<string, Turn> = {};
  for (const sleeve of sleeves) {
    const { name, capital } = sleeve;
    const { history, day } = sleevePrices(sleeve, { execution }, snapshot);
    const table = tableOfHistory(history, day.asOf);
    const last = table.dates.length - 1;
    const decision = sleeveDecisions(sleeve, marketOf(table)).decide(snapshot.priorStates?.[name], last, day.session);
    if (last < 0 || decision.kind === 'undefined') return { kind: 'undefined', sleeve: name };
    const own = isHolding(decision.turn) ? scaledWithin(decision.targets, WHOLE) : decision.targets;
    if (grossOf(own) > WHOLE) return { kind: 'leveraged', sleeve: name };
    targets.push({ capital, targets: own });
    turns[name] = decision.turn;
  }
  return { kind: 'weights', targets: blendSleeves(targets, cashReserve), turns };
}

/** Days as a run counts them: from the anchor on, whatever bars there are. */
function tableOfHistory({ anchor, calendar, columns }: History, asOf: NewYorkDate): PriceTable {
  const table = tableOf(columns.map(columnOf));
  const dates = calendar === undefined ? table.dates.filter((date) => date <= asOf) : closesBetween(calendar, anchor, asOf);
  return { ...table, anchor, dates };
}

function columnOf({ symbol, dates, closes, highs, lows, volumes }: ClosesColumn): PriceColumn {
  const values = (field: readonly (number | null)[]): Float64Array => Float64Array.from(field, (value) => value ?? Number.NaN);
  const own = values(closes);
  return {
    symbol,
    dates,
    closes: own,
    adjusted: own,
    ...(highs === undefined ? {} : { highs: values(highs) }),
    ...(lows === undefined ? {} : { lows: values(lows) }),
    ...(volumes === undefined ? {} : { volumes: values(volumes) }),
  };
}
