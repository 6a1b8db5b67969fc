// How far back a metric may look.

/** In bars: forty years of sessions. */
export const WINDOW_MAX = 10_000;
