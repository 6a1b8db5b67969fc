// Whether a trade is cut into slices, how many, when, and how large each is. All of it in integers: the square root of the
// estimate is only taken for the record.
import type { Session } from '../market/calendar.ts';
import type { Quote } from '../market/quote.ts';
import type { Trade } from '../rebalance/plan.ts';
import type { MicroUsd } from '../values/money.ts';
import { divide, larger, smaller } from '../values/rounding.ts';
import { formatShares, NANOS_PER_SHARE, type NanoShares, notional, type ShareUnit } from '../values/shares.ts';
import type { EpochMs } from '../values/time.ts';
import { formatPercent, type Ppm, WHOLE } from '../values/weight.ts';
import { tempoBetween, volumeShare } from './day-profile.ts';
import type { Slice, SliceRules, Slicing } from './slicing.ts';

/** What is known of a symbol when its trade is cut. */
export interface Liquidity {
  /** The plan's. */
  readonly quote: Quote;
  /** Average volume of a session. */
  readonly volume?: NanoShares | undefined;
  /** Standard deviation of daily returns. */
  readonly volatility?: Ppm | undefined;
}

export interface SliceWindow {
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** What the price steps of one slice may take. */
  readonly sliceMs: number;
  readonly session: Pick<Session, 'open' | 'close'>;
}

export interface SliceUnits {
  readonly minimumTrade: MicroUsd;
  readonly shareUnit: ShareUnit;
}

/**
 * The estimated impact of a trade of Q is Y·σ·√(Q/ADV), the square-root law, with Y = 1: the upper end of what is measured
 * (0.5 to 1; Tóth et al. 2011, Phys. Rev. X 1:021006; Sato & Kanazawa 2024, arXiv 2411.13965), so that a doubt makes slices
 * rather than a mark. Beyond half the spread it is cut into the fewest slices whose own impact is within: (impact ÷ half the
 * spread)² of them, more where their caps ask for it, and never more than the rules, the time or the minimum trade allow.
 */
export function sliceTrade(trade: Trade, known: Liquidity, window: SliceWindow, units: SliceUnits, rules: SliceRules): Slicing {
  const { volume, volatility } = known;
  if (volume === undefined || volume === 0n) return { code: 'volume-unknown', figures: {} };
  if (volatility === undefined) return { code: 'volatility-unknown', figures: {} };
  const { bid, ask } = known.quote;
  const [spread, twiceMid] = [ask - bid, ask + bid];
  const impact = rootOf(divide(volatility * volatility * trade.quantity, volume, 'floor'));
  const halfSpread = divide(spread * WHOLE, twiceMid, 'floor');
  const figures = { impact: formatPercent(impact), halfSpread: formatPercent(halfSpread), averageVolume: formatShares(volume) };
  const above = (volatility * twiceMid) ** 2n * trade.quantity;
  const below = (spread * WHOLE) ** 2n * volume;
  if (above <= below) return { code: 'small-impact', figures };
  const most = Math.min(rules.slicesMax, Math.floor((window.to - window.from) / window.sliceMs));
  if (most < 2) return { code: 'no-time', figures };
  let count = 2;
  while (count < most && above > below * BigInt(count)) count += 1;
  const slices = fewest(count, most, trade, volume, window, units, rules);
  return slices === undefined ? { code: 'small-trade', figures } : { code: 'sliced', figures, slices };
}

/** As many as wanted, or more until the caps hold; fewer where one would be below the minimum. */
function fewest(
  wanted: number,
  most: number,
  trade: Trade,
  volume: NanoShares,
  window: SliceWindow,
  units: SliceUnits,
  rules: SliceRules,
): readonly Slice[] | undefined {
  const cut = (count: number) => cutInto(count, trade, volume, window, units, rules);
  const isWorthwhile = ({ slices }: Cut): boolean =>
    slices.every(({ quantity }) => quantity > 0n && notional(trade.arrival, quantity, 'half-even') >= units.minimumTrade);
  let count = wanted;
  while (count < most && !cut(count).isCapped && isWorthwhile(cut(count + 1))) count += 1;
  for (; count > 1; count -= 1) {
    const made = cut(count);
    if (isWorthwhile(made)) return made.slices;
  }
  return undefined;
}

interface Cut {
  readonly slices: readonly Slice[];
  /** Nothing is above its cap. */
  readonly isCapped: boolean;
}

/**
 * In equal intervals, each its part by the tempo of the day. What is above a cap goes to a later slice, else to an earlier
 * one. Where the caps have no room for all of it they give way together: how much may be traded at all is for the limits to
 * say, not for the slices.
 */
function cutInto(
  count: number,
  { quantity, position }: Trade,
  volume: NanoShares,
  { from, to, session }: SliceWindow,
  { shareUnit }: SliceUnits,
  { volumeMax, participationMax }: SliceRules,
): Cut {
  const unit = position === 'short' || shareUnit === 'whole' ? NANOS_PER_SHARE : 1n;
  const at = (place: number): EpochMs => from + Math.floor(((to - from) * place) / count);
  const tempo = tempoBetween(from, to, session);
  const capOf = (place: number): NanoShares => {
    const { part, whole } = volumeShare(at(place), at(place + 1), session);
    const cap = smaller((volume * volumeMax) / WHOLE, (volume * participationMax * part) / (WHOLE * whole));
    return cap - (cap % unit);
  };
  const caps = Array.from({ length: count }, (_, place) => capOf(place));
  const until = (place: number): NanoShares =>
    place === count ? quantity : divide(quantity * tempoBetween(from, at(place), session), tempo * unit, 'half-even') * unit;
  const even = caps.map((_, place) => until(place + 1) - until(place));
  const sizes = [...even];
  let excess = 0n;
  const fitInto = (place: number): void => {
    const size = (sizes[place] ?? 0n) + excess;
    sizes[place] = smaller(size, caps[place] ?? 0n);
    excess = larger(size - (caps[place] ?? 0n), 0n);
  };
  for (let place = 0; place < count; place += 1) fitInto(place);
  for (let place = count - 1; place >= 0 && excess > 0n; place -= 1) fitInto(place);
  const isCapped = excess === 0n;
  return { slices: (isCapped ? sizes : even).map((size, place) => ({ from: at(place), quantity: size })), isCapped };
}

/** The whole part of the square root (Newton). */
function rootOf(square: bigint): bigint {
  if (square < 2n) return square;
  let root = 1n << BigInt((square.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + square / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
