// Denials for what the market says of a symbol: how much of it is traded, where it closed, and what we did in it a moment ago.
import { formatUsd } from '../values/money.ts';
import { absolute } from '../values/rounding.ts';
import { formatShares } from '../values/shares.ts';
import { SECOND_MS } from '../values/time.ts';
import { formatPercent, WHOLE, weightOf } from '../values/weight.ts';
import { averageVolume, VOLUME_SESSIONS } from './average-volume.ts';
import { denied } from './denial.ts';
import { lastCloseOf } from './last-close.ts';
import type { Rung } from './plan-view.ts';

/** So long after an order on one side was worked, none is planned on the other: it may still be on somebody's books. */
const WASH_TRADE_MS = 60 * SECOND_MS;

/** On paper it is reported, not denied. */
export const volumeUnknown: Rung = ({ plan, limits, facts }) => {
  if (limits.volumeMax === undefined || facts.mode === 'paper') return undefined;
  const unknown = plan.trades.find(({ symbol }) => averageVolume(symbol, facts) === undefined);
  return unknown === undefined ? undefined : denied('volume-unknown', { symbol: unknown.symbol, sessions: `${VOLUME_SESSIONS}` });
};

export const volumeMax: Rung = ({ plan, limits: { volumeMax: max }, facts }) => {
  if (max === undefined) return undefined;
  for (const { symbol, quantity } of plan.trades) {
    const average = averageVolume(symbol, facts);
    if (average === undefined || quantity * WHOLE <= average * max) continue;
    return denied('volume-max', {
      symbol,
      shares: formatShares(quantity),
      averageVolume: formatShares(average),
      max: formatPercent(max),
    });
  }
  return undefined;
};

/** On paper it is reported, not denied. */
export const closeUnknown: Rung = ({ plan, limits, facts }) => {
  if (limits.priceMoveMax === undefined || facts.mode === 'paper') return undefined;
  const unknown = plan.trades.find(({ symbol }) => lastCloseOf(symbol, facts) === undefined);
  return unknown === undefined ? undefined : denied('close-unknown', { symbol: unknown.symbol, session: facts.historyAsOf });
};

export const priceMove: Rung = ({ plan, limits: { priceMoveMax: max }, facts }) => {
  if (max === undefined) return undefined;
  for (const { symbol, arrival } of plan.trades) {
    const close = lastCloseOf(symbol, facts);
    if (close === undefined || absolute(arrival - close) * WHOLE <= close * max) continue;
    const move = formatPercent(weightOf(absolute(arrival - close), close, 'ceil'));
    return denied('price-move', { symbol, arrival: formatUsd(arrival), close: formatUsd(close), move, max: formatPercent(max) });
  }
  return undefined;
};

/** Orders that are open refuse the run before; this is about those that were just over. */
export const washTrade: Rung = ({ plan, facts: { today, asOf } }) => {
  for (const { symbol, side } of plan.trades) {
    const other = today.worked.find((each) => each.symbol === symbol && each.side !== side && asOf - each.at < WASH_TRADE_MS);
    if (other === undefined) continue;
    return denied('wash-trade', { symbol, side, secondsSince: `${Math.round((asOf - other.at) / SECOND_MS)}` });
  }
  return undefined;
};
