// The verdict on a claim: the first of four words that the evidence allows, with the figures that decided it. The order is fixed
// here and nowhere else, the thresholds are those of thresholds.ts; see docs/guides/validation.md.
import {
  CHANCE_MAX,
  CONFIDENCE,
  DEFLATED_SHARPE_KILL,
  OVERFITTING_KILL,
  OVERFITTING_MAX,
  REBALANCES_MIN,
  TRADES_MIN,
  YEARS_OUT_OF_SAMPLE_MIN,
} from '../thresholds.ts';
import type { Evidence } from './evidence.ts';

export const VERDICTS = ['INSUFFICIENT', 'KILL', 'SCALE', 'ITERATE'] as const;
export type VerdictWord = (typeof VERDICTS)[number];

export interface Verdict {
  readonly verdict: VerdictWord;
  /**
   * Of INSUFFICIENT what is too short, of KILL what failed, of SCALE every condition, of ITERATE the conditions that are not met.
   */
  readonly reasons: readonly Reason[];
}

/** `figure` against `threshold`, in the same unit; a figure that is not defined is null and meets nothing. */
export interface Reason {
  readonly code: ReasonCode;
  readonly figure: number | null;
  readonly threshold: number;
}

export type ReasonCode = ShortCode | KillCode | ScaleCode;
/** Bars; years. */
type ShortCode = 'record-too-short' | 'too-short-out-of-sample';
/** A year; probability; a year; probability. */
type KillCode = 'no-excess' | 'worse-than-luck' | 'lost-at-double-slippage' | 'over-fitted';
type ScaleCode =
  | 'claimed-sharpe'
  | 'deflated-sharpe'
  | 'overfitting'
  | 'superior-to-benchmark'
  | 'trades-or-rebalances'
  | 'double-slippage'
  | 'holdout-opened-once'
  | 'holdout-positive';

/** A claim, never a policy: fixed weights claim no edge and need no verdict. */
export function judge(evidence: Evidence): Verdict {
  const short = tooShort(evidence);
  if (short.length > 0) return { verdict: 'INSUFFICIENT', reasons: short };
  const failures = failuresByKind(evidence);
  if (failures.filter((kind) => kind.length > 0).length >= 2) return { verdict: 'KILL', reasons: failures.flat() };
  const conditions = scaleConditions(evidence);
  const shortfalls = conditions.filter(({ isMet }) => !isMet);
  if (shortfalls.length > 0) return { verdict: 'ITERATE', reasons: shortfalls.map(reasonOf) };
  return { verdict: 'SCALE', reasons: conditions.map(reasonOf) };
}

/** A record that shows no more than is claimed has no minimum length: it is judged as it is. */
function tooShort({ record: { bars, barsNeeded, yearsOutOfSample } }: Evidence): readonly Reason[] {
  return failed([
    ...(barsNeeded === null ? [] : [condition('record-too-short', bars, 'at-least', barsNeeded)]),
    condition('too-short-out-of-sample', yearsOutOfSample, 'at-least', YEARS_OUT_OF_SAMPLE_MIN),
  ]);
}

/** Economic, statistical, robustness: kinds that do not follow from each other. What is not defined fails nothing here. */
function failuresByKind({ netExcess, deflatedSharpe, netAtDoubleSlippage, overfitting }: Evidence): readonly (readonly Reason[])[] {
  return [
    failed([condition('no-excess', netExcess, 'above', 0)]),
    failed([condition('worse-than-luck', deflatedSharpe, 'at-least', DEFLATED_SHARPE_KILL)]),
    failed([
      condition('lost-at-double-slippage', netAtDoubleSlippage, 'at-least', 0),
      condition('over-fitted', overfitting, 'at-most', OVERFITTING_KILL),
    ]),
  ];
}

function scaleConditions(evidence: Evidence): readonly Condition[] {
  const { record, deflatedSharpe, overfitting, superiorP, netAtDoubleSlippage, holdout, trades, rebalances } = evidence;
  return [
    condition('claimed-sharpe', record.sharpe, 'at-least', record.claimedSharpe),
    condition('deflated-sharpe', deflatedSharpe, 'at-least', CONFIDENCE),
    // Of one variant nothing was picked, so nothing can be over-fitted by picking.
    ...(overfitting === null ? [] : [condition('overfitting', overfitting, 'at-most', OVERFITTING_MAX)]),
    condition('superior-to-benchmark', superiorP, 'at-most', CHANCE_MAX),
    // The count that is met, or else the one of trades.
    trades < TRADES_MIN && rebalances >= REBALANCES_MIN
      ? condition('trades-or-rebalances', rebalances, 'at-least', REBALANCES_MIN)
      : condition('trades-or-rebalances', trades, 'at-least', TRADES_MIN),
    condition('double-slippage', netAtDoubleSlippage, 'above', 0),
    condition('holdout-opened-once', holdout?.openings ?? 0, 'exactly', 1),
    condition('holdout-positive', holdout?.netReturn ?? null, 'above', 0),
  ];
}

interface Condition extends Reason {
  readonly isMet: boolean;
}

const RELATIONS = {
  'at-least': (figure: number, threshold: number) => figure >= threshold,
  'at-most': (figure: number, threshold: number) => figure <= threshold,
  above: (figure: number, threshold: number) => figure > threshold,
  exactly: (figure: number, threshold: number) => figure === threshold,
} as const;

/** @param relation of the figure to the threshold, where it is met. */
function condition(code: ReasonCode, figure: number | null, relation: keyof typeof RELATIONS, threshold: number): Condition {
  return { code, figure, threshold, isMet: figure !== null && RELATIONS[relation](figure, threshold) };
}

/** Those whose figure is defined, and does not meet them. */
function failed(conditions: readonly Condition[]): readonly Reason[] {
  return conditions.filter(({ figure, isMet }) => figure !== null && !isMet).map(reasonOf);
}

function reasonOf({ code, figure, threshold }: Condition): Reason {
  return { code, figure, threshold };
}
