// What the limits need to be asked again before every submission, fixed when the plan is: a later file, or a later day, changes
// nothing for a run that is under way.
import type { Account } from '../portfolio/portfolio.ts';
import type { RebalancePlan } from '../rebalance/plan.ts';
import type { MicroUsd } from '../values/money.ts';
import { partOf } from '../values/weight.ts';
import type { BreakerLevel } from './breaker.ts';
import type { RiskFacts } from './facts.ts';
import { lastCloseOf } from './last-close.ts';
import type { BreakerLimits, Limits } from './limits.ts';

export interface SubmissionGuard {
  readonly limits: Pick<
    Limits,
    'orderNotionalMax' | 'orderSharesMax' | 'sessionOrdersMax' | 'positionMax' | 'positionMaxOf' | 'groups' | 'priceMoveMax' | 'breaker'
  >;
  /** Of the plan. */
  readonly equity: MicroUsd;
  /** What each symbol was worth before the plan; below zero when short. */
  readonly values: Readonly<Record<string, MicroUsd>>;
  /** Of the session before, where it is known. */
  readonly closes: Readonly<Record<string, MicroUsd>>;
  /** Decided in this session before this run. */
  readonly ordersBefore: number;
  /** Buying power that is kept free. */
  readonly buffer: MicroUsd;
  readonly breaker?: GuardedBreaker;
}

export interface GuardedBreaker {
  readonly level: BreakerLevel;
  readonly mark: MicroUsd;
  readonly dayOpen?: MicroUsd;
}

export function guardOf(plan: RebalancePlan, limits: Limits, facts: RiskFacts): SubmissionGuard {
  const { orderNotionalMax, orderSharesMax, sessionOrdersMax, positionMax, positionMaxOf, groups, priceMoveMax, breaker } = limits;
  const traded = plan.trades.map(({ symbol }) => symbol);
  const involved = new Set([...traded, ...(groups ?? []).flatMap(({ of }) => of)]);
  const closes = traded.flatMap((symbol): [string, MicroUsd][] => {
    const close = lastCloseOf(symbol, facts);
    return close === undefined ? [] : [[symbol, close]];
  });
  return {
    limits: {
      orderNotionalMax,
      positionMax,
      ...(orderSharesMax === undefined ? {} : { orderSharesMax }),
      ...(sessionOrdersMax === undefined ? {} : { sessionOrdersMax }),
      ...(positionMaxOf === undefined ? {} : { positionMaxOf }),
      ...(groups === undefined ? {} : { groups }),
      ...(priceMoveMax === undefined ? {} : { priceMoveMax }),
      ...(breaker === undefined ? {} : { breaker: limitsOfBreaker(breaker) }),
    },
    equity: plan.equity,
    values: Object.fromEntries(plan.lines.flatMap(({ symbol, value }) => (involved.has(symbol) ? [[symbol, value]] : []))),
    closes: Object.fromEntries(closes),
    ordersBefore: facts.today.orders,
    buffer: limits.marginBuffer === undefined ? 0n : partOf(plan.equity, limits.marginBuffer, 'ceil'),
    ...(facts.breaker === undefined ? {} : { breaker: guardedBreaker(facts.breaker) }),
  };
}

function limitsOfBreaker({ dayLoss, drawdown }: BreakerLimits): BreakerLimits {
  return { ...(dayLoss === undefined ? {} : { dayLoss }), ...(drawdown === undefined ? {} : { drawdown }) };
}

function guardedBreaker({ level, mark, dayOpen }: NonNullable<RiskFacts['breaker']>): GuardedBreaker {
  return { level, mark, ...(dayOpen === undefined ? {} : { dayOpen }) };
}

/** What may be spent of the broker's buying power. */
export function spendable({ buyingPower }: Pick<Account, 'buyingPower'>, guard: Pick<SubmissionGuard, 'buffer'> | undefined): MicroUsd {
  return buyingPower - (guard?.buffer ?? 0n);
}
