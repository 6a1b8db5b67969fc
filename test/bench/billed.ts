// What a call of a function would be billed at a memory setting, from what it used here.

/** So much memory is one whole processor of Lambda; less is a share of it. */
const PROCESSOR_MB = 1_769;

/** AWS stops a function at its setting; the alarm near-memory-limit rings at nine tenths. */
const MEMORY_SHARE_MAX = 0.9;

export const MEMORY_SETTINGS_MB = [128, 256, 512, 1_024] as const;

export interface Used {
  /** Of the process, in milliseconds of one processor. */
  readonly cpuMs: number;
  /** From outside: computing and waiting. */
  readonly wallMs: number;
}

/** Computing takes longer with a smaller share, waiting takes as long as it does. Rounded up, as it is billed. */
export function billedMs({ cpuMs, wallMs }: Used, memoryMb: number): number {
  const waitedMs = Math.max(0, wallMs - cpuMs);
  return Math.ceil(waitedMs + cpuMs / Math.min(1, memoryMb / PROCESSOR_MB));
}

export function fits(peakMb: number, memoryMb: number): boolean {
  return peakMb <= memoryMb * MEMORY_SHARE_MAX;
}
