// One run of a simulated account: drift against the band, one trade a symbol, sells that fund buys. The planner of a run in
// weights and dollars: what is smaller than a share, and where a limit stands, it refuses to know.
import type { RebalanceBand } from '../../shared/core/values/band.ts';
import { isInsideBand } from '../../shared/core/values/band.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import type { Account } from './account.ts';
import type { SkippedTrade } from './backtest-result.ts';
import type { ValuedColumn } from './market.ts';
import type { TradeCosts } from './trade-costs.ts';
import type { TradeLog } from './trade-log.ts';
import type { UnsettledCash } from './unsettled-cash.ts';

export interface RebalanceWorld {
  readonly account: Account;
  readonly symbols: readonly string[];
  readonly columns: readonly (ValuedColumn | undefined)[];
  readonly costs: TradeCosts;
  readonly log: TradeLog;
  readonly minimumTrade: number;
  /** One-way, as a part of the equity. */
  readonly turnoverMax: number;
  readonly weights: 'whole' | 'exact';
  /** Left out where proceeds are spent at once. */
  readonly unsettled?: UnsettledCash;
}

export interface RebalanceAsked {
  readonly day: number;
  readonly date: NewYorkDate;
  readonly fillAt: 'open' | 'close';
  /** A part of the equity for each symbol. */
  readonly targets: Float64Array;
  readonly cashTarget: number;
  readonly band: RebalanceBand;
  /** Traded to inside the band too. */
  readonly isForced: boolean;
}

export interface Rebalanced {
  readonly kind: 'rebalanced';
  readonly trades: number;
  readonly turnover: number;
  readonly skipped: readonly SkippedTrade[];
}

const MILLION = 1_000_000;
/** Sums of floats that should be equal are off by less. */
const NOISE = 1e-9;

/** What was traded; `nothing` where every weight is inside its band. */
export function rebalanceAccount(asked: RebalanceAsked, world: RebalanceWorld): Rebalanced | 'no-equity' | { readonly unpriced: string } {
  const { account, symbols, columns, log } = world;
  const { units, valuedAt } = account;
  const { day, date, targets } = asked;
  const count = symbols.length;
  const deltas = new Float64Array(count);
  const prices = new Float64Array(count);
  const skipped: SkippedTrade[] = [];
  let [equity, owed, invested] = [account.cash(), 0, 0];
  for (let place = 0; place < count; place += 1) {
    const own = units[place] as number;
    const column = columns[place];
    prices[place] = priceOf(column, day, asked.fillAt);
    if (own === 0) {
      if (targets[place] !== 0 && !((column?.marks[day] as number) > 0)) return { unpriced: symbols[place] as string };
      continue;
    }
    const value = own * (valuedAt[place] as number);
    equity += value;
    invested += Math.abs(value);
    if (value < 0) owed -= value;
  }
  if (!(equity > 0)) return 'no-equity';
  if (!isTriggered(asked, account, equity)) return { kind: 'rebalanced', trades: 0, turnover: 0, skipped };

  const skip = (place: number, code: SkippedTrade['code'], leftOut: number): void => {
    skipped.push({ date, symbol: symbols[place] as string, code, leftOut });
  };
  let traded = 0;
  for (let place = 0; place < count; place += 1) {
    const own = units[place] as number;
    const target = targets[place] as number;
    if (own === 0 && target === 0) continue;
    const value = own === 0 ? 0 : own * (valuedAt[place] as number);
    // Less than half a part per million off: no order is worth that, unless the symbol leaves the targets.
    if (world.weights === 'whole' && target !== 0 && ppmOf(value / equity) === ppmOf(target)) continue;
    const wanted = target * equity - value;
    // No order may go through zero: the position is ended now, and its other side begun by the next run.
    const delta = value !== 0 && target !== 0 && value < 0 !== target < 0 ? -value : wanted;
    if (delta === 0) continue;
    if (!((prices[place] as number) > 0)) skip(place, 'no-price', Math.abs(delta));
    else if (Math.abs(delta) < world.minimumTrade && delta !== -value) skip(place, 'below-minimum-trade', Math.abs(delta));
    else {
      deltas[place] = delta;
      traded += Math.abs(delta);
    }
  }
  const allowed = 2 * equity * world.turnoverMax;
  if (invested > 0 && traded > allowed * (1 + NOISE)) {
    for (let place = 0; place < count; place += 1) {
      const delta = deltas[place] as number;
      if (delta === 0) continue;
      deltas[place] = (delta * allowed) / traded;
      skip(place, 'turnover-cap', Math.abs(delta - (deltas[place] as number)));
    }
  }
  const cashBefore = account.cash();
  const bought = { trades: 0, notional: 0 };
  const make = (place: number, delta: number): void => {
    const column = columns[place] as ValuedColumn;
    const price = prices[place] as number;
    const notional = Math.abs(delta);
    const costs = world.costs.of(delta > 0 ? 'buy' : 'sell', notional, column, day);
    const own = units[place] as number;
    // What is sold to the end leaves nothing, whatever floats make of it.
    const isEnd = own !== 0 && Math.abs(own * price + delta) <= NOISE * notional && targets[place] === 0;
    const quantity = isEnd ? -own : delta / price;
    account.fill(place, quantity, price, costs);
    log.add(day, place, quantity, price, notional, costs);
    bought.trades += 1;
    bought.notional += notional;
  };

  let proceeds = 0;
  for (let place = 0; place < count; place += 1) {
    const delta = deltas[place] as number;
    if (delta >= 0) continue;
    const before = account.cash();
    make(place, delta);
    proceeds += account.cash() - before;
    if ((units[place] as number) < 0) owed += -delta;
  }
  // Covers before other buys: what ends a short position frees what it binds.
  let [wanted, spread] = [0, 0];
  for (let place = 0; place < count; place += 1) {
    const delta = deltas[place] as number;
    if (delta <= 0) continue;
    if ((units[place] as number) < 0) {
      make(place, delta);
      owed -= delta;
      deltas[place] = 0;
      continue;
    }
    const { commission, spread: half, impact, fees } = world.costs.quoted(delta, columns[place] as ValuedColumn, day);
    wanted += delta;
    spread += commission + half + impact + fees;
  }
  const free = account.cash() - 2 * owed;
  const settled = world.unsettled === undefined ? free : Math.min(free, cashBefore - world.unsettled.on(date));
  const part = wanted + spread > settled + NOISE * equity ? Math.max(0, settled / (wanted + spread)) : 1;
  for (let place = 0; place < count; place += 1) {
    const delta = deltas[place] as number;
    if (delta <= 0) continue;
    if (part > 0) make(place, delta * part);
    if (settled < free && part < 1) skip(place, 'unsettled-cash', delta * (1 - part));
  }
  world.unsettled?.add(date, proceeds);
  account.settle(day);
  return { kind: 'rebalanced', trades: bought.trades, turnover: bought.notional / (2 * equity), skipped };
}

function priceOf(column: ValuedColumn | undefined, day: number, fillAt: 'open' | 'close'): number {
  return (fillAt === 'open' ? column?.opens?.[day] : column?.closes[day]) ?? Number.NaN;
}

function isTriggered({ targets, cashTarget, band, isForced }: RebalanceAsked, account: Account, equity: number): boolean {
  if (isForced) return true;
  const { units, valuedAt } = account;
  const isInside = (value: number, target: number, within: RebalanceBand): boolean =>
    isInsideBand(BigInt(ppmOf(value / equity)), BigInt(ppmOf(target)), within);
  for (let place = 0; place < targets.length; place += 1) {
    const own = units[place] as number;
    const target = targets[place] as number;
    if (own === 0 && target === 0) continue;
    if (!isInside(own === 0 ? 0 : own * (valuedAt[place] as number), target, band)) return true;
  }
  // As in the plan of a run, cash has no relative band.
  return !isInside(account.cash(), cashTarget, { absolute: band.absolute ?? BigInt(MILLION) });
}

function ppmOf(part: number): number {
  return Math.round(part * MILLION);
}
