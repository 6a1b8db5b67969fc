// What a strategy must remember from one session to the next: plain numbers, so that a record holds them exactly.

/** Named numbers of named things, mostly of symbols: what is held since when, at what price. */
export type Memory = Readonly<Record<string, Readonly<Record<string, number>>>>;

export const NOTHING_REMEMBERED: Memory = {};
