// A ready-made strategy as it lives through the sessions of a history, one by one: what it remembers after each, and how
// it divides its capital. It begins where the history begins, or goes on from what it remembered before.
import type { Solvers } from '../construction/solvers.ts';
import { type Memory, NOTHING_REMEMBERED } from '../ready-made/memory.ts';
import type { Division, Held, Rule } from '../ready-made/ready-made.ts';
import type { Quotes } from '../state.ts';
import { isDefined } from './defined.ts';
import type { RuleNode } from './node.ts';

/** What was remembered after `day`, a day of the grid; −1 for one before it. */
export interface Remembered {
  readonly day: number;
  readonly memory: Memory;
  /** Where `day` was one of live quotes: they, and the day of the grid before it. */
  readonly live?: { readonly quoted: Quotes; readonly dayBefore: number };
}

export interface RuleLife {
  memory(day: number): Memory;
  /** @param held what the strategy holds before it, where that is known and counts. */
  divide(day: number, held?: Held): Division;
}

/**
 * On no day of the grid (−1) it cannot decide.
 * @param columns of what the rule looks at, in its order.
 */
export function ruleLife({ rule }: RuleNode, columns: readonly Float64Array[], before: Remembered | undefined, solvers: Solvers): RuleLife {
  const noDay: Division = { kind: 'undefined', because: 0 };
  const valuesOn = (day: number): Float64Array => Float64Array.from(columns, (values) => values[day] ?? Number.NaN);
  const divide = (memory: Memory, day: number, held?: Held): Division => {
    const { past } = rule;
    if (past === undefined) return rule.divide(memory, valuesOn(day));
    const until = columns.map((values) => values.subarray(Math.max(0, day + 1 - past), day + 1));
    return rule.divide(memory, valuesOn(day), { columns: until, solvers, held });
  };
  const { step } = rule;
  if (step === undefined)
    return { memory: () => NOTHING_REMEMBERED, divide: (day, held) => (day < 0 ? noDay : divide(NOTHING_REMEMBERED, day, held)) };

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
  const goingOn =
    before === undefined
      ? undefined
      : life({ day: before.day, memory: rule.rescaled?.(before.memory, latestOf(rule, columns, before)) ?? before.memory });
  const memory = (day: number): Memory =>
    before === undefined || goingOn === undefined || day < before.day ? fromTheStart(day) : goingOn(day);
  return { memory, divide: (day, held) => (day < 0 ? noDay : divide(memory(day), day, held)) };
}

/**
 * What each look of the remembered day is in the prices of today. Of a day of live quotes the close is another price than
 * the quote that was remembered: there it is the quote, rescaled as the close before it has been.
 */
function latestOf({ looksAt }: Rule, columns: readonly Float64Array[], { day, live }: Remembered): Float64Array {
  return Float64Array.from(columns, (values, place) => {
    if (live === undefined) return lastDefined(values, day);
    const look = looksAt[place];
    const quote = look?.metric.name === 'current-price' ? live.quoted[look.symbol] : undefined;
    const before = lastDefined(values, live.dayBefore);
    return quote === undefined ? before : quote.mid * (before / quote.before);
  });
}

function lastDefined(values: Float64Array, day: number): number {
  return values.subarray(0, day + 1).findLast(isDefined) ?? Number.NaN;
}
