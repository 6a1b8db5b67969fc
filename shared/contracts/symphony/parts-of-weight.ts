// The parts of a specified weighting, from weights as they are written.
import type { Tree } from '../../core/strategy/tree.ts';
import type { Ppm } from '../../core/values/weight.ts';
import type { Fraction } from './decimal-text.ts';
import type { OpenReport, Where } from './open-report.ts';
import { shareOut } from './share-out.ts';

/** One weight of a block; `fraction` is undefined after a problem. */
export interface WrittenWeight {
  readonly fraction: Fraction | undefined;
  readonly where: Where;
  readonly value: string;
}

/** Parts per million that sum to one million; undefined after a problem has been reported. */
export function partsOf(
  written: readonly WrittenWeight[],
  block: Where,
  wholes: readonly number[],
  report: OpenReport,
): readonly Ppm[] | undefined {
  const fractions = written.flatMap(({ fraction }) => (fraction === undefined ? [] : [fraction]));
  if (fractions.length < written.length) return undefined;
  const shares = shareOut(fractions, wholes);
  switch (shares.kind) {
    case 'zero':
      report.refuse(block, 'weights that sum to 0', 'at least one weight above 0');
      return undefined;
    case 'negative': {
      const negative = written[shares.index];
      report.refuse(negative?.where ?? block, negative?.value ?? 'a negative weight', 'a weight of 0 or more');
      return undefined;
    }
    case 'shares':
      if (!shares.isWhole) {
        report.note(
          block,
          'weights-normalised',
          `the weights sum to ${Number(shares.sum.toPrecision(12))} and were scaled to sum to the whole`,
        );
      }
      return shares.weights;
    default:
      return shares satisfies never;
  }
}

/** What `join` gives where the parts could not be found out: the symphony is refused all the same. */
export function specified(weights: readonly Ppm[] | undefined, children: readonly Tree[]): Tree {
  if (weights === undefined) return { kind: 'cash' };
  return { kind: 'specified', children: children.map((child, index) => ({ weight: weights[index] ?? 0n, child })) };
}
