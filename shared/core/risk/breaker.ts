// The breakers: what was lost in a day and since the high-water mark, net of deposits and withdrawals, and the level that
// follows. A level only ever rises here: down is a person's word. It refuses to know where the figures are kept.
import type { MicroUsd } from '../values/money.ts';
import { divide, larger } from '../values/rounding.ts';
import type { NewYorkDate } from '../values/time.ts';
import { type Ppm, weightOf } from '../values/weight.ts';
import type { BreakerLimits, LossLimits } from './limits.ts';

/**
 * - `caution`: what makes positions larger is held to half of the turnover limit
 * - `restricted`: nothing may make a position larger
 * - `stopped`: nothing is traded, and the kill switch of the portfolio is on
 */
export const BREAKER_LEVELS = ['normal', 'caution', 'restricted', 'stopped'] as const;
export type BreakerLevel = (typeof BREAKER_LEVELS)[number];

/** How the breaker stands, and what of. */
export interface BreakerView {
  readonly level: BreakerLevel;
  /** The largest equity so far, as if today's transfers had been there then. */
  readonly mark: MicroUsd;
  /** Equity at the close of the session before, in the same way; left out where nobody knows it. */
  readonly dayOpen?: MicroUsd;
  readonly equity: MicroUsd;
  readonly drawdown: Ppm;
  readonly dayLoss: Ppm;
}

/** What is kept of a portfolio from one look to the next. */
export interface BreakerStanding {
  /** The largest equity so far: as it would have been with the transfers that came since. */
  readonly mark: MicroUsd;
  /** All deposits less all withdrawals that `mark` and `day` know of. */
  readonly transfers: MicroUsd;
  readonly level: BreakerLevel;
  /** What a day's loss is measured against; 0 where a person said that this session's does not count. */
  readonly day?: { readonly session: NewYorkDate; readonly equity: MicroUsd };
}

export interface BreakerLook {
  readonly session: NewYorkDate;
  readonly equity: MicroUsd;
  /** Equity at the close of the session before; left out where the broker does not say. */
  readonly lastEquity?: MicroUsd;
  /** All deposits less all withdrawals so far. */
  readonly transfers: MicroUsd;
  /** Those since the close of the session before. */
  readonly transfersSinceClose: MicroUsd;
}

/**
 * A transfer moves the mark and the day's opening in proportion, so that it is neither a gain nor a loss: with 90 left of a
 * mark of 100, a deposit of 90 makes it 180 of 200. Where the portfolio was worth nothing before a deposit, it begins anew.
 */
export function followBreaker(
  before: BreakerStanding | undefined,
  { session, equity, lastEquity, transfers, transfersSinceClose }: BreakerLook,
  limits: BreakerLimits = {},
): { readonly standing: BreakerStanding; readonly view: BreakerView } {
  const moved = (amount: MicroUsd, transferred: MicroUsd): MicroUsd => withTransfer(amount, transferred, equity);
  const flow = before === undefined ? 0n : transfers - before.transfers;
  const mark = larger(before === undefined ? equity : moved(before.mark, flow), equity);
  const sameDay = before?.day?.session === session ? before.day : undefined;
  const known = lastEquity === undefined ? undefined : moved(lastEquity, transfersSinceClose);
  const dayOpen = sameDay === undefined ? known : moved(sameDay.equity, flow);
  const drawdown = lossOf(equity, mark);
  const dayLoss = dayOpen === undefined ? 0n : lossOf(equity, dayOpen);
  const level = levelAfter(before?.level ?? 'normal', { drawdown, dayLoss }, limits);
  return {
    standing: { mark, transfers, level, ...(dayOpen === undefined ? {} : { day: { session, equity: dayOpen } }) },
    view: { level, mark, equity, drawdown, dayLoss, ...(dayOpen === undefined ? {} : { dayOpen }) },
  };
}

/** The level that stands, or a higher one. */
export function levelAfter(before: BreakerLevel, losses: Pick<BreakerView, 'drawdown' | 'dayLoss'>, limits: BreakerLimits): BreakerLevel {
  return [levelOf(losses.dayLoss, limits.dayLoss), levelOf(losses.drawdown, limits.drawdown)].reduce(higher, before);
}

/** Rounded up, and nothing where there was nothing to lose. */
export function lossOf(equity: MicroUsd, from: MicroUsd): Ppm {
  return from <= 0n || equity >= from ? 0n : weightOf(from - equity, from, 'ceil');
}

export function isAtLeast(level: BreakerLevel, least: BreakerLevel): boolean {
  return BREAKER_LEVELS.indexOf(level) >= BREAKER_LEVELS.indexOf(least);
}

/** Begun anew by a person: the next look takes the equity of its time as the mark, and the loss of this session is forgiven. */
export function forgiven({ transfers }: BreakerStanding, session: NewYorkDate): BreakerStanding {
  return { mark: 0n, transfers, level: 'normal', day: { session, equity: 0n } };
}

/** Confirmed by a person: what was lost since the mark still counts. */
export function confirmed(standing: BreakerStanding): BreakerStanding {
  return { ...standing, level: 'normal' };
}

/** What is stored of both is the same. */
export function isSameStanding(a: BreakerStanding | undefined, b: BreakerStanding | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const isSameDay = a.day?.session === b.day?.session && a.day?.equity === b.day?.equity;
  return a.mark === b.mark && a.transfers === b.transfers && a.level === b.level && isSameDay;
}

function levelOf(loss: Ppm, limits: LossLimits | undefined): BreakerLevel {
  if (limits === undefined) return 'normal';
  if (loss >= limits.stopped) return 'stopped';
  if (loss >= limits.restricted) return 'restricted';
  return loss >= limits.caution ? 'caution' : 'normal';
}

function higher(a: BreakerLevel, b: BreakerLevel): BreakerLevel {
  return isAtLeast(b, a) ? b : a;
}

/** Rounded up: a larger mark is the careful one. */
function withTransfer(amount: MicroUsd, transferred: MicroUsd, equity: MicroUsd): MicroUsd {
  const without = equity - transferred;
  if (transferred === 0n || amount === 0n) return amount;
  return without > 0n && equity > 0n ? divide(amount * equity, without, 'ceil') : larger(equity, 0n);
}
