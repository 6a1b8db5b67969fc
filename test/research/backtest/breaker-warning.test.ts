// Where the breaker would have stopped a run, on curves of equity made up for it.
import { describe, expect, it } from 'vitest';
import type { BacktestResult } from '../../../research/backtest/backtest-result.ts';
import { breakerWarning } from '../../../research/backtest/breaker-warning.ts';
import { parsePortfolioFile } from '../../../shared/contracts/portfolio-file.ts';
import { sessionsBetween } from '../../../shared/core/market/nyse-calendar.ts';
import { aReport } from '../report/a-report.ts';

const { result } = aReport();
const SESSIONS = sessionsBetween('2024-05-31', '2024-08-30').map(({ date }) => date);

/** At the ends of May, June, July and August, by default. */
function warned(equityOn: Readonly<Record<string, number>>, { breaker = '{}', every = '{ every: month, on: last }' } = {}) {
  const schedule = every.replace('{', '{ at: close-25m, band: { absolute: 5% },');
  const text = `portfolio: test\naccount: { name: test }\nschedules: { main: ${schedule} }\nlimits: { position: 100%, breaker: ${breaker} }\nsleeves: { core: { capital: 100%, strategy: { specified: { VTI: 100% } } } }\n`;
  const read = parsePortfolioFile(text, 'test');
  if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
  let latest = 100;
  const curve = SESSIONS.map((date) => {
    latest = equityOn[date] ?? latest;
    return latest;
  });
  const [first, ...dates] = SESSIONS;
  const lived: BacktestResult = {
    ...result,
    start: { date: first as (typeof SESSIONS)[number], equity: curve[0] as number },
    dates,
    equity: Float64Array.from(curve.slice(1)),
  };
  return breakerWarning(read.policy, lived);
}

const MEANING = 'nothing is traded from there on until a person lowers it, and this backtest trades on as if nobody had to';

describe('a backtest that lives past the breaker', () => {
  it('says the first run that it would have stopped, how far below the mark of earlier runs, and what that means', () => {
    // The mark is of the end of June; 96 of 120 is 20 % below it.
    expect(warned({ '2024-06-28': 120, '2024-07-15': 96.01, '2024-08-20': 96 })).toEqual([
      {
        code: 'breaker',
        detail: `the breaker would have stopped the run of 2024-08-30: 20% below the high-water mark, and limits.breaker.drawdown stops at 20%; ${MEANING}`,
      },
    ]);
    expect(warned({ '2024-06-28': 120, '2024-07-15': 96.01 })).toEqual([]);
  });

  it('knows marks and falls of the days that have a run, and of no others', () => {
    // A peak of 130 that no run saw, and a fall to 50 between two runs.
    expect(warned({ '2024-06-10': 130, '2024-06-20': 100, '2024-07-10': 50, '2024-07-20': 100, '2024-07-22': 100 })).toEqual([]);
    expect(warned({ '2024-07-10': 50, '2024-07-22': 100 }, { every: '{ every: day }' })).toMatchObject([
      { detail: expect.stringContaining('the run of 2024-07-10') },
    ]);
  });

  it('says a loss of the day before the run that is large enough by itself', () => {
    const [{ detail } = { detail: '' }] = warned({ '2024-07-31': 95 });
    expect(detail).toContain('the run of 2024-07-31: 5% lost in a day, and limits.breaker.day-loss stops at 5%');
    // Lost on the day before the run.
    expect(warned({ '2024-07-30': 95 })).toEqual([]);
  });

  it('goes by the limits of the file, and says nothing where they are off', () => {
    const wide = '{ day-loss: off, drawdown: { caution: 30%, restricted: 40%, stopped: 50% } }';
    expect(warned({ '2024-07-31': 51 }, { breaker: wide })).toEqual([]);
    expect(warned({ '2024-07-31': 50 }, { breaker: wide })[0]?.detail).toContain('50% below the high-water mark');
    expect(warned({ '2024-07-31': 1 }, { breaker: '{ day-loss: off, drawdown: off }' })).toEqual([]);
  });
});
