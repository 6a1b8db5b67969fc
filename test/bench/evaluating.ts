// What the benchmarks of the evaluator measure.
import { evaluatorOf } from '../../shared/core/strategy/evaluator/evaluator.ts';
import type { Grid } from '../../shared/core/strategy/evaluator/grid.ts';
import { measure } from '../../shared/core/strategy/evaluator/measure.ts';
import { dailyOf } from '../../shared/core/strategy/evaluator/metric-inputs.ts';
import { compile, type Program } from '../../shared/core/strategy/evaluator/program.ts';
import { type DayWeights, weightsOn } from '../../shared/core/strategy/evaluator/weights-on.ts';
import type { Tree } from '../../shared/core/strategy/tree.ts';
import { SYMBOLS } from './generated-strategy.ts';

/** Compiled, and every day answered. */
export function wholeHistory(tree: Tree, grid: Grid): DayWeights[] {
  const evaluator = evaluatorOf(compile(tree), grid, measure);
  return mostlyDefined(grid.dates.map((_, day) => weightsOn(day, evaluator)));
}

export function lastDay(tree: Tree, grid: Grid): DayWeights[] {
  return mostlyDefined([weightsOn(grid.dates.length - 1, evaluatorOf(compile(tree), grid, measure))]);
}

/** The floor: the distinct columns of the strategy and nothing else, those of groups on closes that are there already. */
export function columnsAlone({ columns }: Program, grid: Grid): Float64Array[] {
  const first = SYMBOLS[0] ?? '';
  return columns.flatMap((column) =>
    column.kind === 'dated' ? [] : [measure(dailyOf(column.metric), grid.placed(column.kind === 'symbol' ? column.symbol : first).closes)],
  );
}

export function milliseconds(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

/** A strategy that is undefined on most days would be measured fast for nothing. */
function mostlyDefined(answers: DayWeights[]): DayWeights[] {
  const defined = answers.filter(({ kind }) => kind === 'weights').length;
  if (defined < answers.length / 2) throw new Error(`only ${defined} of ${answers.length} days are defined`);
  return answers;
}
