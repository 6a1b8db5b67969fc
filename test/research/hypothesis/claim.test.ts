// A claim is tried within its budget, never on its holdout, and judged once; what knows the future is caught.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type DecisionsOf, sleeveDecisions } from '../../../research/backtest/sleeve-decisions.ts';
import { type Claim, claimOptions } from '../../../research/hypothesis/claim.ts';
import { judgeClaim } from '../../../research/hypothesis/judge-claim.ts';
import { tryVariants } from '../../../research/hypothesis/try-variants.ts';
import { countTrials } from '../../../research/validation/trials/count-trials.ts';
import { countOfTrials } from '../../../research/validation/trials/trial-count.ts';
import { otherTerms } from '../../../research/validation/trials/trial-terms.ts';
import { FileTrialLedger } from '../../../shared/adapters/local/file-trial-ledger.ts';
import type { DailySeries } from '../../../shared/core/market/bar.ts';
import type { TrialLedger } from '../../../shared/ports/trial-ledger.ts';
import { aClaim, STRATEGY, turningPrices } from './claims.ts';

const folder = mkdtempSync(join(tmpdir(), 'evenkeel-claims-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
let ledger = new FileTrialLedger(join(folder, '0'));
beforeEach(() => {
  files += 1;
  ledger = new FileTrialLedger(join(folder, String(files)));
});
const clock = { now: () => 5_000 };
const edge = turningPrices(0.002);
const counted = async () => countOfTrials(await ledger.entries('rotation'));
const kinds = async () => (await ledger.entries()).map(({ fact }) => fact.kind);

/** Decides each day as if the next close were known. */
const peeking: DecisionsOf = (sleeve, market) => {
  const honest = sleeveDecisions(sleeve, market);
  return { ...honest, decide: (prior, day, session) => honest.decide(prior, Math.min(day + 1, market.table.dates.length - 1), session) };
};

/** Prices before the holdout as they are, after it as they are not. */
const otherHoldout = (series: readonly DailySeries[]): DailySeries[] =>
  series.map(({ symbol, bars }) => ({
    symbol,
    bars: bars.map((bar) => (bar.date < '2018-01-02' ? bar : { ...bar, close: bar.close * 3 })),
  }));

const judged = (claim: Claim) => judgeClaim(claim, 'anna', { ledger, clock });

describe('trying a claim', () => {
  it('registers it, and counts every variant before it begins', async () => {
    const tried = await tryVariants(aClaim(edge), { ledger, clock });
    expect(tried).toMatchObject({ kind: 'tried', failed: [] });
    expect(await kinds()).toEqual(['registered', 'trial', 'trial-ended', 'trial', 'trial-ended']);
    expect(await counted()).toMatchObject({ variants: 2, evaluations: 2, trialsMax: 5 });
  });

  it('never sees a price of the holdout: others there change nothing', async () => {
    const tried = await tryVariants(aClaim(edge), { ledger, clock });
    const other = await tryVariants(aClaim(otherHoldout(edge)), { ledger, clock });
    if (tried.kind === 'refused' || other.kind === 'refused') throw new Error('refused');
    expect(other.lived.map(({ result }) => result)).toEqual(tried.lived.map(({ result }) => result));
    expect(tried.lived.map(({ result }) => result.dates.at(-1))).toEqual(['2017-12-29', '2017-12-29']);
  });

  it('refuses other prices, another strategy under the name, and a variant over the budget', async () => {
    await tryVariants(aClaim(edge, { trials: 2 }), { ledger, clock });
    const [first, ...rest] = edge as [DailySeries, ...DailySeries[]];
    const changed = {
      symbol: first.symbol,
      bars: first.bars.map((bar, place) => (place === 9 ? { ...bar, close: bar.close + 0.01 } : bar)),
    };
    const mine = aClaim(edge, { trials: 2 });
    expect(await tryVariants({ ...mine, series: [changed, ...rest] }, { ledger, clock })).toMatchObject({ code: 'other-data' });
    const strategy = 'strategy: Other\nrebalance: none\ntree: { filter: { top: 1, by: { cumulative-return: 5 }, of: [VTI, BND] } }\n';
    expect(await tryVariants(aClaim(edge, { trials: 2, strategy }), { ledger, clock })).toMatchObject({ code: 'changed-since-registered' });
    const before = await kinds();
    const third = aClaim(edge, { trials: 2, variants: '{ tree.filter.by.cumulative-return: [20] }' });
    expect(await tryVariants(third, { ledger, clock })).toMatchObject({ kind: 'refused', code: 'over-budget' });
    expect(await kinds()).toEqual(before);
  });

  it('counts a variant that cannot be lived, and goes on with the others', async () => {
    const tried = await tryVariants(aClaim(edge, { variants: '{ tree.filter.by.cumulative-return: [2500, 5] }' }), { ledger, clock });
    expect(tried).toMatchObject({ kind: 'tried', lived: [{}], failed: [{ reason: expect.stringContaining('never-defined') }] });
    expect(await counted()).toMatchObject({ variants: 2, withoutEnd: 1 });
  });

  it('catches decisions that know the next close, and keeps that in the ledger', async () => {
    const tried = await tryVariants(aClaim(edge), { ledger, clock, decisionsOf: peeking });
    expect(tried).toMatchObject({ kind: 'refused', code: 'looks-ahead' });
    expect(await kinds()).toEqual(['registered', 'trial', 'trial-failed']);
  });
});

describe('judging a claim', () => {
  it('opens the holdout once, judges the best by its metric, and says the same from the same', { timeout: 60_000 }, async () => {
    await tryVariants(aClaim(edge), { ledger, clock });
    const judged = await judgeClaim(aClaim(edge), 'anna', { ledger, clock });
    if (judged.kind === 'refused') throw new Error(judged.detail);
    // An edge of 0.2 % a day, for weeks that last: a Sharpe ratio far above any doubt, and a trade a week.
    expect(judged.verdict).toMatchObject({ verdict: 'SCALE' });
    expect(judged.chosen.candidate).toEqual({ 'tree.filter.by.cumulative-return': 5 });
    expect(judged.evidence).toMatchObject({ trials: { count: 2, max: 5 }, holdout: { openings: 1 } });
    expect(judged.evidence.record.yearsOutOfSample).toBeCloseTo(2, 1);
    // Whatever was dropped from it since: it is over.
    for (const claim of [aClaim(edge), aClaim(edge, { variants: '{ tree.filter.by.cumulative-return: [5] }' })])
      expect(await judgeClaim(claim, 'anna', { ledger, clock })).toMatchObject({ code: 'holdout-opened-before' });
    expect(await tryVariants(aClaim(edge), { ledger, clock })).toMatchObject({ code: 'holdout-opened-before' });
    expect((await kinds()).slice(-2)).toEqual(['holdout-opened', 'holdout-ended']);
  });

  it('counts what was tried under other terms, and does not miss it among its variants', { timeout: 60_000 }, async () => {
    const claim = aClaim(edge);
    await tryVariants(claim, { ledger, clock });
    const terms = otherTerms(await ledger.entries(), { ...claimOptions(claim.hypothesis, 2), from: '2013-01-02' }, []);
    const subject = { ledger, clock, hypothesis: 'rotation', strategy: claim.strategyText, terms };
    for (const { counted } of claim.variants)
      await countTrials(subject, async () => Float64Array.of(0.01, 0))(counted, { first: '2013-01-02', last: '2017-12-29' });
    expect(await judged(claim)).toMatchObject({ kind: 'judged', evidence: { trials: { count: 4, max: 5 } } });
  });

  it('registers the terms of its own trials, which a sweep under the same does not count again', async () => {
    const claim = aClaim(edge);
    await tryVariants(claim, { ledger, clock });
    expect(otherTerms(await ledger.entries(), claimOptions(claim.hypothesis, 1), [])).toBeUndefined();
    expect(otherTerms(await ledger.entries(), claimOptions(claim.hypothesis, 2), [])).toContain('"slippage":2');
  });

  it('finds nothing in twice the slippage where there is none', { timeout: 60_000 }, async () => {
    const costs = '{ half-spread-bps: 0, commission-bps: 0, borrow-bps: 0, impact: 0, fees: none }';
    const free = aClaim(edge, { costs });
    await tryVariants(free, { ledger, clock });
    const found = await judged(free);
    if (found.kind === 'refused') throw new Error(found.detail);
    // All but this is as in the claim above, whose word is SCALE.
    expect(found.evidence.netAtDoubleSlippage).toBeNull();
    expect(found.verdict).toEqual({ verdict: 'ITERATE', reasons: [{ code: 'double-slippage', figure: null, threshold: 0 }] });
  });

  it('takes a year of the calendar for a year, though its last sessions are over earlier', { timeout: 60_000 }, async () => {
    // From a Saturday to a Sunday: 364 days from the close before to the last one.
    const claim = aClaim(edge, { holdout: '{ first: 2018-06-16, last: 2019-06-16 }' });
    await tryVariants(claim, { ledger, clock });
    const found = await judged(claim);
    if (found.kind === 'refused') throw new Error(found.detail);
    expect(found.evidence.record.yearsOutOfSample).toBe(366 / 365.25);
    expect(found.verdict.verdict).not.toBe('INSUFFICIENT');
  });

  it('kills what has no edge', { timeout: 60_000 }, async () => {
    const noise = turningPrices(0);
    await tryVariants(aClaim(noise), { ledger, clock });
    const judged = await judgeClaim(aClaim(noise), 'anna', { ledger, clock });
    expect(judged).toMatchObject({ kind: 'judged', verdict: { verdict: 'KILL' } });
  });

  it('keeps the holdout sealed where a variant shares too few bars to ask about over-fitting', async () => {
    const claim = aClaim(edge, { variants: '{ tree.filter.by.cumulative-return: [5, 1490] }' });
    await tryVariants(claim, { ledger, clock });
    expect(await judged(claim)).toMatchObject({ kind: 'refused', code: 'too-few-bars' });
    expect(await kinds()).not.toContain('holdout-opened');
  });

  it('opens no dates again under another name for the same variants', { timeout: 60_000 }, async () => {
    const claim = aClaim(edge);
    await tryVariants(claim, { ledger, clock });
    expect(await judged(claim)).toMatchObject({ kind: 'judged' });
    const again: Claim = { ...claim, hypothesis: { ...claim.hypothesis, hypothesis: 'rotation-2' } };
    await tryVariants(again, { ledger, clock });
    expect(await judged(again)).toMatchObject({ kind: 'refused', code: 'holdout-opened-before' });
    expect((await kinds()).filter((kind) => kind === 'holdout-opened')).toHaveLength(1);
  });

  it('keeps the holdout sealed where nothing was tried, something was dropped, or its days are not over', async () => {
    expect(await judgeClaim(aClaim(edge), 'anna', { ledger, clock })).toMatchObject({ code: 'not-run' });
    await tryVariants(aClaim(edge), { ledger, clock });
    const fewer = aClaim(edge, { variants: '{ tree.filter.by.cumulative-return: [5] }' });
    expect(await judgeClaim(fewer, 'anna', { ledger, clock })).toMatchObject({ code: 'variants-missing' });
    const early = aClaim(turningPrices(0.002, '2019-12-30'));
    expect(await judgeClaim(early, 'anna', { ledger, clock })).toMatchObject({ code: 'holdout-not-over' });
    expect(await kinds()).not.toContain('holdout-opened');
  });
});

describe('a holdout that whoever opened it died in', { timeout: 60_000 }, () => {
  /** Dies with the first fact of this kind. */
  const dyingAt = (kind: string): TrialLedger => ({
    entries: (name) => ledger.entries(name),
    append: async (facts, at) => {
      if (facts.some((fact) => fact.kind === kind)) throw new Error('killed');
      return ledger.append(facts, at);
    },
  });
  const cutOff = async (claim: Claim) => {
    await tryVariants(claim, { ledger, clock });
    await expect(judgeClaim(claim, 'anna', { ledger: dyingAt('holdout-ended'), clock })).rejects.toThrow('killed');
    expect((await kinds()).at(-1)).toBe('holdout-opened');
  };

  it('is finished by the same claim: the verdict of one that nothing befell, one opening, and by whom it was opened', async () => {
    const claim = aClaim(edge);
    await cutOff(claim);
    expect(await tryVariants(claim, { ledger, clock })).toMatchObject({ detail: expect.stringContaining('judge finishes it') });
    const before = await kinds();
    const finished = await judgeClaim(claim, 'bob', { ledger, clock });
    expect(finished).toMatchObject({ kind: 'judged', by: 'anna', evidence: { holdout: { openings: 1 } } });
    expect(await kinds()).toEqual([...before, 'holdout-ended']);
    const whole = new FileTrialLedger(join(folder, `${files}-whole`));
    await tryVariants(claim, { ledger: whole, clock });
    expect(finished).toEqual(await judgeClaim(claim, 'anna', { ledger: whole, clock }));
  });

  it('is told again of what came of it where no verdict was written and it comes out the same, and else a new claim is asked for', async () => {
    const claim = aClaim(edge);
    await tryVariants(claim, { ledger, clock });
    const first = await judged(claim);
    const before = await kinds();
    expect(await judgeClaim(claim, 'bob', { ledger, clock }, true)).toEqual(first);
    expect(await judgeClaim(aClaim(otherHoldout(edge)), 'bob', { ledger, clock }, true)).toMatchObject({
      code: 'holdout-opened-before',
      detail: expect.stringMatching(/by anna: [\d.]+ over 50\d bars came of it.*a new claim/),
    });
    expect(await kinds()).toEqual(before);
  });

  it('is not finished for another variant, another document, or with what nobody had tried', async () => {
    const claim = aClaim(edge);
    await cutOff(claim);
    const before = await kinds();
    const strategy = `${STRATEGY}# another text\n`;
    for (const [changed, code, detail] of [
      [{ trials: 6 }, 'changed-since-registered', 'a changed claim needs a new name'],
      [{ strategy }, 'changed-since-registered', 'a changed claim needs a new name'],
      [{ variants: '{ tree.filter.by.cumulative-return: [5, 60, 20] }' }, 'holdout-opened-before', 'nobody had tried {'],
      [{ variants: '{ tree.filter.by.cumulative-return: [5] }' }, 'variants-missing', '60'],
    ] as const)
      expect(await judged(aClaim(edge, changed))).toMatchObject({ kind: 'refused', code, detail: expect.stringContaining(detail) });
    expect(await kinds()).toEqual(before);

    ledger = new FileTrialLedger(join(folder, `${files}-other`));
    await tryVariants(claim, { ledger, clock });
    const worse = claim.variants.find(({ candidate }) => candidate['tree.filter.by.cumulative-return'] !== 5)?.id ?? '';
    await ledger.append([{ kind: 'holdout-opened', hypothesis: 'rotation', variant: worse, by: 'anna' }], 1);
    expect(await judged(claim)).toMatchObject({ code: 'holdout-opened-before', detail: expect.stringContaining('for another variant') });
    expect((await kinds()).at(-1)).toBe('holdout-opened');
  });

  it('is not opened once somebody stops it before, and is lived to its end after', async () => {
    const claim = aClaim(edge);
    await tryVariants(claim, { ledger, clock });
    let asked = 0;
    const stopped = async (): Promise<void> => {
      asked += 1;
      if (asked === 3) throw new Error('stopped');
    };
    await expect(judgeClaim(claim, 'anna', { ledger, clock, between: stopped })).rejects.toThrow('stopped');
    expect(await kinds()).not.toContain('holdout-opened');
    expect((await kinds()).at(-1)).toBe('trial-ended');
    // Asked before each of two variants and before the opening: never after.
    const late = async (): Promise<void> => {
      expect(await kinds()).not.toContain('holdout-opened');
    };
    expect(await judgeClaim(claim, 'anna', { ledger, clock, between: late })).toMatchObject({ kind: 'judged' });
  });
});

describe('a variant', () => {
  it('is refused where it leads to no value, or is more than may be tried', () => {
    const made = (variants: string) => () => aClaim(edge, { variants });
    expect(made('{ tree.filter.count: [1] }')).toThrow('the path of a value that stands in the file');
    expect(made('{ tree.filter: [1] }')).toThrow('the path of a value that stands in the file');
    expect(made('{ tree.filter.top: [1, 1] }')).toThrow('each once');
    expect(made('{ tree.filter.by.cumulative-return: [1, 2, 3, 4, 5, 6] }')).toThrow('at least 6, as many as there are variants');
    expect(made('{ tree.filter.by.cumulative-return: [much] }')).toThrow('rotation.yaml with');
  });
});
