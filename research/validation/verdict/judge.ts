// The verdict on a claim: the first of four words that the evidence allows, with the figures that decided it. The order and the
// thresholds are fixed here and nowhere else; see docs/guides/validation.md.
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
  return [
    ...when(barsNeeded !== null && bars < barsNeeded, 'record-too-short', bars, barsNeeded ?? 0),
    ...when(!(yearsOutOfSample >= 1), 'too-short-out-of-sample', yearsOutOfSample, 1),
  ];
}

/** Economic, statistical, robustness: kinds that do not follow from each other. What is not defined fails nothing here. */
function failuresByKind({ netExcess, deflatedSharpe, netAtDoubleSlippage, overfitting }: Evidence): readonly (readonly Reason[])[] {
  return [
    when(netExcess !== null && netExcess <= 0, 'no-excess', netExcess, 0),
    when(deflatedSharpe !== null && deflatedSharpe < 0.5, 'worse-than-luck', deflatedSharpe, 0.5),
    [
      ...when(netAtDoubleSlippage !== null && netAtDoubleSlippage < 0, 'lost-at-double-slippage', netAtDoubleSlippage, 0),
      ...when(overfitting !== null && overfitting > 0.5, 'over-fitted', overfitting, 0.5),
    ],
  ];
}

interface Condition extends Reason {
  readonly isMet: boolean;
}

function scaleConditions(evidence: Evidence): readonly Condition[] {
  const { deflatedSharpe, overfitting, superiorP, netAtDoubleSlippage, holdout, trades, rebalances } = evidence;
  const openings = holdout?.openings ?? 0;
  const netReturn = holdout?.netReturn ?? null;
  const isFrequent = trades >= 100 || rebalances >= 60;
  return [
    condition('deflated-sharpe', deflatedSharpe, 0.95, (figure) => figure >= 0.95),
    // Of one variant nothing was picked, so nothing can be over-fitted by picking.
    ...(overfitting === null ? [] : [condition('overfitting', overfitting, 0.2, (figure) => figure <= 0.2)]),
    condition('superior-to-benchmark', superiorP, 0.05, (figure) => figure <= 0.05),
    // The count that is met, or else the one of trades.
    trades < 100 && isFrequent
      ? condition('trades-or-rebalances', rebalances, 60, () => true)
      : condition('trades-or-rebalances', trades, 100, () => isFrequent),
    condition('double-slippage', netAtDoubleSlippage, 0, (figure) => figure > 0),
    condition('holdout-opened-once', openings, 1, (figure) => figure === 1),
    condition('holdout-positive', netReturn, 0, (figure) => figure > 0),
  ];
}

function condition(code: ScaleCode, figure: number | null, threshold: number, is: (figure: number) => boolean): Condition {
  return { code, figure, threshold, isMet: figure !== null && is(figure) };
}

function reasonOf({ code, figure, threshold }: Condition): Reason {
  return { code, figure, threshold };
}

function when(holds: boolean, code: ReasonCode, figure: number | null, threshold: number): readonly Reason[] {
  return holds ? [{ code, figure, threshold }] : [];
}
