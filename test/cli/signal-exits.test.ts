import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evenkeel } from './spoken.ts';

// The first sessions of 2024: Tuesday to Friday, and the next week up to Tuesday.
const DATES = ['2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05', '2024-01-08', '2024-01-09'];
const CLOSES = { SPY: [100, 110, 99, 100, 110, 111], TLT: [90, 90, 90, 90, 90, 90] };

const STRATEGY = `strategy: Guarded halves
rebalance: { every: week }
exits: { trailing: 10%, re-enter: next-period }
tree: { equal: [SPY, TLT] }
`;

const PORTFOLIO = `portfolio: guarded
cash-reserve: 10%
schedules:
  daily: { at: close-25m, every: day }
sleeves:
  core: { capital: 60%, strategy: { equal: [SPY, TLT] }, exits: { trailing: 10% } }
  free: { capital: 40%, strategy: TLT }
limits: { position: 100% }
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-signal-exits-'));
  mkdirSync(join(folder, 'prices'));
  for (const [symbol, closes] of Object.entries(CLOSES)) {
    const rows = closes.map((close, place) => `${DATES[place]},${close}`);
    writeFileSync(join(folder, 'prices', `${symbol}.csv`), ['date,close', ...rows, ''].join('\n'));
  }
  writeFileSync(join(folder, 'strategy.yaml'), STRATEGY);
  writeFileSync(join(folder, 'portfolio.yaml'), PORTFOLIO);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const signal = (file: string, asOf: string, ...more: string[]) =>
  evenkeel(['signal', join(folder, file), '--prices', join(folder, 'prices'), '--as-of', asOf, ...more]);

describe('evenkeel signal of a strategy with protective exits', () => {
  it('leaves out what they have ended, and explains with their figures', async () => {
    const { code, out } = await signal('strategy.yaml', '2024-01-04', '--explain');
    expect(code).toBe(0);
    expect(out).toMatch(/^TLT +50\.00%\ncash +50\.00%$/m);
    // 99 is a tenth below 110, the best close, and a hundredth below the entry.
    expect(out).toContain(
      [
        'Exits (as if it had decided on every session since 2024-01-02)',
        'SPY is out by trailing at the close of 2024-01-04, 99.00: -1% since the entry, -10% since the best close; long from 100.00 on 2024-01-02, best 110.00, 2 sessions',
        'TLT is held long from 90.00 on 2024-01-02, best 90.00, 2 sessions',
      ].join('\n'),
    );
  });

  it('takes it again in the next period, at the close that decides its first session', async () => {
    const weights = async (asOf: string) => {
      const { out } = await signal('strategy.yaml', asOf, '--json');
      const { weights, exits } = JSON.parse(out);
      return [weights, exits.SPY.kind, exits.SPY.entered];
    };
    // What the close of Thursday decides is traded on Friday; that of Friday on Monday, in a new week.
    expect(await weights('2024-01-04')).toEqual([{ TLT: 0.5 }, 'out', '2024-01-02']);
    expect(await weights('2024-01-05')).toEqual([{ SPY: 0.5, TLT: 0.5 }, 'held', '2024-01-05']);
  });

  it('counts in the target weights of a portfolio, sleeve by sleeve', async () => {
    const { out } = await signal('portfolio.yaml', '2024-01-09', '--json');
    const { sleeves, targets } = JSON.parse(out);
    expect(sleeves[0]).toMatchObject({ weights: { TLT: 0.5 }, exits: { SPY: { kind: 'out', by: 'trailing' }, TLT: { kind: 'held' } } });
    expect(sleeves[1]).not.toHaveProperty('exits');
    // Half of 60 % and all of 40 %: 70 %, within what the reserve of a tenth leaves.
    expect(targets).toEqual({ weights: { TLT: 0.7 }, cash: 0.3 });
  });
});

describe('evenkeel signal of a portfolio that adds, and sells what it does not name', () => {
  const adding = `portfolio: adding
account: { number: PA77 }
unowned: sell
schedules:
  daily: { at: close-25m, every: day }
sleeves:
  core: { capital: 100%, strategy: { specified: { SPY: 10%, cash: 90% } }, exits: { stop-loss: 20% }, tiers: [{ gain: 10%, add: 50% }] }
limits: { position: 30% }
`;

  it('supposes its tiers as it supposes its exits, and says both', async () => {
    writeFileSync(join(folder, 'adding.yaml'), adding);
    const { code, out } = await signal('adding.yaml', '2024-01-03', '--explain');
    expect(code).toBe(0);
    // 10 from 100 and 5 from 110 may lose 2 together: (15 - 2) / (10 / 100 + 5 / 110) = 89.375.
    expect(out).toContain('SPY is held long from 100.00 on 2024-01-02, best 110.00, 1 sessions, stop raised to 89.38, added 5% at 110.00');
    expect(out).toMatch(/^SPY +15\.00%$/m);
    expect(out).toContain('Unowned the first run sells every share and fund that account PA77 holds and no sleeve names');
  });
});
