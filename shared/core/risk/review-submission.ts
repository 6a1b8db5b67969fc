// The ladder for one order, asked before it is sent: with the plan of its run, the account as it is by then, and what has been
// filled. A repetition of an order that may be at the broker is no new submission: only it ends the doubt.
import { collarPrice } from '../rebalance/collar.ts';
import type { Trade } from '../rebalance/plan.ts';
import { formatUsd, type MicroUsd } from '../values/money.ts';
import { absolute, larger } from '../values/rounding.ts';
import { formatShares, type NanoShares, notional } from '../values/shares.ts';
import { formatPercent, WHOLE, weightOf } from '../values/weight.ts';
import { opensPosition } from './after-plan.ts';
import { isAtLeast, levelAfter, lossOf } from './breaker.ts';
import { type Denied, denied, type SubmissionDenialCode } from './denial.ts';
import { positionCap } from './exposure-denials.ts';
import type { SubmissionGuard } from './submission-guard.ts';

export interface Submission extends Pick<Trade, 'symbol' | 'side' | 'position' | 'arrival'> {
  readonly quantity: NanoShares;
  readonly limitPrice: MicroUsd;
}

export interface SubmissionFacts {
  readonly collarBps: number;
  /** Of the account, now. */
  readonly equity: MicroUsd;
  /** May be spent: buying power without its buffer. */
  readonly spendable: MicroUsd;
  /** Decided by this run, with everything that may be sent beside this one. */
  readonly orders: number;
  /** An order that may fill still in the same symbol, on the other side. */
  readonly opposite: string | undefined;
  /** Shares of the symbol in the account, now; below zero when short. undefined where nobody looked. */
  readonly held: NanoShares | undefined;
  /** What each symbol is worth when all that is left of the purchases and short sales fills too, at its arrival. */
  valueAfter(symbol: string): MicroUsd;
}

type Denial = Denied<SubmissionDenialCode> | undefined;
type SubmissionRung = (order: Submission, guard: SubmissionGuard, seen: SubmissionFacts) => Denial;

/** In the order of `SUBMISSION_DENIAL_CODES`. */
const LADDER: readonly SubmissionRung[] = [
  breaker,
  sessionOrders,
  orderNotional,
  orderShares,
  arrivalCollar,
  priceMove,
  washTrade,
  position,
  group,
  margin,
];

export function reviewSubmission(order: Submission, guard: SubmissionGuard, seen: SubmissionFacts): Denial {
  for (const rung of LADDER) {
    const denial = rung(order, guard, seen);
    if (denial !== undefined) return denial;
  }
  return undefined;
}

/** What was transferred since the plan is not known here: a withdrawal may stop a run, and the next look puts it right. */
function breaker(order: Submission, { breaker: standing, limits }: SubmissionGuard, { equity }: SubmissionFacts): Denial {
  if (standing === undefined) return undefined;
  const drawdown = lossOf(equity, standing.mark);
  const dayLoss = standing.dayOpen === undefined ? 0n : lossOf(equity, standing.dayOpen);
  const level = levelAfter(standing.level, { drawdown, dayLoss }, limits.breaker ?? {});
  const figures = { equity: formatUsd(equity), drawdown: formatPercent(drawdown), dayLoss: formatPercent(dayLoss) };
  if (level === 'stopped') return denied('breaker-stopped', figures);
  return isAtLeast(level, 'restricted') && opensPosition(order) ? denied('breaker-restricted', figures) : undefined;
}

function sessionOrders(_order: Submission, { limits, ordersBefore }: SubmissionGuard, seen: SubmissionFacts): Denial {
  const orders = ordersBefore + seen.orders;
  if (limits.sessionOrdersMax === undefined || orders <= limits.sessionOrdersMax) return undefined;
  return denied('session-orders', { orders: `${orders}`, max: `${limits.sessionOrdersMax}` });
}

/** At the arrival, as in the plan: what the collar lets it cost beyond that is no larger order. */
function orderNotional({ quantity, arrival }: Submission, { limits }: SubmissionGuard): Denial {
  const amount = notional(arrival, quantity, 'half-even');
  if (amount <= limits.orderNotionalMax) return undefined;
  return denied('order-notional-max', { notional: formatUsd(amount), max: formatUsd(limits.orderNotionalMax) });
}

function orderShares({ quantity }: Submission, { limits: { orderSharesMax: max } }: SubmissionGuard): Denial {
  if (max === undefined || quantity <= max) return undefined;
  return denied('order-shares-max', { shares: formatShares(quantity), max: formatShares(max) });
}

function arrivalCollar({ side, arrival, limitPrice }: Submission, _guard: SubmissionGuard, { collarBps }: SubmissionFacts): Denial {
  const worst = collarPrice(side, arrival, collarBps);
  if (side === 'buy' ? limitPrice <= worst : limitPrice >= worst) return undefined;
  return denied('arrival-collar', { limit: formatUsd(limitPrice), arrival: formatUsd(arrival), worst: formatUsd(worst) });
}

function priceMove({ symbol, limitPrice }: Submission, { limits: { priceMoveMax: max }, closes }: SubmissionGuard): Denial {
  const close = Object.hasOwn(closes, symbol) ? closes[symbol] : undefined;
  if (max === undefined || close === undefined) return undefined;
  if (absolute(limitPrice - close) * WHOLE <= close * max) return undefined;
  const move = formatPercent(weightOf(absolute(limitPrice - close), close, 'ceil'));
  return denied('price-move', { limit: formatUsd(limitPrice), close: formatUsd(close), move, max: formatPercent(max) });
}

function washTrade({ side }: Submission, _guard: SubmissionGuard, { opposite }: SubmissionFacts): Denial {
  return opposite === undefined ? undefined : denied('wash-trade', { side, openOrder: opposite });
}

/** As planned, and as the account stands: somebody may have bought the same since. */
function position(order: Submission, { limits, equity }: SubmissionGuard, { held, valueAfter }: SubmissionFacts): Denial {
  if (!opensPosition(order)) return undefined;
  const { side, quantity, arrival } = order;
  const after = held === undefined ? 0n : notional(arrival, side === 'buy' ? held + quantity : held - quantity, 'half-even');
  const size = weightOf(larger(absolute(valueAfter(order.symbol)), absolute(after)), equity, 'floor');
  const max = positionCap(order.symbol, limits);
  return size <= max ? undefined : denied('position-max', { weight: formatPercent(size), max: formatPercent(max) });
}

function group(order: Submission, { limits: { groups = [] }, equity }: SubmissionGuard, { valueAfter }: SubmissionFacts): Denial {
  if (!opensPosition(order)) return undefined;
  for (const { name, of, max } of groups) {
    if (!of.includes(order.symbol)) continue;
    const sum = of.reduce((total, symbol) => total + absolute(valueAfter(symbol)), 0n);
    if (sum * WHOLE <= equity * max) continue;
    return denied('group-max', { group: name, weight: formatPercent(weightOf(sum, equity, 'ceil')), max: formatPercent(max) });
  }
  return undefined;
}

/** What covers a short position gives buying power, and a sale takes none. */
function margin(order: Submission, { buffer }: SubmissionGuard, { spendable }: SubmissionFacts): Denial {
  if (order.side === 'sell' || !opensPosition(order)) return undefined;
  const cost = notional(order.limitPrice, order.quantity, 'ceil');
  return cost <= spendable
    ? undefined
    : denied('margin-buffer', { cost: formatUsd(cost), spendable: formatUsd(spendable), buffer: formatUsd(buffer) });
}
