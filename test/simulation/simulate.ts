// `npm run simulate -- --seeds N [--seed S] [--verbose] [--json]`: days drawn from seeds, each with its faults, held
// against every law of order safety. `--defects` plays 2,000 from S on with each planted defect; `--defect NAME` shows one at work.
import { parseArgs } from 'node:util';
import { plant } from './plant.ts';

const SEEDS_DEFAULT = 4_000;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    seed: { type: 'string' },
    verbose: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    defects: { type: 'boolean', default: false },
    defect: { type: 'string' },
  },
});
const { seeds, seed, defect, defects, verbose: isVerbose, json: isJson } = values;
const first = wholeNumber('seed', seed ?? '0', 0);
const count = wholeNumber('seeds', seeds ?? String(seed === undefined ? SEEDS_DEFAULT : 1), 1);

// Nothing of the product may be loaded before its defect is planted.
if (defect !== undefined) plant(defect);
const { huntDefects, simulate } = await import('./simulation.ts');
const asked = { first, count, isVerbose, isJson, ...(defect === undefined ? {} : { defect }) };
process.exitCode = defects ? await huntDefects(asked) : await simulate(asked);

/** @throws RangeError for what is not one. */
function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < least) throw new RangeError(`--${name} is a whole number from ${least} on, not ${text}`);
  return number;
}
