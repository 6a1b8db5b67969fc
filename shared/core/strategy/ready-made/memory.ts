// What a strategy must remember from one session to the next: plain numbers, so that a record holds them exactly.

/** Named numbers of named things, mostly of symbols: what is held since when, at what price. */
export type Memory = Readonly<Record<string, Readonly<Record<string, number>>>>;

export const NOTHING_REMEMBERED: Memory = {};

/** @throws Error for a number that is not there: whatever a rule remembers, it has remembered whole. */
export function recalled(numbers: Readonly<Record<string, number>>, name: string): number {
  const number = numbers[name];
  if (number === undefined) throw new Error(`${name} was not remembered beside ${Object.keys(numbers).join(', ')}`);
  return number;
}
