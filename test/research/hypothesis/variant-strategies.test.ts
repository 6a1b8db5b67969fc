// A variant is the file with other values at their places, as a sweep makes it: nothing else of it may change.
import { describe, expect, it } from 'vitest';
import { variantStrategies } from '../../../research/hypothesis/variant-strategies.ts';
import { variantsOf } from '../../../research/sweep/vary.ts';
import { variantOf } from '../../../research/validation/trials/count-trials.ts';
import { contentHash } from '../../../shared/contracts/canonical-json.ts';
import { strategyHash } from '../../../shared/contracts/hypothesis/strategy-hash.ts';
import { parsePortfolioFile } from '../../../shared/contracts/portfolio-file.ts';
import { noOtherFile } from '../../../shared/contracts/read-text.ts';

/** Its symbols and keys are in no order. */
const STRATEGY = `strategy: Tilt # a comment
rebalance: { every: day }
tree:
  if: { when: { gt: [{ rsi: [SPY, 10] }, 50] }, then: { specified: { TLT: 40%, SPY: 60% } }, else: cash }
`;
type Values = Parameters<typeof variantStrategies>[0]['variants'];

function variantsIn(variants: Values) {
  const found = variantStrategies({ variants, trials: 9 }, STRATEGY, 'tilt.yaml', noOtherFile);
  if (found.kind === 'refused') throw new Error(JSON.stringify([found.findings, found.problems]));
  return found;
}

describe('the variants of a hypothesis', () => {
  it('decide, where nothing is changed, as the live sleeve that names the same file', () => {
    const read = parsePortfolioFile(
      `
portfolio: tilt
account: { mode: live, number: "1" }
schedules: { daily: { at: close-25m, every: day } }
sleeves: { core: { capital: 100%, strategy: { file: tilt.yaml } } }
limits: { position: 100% }
`,
      'portfolio.yaml',
      () => STRATEGY,
    );
    if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
    const [sleeve] = read.policy.sleeves;
    if (sleeve === undefined) throw new Error('no sleeve');
    const { variants, base } = variantsIn({});
    expect(variants.map(({ hash }) => hash)).toEqual([base]);
    expect(base).toBe(strategyHash(sleeve));
    // Named with the values that it has, it is the same.
    expect(variantsIn({ 'tree.if.then.specified.TLT': ['40%'] }).variants.map(({ hash }) => hash)).toEqual([base]);
  });

  it('are those of a sweep, by place, text and name, and keep their values as they were written', () => {
    const values: Values = { 'tree.if.when.gt.0.rsi.1': [10, 20], 'tree.if.when.gt.1': [50, 60.5] };
    const { variants, strategyText } = variantsIn(values);
    const swept = variantsOf(STRATEGY, [
      { path: 'tree.if.when.gt.0.rsi.1', values: ['10', '20'] },
      { path: 'tree.if.when.gt.1', values: ['50', '60.5'] },
    ]);
    if (swept.kind === 'refused') throw new Error(JSON.stringify(swept.flaws));
    expect(strategyText).toBe(contentHash(STRATEGY));
    expect(variants.map(({ counted }) => counted)).toEqual([0, 1, 2, 3].map((place) => swept.variant(place).values));
    expect(variants.map(({ id, counted }) => id === variantOf(strategyText, counted))).toEqual([true, true, true, true]);
    expect(variants.at(-1)?.candidate).toEqual({ 'tree.if.when.gt.0.rsi.1': 20, 'tree.if.when.gt.1': 60.5 });
    expect(new Set(variants.map(({ hash }) => hash)).size).toBe(4);
  });
});
