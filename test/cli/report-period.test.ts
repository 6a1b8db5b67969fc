import { describe, expect, it } from 'vitest';
import { periodOf } from '../../cli/report/report-period.ts';

describe('a period', () => {
  it.each([
    [{ day: '2026-11-20' }, '2026-11-20', '2026-11-20'],
    [{ month: '2026-11' }, '2026-11-01', '2026-11-30'],
    [{ month: '2026-12' }, '2026-12-01', '2026-12-31'],
    [{ month: '2024-02' }, '2024-02-01', '2024-02-29'],
    [{ month: '2025-02' }, '2025-02-01', '2025-02-28'],
    [{ year: '2026' }, '2026-01-01', '2026-12-31'],
  ])('%j is from %s to %s', (options, from, to) => {
    expect(periodOf(options)).toEqual({ from, to });
  });

  it('is nothing where none is named', () => {
    expect(periodOf({})).toBeUndefined();
  });
});
