// The portfolio file of a simulated day, drawn from its seed.
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import { DEFAULT_OPTIONS } from '../../shared/core/strategy/options.ts';
import type { RebalanceRule } from '../../shared/core/strategy/tree.ts';
import { usd } from '../../shared/core/values/money.ts';
import { shares } from '../../shared/core/values/shares.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/core/values/time.ts';
import { type Ppm, percent, WHOLE } from '../../shared/core/values/weight.ts';
import { EVERY_RUN } from '../builders/strategy.ts';
import type { Chance } from './chance.ts';
import type { DayKind } from './day-kind.ts';

export const SYMBOLS = ['AAA', 'BBB', 'CCC', 'DDD', 'EEE'];
const WEIGHTS: ReadonlyMap<string, Ppm> = new Map([
  ['AAA', percent('35%')],
  ['BBB', percent('25%')],
  ['CCC', percent('20%')],
  ['DDD', percent('20%')],
]);

export function drawPolicyOf(kind: DayKind, chance: Chance): PortfolioPolicy {
  if (kind === 'long-short') return drawLongShortPolicy(chance);
  const policy = drawPolicy(chance);
  return kind === 'cash' && chance.happens(0.3) ? { ...policy, settlement: 'allow-unsettled' } : policy;
}

/** One day in nine begins with a breaker that lets nothing be bought. */
export function isRestricted(seed: number): boolean {
  return seed % 9 === 4;
}

/** One day in five has so few orders for its session that it runs out of them. */
export function isShortOfOrders(seed: number): boolean {
  return seed % 5 === 2;
}

/** Taken from the seed and not drawn: the chance of everything else stays as it was. */
export function withLimits(seed: number, policy: PortfolioPolicy): PortfolioPolicy {
  return {
    ...policy,
    limits: {
      ...policy.limits,
      orderSharesMax: shares('100000'),
      sessionOrdersMax: isShortOfOrders(seed) ? 5 : 500,
      groups: [{ name: 'first', of: ['AAA', 'BBB'], max: percent('100%') }],
      priceMoveMax: percent('25%'),
      dayTurnoverMax: WHOLE,
      breaker: { drawdown: { caution: percent('10%'), restricted: percent('15%'), stopped: percent('20%') } },
    },
  };
}

export function withRule(policy: PortfolioPolicy, rebalance: RebalanceRule): PortfolioPolicy {
  return { ...policy, sleeves: policy.sleeves.map((sleeve) => ({ ...sleeve, rebalance })) };
}

/** One portfolio in six uses a part of its account. */
function drawCapital(chance: Chance): Pick<PortfolioPolicy['account'], 'capital'> {
  return chance.happens(1 / 6) ? { capital: percent(chance.pick(['10%', '50%'] as const)) } : {};
}

function drawPolicy(chance: Chance): PortfolioPolicy {
  const children = [...WEIGHTS].map(([symbol, weight]) => ({ weight, child: { kind: 'asset' as const, symbol } }));
  // A fifth symbol that no target names: where it is held, it is sold whole.
  return {
    name: 'simulated',
    account: { name: 'main', mode: 'paper', ...drawCapital(chance) },
    schedules: [
      {
        name: 'daily',
        at: { anchor: 'close', offsetMinutes: -25 },
        every: 'day',
        on: 'last',
        band: { absolute: percent('2%') },
        approve: chance.happens(0.2),
      },
    ],
    sleeves: [
      {
        name: 'core',
        capital: WHOLE,
        strategy: { kind: 'specified', children: [...children, { weight: 0n, child: { kind: 'asset', symbol: 'EEE' } }] },
        rebalance: EVERY_RUN,
        decideOn: 'last-close',
        options: DEFAULT_OPTIONS,
      },
    ],
    cashReserve: percent('1%'),
    minimumTrade: usd('25'),
    shareUnit: chance.pick(['whole', 'fractional'] as const),
    limits: { orderNotionalMax: usd('1000000'), ordersMax: 50, positionMax: percent('60%'), shortMax: 0n, turnoverMax: WHOLE },
    execution: {
      style: chance.pick(['marketable', 'patient'] as const),
      pegsMax: chance.between(1, 4),
      pegWaitMs: chance.pick([2, 10, 30]) * SECOND_MS,
      collarBps: chance.pick([20, 50]),
      approvalBpsMax: chance.pick([1, 5, 100]),
      deadlineBeforeCloseMs: 5 * MINUTE_MS,
      quote: { quoteAgeMsMax: 30 * SECOND_MS, spreadBpsMax: 60 },
    },
  };
}

/** Long, short, both, or nothing at all; together never the whole. What is short in one may be long in the account. */
const LONG_SHORT_WEIGHTS = [
  ['35%', '20%', '-25%', '-15%', '0%'],
  ['50%', '-50%', '0%', '0%', '0%'],
  ['-30%', '-30%', '40%', '0%', '0%'],
  ['60%', '0%', '0%', '-20%', '0%'],
  ['0%', '0%', '0%', '0%', '0%'],
] as const;

function drawLongShortPolicy(chance: Chance): PortfolioPolicy {
  const policy = drawPolicy(chance);
  const weights = chance.pick(LONG_SHORT_WEIGHTS).map(percent);
  const children = SYMBOLS.map((symbol, place) => ({ weight: weights[place] ?? 0n, child: { kind: 'asset' as const, symbol } }));
  const rest = WHOLE - weights.reduce((sum, weight) => sum + weight, 0n);
  return {
    ...policy,
    sleeves: [
      {
        name: 'pairs',
        capital: WHOLE,
        strategy: { kind: 'specified', children: [...children, { weight: rest, child: { kind: 'cash' } }] },
        rebalance: EVERY_RUN,
        decideOn: 'last-close',
        options: DEFAULT_OPTIONS,
      },
    ],
    limits: { ...policy.limits, shortMax: chance.happens(0.1) ? 0n : percent('60%') },
  };
}
