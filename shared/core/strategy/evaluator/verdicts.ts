// The conditions of a program over a whole history: true, false or undefined on every day. Undefined parts do not matter
// where the others decide. Iterative over depth: a condition's number is larger than those of its parts.
import type { Comparator } from '../tree.ts';
import type { Operand, Test } from './node.ts';
import type { Program } from './program.ts';

export const FALSE = 0;
export const TRUE = 1;
export const UNDEFINED = 2;

export type Verdict = boolean | undefined;

export interface Verdicts {
  /** FALSE, TRUE or UNDEFINED for every day. */
  of(test: number): Uint8Array;
}

export function verdictsOf(program: Program, length: number, column: (number: number) => Float64Array): Verdicts {
  const known = new Map<number, Uint8Array>();
  const partsOf = (number: number): readonly number[] => {
    const test = program.tests[number];
    if (test === undefined || test.kind === 'compare') return [];
    return test.kind === 'not' ? [test.test] : test.tests;
  };
  const part = (number: number): Uint8Array => {
    const found = known.get(number);
    if (found === undefined) throw new Error(`test ${number} was judged before its part`);
    return found;
  };
  const values = (side: Operand): Float64Array | number => (side.kind === 'column' ? column(side.column) : side.value);
  const judged = (test: Test): Uint8Array => {
    switch (test.kind) {
      case 'compare':
        return compared(values(test.left), test.comparator, values(test.right), length);
      case 'not':
        return negated(part(test.test));
      case 'all':
      case 'any':
        return combined(test.tests.map(part), test.kind === 'any' ? TRUE : FALSE, length);
    }
  };
  return {
    of(number) {
      const found = known.get(number);
      if (found !== undefined) return found;
      const wanted = new Set([number]);
      for (const each of wanted) {
        if (known.has(each)) continue;
        for (const below of partsOf(each)) wanted.add(below);
      }
      for (const each of [...wanted].sort((a, b) => a - b)) {
        const test = program.tests[each];
        if (test !== undefined && !known.has(each)) known.set(each, judged(test));
      }
      return part(number);
    },
  };
}

function compared(left: Float64Array | number, comparator: Comparator, right: Float64Array | number, length: number): Uint8Array {
  switch (comparator) {
    case 'gt':
      return ordered(left, right, length, FALSE, FALSE, TRUE);
    case 'gte':
      return ordered(left, right, length, FALSE, TRUE, TRUE);
    case 'lt':
      return ordered(left, right, length, TRUE, FALSE, FALSE);
    case 'lte':
      return ordered(left, right, length, TRUE, TRUE, FALSE);
    case 'eq':
      return ordered(left, right, length, FALSE, TRUE, FALSE);
  }
}

/** One loop for all comparators: the verdict where the left side is less than, equal to or more than the right. */
function ordered(
  left: Float64Array | number,
  right: Float64Array | number,
  length: number,
  less: number,
  same: number,
  more: number,
): Uint8Array {
  const verdicts = new Uint8Array(length);
  for (let day = 0; day < length; day += 1) {
    const a = typeof left === 'number' ? left : (left[day] as number);
    const b = typeof right === 'number' ? right : (right[day] as number);
    // NaN is in no order with anything.
    verdicts[day] = a < b ? less : a > b ? more : a === b ? same : UNDEFINED;
  }
  return verdicts;
}

function negated(part: Uint8Array): Uint8Array {
  return part.map((verdict) => (verdict === UNDEFINED ? UNDEFINED : TRUE - verdict));
}

function combined(parts: readonly Uint8Array[], decisive: typeof TRUE | typeof FALSE, length: number): Uint8Array {
  const verdicts = new Uint8Array(length).fill(TRUE - decisive);
  for (const part of parts) {
    for (let day = 0; day < length; day += 1) {
      if (verdicts[day] === decisive) continue;
      if (part[day] !== TRUE - decisive) verdicts[day] = part[day] as number;
    }
  }
  return verdicts;
}
