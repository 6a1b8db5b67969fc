// Denials for the sake of the account: what the broker, the breaker and the day-trade rules allow it.
import { newYorkDate } from '../market/new-york-time.ts';
import { formatUsd } from '../values/money.ts';
import { formatPercent } from '../values/weight.ts';
import { dayTradeRule } from './day-trade-rule.ts';
import { denied } from './denial.ts';
import type { Rung } from './plan-view.ts';

export const accountBlocked: Rung = ({ account }) => {
  if (!account.isBlocked) return undefined;
  const { restrictions = [] } = account;
  return denied('account-blocked', restrictions.length === 0 ? {} : { restrictions: restrictions.join(', ') });
};

export const breakerStopped: Rung = ({ facts: { breaker } }) => {
  return breaker?.level === 'stopped' ? denied('breaker-stopped', breakerFigures(breaker)) : undefined;
};

export const breakerRestricted: Rung = ({ facts: { breaker }, opened }) => {
  return breaker?.level === 'restricted' && opened.size > 0 ? denied('breaker-restricted', breakerFigures(breaker)) : undefined;
};

/** The rule counts for an account with margin; one without has no day trades, because it may not sell what is not settled. */
export const dayTrade: Rung = ({ plan, account, limits, facts: { today, session, asOf } }) => {
  if (limits.dayTrades === undefined || limits.dayTrades === 'allow') return undefined;
  const undone = plan.trades.filter(({ symbol, side }) =>
    today.worked.some((each) => each.isFilled && each.symbol === symbol && each.side !== side),
  );
  const [first] = undone;
  if (first === undefined) return undefined;
  const { symbol } = first;
  if (limits.dayTrades === 'refuse') return denied('day-trade', { symbol, allowed: '0' });
  const rule = dayTradeRule(asOf === 0 ? session : newYorkDate(asOf));
  const hasMargin = account.multiplier === undefined || account.multiplier > 1;
  if (rule.kind === 'intraday-margin' || !hasMargin || account.equity >= rule.equityMin) return undefined;
  const count = today.dayTrades + undone.length;
  if (count <= rule.dayTradesMax) return undefined;
  return denied('day-trade', {
    symbol,
    dayTrades: `${count}`,
    allowed: `${rule.dayTradesMax}`,
    equity: formatUsd(account.equity),
    equityMin: formatUsd(rule.equityMin),
  });
};

export function breakerFigures({ drawdown, dayLoss, mark, dayOpen, equity }: NonNullable<Parameters<Rung>[0]['facts']['breaker']>) {
  return {
    equity: formatUsd(equity),
    mark: formatUsd(mark),
    drawdown: formatPercent(drawdown),
    ...(dayOpen === undefined ? {} : { dayOpen: formatUsd(dayOpen) }),
    dayLoss: formatPercent(dayLoss),
  };
}
