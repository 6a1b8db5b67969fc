// The profile of the functions as a table, and whether each has memory to spare where it is deployed.
import { FUNCTION_MEMORY_MB } from '../../lib/function-memory.ts';
import { billedMs, fits, MEMORY_SETTINGS_MB } from './billed.ts';
import type { FunctionProfile } from './function-profiles.ts';

export function hasMemoryToSpare({ name, peakMb }: Pick<FunctionProfile, 'name' | 'peakMb'>): boolean {
  return fits(peakMb, FUNCTION_MEMORY_MB[name]);
}

export function profileText(profiles: readonly FunctionProfile[]): string {
  const lines = profiles.map((profile) => {
    const { name, peakMb, calls, cold, warm } = profile;
    const columns = MEMORY_SETTINGS_MB.map((memoryMb) => {
      if (!fits(peakMb, memoryMb)) return 'too small';
      return warm === undefined ? `${billedMs(cold, memoryMb)}` : `${billedMs(cold, memoryMb)} / ${billedMs(warm, memoryMb)}`;
    });
    const setting = `${FUNCTION_MEMORY_MB[name]} MB${hasMemoryToSpare(profile) ? '' : ' PASSED OVER'}`;
    return [
      name.padEnd(10),
      `${Math.ceil(peakMb)} MB`.padStart(7),
      String(calls).padStart(6),
      ...columns.map((each) => each.padStart(13)),
      `  ${setting}`,
    ].join('');
  });
  const head = [
    'function'.padEnd(10),
    'peak'.padStart(7),
    'calls'.padStart(6),
    ...MEMORY_SETTINGS_MB.map((each) => `${each} MB`.padStart(13)),
    '  deployed',
  ];
  return [
    '',
    'functions: billed milliseconds of a cold call / a warm one, at each memory setting',
    'Method: processor time of the bundle here, on one core, divided by the share of a processor that the setting has on Lambda',
    '(1,769 MB are one), and what it waited over loopback as it is. Waiting for AWS and the broker comes on top, at every setting.',
    head.join(''),
    ...lines,
  ].join('\n');
}
