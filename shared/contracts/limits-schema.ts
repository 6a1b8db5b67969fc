// The limits of a portfolio file: every key, its range and its default, and what they are in the core's words. What has a
// default is off only where the file says `off`.
import * as z from 'zod';
import { type BreakerLimits, DAY_TRADE_LIMITS, type Limits, type LossLimits, type StressLimits } from '../core/risk/limits.ts';
import { NANOS_PER_SHARE } from '../core/values/shares.ts';
import { type Ppm, percent } from '../core/values/weight.ts';
import { mapping } from './mapping.ts';
import { name } from './name.ts';
import { percentText, usdText, wholeNumber } from './quantity-text.ts';

/** What a symbol may be of a portfolio whose file gives it no weight and no limit. */
export const POSITION_MAX_DEFAULT: Ppm = percent('10%');

const off = z.literal('off', { error: 'off' });

function percentOrOff(least: string, preset: string) {
  return z.union([off, percentText(least, '100%')], { error: `off, or a percentage from ${least} to 100%` }).prefault(preset);
}

function losses(caution: string, restricted: string, stopped: string) {
  const levels = mapping({
    caution: percentText('0.1%', '100%').prefault(caution),
    restricted: percentText('0.1%', '100%').prefault(restricted),
    stopped: percentText('0.1%', '100%').prefault(stopped),
  });
  return z.union([off, levels], { error: 'off, or caution, restricted and stopped as percentages' }).prefault({});
}

const symbols = z
  .array(z.string({ error: 'a symbol' }).min(1, { error: 'a symbol' }), { error: 'a list of symbols' })
  .min(1, { error: 'at least one symbol' });

const group = mapping({ of: symbols, most: percentText('1%', '100%') });

const cluster = mapping({
  correlation: percentText('1%', '100%').prefault('80%'),
  window: wholeNumber(20, 500).prefault(60),
  most: percentText('1%', '100%'),
});

const loss = percentText('0.1%', '100%').optional();
const stress = mapping({
  day: loss,
  week: loss,
  shock: loss,
  correlated: loss,
});

export const limitsSchema = mapping({
  'order-notional': usdText('1', '100000000').prefault('100000 USD'),
  'order-shares': wholeNumber(1, 100_000_000).prefault(100_000),
  orders: wholeNumber(1, 1_000).prefault(50),
  'session-orders': wholeNumber(1, 10_000).prefault(500),
  position: percentText('1%', '100%').optional(),
  groups: z.record(name, group, { error: 'a mapping of names to groups' }).optional(),
  cluster: cluster.optional(),
  net: percentText('0%', '100%').prefault('100%'),
  short: percentText('0%', '100%').prefault('0%'),
  volume: percentOrOff('0.01%', '1%'),
  turnover: percentText('1%', '100%').prefault('100%'),
  'day-turnover': percentText('1%', '100%').prefault('100%'),
  'price-move': percentOrOff('1%', '25%'),
  'margin-buffer': percentText('0%', '90%').prefault('0%'),
  'day-trades': z.enum(DAY_TRADE_LIMITS, { error: 'by-date, refuse or allow' }).prefault('by-date'),
  breaker: mapping({
    'day-loss': losses('2%', '3%', '5%'),
    drawdown: losses('10%', '15%', '20%'),
  }).prefault({}),
  stress: stress.optional(),
});

type LimitsFields = z.output<typeof limitsSchema>;

/** @param positionMaxOf for a file that sets no `position`: what its own weights allow. */
export function limitsOf(fields: LimitsFields, positionMaxOf: Readonly<Record<string, Ppm>>): Limits {
  const { position, groups, cluster: together, volume, 'price-move': priceMove, breaker, stress: scenarios } = fields;
  return {
    orderNotionalMax: fields['order-notional'],
    orderSharesMax: BigInt(fields['order-shares']) * NANOS_PER_SHARE,
    ordersMax: fields.orders,
    sessionOrdersMax: fields['session-orders'],
    positionMax: position ?? POSITION_MAX_DEFAULT,
    ...(position === undefined ? { positionMaxOf } : {}),
    ...(groups === undefined ? {} : { groups: Object.entries(groups).map(([name, { of, most }]) => ({ name, of, max: most })) }),
    ...(together === undefined ? {} : { cluster: { correlation: together.correlation, window: together.window, max: together.most } }),
    netMax: fields.net,
    shortMax: fields.short,
    ...(volume === 'off' ? {} : { volumeMax: volume }),
    turnoverMax: fields.turnover,
    dayTurnoverMax: fields['day-turnover'],
    ...(priceMove === 'off' ? {} : { priceMoveMax: priceMove }),
    marginBuffer: fields['margin-buffer'],
    dayTrades: fields['day-trades'],
    breaker: breakerOf(breaker),
    ...(scenarios === undefined ? {} : { stress: stressOf(scenarios) }),
  };
}

function breakerOf({ 'day-loss': dayLoss, drawdown }: LimitsFields['breaker']): BreakerLimits {
  const inForce = (levels: LossLimits | 'off'): LossLimits | undefined => (levels === 'off' ? undefined : levels);
  const [day, down] = [inForce(dayLoss), inForce(drawdown)];
  return { ...(day === undefined ? {} : { dayLoss: day }), ...(down === undefined ? {} : { drawdown: down }) };
}

function stressOf({ day, week, shock, correlated }: NonNullable<LimitsFields['stress']>): StressLimits {
  return {
    ...(day === undefined ? {} : { day }),
    ...(week === undefined ? {} : { week }),
    ...(shock === undefined ? {} : { shock }),
    ...(correlated === undefined ? {} : { correlated }),
  };
}
