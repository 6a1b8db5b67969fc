// The bounds of what a strategy may say, in whichever language it says it.

/** In bars: forty years of sessions. */
export const WINDOW_MAX = 10_000;
/** How many candidates a filter may choose. */
export const COUNT_MAX = 10_000;
/** Each level is an all, an any or a not; people write three. */
export const CONDITION_DEPTH_MAX = 40;
/** Nodes one below the other; the deepest strategy seen has 288. */
export const STRATEGY_DEPTH_MAX = 2_000;
