// What one recorded trade cost beside a backtest that fills at the price of the decision, told apart by cause. Amounts are dollars,
// above zero a cost. The parts add up to the whole, and what was not recorded is null, never nothing.
//
// Source: Perold (1988) for the whole; execution is told apart into half the quoted spread and what is left of it.
import type { OutcomeArtifact, PlanArtifact, Snapshot } from '../../shared/contracts/artifacts.ts';
import { filledQuantity, type Leg } from '../../shared/core/execution/leg.ts';
import type { Shortfall } from '../../shared/core/ledger/shortfall.ts';
import { midOf } from '../../shared/core/market/quote.ts';
import { NANOS_PER_SHARE } from '../../shared/core/values/shares.ts';
import { toFraction } from '../../shared/core/values/weight.ts';

export interface Attribution {
  readonly symbol: string;
  readonly side: Leg['side'];
  /** At the price of the decision, of what was filled. */
  readonly notional: number;
  /** From the decision to the first order. */
  readonly timing: number | null;
  /** Half of what bid and ask were apart at the decision. */
  readonly spread: number | null;
  /** What the fills were worse than that: the trade's own pressure, and how the market moved meanwhile. */
  readonly impact: number | null;
  readonly fees: number | null;
  /** What whole shares left out of the trade, by what the price did until the run's end. */
  readonly rounding: number | null;
  /** What was planned and not filled, likewise. */
  readonly unfilled: number | null;
}

export const CAUSES = ['timing', 'spread', 'impact', 'fees', 'rounding', 'unfilled'] as const;
export type Cause = (typeof CAUSES)[number];

export interface TradedRun {
  readonly snapshot: Snapshot;
  readonly plan: PlanArtifact;
  readonly outcome: OutcomeArtifact;
}

const MICROS = 1_000_000;
const NANOS = Number(NANOS_PER_SHARE);
/** In shares: sums of floats that should be equal are off by less. */
const NOISE = 1e-8;

export function attributeTrade(leg: Leg, { snapshot, plan, outcome }: TradedRun): Attribution {
  const { symbol, side } = leg;
  const decision = Number(leg.decision ?? leg.arrival) / MICROS;
  const filled = Number(filledQuantity(leg)) / NANOS;
  const ended = outcome.outcome.trades.find((each) => each.symbol === symbol && each.side === side);
  const shortfall = ended?.shortfall;
  const half = halfSpread(symbol, snapshot);
  const execution = dollars(shortfall?.execution);
  const spread = half === null ? null : half * (Number(leg.entry ?? leg.decision ?? leg.arrival) / MICROS) * filled;
  return {
    symbol,
    side,
    notional: decision * filled,
    timing: dollars(shortfall?.delay),
    spread,
    impact: spread === null || execution === null ? null : execution - spread,
    fees: dollars(shortfall?.fees),
    rounding: roundingOf(leg, decision, plan, outcome),
    unfilled: unfilledOf(shortfall),
  };
}

/** As a part of the mid; null where no quote was archived. */
export function halfSpread(symbol: string, { quotes }: Pick<Snapshot, 'quotes'>): number | null {
  const quote = quotes.find((each) => each.symbol === symbol);
  return quote === undefined || quote.bid <= 0n ? null : Number(quote.ask - quote.bid) / 2 / Number(midOf(quote));
}

function dollars(micros: bigint | undefined): number | null {
  return micros === undefined ? null : Number(micros) / MICROS;
}

function unfilledOf(shortfall: Shortfall | undefined): number | null {
  return dollars(shortfall?.opportunity);
}

/** Of trades that aim at their target: what a limit cut off is more than a share, and no rounding. */
function roundingOf(leg: Leg, decision: number, { plan }: PlanArtifact, outcome: OutcomeArtifact): number | null {
  const line = plan.lines.find(({ symbol }) => symbol === leg.symbol);
  const end = endPrice(leg.symbol, outcome);
  if (line === undefined) return null;
  const wanted = Math.abs((toFraction(line.target) * Number(plan.equity) - Number(line.value)) / MICROS / decision);
  const left = wanted - Number(leg.quantity) / NANOS;
  if (Math.abs(left) >= 1 || Math.abs(left) < NOISE) return 0;
  return end === null ? null : (leg.side === 'buy' ? 1 : -1) * left * (end - decision);
}

/** As the outcome valued what is held; null where nothing is. */
function endPrice(symbol: string, { outcome, positions }: OutcomeArtifact): number | null {
  const value = outcome.lines.find((line) => line.symbol === symbol)?.value;
  const quantity = positions.find((position) => position.symbol === symbol)?.quantity ?? 0n;
  return value === undefined || quantity === 0n ? null : Number(value) / MICROS / (Number(quantity) / NANOS);
}
