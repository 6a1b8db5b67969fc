// How long planning takes for a portfolio of 500 symbols that all have to be traded, against the least that any plan
// must do: valuing the 500 positions in exact integers.
import { planRebalance } from '../../shared/core/rebalance/plan-rebalance.ts';
import type { RebalanceRules } from '../../shared/core/rebalance/rules.ts';
import { usd } from '../../shared/core/values/money.ts';
import { notional, shares } from '../../shared/core/values/shares.ts';
import { percent, WHOLE } from '../../shared/core/values/weight.ts';
import type { Bench } from './bench.ts';

const SYMBOLS = 500;
/** A single plan is too short for the clock; one measurement is the mean of this many. */
const REPEATS = 20;

const RULES: RebalanceRules = {
  band: { absolute: percent('0.01%') },
  isForced: false,
  minimumTrade: usd('10'),
  shareUnit: 'fractional',
  // Below what these trades come to, so that every one of them is scaled too.
  turnoverMax: percent('20%'),
  collarBps: 20,
};

export const bench: Bench = {
  name: 'planning',
  unit: 'ms',
  floor: 'valuing the 500 positions',
  rounds: 25,
  limits: { subjectMax: 5 },
  prepare: async () => {
    const { portfolio, targets, prices } = aPortfolioAwayFromItsTargets();
    const { trades } = planRebalance(portfolio, targets, prices, RULES);
    if (trades.length < SYMBOLS * 0.9) throw new Error(`only ${trades.length} of ${SYMBOLS} symbols are traded: this measures nothing`);
    const quantities = prices.map(({ symbol }) => portfolio.positions.find((position) => position.symbol === symbol)?.quantity ?? 0n);
    const value = () => prices.reduce((sum, price, index) => sum + notional(price.value, quantities[index] ?? 0n, 'half-even'), 0n);
    return {
      subjects: [{ name: `${SYMBOLS} symbols`, measure: async () => meanMs(() => planRebalance(portfolio, targets, prices, RULES)) }],
      floor: async () => meanMs(value),
    };
  },
};

/** Every second symbol is held at twice its target, the others not at all. */
function aPortfolioAwayFromItsTargets() {
  const symbols = Array.from({ length: SYMBOLS }, (_, index) => `S${String(index).padStart(3, '0')}`);
  const weight = WHOLE / BigInt(SYMBOLS);
  const prices = symbols.map((symbol, index) => ({ symbol, value: usd(`${20 + (index % 90)}.25`) }));
  const quantity = shares('100');
  const positions = symbols.flatMap((symbol, index) => (index % 2 === 0 ? [{ symbol, quantity, available: quantity }] : []));
  const cash = usd('100000');
  const account = { accountNumber: 'PA0BENCH', equity: cash, cash, buyingPower: cash, isBlocked: false };
  return {
    portfolio: { account, positions },
    targets: { weights: symbols.map((symbol) => ({ symbol, weight })), cash: WHOLE - weight * BigInt(SYMBOLS) },
    prices,
  };
}

function meanMs(work: () => unknown): number {
  const from = performance.now();
  for (let repeat = 0; repeat < REPEATS; repeat += 1) work();
  return (performance.now() - from) / REPEATS;
}
