// The parameters of a ready-made strategy as a file gives them.

/** Shares are whole parts per million. */
export type Given = Readonly<Record<string, GivenValue>>;
export type GivenValue = string | number | readonly string[] | readonly SymbolPair[];

/** Two symbols that are looked at, and held, together. */
export type SymbolPair = readonly [string, string];
