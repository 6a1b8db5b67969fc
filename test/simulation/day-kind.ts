// Whose account a simulated day is about.

/**
 * - `long-only`: with margin that nobody uses
 * - `long-short`: of a portfolio that may hold short positions, and at times does not get leave to
 * - `cash`: without margin; a person sold, and may have bought, earlier on the day
 */
export type DayKind = 'long-only' | 'long-short' | 'cash';
