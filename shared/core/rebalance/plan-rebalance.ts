// The plan: drift against the band, one net trade a symbol, sells that fund buys. Pure and exact: planning
// twice gives the same bytes.
import type { QuoteRefusal } from '../market/quote.ts';
import type { Portfolio, Position, UnownedPosition } from '../portfolio/portfolio.ts';
import type { TargetWeights } from '../strategy/weights.ts';
import type { MicroUsd } from '../values/money.ts';
import { formatShares, notional } from '../values/shares.ts';
import { formatPercent } from '../values/weight.ts';
import { measureDrift } from './drift.ts';
import { depositToInvest } from './invest-deposit.ts';
import { explainLocked, lockedOf, withoutLocked } from './locked-shares.ts';
import type { RebalancePlan, SettledMoney, Skipped, Trade } from './plan.ts';
import type { RebalanceRules } from './rules.ts';
import { capOpenings, capTurnover, fundBuys } from './scale-trades.ts';
import { spendDeposit } from './spend-deposit.ts';
import { type SymbolPrice, wantTrade } from './wanted-trades.ts';

/**
 * @param prices one for every symbol that the portfolio may hold: every target has one.
 * @param unsold why what is to be sold because no sleeve names it cannot be, by symbol: without a price it is not counted.
 * @throws Error when a target has no price, or the portfolio is worth nothing: the caller refuses such a run before.
 */
export function planRebalance(
  portfolio: Portfolio,
  targets: TargetWeights,
  prices: readonly SymbolPrice[],
  rules: RebalanceRules,
  unsold: ReadonlyMap<string, QuoteRefusal> = new Map(),
): RebalancePlan {
  const ascending = [...prices].sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
  const priceOf = new Map(ascending.map((price) => [price.symbol, price]));
  for (const { symbol } of targets.weights) if (!priceOf.has(symbol)) throw new Error(`no price for ${symbol}`);
  const positionOf = new Map(portfolio.positions.map((position) => [position.symbol, position]));
  const valued = ascending.map(({ symbol, value }) => ({
    symbol,
    value: notional(value, positionOf.get(symbol)?.quantity ?? 0n, 'half-even'),
  }));
  const cash = portfolio.account.cash;
  const equity = equityOf(cash, valued);
  const measured = measureDrift(valued, equity, targets, rules.band);
  // What is to be sold because no sleeve names it does not hide inside a band of points.
  const lines = measured.map((line) => (priceOf.get(line.symbol)?.isUnowned && line.value !== 0n ? { ...line, isInside: false } : line));
  const isTriggered = rules.isForced || lines.some(({ isInside }) => !isInside);
  // Whoever asks for the targets to be traded to wants the sales too.
  const mayInvest = rules.investsDeposits === true && !rules.isForced;
  const deposit = mayInvest ? depositToInvest(lines, equity, portfolio.uninvested ?? 0n, rules.band) : 0n;
  const skipped: Skipped[] = portfolio.positions
    .filter(({ symbol }) => !priceOf.has(symbol))
    .map((position) => skipUnpriced(position, portfolio.unowned ?? [], unsold));

  const wanted: Trade[] = [];
  for (const line of lines) {
    const price = priceOf.get(line.symbol);
    if (price === undefined) continue;
    if (deposit > 0n ? line.drift >= 0n : !isTriggered) {
      skipped.push({ symbol: line.symbol, code: 'inside-band', figures: { drift: formatPercent(line.drift) } });
      continue;
    }
    const locked = lockedOf(portfolio.settlement, line.symbol);
    const position = withoutLocked(positionOf.get(line.symbol), locked);
    const result = explainLocked(wantTrade(line, position, price, equity, rules), locked);
    if (result.trade !== undefined) wanted.push(result.trade);
    if (result.skipped !== undefined) skipped.push(result.skipped);
  }

  // The first funding moves everything there is: capping its turnover would only spread it over many runs.
  const isFirstFunding = valued.every(({ value }) => value === 0n);
  const capped = isFirstFunding ? { trades: wanted, skipped: [] } : capTurnover(wanted, equity, rules);
  const shortValue = valued.reduce((sum, { value }) => (value < 0n ? sum - value : sum), 0n);
  const invested = deposit > 0n ? spendDeposit(capped.trades, deposit, rules) : { trades: capped.trades, skipped: [] };
  const settled = settledMoneyOf(portfolio);
  const opened = capOpenings(invested.trades, equity, rules);
  const funded = fundBuys(opened.trades, cash, shortValue, rules, settled);
  return {
    equity,
    isTriggered,
    lines,
    trades: funded.trades,
    skipped: [...skipped, ...capped.skipped, ...invested.skipped, ...opened.skipped, ...funded.skipped].sort((a, b) =>
      a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : 0,
    ),
    cashBefore: cash,
    proceedsAtLeast: funded.proceedsAtLeast,
    costAtMost: funded.costAtMost,
    ...(funded.coversAtMost === undefined ? {} : { coversAtMost: funded.coversAtMost }),
    ...(settled === undefined ? {} : { settled }),
    ...(deposit > 0n ? { deposit } : {}),
  };
}

function skipUnpriced(
  { symbol, quantity }: Position,
  unowned: readonly UnownedPosition[],
  unsold: ReadonlyMap<string, QuoteRefusal>,
): Skipped {
  const refusal = unsold.get(symbol);
  const code = refusal?.code ?? unowned.find((each) => each.symbol === symbol)?.kept ?? 'not-in-portfolio';
  return { symbol, code, figures: { quantity: formatShares(quantity), ...refusal?.figures } };
}

function settledMoneyOf({ settlement }: Portfolio): SettledMoney | undefined {
  return settlement?.rule === 'settled-only' ? { cash: settlement.settledCash, unsettled: settlement.unsettledCash } : undefined;
}

function equityOf(cash: MicroUsd, valued: readonly { readonly value: MicroUsd }[]): MicroUsd {
  const equity = valued.reduce((sum, { value }) => sum + value, cash);
  if (equity <= 0n) throw new Error('the portfolio is worth nothing');
  return equity;
}
