// A verdict document, as a judge would write it.
import type { VerdictDocument } from '../../shared/contracts/hypothesis/verdict-document.ts';

export function aVerdict(changed: Partial<VerdictDocument> = {}): VerdictDocument {
  return {
    format: 'evenkeel-verdict-1',
    hypothesis: 'rotation',
    claim: 'last year’s winner goes on winning',
    document: 'a'.repeat(64),
    strategy: { hash: 'b'.repeat(64), parameters: { 'tree.filter.by.cumulative-return': 20 } },
    benchmark: 'SPY',
    data: { research: 'c'.repeat(64), whole: 'd'.repeat(64) },
    holdout: { first: '2020-01-01', last: '2021-12-31' },
    code: { version: '0.1.0', source: 'e'.repeat(64) },
    ledger: { entries: 7, head: 'f'.repeat(64) },
    judged: { at: 1_700_000_000_000, by: 'anna' },
    verdict: 'KILL',
    reasons: [
      { code: 'no-excess', figure: -0.02, threshold: 0 },
      { code: 'worse-than-luck', figure: 0.1, threshold: 0.5 },
    ],
    evidence: {
      record: { bars: 2_520, barsAYear: 252, yearsOutOfSample: 2, sharpe: 0.1, claimedSharpe: 0.5, barsNeeded: null },
      trials: { count: 3, effective: 2.5, variance: 0.001, max: 20 },
      netExcess: -0.02,
      netAtDoubleSlippage: 0.01,
      deflatedSharpe: 0.1,
      overfitting: 0.4,
      superiorP: 0.8,
      trades: 150,
      rebalances: 60,
      holdout: { openings: 1, netReturn: 0.03 },
    },
    decisions: '9'.repeat(64),
    ...changed,
  };
}
