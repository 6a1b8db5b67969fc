// Any strategy over a few symbols, and closes for them, sometimes too few or at rest.
import fc from 'fast-check';
import type { History } from '../../shared/core/strategy/history.ts';
import type { Tree } from '../../shared/core/strategy/tree.ts';
import type { TargetWeights } from '../../shared/core/strategy/weights.ts';
import { type Ppm, WHOLE } from '../../shared/core/values/weight.ts';
import { someHistory } from '../builders/strategy.ts';
import { anyWeight } from './values.ts';

export const SYMBOLS = ['AGG', 'GLD', 'SPY', 'TLT'] as const;

/** Weights that sum to exactly one million, some of them zero. */
export function anyParts(count: number): fc.Arbitrary<Ppm[]> {
  return fc.array(anyWeight, { minLength: count - 1, maxLength: count - 1 }).map((cuts) => {
    const edges = [0n, ...cuts.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)), WHOLE];
    return edges.slice(1).map((edge, place) => edge - (edges[place] ?? 0n));
  });
}

const anyLeaf: fc.Arbitrary<Tree> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...SYMBOLS).map((symbol): Tree => ({ kind: 'asset', symbol })) },
  { weight: 1, arbitrary: fc.constant<Tree>({ kind: 'cash' }) },
);

const { tree } = fc.letrec<{ tree: Tree; children: Tree[] }>((tie) => ({
  children: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }),
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    anyLeaf,
    tie('children').map((children): Tree => ({ kind: 'equal', children })),
    tie('children').chain((children) =>
      anyParts(children.length).map(
        (weights): Tree => ({
          kind: 'specified',
          children: children.map((child, place) => ({ weight: weights[place] ?? 0n, child })),
        }),
      ),
    ),
    fc
      .record({ window: fc.integer({ min: 2, max: 6 }), symbols: fc.subarray([...SYMBOLS], { minLength: 1 }) })
      .map(({ window, symbols }): Tree => {
        return { kind: 'inverse-volatility', window, children: symbols.map((symbol) => ({ kind: 'asset', symbol })) };
      }),
  ),
}));

export const anyStrategy = tree;

const anyCloses = fc.oneof(
  { weight: 5, arbitrary: fc.array(fc.double({ min: 1, max: 1_000, noNaN: true }), { minLength: 7, maxLength: 12 }) },
  { weight: 1, arbitrary: fc.array(fc.double({ min: 1, max: 1_000, noNaN: true }), { maxLength: 6 }) },
  { weight: 1, arbitrary: fc.constant(Array.from({ length: 9 }, () => 50)) },
);

export const anyHistory: fc.Arbitrary<History> = fc
  .record({ AGG: anyCloses, GLD: anyCloses, SPY: anyCloses, TLT: anyCloses })
  .map(someHistory);

export const anyTargets: fc.Arbitrary<TargetWeights> = anyParts(SYMBOLS.length + 1).map((parts) => ({
  weights: SYMBOLS.map((symbol, place) => ({ symbol, weight: parts[place] ?? 0n })).filter(({ weight }) => weight > 0n),
  cash: parts[SYMBOLS.length] ?? 0n,
}));

/** Long and short, together the whole at most. */
export const anyLongShortTargets: fc.Arbitrary<TargetWeights> = fc
  .tuple(anyTargets, fc.array(fc.boolean(), { minLength: SYMBOLS.length, maxLength: SYMBOLS.length }))
  .map(([{ weights }, areShort]) => {
    const turned = weights.map(({ symbol, weight }, place) => ({ symbol, weight: areShort[place] === true ? -weight : weight }));
    return { weights: turned, cash: WHOLE - turned.reduce((sum, { weight }) => sum + weight, 0n) };
  });
