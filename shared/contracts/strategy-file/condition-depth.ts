// How deep conditions may nest within one another.

/** Each level is an all, an any or a not; people write three. */
export const CONDITION_DEPTH_MAX = 40;
