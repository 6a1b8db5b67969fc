// The same variant under other terms, or over another period, is another trial; asked again as before it is none.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type BacktestOptions, USUAL_COSTS, USUAL_OPTIONS } from '../../../../research/backtest/backtest-options.ts';
import { countTrials, variantOf } from '../../../../research/validation/trials/count-trials.ts';
import { countOfTrials } from '../../../../research/validation/trials/trial-count.ts';
import { otherTerms, termsOf } from '../../../../research/validation/trials/trial-terms.ts';
import { FileTrialLedger } from '../../../../shared/adapters/local/file-trial-ledger.ts';
import { encodeTrialEntry, trialEntryAfter, triedAs } from '../../../../shared/contracts/trial-entries.ts';
import { aRegistration, aTrial } from '../../../builders/trials.ts';

const folder = mkdtempSync(join(tmpdir(), 'evenkeel-terms-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const strategy = 'c'.repeat(64);
const DOUBLE: BacktestOptions = { ...USUAL_OPTIONS, costs: { ...USUAL_COSTS, halfSpreadBps: 4 } };
/** The holdout of the registration begins with 2020. */
const DATES = ['2015-01-02', '2019-06-28', '2019-12-31', '2020-01-02'] as const;
let ledger = new FileTrialLedger(join(folder, '0'));
let files = 0;
beforeEach(() => {
  files += 1;
  ledger = new FileTrialLedger(join(folder, String(files)));
});

async function under(options: BacktestOptions, percent = 1): Promise<void> {
  const terms = otherTerms(await ledger.entries('momentum'), options, DATES);
  const subject = { ledger, clock: { now: () => 5_000 }, hypothesis: 'momentum', strategy, terms };
  const span = { first: options.from ?? DATES[0], last: options.to ?? '2019-12-31' } as const;
  await countTrials(subject, async () => Float64Array.of(0.01, 0))({ percent }, span);
}
const counted = async () => countOfTrials(await ledger.entries('momentum'));

describe('the name of a trial', () => {
  it('is under the registered terms what it always was', () => {
    // Written down before terms were a part of it.
    const golden = 'cb35c0ad35053283beb5e5d03d23383f667ea10ade58e4d737e7be28b989b4e0';
    expect(variantOf(strategy, { 'tree.filter.top': '1', 'tree.filter.by.cumulative-return': '20.0' })).toBe(golden);
    expect(triedAs({ variant: golden })).toBe(golden);
    expect(triedAs({ variant: golden, terms: termsOf(DOUBLE) })).not.toBe(golden);
  });

  it('leaves every entry of a ledger that knows no terms as it is, with its hash', () => {
    const registered = trialEntryAfter(undefined, aRegistration(), 1_000);
    const trial = trialEntryAfter(registered, aTrial(), 2_000);
    expect(trial.hash).toBe('f8dc3b4dc728e5abe7ba3a2cd2878b95743f3c2c9375818ab5c8470a551f9134');
    expect(encodeTrialEntry(trial)).not.toContain('terms');
  });
});

describe('the terms of a trial', () => {
  it.each<[string, BacktestOptions]>([
    ['twice the spread', DOUBLE],
    ['another slippage', { ...USUAL_OPTIONS, costs: { ...USUAL_COSTS, slippage: 2 } }],
    ['another cash rate', { ...USUAL_OPTIONS, cash: { kind: 'annual', rate: 0.02 } }],
    ['a cash rate of each day', { ...USUAL_OPTIONS, cash: { kind: 'daily', dates: ['2015-01-02'], rates: Float64Array.of(0) } }],
    ['another fill', { ...USUAL_OPTIONS, fill: 'next-open' }],
    ['other capital, on which impact depends', { ...USUAL_OPTIONS, equity: 1_000_000 }],
    ['a later beginning', { ...USUAL_OPTIONS, from: '2016-01-04' }],
    ['an earlier end', { ...USUAL_OPTIONS, to: '2019-06-28' }],
  ])('are others with %s: a second trial, and none when it is asked again', async (_, options) => {
    await ledger.append([aRegistration({ terms: termsOf(USUAL_OPTIONS) })], 1_000);
    await under(USUAL_OPTIONS);
    expect(await counted()).toMatchObject({ variants: 1, evaluations: 1 });
    await under(options);
    expect(await counted()).toMatchObject({ variants: 2, evaluations: 2 });
    await under(options);
    await under(USUAL_OPTIONS);
    expect(await counted()).toMatchObject({ variants: 2, evaluations: 4 });
  });

  it('are the registered ones up to any day with no close between it and the holdout', async () => {
    await ledger.append([aRegistration()], 1_000);
    const entries = await ledger.entries();
    for (const to of ['2019-12-31', '2020-01-01'] as const) expect(otherTerms(entries, { ...USUAL_OPTIONS, to }, DATES)).toBeUndefined();
    expect(otherTerms(entries, { ...USUAL_OPTIONS, to: '2019-12-30' }, DATES)).toContain('"to":"2019-12-30"');
  });

  it('are those of the registration, and the usual ones of one that does not say', async () => {
    const registered = async (terms?: string) => {
      const other = new FileTrialLedger(join(folder, `${files}-${terms === undefined ? 'old' : 'new'}`));
      await other.append([aRegistration(terms === undefined ? {} : { terms })], 1_000);
      return other.entries();
    };
    expect(otherTerms(await registered(termsOf(DOUBLE)), DOUBLE, DATES)).toBeUndefined();
    expect(otherTerms(await registered(termsOf(DOUBLE)), USUAL_OPTIONS, DATES)).toBe(termsOf(USUAL_OPTIONS));
    expect(otherTerms(await registered(), USUAL_OPTIONS, DATES)).toBeUndefined();
    expect(otherTerms(await registered(), DOUBLE, DATES)).toBe(termsOf(DOUBLE));
    expect(otherTerms([], DOUBLE, DATES)).toBeUndefined();
  });

  it('use up the budget', async () => {
    await ledger.append([aRegistration({ trialsMax: 2 })], 1_000);
    await under(USUAL_OPTIONS);
    await under(DOUBLE);
    await expect(under({ ...DOUBLE, equity: 1 })).rejects.toMatchObject({ code: 'over-budget' });
    await under(DOUBLE);
    expect(await counted()).toMatchObject({ variants: 2, evaluations: 3, trialsMax: 2 });
  });

  it('tell two hypotheses of one search apart that were registered under others', async () => {
    const strategyHash = 'e'.repeat(64);
    const one = [
      aRegistration({ hypothesis: 'one' }),
      aTrial({ hypothesis: 'one', variant: '1'.repeat(64), strategy: strategyHash }),
    ] as const;
    const two = (terms: string) =>
      [
        aRegistration({ hypothesis: 'two', terms }),
        aTrial({ hypothesis: 'two', variant: '2'.repeat(64), strategy: strategyHash }),
      ] as const;
    const countOf = async (terms: string) => {
      const both = new FileTrialLedger(join(folder, `${files}-${terms.length}`));
      await both.append([...one, ...two(terms)], 1_000);
      return countOfTrials(await both.entries()).variants;
    };
    expect(await countOf(termsOf(USUAL_OPTIONS))).toBe(1);
    expect(await countOf(termsOf({ ...DOUBLE, equity: 5 }))).toBe(2);
  });
});
