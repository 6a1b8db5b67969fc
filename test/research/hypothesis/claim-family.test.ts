// The same strategy under another name, in a file that only looks different: one search, with one count and one look at its holdout.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { judgeClaim } from '../../../research/hypothesis/judge-claim.ts';
import { tryVariants } from '../../../research/hypothesis/try-variants.ts';
import { FileTrialLedger } from '../../../shared/adapters/local/file-trial-ledger.ts';
import { aClaim, STRATEGY, turningPrices } from './claims.ts';

const folder = mkdtempSync(join(tmpdir(), 'evenkeel-families-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
let ledger = new FileTrialLedger(join(folder, '0'));
beforeEach(() => {
  files += 1;
  ledger = new FileTrialLedger(join(folder, String(files)));
});

const researcher = () => ({ ledger, clock: { now: () => 5_000 } });
const noise = turningPrices(0);
const variants = (...days: number[]) => `{ tree.filter.by.cumulative-return: [${days.join(', ')}] }`;
const first = aClaim(noise, { variants: variants(5, 20, 60) });
/** Its winner alone, with a comment beside it. */
const renamed = (changed: Parameters<typeof aClaim>[1] = {}) =>
  aClaim(noise, { name: 'better-idea', strategy: `${STRATEGY}# quite another thing\n`, variants: variants(60), ...changed });
const openings = async () => (await ledger.entries()).filter(({ fact }) => fact.kind === 'holdout-opened').length;

describe('a claim that was tried under another name', { timeout: 60_000 }, () => {
  it('decides the same, and is another file', () => {
    expect(renamed().variants[0]?.hash).toBe(first.variants[2]?.hash);
    expect(renamed().variants[0]?.id).not.toBe(first.variants[2]?.id);
  });

  it('has no holdout of its own once that was opened', async () => {
    await tryVariants(first, researcher());
    expect(await judgeClaim(first, 'anna', researcher())).toMatchObject({ kind: 'judged' });
    await tryVariants(renamed(), researcher());
    expect(await judgeClaim(renamed(), 'anna', researcher())).toMatchObject({
      code: 'holdout-opened-before',
      detail: expect.stringContaining('rotation tried the same strategies'),
    });
    expect(await openings()).toBe(1);
  });

  it('is not judged without what was tried beside it, and is counted with all of it', async () => {
    await tryVariants(first, researcher());
    await tryVariants(renamed(), researcher());
    expect(await judgeClaim(renamed(), 'anna', researcher())).toMatchObject({
      code: 'variants-missing',
      detail:
        'tried, and not in the file: {"tree.filter.by.cumulative-return":"5"} as rotation, {"tree.filter.by.cumulative-return":"20"} as rotation',
    });
    expect(await openings()).toBe(0);
    const whole = renamed({ name: 'whole-idea', variants: variants(60, 20, 5, 120) });
    await tryVariants(whole, researcher());
    // Three that are the same under all names, and one of its own.
    expect(await judgeClaim(whole, 'anna', researcher())).toMatchObject({ evidence: { trials: { count: 4 } } });
  });

  it('is one search with what shares a strategy with any of its names', async () => {
    await tryVariants(aClaim(noise, { name: 'one', variants: variants(5, 20) }), researcher());
    await tryVariants(aClaim(noise, { name: 'two', strategy: `${STRATEGY}# two\n`, variants: variants(20, 60) }), researcher());
    await tryVariants(renamed(), researcher());
    expect(await judgeClaim(renamed(), 'anna', researcher())).toMatchObject({
      code: 'variants-missing',
      detail: expect.stringMatching(/"5"\} as one, .*"20"\} as one, .*"20"\} as two$/),
    });
  });

  it('is not tried on days that are sealed for the same strategy, and those days are nobody’s holdout once they were', async () => {
    const later = '{ first: 2018-07-02, last: 2019-12-31 }';
    await tryVariants(first, researcher());
    expect(await tryVariants(renamed({ holdout: later }), researcher())).toMatchObject({ kind: 'refused', code: 'inside-holdout' });
    // The other way round the days were seen before anybody sealed them.
    const early = new FileTrialLedger(join(folder, `${files}-early`));
    const before = { ...researcher(), ledger: early };
    expect(await tryVariants(renamed({ holdout: later }), before)).toMatchObject({ kind: 'tried' });
    expect(await tryVariants(first, before)).toMatchObject({ kind: 'tried' });
    expect(await judgeClaim(first, 'anna', before)).toMatchObject({
      code: 'holdout-opened-before',
      detail: expect.stringContaining('were tried on under that name'),
    });
  });

  it('is a search of its own where it decides otherwise, on the same days too', async () => {
    await tryVariants(first, researcher());
    const other = renamed({ variants: variants(90) });
    await tryVariants(other, researcher());
    expect(await judgeClaim(other, 'anna', researcher())).toMatchObject({ kind: 'judged', evidence: { trials: { count: 1 } } });
  });
});
