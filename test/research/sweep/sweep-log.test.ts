import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { USUAL_OPTIONS } from '../../../research/backtest/backtest-options.ts';
import { priceTable } from '../../../research/backtest/price-table.ts';
import type { VariantRow } from '../../../research/sweep/run-variant.ts';
import { openSweepLog, type SweepInputs, type SweepLog, sweepIdentity } from '../../../research/sweep/sweep-log.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-sweep-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const row = (place: number): VariantRow => ({
  place,
  values: { a: String(place) },
  variant: 'v',
  outcome: { kind: 'refused', detail: 'no' },
});

const source = 'a'.repeat(64);
const by = (sweep: string) => ({ sweep, source });

function opened(file: string, sweep: string, resume: boolean): SweepLog {
  const log = openSweepLog(file, by(sweep), resume);
  if (log.kind !== 'open') throw new Error(log.kind);
  return log.log;
}

describe('the log of a sweep', () => {
  it('gives back what was finished, without a line that was cut off', () => {
    const file = join(folder, 'cut.jsonl');
    const first = opened(file, 'one', false);
    for (const place of [2, 0]) first.add(row(place));
    first.close();
    appendFileSync(file, '{"place":1,"val');
    const again = opened(file, 'one', true);
    expect(again.finished).toEqual([row(2), row(0)]);
    again.add(row(1));
    again.close();
    expect(
      readFileSync(file, 'utf8')
        .split('\n')
        .slice(1, -1)
        .map((line) => (JSON.parse(line) as VariantRow).place),
    ).toEqual([2, 0, 1]);
  });

  it('is not gone on with unasked, nor by another sweep', () => {
    const file = join(folder, 'kept.jsonl');
    opened(file, 'one', true).close();
    expect(openSweepLog(file, by('one'), false)).toEqual({ kind: 'exists' });
    expect(openSweepLog(file, by('two'), true)).toEqual({ kind: 'of-another-sweep' });
  });

  it('is not gone on with by other code, and says which began it', () => {
    const file = join(folder, 'code.jsonl');
    opened(file, 'one', true).close();
    const kept = readFileSync(file, 'utf8');
    expect(openSweepLog(file, { sweep: 'two', source: 'b'.repeat(64) }, true)).toEqual({ kind: 'of-other-code', begunBy: source });
    expect(readFileSync(file, 'utf8')).toBe(kept);
    const old = join(folder, 'old.jsonl');
    writeFileSync(old, '{"sweep":"one"}\n');
    expect(openSweepLog(old, by('one'), true)).toEqual({ kind: 'of-another-sweep' });
  });

  it('is named by everything that a row depends on', () => {
    const bars = [
      { date: '2024-01-02', close: 100 },
      { date: '2024-01-03', close: 101 },
    ] as const;
    const inputs: SweepInputs = {
      version: '1',
      source,
      text: 'a: 1',
      varies: [{ path: 'a', values: ['1'] }],
      prices: priceTable([{ symbol: 'A', bars }]),
      options: USUAL_OPTIONS,
    };
    const others: SweepInputs[] = [
      { ...inputs, version: '2' },
      { ...inputs, source: 'b'.repeat(64) },
      { ...inputs, text: 'a: 2' },
      { ...inputs, varies: [] },
      { ...inputs, prices: priceTable([{ symbol: 'A', bars: [...bars, { date: '2024-01-04', close: 1 }] }]) },
      { ...inputs, options: { ...USUAL_OPTIONS, equity: 1 } },
    ];
    expect(sweepIdentity({ ...inputs })).toBe(sweepIdentity(inputs));
    expect(new Set([inputs, ...others].map(sweepIdentity)).size).toBe(7);
  });
});
