// Why a condition holds or not on one day: the comparisons that decided it, with both values and the distance between.
import type { Comparator, Metric } from '../tree.ts';
import { isDefined } from './defined.ts';
import type { Evaluator } from './evaluator.ts';
import { type MetricUnit, unitOf } from './metric-unit.ts';
import type { Operand } from './node.ts';

/** `value` is null where the metric is undefined on that day. */
export type Side =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'metric'; readonly metric: Metric; readonly symbol: string; readonly value: number | null };

export interface Comparison {
  readonly kind: 'compare';
  /** null: undefined. */
  readonly verdict: boolean | null;
  readonly left: Side;
  readonly comparator: Comparator;
  readonly right: Side;
  /** Left less right, in `unit`: how far the left side is from where the verdict changes. */
  readonly distance: number | null;
  /** The distance as a part of the threshold (of the constant, else of the right side); null for a threshold of 0. */
  readonly relative: number | null;
  /** null where two numbers are compared, or metrics of two units. */
  readonly unit: MetricUnit | null;
}

export type Explanation =
  | Comparison
  | {
      readonly kind: 'all' | 'any';
      readonly verdict: boolean | null;
      /** Those that decide: any one of them alone where the verdict is that of one part, else all. */
      readonly parts: readonly Explanation[];
      /** How many parts could not have changed the verdict, and are left out. */
      readonly others: number;
    }
  | { readonly kind: 'not'; readonly verdict: boolean | null; readonly part: Explanation };

/** The depth of conditions is bounded where they are read, so recursion is safe. */
export function explainTest(test: number, day: number, evaluator: Evaluator): Explanation {
  const asked = evaluator.program.tests[test];
  if (asked === undefined) throw new Error(`no test has the number ${test}`);
  const verdict = evaluator.test(test, day) ?? null;
  switch (asked.kind) {
    case 'compare': {
      const [left, right] = [sideOf(asked.left, day, evaluator), sideOf(asked.right, day, evaluator)];
      return { kind: 'compare', verdict, left, comparator: asked.comparator, right, ...distanceOf(left, right) };
    }
    case 'not':
      return { kind: 'not', verdict, part: explainTest(asked.test, day, evaluator) };
    case 'all':
    case 'any': {
      // One true part decides an `any`, one false part an `all`; undefined only where no part decides.
      const isDecidedByOne = verdict === (asked.kind === 'any');
      const deciding = asked.tests.filter((part) => {
        const each = evaluator.test(part, day) ?? null;
        return verdict === null || isDecidedByOne ? each === verdict : true;
      });
      return {
        kind: asked.kind,
        verdict,
        parts: deciding.map((part) => explainTest(part, day, evaluator)),
        others: asked.tests.length - deciding.length,
      };
    }
  }
}

/** The columns without a value that left the test undefined, each once. */
export function undefinedColumns(test: number, day: number, evaluator: Evaluator): readonly number[] {
  const columns = new Set<number>();
  const open = [test];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (evaluator.test(next, day) !== undefined) continue;
    const asked = evaluator.program.tests[next];
    if (asked === undefined) throw new Error(`no test has the number ${next}`);
    if (asked.kind === 'not') open.push(asked.test);
    else if (asked.kind !== 'compare') open.push(...asked.tests);
    else
      for (const side of [asked.left, asked.right])
        if (side.kind === 'column' && !isDefined(evaluator.column(side.column)[day])) columns.add(side.column);
  }
  return [...columns].sort((a, b) => a - b);
}

function sideOf(operand: Operand, day: number, evaluator: Evaluator): Side {
  if (operand.kind === 'constant') return { kind: 'constant', value: operand.value };
  const what = evaluator.program.columns[operand.column];
  if (what?.kind !== 'symbol') throw new Error(`column ${operand.column} of a comparison is not the metric of a symbol`);
  const value = evaluator.column(operand.column)[day];
  return { kind: 'metric', metric: what.metric, symbol: what.symbol, value: isDefined(value) ? value : null };
}

function distanceOf(left: Side, right: Side): Pick<Comparison, 'distance' | 'relative' | 'unit'> {
  const units = new Set([left, right].flatMap((side) => (side.kind === 'metric' ? [unitOf(side.metric)] : [])));
  const [only, second] = [...units];
  const unit = second === undefined ? (only ?? null) : null;
  if (left.value === null || right.value === null) return { distance: null, relative: null, unit };
  const distance = left.value - right.value;
  const threshold = left.kind === 'constant' ? left.value : right.value;
  return { distance, relative: threshold === 0 ? null : distance / Math.abs(threshold), unit };
}
