// A portfolio, prices, targets and rules of which a test states only what matters.
import type { Account, Portfolio } from '../../shared/core/portfolio/portfolio.ts';
import type { RebalanceRules } from '../../shared/core/rebalance/rules.ts';
import type { SymbolPrice } from '../../shared/core/rebalance/wanted-trades.ts';
import type { TargetWeights } from '../../shared/core/strategy/weights.ts';
import { usd } from '../../shared/core/values/money.ts';
import { shares } from '../../shared/core/values/shares.ts';
import { percent, WHOLE } from '../../shared/core/values/weight.ts';

/** Amounts by symbol, as a person would write them: `{ SPY: '10' }`. */
export type BySymbol = Readonly<Record<string, string>>;

export function anAccount(stated: Partial<Account> = {}): Account {
  const cash = stated.cash ?? 0n;
  return { accountNumber: 'PA12345678', equity: cash, cash, buyingPower: cash > 0n ? cash : 0n, isBlocked: false, ...stated };
}

interface StatedPortfolio {
  readonly cash?: string;
  /** What may be sold now, where that is less than what is held. */
  readonly available?: BySymbol;
}

/** `aPortfolio({ SPY: '10' }, { cash: '500' })`. */
export function aPortfolio(quantities: BySymbol, { cash = '0', available = {} }: StatedPortfolio = {}): Portfolio {
  const positions = inOrder(quantities).map(([symbol, quantity]) => ({
    symbol,
    quantity: shares(quantity),
    available: shares(available[symbol] ?? quantity),
  }));
  return { account: anAccount({ cash: usd(cash) }), positions };
}

/** `someTargets({ SPY: '60%' })`; the rest is cash. */
export function someTargets(weights: BySymbol): TargetWeights {
  const stated = inOrder(weights).map(([symbol, weight]) => ({ symbol, weight: percent(weight) }));
  return { weights: stated, cash: WHOLE - stated.reduce((sum, { weight }) => sum + weight, 0n) };
}

/** `somePrices({ SPY: '100' })`, all of which may be traded on. */
export function somePrices(values: BySymbol): SymbolPrice[] {
  return inOrder(values).map(([symbol, value]) => ({ symbol, value: usd(value) }));
}

/** Whole shares, any drift is traded, no minimum, no collar, no turnover cap, not forced, unless stated. */
export function someRules(stated: Partial<RebalanceRules> = {}): RebalanceRules {
  return { band: {}, isForced: false, minimumTrade: 0n, shareUnit: 'whole', turnoverMax: WHOLE, collarBps: 0, ...stated };
}

function inOrder(stated: BySymbol): [string, string][] {
  return Object.entries(stated).sort(([a], [b]) => (a < b ? -1 : 1));
}
