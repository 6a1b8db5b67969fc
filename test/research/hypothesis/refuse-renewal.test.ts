// A verdict goes on for other code only where that decides the same on the same prices, and nothing is tried for it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DecisionsOf, sleeveDecisions } from '../../../research/backtest/sleeve-decisions.ts';
import { judgeClaim } from '../../../research/hypothesis/judge-claim.ts';
import { refuseRenewal } from '../../../research/hypothesis/refuse-renewal.ts';
import { tryVariants } from '../../../research/hypothesis/try-variants.ts';
import { FileTrialLedger } from '../../../shared/adapters/local/file-trial-ledger.ts';
import type { VerdictDocument } from '../../../shared/contracts/hypothesis/verdict-document.ts';
import type { TrialEntry } from '../../../shared/contracts/trial-entries.ts';
import type { DailySeries } from '../../../shared/core/market/bar.ts';
import { aVerdict } from '../../builders/verdicts.ts';
import { aClaim, turningPrices } from './claims.ts';

const SERIES = turningPrices(0.002);
const claim = aClaim(SERIES);
let verdict: VerdictDocument;
let entries: readonly TrialEntry[];

const folder = mkdtempSync(join(tmpdir(), 'evenkeel-renewal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(async () => {
  const ledger = new FileTrialLedger(join(folder, 'trials.jsonl'));
  const clock = { now: () => 5_000 };
  await tryVariants(claim, { ledger, clock });
  const judged = await judgeClaim(claim, 'anna', { ledger, clock });
  if (judged.kind === 'refused') throw new Error(judged.detail);
  entries = await ledger.entries();
  verdict = aVerdict({
    hypothesis: 'rotation',
    document: claim.registration,
    strategy: { hash: judged.chosen.hash, parameters: { ...judged.chosen.candidate } },
    data: judged.data,
    decisions: judged.decisions,
    ledger: { entries: entries.length, head: entries.at(-1)?.hash ?? '' },
  });
}, 60_000);

/** Other code: it decides once a week, and in the last one holds nothing. */
const otherCode: DecisionsOf = (sleeve, market) => {
  const made = sleeveDecisions(sleeve, market);
  const last = market.table.dates.length - 7;
  return {
    ...made,
    decide: (prior, day, session) => {
      const decision = made.decide(prior, day, session);
      return decision.kind === 'undefined' || day < last ? decision : { ...decision, targets: { weights: [], cash: 1_000_000n } };
    },
  };
};
const changedClose = (series: readonly DailySeries[], date: string): DailySeries[] =>
  series.map(({ symbol, bars }) => ({ symbol, bars: bars.map((bar) => (bar.date === date ? { ...bar, close: bar.close * 1.001 } : bar)) }));

describe('a renewal', () => {
  it('is refused to nobody whose code decides the same, also with prices of later days', () => {
    expect(refuseRenewal(claim, verdict, entries)).toBeUndefined();
    const later = SERIES.map(({ symbol, bars }) => ({ symbol, bars: [...bars, { date: '2020-01-02' as const, close: 100 }] }));
    expect(refuseRenewal({ ...claim, series: later }, verdict, entries)).toBeUndefined();
  });

  it('is refused to code that decides one day otherwise, and to code that decides nothing', () => {
    expect(refuseRenewal(claim, verdict, entries, otherCode)).toMatchObject({
      code: 'decides-otherwise',
      detail: expect.stringContaining('judged anew, under a new name'),
    });
    expect(refuseRenewal(claim, { ...verdict, decisions: '0'.repeat(64) }, entries)).toMatchObject({ code: 'decides-otherwise' });
    const never: DecisionsOf = (sleeve, market) => ({
      ...sleeveDecisions(sleeve, market),
      decide: () => ({ kind: 'undefined', symbol: 'VTI', metric: 'close', detail: 'is none' }),
    });
    expect(refuseRenewal(claim, verdict, entries, never)).toMatchObject({ code: 'decides-otherwise' });
  });

  it('is refused with other prices, before the holdout and in it', () => {
    for (const date of ['2015-06-15', '2018-06-15'])
      expect(refuseRenewal({ ...claim, series: changedClose(SERIES, date) }, verdict, entries)).toMatchObject({ code: 'other-data' });
  });

  it('is refused to another claim, another strategy, and without the trials that it names', () => {
    expect(refuseRenewal(claim, { ...verdict, hypothesis: 'other' }, entries)).toMatchObject({ code: 'other-claim' });
    expect(refuseRenewal({ ...claim, registration: '0'.repeat(64) }, verdict, entries)).toMatchObject({ code: 'other-claim' });
    const fewer = { ...claim, variants: claim.variants.filter(({ hash }) => hash !== verdict.strategy.hash) };
    expect(refuseRenewal(fewer, verdict, entries)).toMatchObject({ code: 'other-strategy' });
    expect(refuseRenewal(claim, verdict, entries.slice(0, -1))).toMatchObject({ code: 'other-ledger' });
    expect(refuseRenewal(claim, verdict, [])).toMatchObject({ code: 'other-ledger' });
  });
});
