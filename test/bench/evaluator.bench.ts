// What evaluating a large strategy costs: 10,000 nodes of which 1,500 are distinct, 200 deep, 60 symbols, rankings of groups,
// over ten years, and how the cost grows with nodes and with days. Against bare loops that compute just the distinct indicator columns.
import { gridOf } from '../../shared/core/strategy/evaluator/grid.ts';
import { compile } from '../../shared/core/strategy/evaluator/program.ts';
import type { Bench } from './bench.ts';
import { columnsAlone, milliseconds, wholeHistory } from './evaluating.ts';
import { generatedHistory, generatedStrategy } from './generated-strategy.ts';

const NODES = 10_000;
const DAYS = 2_520;
const SHARES = [0.25, 0.5];

export const bench: Bench = {
  name: 'evaluator',
  unit: 'ms',
  floor: 'its indicator columns',
  rounds: 7,
  limits: { subjectMax: 250, ratioMax: 4 },
  prepare: async () => {
    const tree = generatedStrategy(NODES, 200, 'groups', 7);
    const program = compile(tree);
    const grid = gridOf(generatedHistory(DAYS, 1));
    const subject = (name: string, asked: typeof tree, on: typeof grid) => ({
      name,
      measure: async () => milliseconds(() => wholeHistory(asked, on)),
    });
    return {
      subjects: [
        subject('ten years', tree, grid),
        ...SHARES.map((share) => subject(`${share} of nodes`, generatedStrategy(NODES * share, 200, 'groups', 7), grid)),
        ...SHARES.map((share) => subject(`${share} of days`, tree, gridOf(generatedHistory(DAYS * share, 1)))),
      ],
      floor: async () => milliseconds(() => columnsAlone(program, grid)),
    };
  },
};
