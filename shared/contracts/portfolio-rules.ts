// What no single field of a portfolio can know: sums, limits against weights, slots against the deadline. It speaks
// once every field stands on its own.

import { CLOSING_CALL_MS } from '../core/market/auction.ts';
import { positionCap } from '../core/risk/exposure-denials.ts';
import { barFieldsNeeded } from '../core/strategy/evaluate.ts';
import { nameOf } from '../core/strategy/evaluator/metric-inputs.ts';
import { needsPrices } from '../core/strategy/evaluator/segments.ts';
import { subtreesOf } from '../core/strategy/tree.ts';
import { MINUTE_MS } from '../core/values/time.ts';
import { formatPercent, type Ppm, WHOLE } from '../core/values/weight.ts';
import { type DeclaredWeights, declaredWeights } from './declared-weights.ts';
import type { PortfolioPolicy } from './portfolio-policy.ts';
import type { Finding, PathStep } from './problem.ts';
import { AUDIT_KEY_NAME } from './secret-prefix.ts';

const EARLY_SESSION_MS = 210 * MINUTE_MS;
const ONE_POINT: Ppm = WHOLE / 100n;

/** Everything in the policy that contradicts something else in it. */
export function contradictionsOf(policy: PortfolioPolicy): Finding[] {
  return [
    ...liveAccount(policy),
    ...overrideOnPaper(policy),
    ...reservedAccount(policy),
    ...soldAccount(policy),
    ...capital(policy),
    ...slots(policy),
    ...auctions(policy),
    ...mixedPrices(policy),
    ...exitsForEver(policy),
    ...quotesAsBars(policy),
    ...unmeasurable(policy),
    ...weights(policy),
    ...shorts(policy),
    ...turnover(policy),
    ...groups(policy),
    ...breakers(policy),
  ];
}

/** Its keys would lie where the key of the audit chains does. */
function reservedAccount({ account }: PortfolioPolicy): Finding[] {
  if (account.name !== AUDIT_KEY_NAME) return [];
  return [about(['account', 'name'], JSON.stringify(account.name), `another name: the secret ${AUDIT_KEY_NAME} seals the records`)];
}

function liveAccount({ account }: PortfolioPolicy): Finding[] {
  if (account.mode === 'paper' || account.number !== undefined) return [];
  return [about(['account', 'number'], 'missing', 'the account number: live trades only in the account that the file names')];
}

/** It would go live with the file, unsaid. */
function overrideOnPaper({ account }: PortfolioPolicy): Finding[] {
  if (account.mode === 'live' || account.override === undefined) return [];
  return [about(['account', 'live-override'], `by ${account.override.by}`, 'no such key on paper: nothing is asked for there')];
}

/** A secret with the keys of another account would be enough to sell all that is in it. */
function soldAccount({ account, unowned }: PortfolioPolicy): Finding[] {
  if (unowned !== 'sell' || account.number !== undefined || account.mode === 'live') return [];
  return [about(['account', 'number'], 'missing', 'the account number: unowned: sell sells only in the account that the file names')];
}

function capital({ sleeves }: PortfolioPolicy): Finding[] {
  const sum = sleeves.reduce<Ppm>((total, sleeve) => total + sleeve.capital, 0n);
  return sum === WHOLE
    ? []
    : [about(['sleeves'], `capital that sums to ${formatPercent(sum)}`, 'sleeves whose capital sums to exactly 100%')];
}

/** A slot that leaves no time before the deadline could never trade; on an early close, less time is left. */
function slots({ schedules, execution }: PortfolioPolicy): Finding[] {
  return schedules.flatMap(({ name, at }) => {
    const offset = at.offsetMinutes * MINUTE_MS;
    const left = at.anchor === 'close' ? -offset : EARLY_SESSION_MS - offset;
    if (left > execution.deadlineBeforeCloseMs) return [];
    const deadline = `${execution.deadlineBeforeCloseMs / 1_000}s`;
    return [
      about(
        ['schedules', name, 'at'],
        `${left / MINUTE_MS} min before the close of a short session`,
        `a slot before execution.deadline (${deadline} before the close)`,
      ),
    ];
  });
}

/** An auction has to be open to the account. It takes whole shares, until its last call; what pays for them takes its time before. */
function auctions({ account, schedules, execution, shareUnit }: PortfolioPolicy): Finding[] {
  if (execution.auction === undefined) return [];
  const path = ['execution', 'auction'];
  if (account.auctions?.includes(execution.auction) !== true)
    return [
      about(path, 'close, yet account.auctions has no close', 'none, or auctions: [close] under account, where the broker fills them'),
    ];
  if (shareUnit === 'fractional') return [about(path, 'close, yet shares is fractional', 'none, or shares: whole')];
  return schedules.flatMap(({ name, at }) => {
    const offset = at.offsetMinutes * MINUTE_MS;
    const left = at.anchor === 'close' ? -offset : EARLY_SESSION_MS - offset;
    if (left > CLOSING_CALL_MS) return [];
    const value = `close, yet schedule ${name} runs ${left / MINUTE_MS} min before the close of a short session`;
    return [about(path, value, `none, or slots more than ${CLOSING_CALL_MS / MINUTE_MS} min before the close`)];
  });
}

/** Under inverse volatility prices decide, so nothing is declared for its symbols. */
function isAllCash({ sleeves }: PortfolioPolicy, { symbols, cash }: DeclaredWeights): boolean {
  if (cash < WHOLE || [...symbols.values()].some((weight) => weight > 0n)) return false;
  return !sleeves.some(({ strategy }) =>
    [...subtreesOf(strategy)].some(({ kind }) => kind === 'inverse-volatility' || kind === 'ready-made'),
  );
}

function weights(policy: PortfolioPolicy): Finding[] {
  const declared = declaredWeights(policy);
  if (isAllCash(policy, declared)) return [about(['sleeves'], 'nothing but cash', 'at least one symbol with a weight')];
  const [heaviest] = [...declared.symbols]
    .filter(([symbol, weight]) => weight > positionCap(symbol, policy.limits))
    .sort((left, right) => Number(right[1] - left[1]));
  if (heaviest === undefined) return [];
  const [symbol, weight] = heaviest;
  const limit = positionCap(symbol, policy.limits);
  const value = `${formatPercent(limit)}, yet ${symbol} is given ${formatPercent(weight)} of the portfolio`;
  return [about(['limits', 'position'], value, `limits.position: ${formatPercent(roomFor(weight))}, or less ${symbol}`)];
}

/** All positions together are at most what the reserve leaves: a limit beyond it says what cannot be. */
function shorts({ limits, cashReserve }: PortfolioPolicy): Finding[] {
  const most = WHOLE - cashReserve;
  if (limits.shortMax <= most) return [];
  const value = `${formatPercent(limits.shortMax)}, beside a cash-reserve of ${formatPercent(cashReserve)}`;
  return [about(['limits', 'short'], value, `at most ${formatPercent(most)}: nothing is borrowed`)];
}

/** A plan that is scaled to the one would be denied by the other. */
function turnover({ limits: { turnoverMax, dayTurnoverMax } }: PortfolioPolicy): Finding[] {
  if (dayTurnoverMax === undefined || dayTurnoverMax >= turnoverMax) return [];
  const value = `${formatPercent(dayTurnoverMax)}, beside a limits.turnover of ${formatPercent(turnoverMax)} for each run`;
  return [about(['limits', 'day-turnover'], value, `at least ${formatPercent(turnoverMax)}, or a smaller limits.turnover`)];
}

/** A group is of symbols that may be held, each once, and what is certainly given to them fits in it. */
function groups(policy: PortfolioPolicy): Finding[] {
  const may = declaredWeights(policy).symbols;
  const certain = declaredWeights(policy, 'least').symbols;
  return (policy.limits.groups ?? []).flatMap(({ name, of, max }) => {
    const path = ['limits', 'groups', name];
    const stranger = of.find((symbol) => !may.has(symbol));
    if (stranger !== undefined) return [about([...path, 'of'], stranger, 'symbols that some sleeve may hold')];
    const twice = of.find((symbol, place) => of.indexOf(symbol) !== place);
    if (twice !== undefined) return [about([...path, 'of'], `${twice} twice`, 'each symbol once')];
    const given = of.reduce((sum, symbol) => sum + (certain.get(symbol) ?? 0n), 0n);
    if (given <= max) return [];
    const value = `${formatPercent(max)}, yet its symbols are given ${formatPercent(given)} of the portfolio`;
    return [about([...path, 'most'], value, `at least ${formatPercent(given)}, or less of them`)];
  });
}

function breakers({ limits: { breaker } }: PortfolioPolicy): Finding[] {
  const { dayLoss, drawdown } = breaker ?? {};
  return [['day-loss', dayLoss] as const, ['drawdown', drawdown] as const].flatMap(([key, levels]) => {
    if (levels === undefined || (levels.caution <= levels.restricted && levels.restricted <= levels.stopped)) return [];
    const value = [levels.caution, levels.restricted, levels.stopped].map(formatPercent).join(', then ');
    return [about(['limits', 'breaker', key], value, 'caution, restricted and stopped in rising order')];
  });
}

/** The weight and five points of drift, to the next whole percent. */
function roomFor(weight: Ppm): Ppm {
  const room = ((weight + 6n * ONE_POINT - 1n) / ONE_POINT) * ONE_POINT;
  return room > WHOLE ? WHOLE : room;
}

/** A run reads one history, in which all prices are adjusted alike. */
function mixedPrices({ sleeves }: PortfolioPolicy): Finding[] {
  const [first, ...others] = sleeves;
  const other = others.find(({ options }) => options.prices !== first?.options.prices);
  if (first === undefined || other === undefined) return [];
  const value = `${other.options.prices} prices, yet ${first.name} decides on ${first.options.prices} ones`;
  return [about(['sleeves', other.name, 'options', 'prices'], value, 'the same prices in all sleeves of a portfolio')];
}

/** Without periods there is no later one in which anything could be taken again; of days, each would take it back. */
function exitsForEver({ sleeves }: PortfolioPolicy): Finding[] {
  return sleeves.flatMap(({ name, rebalance, exits }) => {
    if (exits?.reEnter !== 'next-period' || (rebalance.kind === 'every' && rebalance.every !== 'day')) return [];
    const value = 'next-period, yet the sleeve is not rebalanced by the week, month, quarter or year';
    return [about(['sleeves', name, 'exits', 're-enter'], value, 'when-target-returns, or a rebalance such as { every: month }')];
  });
}

/** A quote has no high, no low and no volume: what needs them would decide by the others alone. */
function quotesAsBars({ sleeves }: PortfolioPolicy): Finding[] {
  return sleeves.flatMap(({ name, strategy, decideOn }) => {
    if (decideOn === 'last-close') return [];
    const [needed] = barFieldsNeeded([strategy]);
    if (needed === undefined) return [];
    const [symbol, fields] = needed;
    return [about(['sleeves', name, 'decide-on'], `live-quote, yet the ${fields.join(', ')} of ${symbol} decide`, 'last-close')];
  });
}

/** A group is measured on a simulated series that starts at 1: a level of it says nothing. */
function unmeasurable({ sleeves }: PortfolioPolicy): Finding[] {
  return sleeves.flatMap(({ name, strategy }) => {
    for (const node of subtreesOf(strategy)) {
      if (node.kind !== 'filter' || !needsPrices(node.by)) continue;
      const inner = node.children.find(({ kind }) => kind !== 'asset');
      if (inner === undefined) continue;
      return [
        about(['sleeves', name, 'strategy'], `a filter by ${nameOf(node.by)} over ${inner.kind}`, 'a metric of returns, or symbols only'),
      ];
    }
    return [];
  });
}

function about(path: readonly PathStep[], value: string, expected: string): Finding {
  return { path, about: 'value', value, expected };
}
