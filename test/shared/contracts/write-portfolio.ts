// A policy as the YAML its owner could have written: the inverse of the parser, for properties.
import { stringify } from 'yaml';
import type { PortfolioPolicy } from '../../../shared/contracts/portfolio-policy.ts';
import type { Slot } from '../../../shared/core/market/schedule.ts';
import type { LossLimits } from '../../../shared/core/risk/limits.ts';
import type { StrategyOptions } from '../../../shared/core/strategy/options.ts';
import type { RebalanceRule, Tree } from '../../../shared/core/strategy/tree.ts';
import { formatUsd } from '../../../shared/core/values/money.ts';
import { formatPercent, WHOLE } from '../../../shared/core/values/weight.ts';

export function writePortfolio(policy: PortfolioPolicy): string {
  const { limits, execution } = policy;
  const { override, ...account } = policy.account;
  return stringify({
    portfolio: policy.name,
    ...(policy.description === undefined ? {} : { description: policy.description }),
    account: {
      ...account,
      capital: formatPercent(account.capital ?? WHOLE),
      ...(override === undefined ? {} : { 'live-override': override }),
    },
    schedules: Object.fromEntries(
      policy.schedules.map(({ name, at, every, on, band, approve }) => [
        name,
        {
          at: slotText(at),
          every,
          ...(every === 'day' ? {} : { on }),
          band: Object.fromEntries(Object.entries(band).map(([key, width]) => [key, formatPercent(width)])),
          approve,
        },
      ]),
    ),
    sleeves: Object.fromEntries(
      policy.sleeves.map(({ name, capital, strategy, rebalance, decideOn, options }) => [
        name,
        {
          capital: formatPercent(capital),
          strategy: nodeOf(strategy),
          rebalance: ruleOf(rebalance),
          'decide-on': decideOn,
          options: optionsOf(options),
        },
      ]),
    ),
    'cash-reserve': formatPercent(policy.cashReserve),
    'minimum-trade': `${formatUsd(policy.minimumTrade)} USD`,
    shares: policy.shareUnit,
    limits: writtenLimits(limits),
    execution: {
      style: execution.style,
      pegs: execution.pegsMax,
      'peg-wait': `${execution.pegWaitMs / 1_000}s`,
      'collar-bps': execution.collarBps,
      'approval-bps': execution.approvalBpsMax,
      deadline: `${execution.deadlineBeforeCloseMs / 1_000}s`,
      'quote-age': `${execution.quote.quoteAgeMsMax / 1_000}s`,
      'spread-bps': execution.quote.spreadBpsMax,
      ...writtenSlices(execution),
      auction: execution.auction ?? 'none',
    },
    ...(policy.notify === undefined ? {} : { notify: policy.notify }),
  });
}

function writtenSlices({ slicing }: PortfolioPolicy['execution']): Record<string, unknown> {
  if (slicing === undefined) return { slices: 1 };
  const { slicesMax, volumeMax, participationMax } = slicing;
  return { slices: slicesMax, 'slice-volume': formatPercent(volumeMax), participation: formatPercent(participationMax) };
}

/** A limit that is left out is written as off, or not at all where it has no default. */
function writtenLimits(limits: PortfolioPolicy['limits']): unknown {
  const { cluster, stress, breaker } = limits;
  return {
    'order-notional': `${formatUsd(limits.orderNotionalMax)} USD`,
    'order-shares': limits.orderSharesMax === undefined ? undefined : Number(limits.orderSharesMax / 1_000_000_000n),
    orders: limits.ordersMax,
    'session-orders': limits.sessionOrdersMax,
    position: formatPercent(limits.positionMax),
    cluster:
      cluster === undefined
        ? undefined
        : { correlation: formatPercent(cluster.correlation), window: cluster.window, most: formatPercent(cluster.max) },
    net: percentOr(undefined, limits.netMax),
    short: formatPercent(limits.shortMax),
    volume: percentOr('off', limits.volumeMax),
    turnover: formatPercent(limits.turnoverMax),
    'day-turnover': percentOr(undefined, limits.dayTurnoverMax),
    'price-move': percentOr('off', limits.priceMoveMax),
    'margin-buffer': percentOr(undefined, limits.marginBuffer),
    'day-trades': limits.dayTrades,
    breaker: { 'day-loss': lossesOr(breaker?.dayLoss), drawdown: lossesOr(breaker?.drawdown) },
    stress: stress === undefined ? undefined : percentages(stress),
  };
}

function percentOr(otherwise: 'off' | undefined, value: bigint | undefined): string | undefined {
  return value === undefined ? otherwise : formatPercent(value);
}

function lossesOr(levels: LossLimits | undefined): unknown {
  return levels === undefined ? 'off' : percentages(levels);
}

function percentages(values: object): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, formatPercent(value)]));
}

function ruleOf(rule: RebalanceRule): unknown {
  if (rule.kind === 'none') return 'none';
  return rule.kind === 'every' ? { every: rule.every } : { corridor: formatPercent(rule.width) };
}

function slotText({ anchor, offsetMinutes }: Slot): string {
  return anchor === 'close' ? `close-${-offsetMinutes}m` : `open+${offsetMinutes}m`;
}

function optionsOf(options: StrategyOptions): unknown {
  return {
    deviation: options.deviation,
    'stdev-return': options.stdevReturn,
    'max-drawdown': options.maxDrawdown,
    filter: options.filter,
    branch: options.branch,
    duplicates: options.duplicates,
    'ema-seed': options.emaSeed,
    'rsi-seed': options.rsiSeed,
    'rank-digits': options.rankDigits,
    prices: options.prices,
  };
}

function nodeOf(node: Tree): unknown {
  switch (node.kind) {
    case 'asset':
      return node.symbol;
    case 'cash':
      return 'cash';
    case 'specified':
      return { specified: node.children.map(({ weight, child }) => ({ weight: formatPercent(weight), of: nodeOf(child) })) };
    case 'equal':
      return { equal: node.children.map(nodeOf) };
    case 'inverse-volatility':
      return { 'inverse-volatility': { window: node.window, of: node.children.map(nodeOf) } };
  }
}
