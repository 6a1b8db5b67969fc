// Prints the largest resident size of this process in megabytes, after evaluating a large strategy over ten years, or nothing.
import { gridOf } from '../../shared/core/strategy/evaluator/grid.ts';
import { wholeHistory } from './evaluating.ts';
import { generatedHistory, generatedStrategy } from './generated-strategy.ts';

const tree = generatedStrategy(10_000, 200, 'chains', 7);
const grid = gridOf(generatedHistory(2_520, 1));
if (process.argv[2] === 'whole') wholeHistory(tree, grid);
console.log(process.resourceUsage().maxRSS / 1024);
