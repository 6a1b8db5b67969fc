// What one decision of a large strategy costs on a history that is read: compiling 10,000 nodes and evaluating the last day,
// against bare loops that compute just the distinct indicator columns.
import { gridOf } from '../../shared/core/strategy/evaluator/grid.ts';
import { compile } from '../../shared/core/strategy/evaluator/program.ts';
import type { Bench } from './bench.ts';
import { columnsAlone, lastDay, milliseconds } from './evaluating.ts';
import { generatedHistory, generatedStrategy } from './generated-strategy.ts';

export const bench: Bench = {
  name: 'evaluator, one day',
  unit: 'ms',
  floor: 'its indicator columns',
  rounds: 9,
  limits: { subjectMax: 60 },
  prepare: async () => {
    const tree = generatedStrategy(10_000, 200, 'groups', 7);
    const program = compile(tree);
    const grid = gridOf(generatedHistory(2_520, 1));
    return {
      subjects: [{ name: 'the last day', measure: async () => milliseconds(() => lastDay(tree, grid)) }],
      floor: async () => milliseconds(() => columnsAlone(program, grid)),
    };
  },
};
