// Denials for what would be held: one position, a group, a cluster, all of it. What has outgrown a limit by itself may be
// made smaller or left, not made larger.
import { formatUsd, type MicroUsd } from '../values/money.ts';
import { absolute } from '../values/rounding.ts';
import { formatPercent, type Ppm, WHOLE, weightOf } from '../values/weight.ts';
import type { After } from './after-plan.ts';
import { opensPosition } from './after-plan.ts';
import { clustersOf } from './clusters.ts';
import { denied } from './denial.ts';
import type { Limits } from './limits.ts';
import type { Rung } from './plan-view.ts';

export const shortPosition: Rung = ({ after, limits }) => {
  const short = limits.shortMax === 0n ? after.find(({ value }) => value < 0n) : undefined;
  return short === undefined ? undefined : denied('short-position', { symbol: short.symbol, value: formatUsd(short.value) });
};

export const shortMax: Rung = ({ plan, after, limits }) => {
  const short = after.reduce((sum, { value }) => (value < 0n ? sum - value : sum), 0n);
  const isSoldShort = plan.trades.some((trade) => trade.side === 'sell' && opensPosition(trade));
  if (!isSoldShort || short * WHOLE <= plan.equity * limits.shortMax) return undefined;
  return denied('short-max', { weight: formatPercent(weightOf(short, plan.equity, 'ceil')), max: formatPercent(limits.shortMax) });
};

export const positionMax: Rung = ({ after, opened, limits }) => {
  const large = after.find(({ symbol, size }) => opened.has(symbol) && size > positionCap(symbol, limits));
  if (large === undefined) return undefined;
  const { symbol, size } = large;
  return denied('position-max', { symbol, weight: formatPercent(size), max: formatPercent(positionCap(symbol, limits)) });
};

export const groupMax: Rung = ({ plan, after, opened, limits: { groups = [] } }) => {
  for (const { name, of, max } of groups) {
    if (!of.some((symbol) => opened.has(symbol))) continue;
    const sum = sizeOf(after, of);
    if (sum * WHOLE <= plan.equity * max) continue;
    return denied('group-max', { group: name, weight: formatPercent(weightOf(sum, plan.equity, 'ceil')), max: formatPercent(max) });
  }
  return undefined;
};

export const clusterMax: Rung = ({ plan, after, opened, limits: { cluster }, facts }) => {
  if (cluster === undefined) return undefined;
  const held = after.filter(({ value }) => value !== 0n).map(({ symbol }) => symbol);
  for (const symbols of clustersOf(held, facts.history, cluster)) {
    if (!symbols.some((symbol) => opened.has(symbol))) continue;
    // One symbol by itself is a position, and held to the limit of positions.
    const sum = symbols.length > 1 ? sizeOf(after, symbols) : 0n;
    if (sum * WHOLE <= plan.equity * cluster.max) continue;
    const weight = formatPercent(weightOf(sum, plan.equity, 'ceil'));
    return denied('cluster-max', { symbols: symbols.join(' '), weight, max: formatPercent(cluster.max) });
  }
  return undefined;
};

export const grossExposure: Rung = ({ after, opened }) => {
  const gross = after.reduce<Ppm>((sum, { size }) => sum + size, 0n);
  return opened.size === 0 || gross <= WHOLE
    ? undefined
    : denied('gross-exposure', { weight: formatPercent(gross), max: formatPercent(WHOLE) });
};

/** A plan that brings it nearer to the limit is let through. */
export const netExposure: Rung = ({ plan, after, opened, limits: { netMax } }) => {
  if (netMax === undefined || opened.size === 0) return undefined;
  const net = absolute(after.reduce((sum, { value }) => sum + value, 0n));
  const before = absolute(plan.lines.reduce((sum, { symbol, value }) => (symbol === 'cash' ? sum : sum + value), 0n));
  if (net * WHOLE <= plan.equity * netMax || net < before) return undefined;
  return denied('net-exposure', { weight: formatPercent(weightOf(net, plan.equity, 'ceil')), max: formatPercent(netMax) });
};

/** The largest share of equity in this symbol. */
export function positionCap(symbol: string, { positionMax: max, positionMaxOf }: Pick<Limits, 'positionMax' | 'positionMaxOf'>): Ppm {
  return positionMaxOf !== undefined && Object.hasOwn(positionMaxOf, symbol) ? (positionMaxOf[symbol] ?? max) : max;
}

/** Long and short added up. */
function sizeOf(after: readonly After[], symbols: readonly string[]): MicroUsd {
  return after.reduce((sum, { symbol, value }) => (symbols.includes(symbol) ? sum + absolute(value) : sum), 0n);
}
