// A ready-made strategy as it lives through the sessions of a history, one by one: what it remembers after each, and how
// it divides its capital. It begins where the history begins, or goes on from what it remembered before.
import { type Memory, NOTHING_REMEMBERED } from '../ready-made/memory.ts';
import type { Division } from '../ready-made/ready-made.ts';
import { isDefined } from './defined.ts';
import type { RuleNode } from './node.ts';

/** What was remembered after `day`, a day of the grid; −1 for one before it. */
export interface Remembered {
  readonly day: number;
  readonly memory: Memory;
}

export interface RuleLife {
  memory(day: number): Memory;
  divide(day: number): Division;
}

/**
 * On no day of the grid (−1) it cannot decide.
 * @param columns of what the rule looks at, in its order.
 */
export function ruleLife({ rule }: RuleNode, columns: readonly Float64Array[], before: Remembered | undefined): RuleLife {
  const noDay: Division = { kind: 'undefined', because: 0 };
  const valuesOn = (day: number): Float64Array => Float64Array.from(columns, (values) => values[day] ?? Number.NaN);
  const { step } = rule;
  if (step === undefined)
    return { memory: () => NOTHING_REMEMBERED, divide: (day) => (day < 0 ? noDay : rule.divide(NOTHING_REMEMBERED, valuesOn(day))) };

  /** Two lives: one from the first day on, and one that goes on from what was remembered. */
  const life = (born: Remembered) => {
    const memories: Memory[] = [];
    return (day: number): Memory => {
      for (let next = born.day + 1 + memories.length; next <= day; next += 1) {
        memories.push(step(memories.at(-1) ?? born.memory, valuesOn(next)));
      }
      return memories[day - born.day - 1] ?? born.memory;
    };
  };
  const fromTheStart = life({ day: -1, memory: NOTHING_REMEMBERED });
  const latestOn = (day: number): Float64Array => Float64Array.from(columns, (values) => lastDefined(values, day));
  const goingOn =
    before === undefined
      ? undefined
      : life({ day: before.day, memory: rule.rescaled?.(before.memory, latestOn(before.day)) ?? before.memory });
  const memory = (day: number): Memory =>
    before === undefined || goingOn === undefined || day < before.day ? fromTheStart(day) : goingOn(day);
  return { memory, divide: (day) => (day < 0 ? noDay : rule.divide(memory(day), valuesOn(day))) };
}

function lastDefined(values: Float64Array, day: number): number {
  return values.subarray(0, day + 1).findLast(isDefined) ?? Number.NaN;
}
