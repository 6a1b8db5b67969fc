// Which way a strategy went on one day: the branches that were taken, the candidates that were chosen and what is held.
import { fingerprint } from '../ready-made/fingerprint.ts';
import type { Evaluator } from './evaluator.ts';
import type { Program } from './program.ts';
import { changedOptions, keyOfMeasured, keyOfNode, keyOfTest } from './program-keys.ts';
import { weightsOn } from './weights-on.ts';

/**
 * A short name for all of it, the same whenever the same strategy goes the same way, by whatever weights. The order among
 * the chosen candidates does not count; on which side a symbol is held does.
 * @returns '' on a day on which the strategy is undefined.
 */
export function branchesOn(day: number, evaluator: Evaluator): string {
  const { program, capital } = evaluator;
  const decided = weightsOn(day, evaluator, 'held');
  if (decided.kind === 'undefined') return '';
  const ways = program.nodes.flatMap((node, number) => {
    if (capital[number] === 0 || (node.kind !== 'if' && node.kind !== 'filter')) return [];
    return [`${number}>${[...(evaluator.split(number, day)?.children ?? [])].sort((a, b) => a - b)}`];
  });
  const held = [...decided.bySymbol].filter(([, share]) => share !== 0).map(([symbol, share]) => (share < 0 ? `-${symbol}` : symbol));
  return fingerprint(JSON.stringify([ways, held.sort()]));
}

/**
 * A short name for a strategy: another one wherever anything in it that decides is another, an option too. A release that compiles
 * strategies differently may name them differently too: each is then rebalanced as if for the first time.
 */
export function identityOfProgram({ options, nodes, tests, columns, root }: Program): string {
  const changed = changedOptions(options);
  const parts = [nodes.map(keyOfNode), tests.map(keyOfTest), columns.map(keyOfMeasured), root];
  return fingerprint(JSON.stringify(changed.length === 0 ? parts : [...parts, changed]));
}
