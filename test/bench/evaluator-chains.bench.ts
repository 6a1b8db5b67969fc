// The hardest case for the evaluator: the deep chains of rules are ranked themselves, so that each of 1,500 distinct nodes needs its
// series on every day. Against bare loops that compute just the distinct indicator columns.
import { gridOf } from '../../shared/core/strategy/evaluator/grid.ts';
import { compile } from '../../shared/core/strategy/evaluator/program.ts';
import type { Bench } from './bench.ts';
import { columnsAlone, lastDay, milliseconds, wholeHistory } from './evaluating.ts';
import { generatedHistory, generatedStrategy } from './generated-strategy.ts';

export const bench: Bench = {
  name: 'evaluator, chains ranked',
  unit: 'ms',
  floor: 'its indicator columns',
  rounds: 7,
  limits: { ratioMax: 6 },
  prepare: async () => {
    const tree = generatedStrategy(10_000, 200, 'chains', 7);
    const program = compile(tree);
    const grid = gridOf(generatedHistory(2_520, 1));
    return {
      subjects: [
        { name: 'ten years', measure: async () => milliseconds(() => wholeHistory(tree, grid)) },
        { name: 'the last day', measure: async () => milliseconds(() => lastDay(tree, grid)) },
      ],
      floor: async () => milliseconds(() => columnsAlone(program, grid)),
    };
  },
};
