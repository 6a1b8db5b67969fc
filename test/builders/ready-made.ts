// Ready-made strategies with the parameters of their own examples, and their lives over made-up closes.

import type { evaluate } from '../../shared/core/strategy/evaluate.ts';
import type { Given, GivenValue } from '../../shared/core/strategy/ready-made/given.ts';
import type { Memory } from '../../shared/core/strategy/ready-made/memory.ts';
import { type Parameter, type ReadyMade, usualOf } from '../../shared/core/strategy/ready-made/ready-made.ts';
import type { Tree } from '../../shared/core/strategy/tree.ts';
import { formatPercent } from '../../shared/core/values/weight.ts';

/** With the usual values, and the examples where there are none. */
export function givenOf({ parameters }: ReadyMade, changed: Given = {}): Given {
  return { ...Object.fromEntries(Object.entries(parameters).map(([name, parameter]) => [name, exampleOf(parameter)])), ...changed };
}

function exampleOf(parameter: Parameter): GivenValue {
  const usual = usualOf(parameter);
  if (usual !== undefined) return usual;
  if (!('example' in parameter)) throw new Error('a parameter without a usual value has an example');
  return parameter.example;
}

export function readyMadeTree(name: string, given: Given): Tree {
  return { kind: 'ready-made', name, given };
}

/** The weights by symbol and that of cash, as text; or what is undefined. */
export function percentsOf(decided: ReturnType<typeof evaluate>): Readonly<Record<string, string>> {
  if (decided.kind === 'undefined') throw new Error(`${decided.metric} of ${decided.symbol} ${decided.detail}`);
  const { weights, cash } = decided.targets;
  return { ...Object.fromEntries(weights.map(({ symbol, weight }) => [symbol, formatPercent(weight)])), cash: formatPercent(cash) };
}

/** What the one rule of the strategy remembers after the decision. */
export function onlyMemoryOf(decided: ReturnType<typeof evaluate>): Memory {
  if (decided.kind === 'undefined') throw new Error(`${decided.metric} of ${decided.symbol} ${decided.detail}`);
  const [memory, ...others] = Object.values(decided.state.memories);
  if (memory === undefined || others.length > 0) throw new Error(`${others.length + (memory === undefined ? 0 : 1)} memories`);
  return memory;
}
