// Conditions as a strategy file writes them.
//
//   gt: [{ rsi: [SPY, 10] }, 70]                    gt, gte, lt, lte, eq: two sides, each a number or a metric
//   all: [<condition>, …]                           every one of them
//   any: [<condition>, …]                           at least one
//   not: <condition>
import * as z from 'zod';
import type { Comparator, Condition, Expression } from '../../core/strategy/tree.ts';
import { mapping } from '../mapping.ts';
import { decimalNumber } from './decimal-number.ts';
import { CONDITION_DEPTH_MAX } from './limits.ts';
import { metricsOfSymbol } from './metric-schema.ts';

const SIDES = 'two sides, such as [{ rsi: [SPY, 10] }, 70]';
const SIDE = 'a number such as 70, or a metric such as { rsi: [SPY, 10] }';

const constant = decimalNumber(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
const sides = metricsOfSymbol.map((each) => each.transform((written): Expression => ({ kind: 'metric', ...written })));
const expression: z.ZodType<Expression> = z
  .union([constant.transform((value): Expression => ({ kind: 'constant', value: value + 0 })), ...sides], { error: SIDE })
  .meta({ id: 'side', description: 'A number, or a metric of a symbol.' });

function compare(comparator: Comparator) {
  return mapping({ [comparator]: z.tuple([expression, expression], { error: SIDES }) }).transform((written): Condition => {
    const [left, right] = written[comparator] ?? [];
    if (left === undefined || right === undefined) throw new Error(`a comparison passed its schema without two sides: ${comparator}`);
    return { kind: 'compare', left, comparator, right };
  });
}

const conditions = z.array(
  z.lazy(() => condition),
  { error: 'a list of conditions' },
);
const some = conditions.min(1, { error: 'a list of at least one condition' });

/** Any condition: a mapping with exactly one key that names its kind. */
const condition: z.ZodType<Condition> = z
  .union(
    [
      ...(['gt', 'gte', 'lt', 'lte', 'eq'] as const).map(compare),
      mapping({ all: some }).transform((written): Condition => ({ kind: 'all', conditions: written.all })),
      mapping({ any: some }).transform((written): Condition => ({ kind: 'any', conditions: written.any })),
      mapping({ not: z.lazy(() => condition) }).transform((written): Condition => ({ kind: 'not', condition: written.not })),
    ],
    { error: 'a mapping with exactly one of gt, gte, lt, lte, eq, all, any, not' },
  )
  .meta({ id: 'condition', description: 'A mapping with exactly one key that names the kind of condition.' });

/** The condition of an `if`: nested no deeper than whoever evaluates it has to expect. */
export const when = condition.refine((each) => depthOf(each) <= CONDITION_DEPTH_MAX, {
  error: `conditions nested at most ${CONDITION_DEPTH_MAX} deep`,
});

/** Recursion is safe: the YAML reader has bounded it. */
function depthOf(each: Condition): number {
  if (each.kind === 'compare') return 1;
  const parts = each.kind === 'not' ? [each.condition] : each.conditions;
  return 1 + parts.reduce((deepest, part) => Math.max(deepest, depthOf(part)), 0);
}
