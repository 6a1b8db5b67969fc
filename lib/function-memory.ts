// How much memory each function has, which on Lambda is also how much of a processor: 1,769 MB are one. Measured by
// `npm run bench`, which fails when a function needs more than nine tenths of this; decision 48 has the figures.
export const FUNCTION_MEMORY_MB = { signal: 512, execution: 512, watchdog: 512, notify: 512, gate: 512 } as const;

export type FunctionName = keyof typeof FUNCTION_MEMORY_MB;
