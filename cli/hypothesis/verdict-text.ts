// A verdict for people: the word, what it means for them, and each reason as a sentence with its figures.
import { REBALANCES_MIN } from '../../research/validation/thresholds.ts';
import { VERDICT_MEANS } from '../../research/validation/verdict/verdict-means.ts';
import type { VerdictDocument } from '../../shared/contracts/hypothesis/verdict-document.ts';
import type { Output } from '../output.ts';

type Reason = VerdictDocument['reasons'][number];

/** What the figure is, in its unit; `figure` and `threshold` are put in. */
const SENTENCES: Readonly<Record<string, (figure: string, threshold: string) => string>> = {
  'record-too-short': (figure, threshold) => `its record has ${figure} bars, and what it claims needs ${threshold}`,
  'too-short-out-of-sample': (figure, threshold) => `${figure} years are out of sample, of at least ${threshold}`,
  'no-excess': (figure) => `it earned ${figure} a year more than the benchmark (as a part of one), which is not more`,
  'worse-than-luck': (figure, threshold) => `that it beats the best of as many worthless tries is ${figure} probable, below ${threshold}`,
  'lost-at-double-slippage': (figure) => `at twice the slippage it earned ${figure} a year beyond cash: a loss`,
  'over-fitted': (figure, threshold) =>
    `the best of one half was below the median of the other in ${figure} of the splits, above ${threshold}`,
  'claimed-sharpe': (figure, threshold) => `its Sharpe ratio is ${figure} a year; ${threshold} is claimed`,
  'deflated-sharpe': (figure, threshold) =>
    `that it beats the best of as many worthless tries is ${figure} probable; ${threshold} is asked for`,
  overfitting: (figure, threshold) =>
    `the best of one half was below the median of the other in ${figure} of the splits; at most ${threshold} is asked for`,
  'superior-to-benchmark': (figure, threshold) =>
    `by luck alone the best would beat the benchmark so with p ${figure}; at most ${threshold} is asked for`,
  'trades-or-rebalances': (figure, threshold) =>
    `${figure} trades or rebalances; ${threshold} trades, or ${REBALANCES_MIN} rebalances, are asked for`,
  'double-slippage': (figure) => `at twice the slippage it earned ${figure} a year beyond cash; more than 0 is asked for`,
  'holdout-opened-once': (figure) => `its holdout was opened ${figure} times; once is asked for`,
  'holdout-positive': (figure) => `in the holdout it earned ${figure} beyond cash; more than 0 is asked for`,
};

export function verdictText(document: VerdictDocument, colors: Output['colors']): string {
  const { hypothesis, claim, verdict, reasons, evidence, strategy, judged, holdout, costs } = document;
  const paint = verdict === 'SCALE' ? colors.green : verdict === 'KILL' ? colors.red : colors.yellow;
  const parameters = Object.entries(strategy.parameters).map(([place, value]) => `${place} ${value}`);
  const { count, max } = evidence.trials;
  return [
    `${colors.bold(hypothesis)}: ${paint(verdict)}\n${VERDICT_MEANS[verdict]}`,
    `The claim: ${claim}`,
    reasons.map((reason) => `- ${reasonText(reason)}`).join('\n'),
    [
      `judged: ${parameters.length === 0 ? 'the strategy as it is' : parameters.join(', ')}, ${strategy.hash.slice(0, 12)}`,
      `tried: ${count} variants${max === null ? '' : ` of ${max} allowed`}; Sharpe ${shown(evidence.record.sharpe)} a year over ${evidence.record.bars} bars`,
      `holdout: ${holdout.first} to ${holdout.last}, ${shown(evidence.holdout?.netReturn ?? null)} beyond cash, opened by ${judged.by}`,
      ...(costs === undefined ? [] : [`costs: ${costsText(costs)}`]),
    ].join('\n'),
  ].join('\n\n');
}

/** What every figure is net of. */
export function costsText(costs: NonNullable<VerdictDocument['costs']>): string {
  const { 'half-spread-bps': spread, 'commission-bps': commission, 'borrow-bps': borrow, impact, fees } = costs;
  const paid = `half a spread of ${spread} bps, commission of ${commission} bps, impact ${impact}, borrowing at ${borrow} bps a year`;
  return `${paid}, ${fees === 'dated' ? 'fees by date' : 'no fees'}`;
}

/** A reason as a sentence with its figures. Bars are whole ones. */
export function reasonText({ code, figure, threshold: exact }: Reason): string {
  const threshold = code === 'record-too-short' && exact !== null ? Math.ceil(exact) : exact;
  return SENTENCES[code]?.(shown(figure), shown(threshold)) ?? `${code}: ${shown(figure)} against ${shown(threshold)}`;
}

function shown(figure: number | null): string {
  if (figure === null) return 'undefined';
  return Number.isInteger(figure) ? String(figure) : figure.toFixed(Math.abs(figure) < 10 ? 3 : 1);
}
