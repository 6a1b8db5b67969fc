// Lives of variants: each lived and counted once, none begun after a stop.
import { describe, expect, it } from 'vitest';
import { USUAL_OPTIONS } from '../../../research/backtest/backtest-options.ts';
import { priceTable } from '../../../research/backtest/price-table.ts';
import type { VariantRow } from '../../../research/sweep/run-variant.ts';
import { variantsOf } from '../../../research/sweep/vary.ts';
import { liveVariant } from '../../../research/walk-forward/live-variant.ts';
import { type LivesWanted, openLives, Stopped } from '../../../research/walk-forward/lives.ts';
import type { NewYorkDate } from '../../../shared/core/values/time.ts';
import { centMarket } from '../full/cent-market.ts';

const PRICES = priceTable(centMarket('2024-06-03', '2024-12-31'), 'equities');
const TEXT =
  'strategy: Rotation\nrebalance: { every: month }\ntree: { filter: { top: 1, by: { cumulative-return: 20 }, of: [VTI, TLT, GLD] } }\n';
const SIXTY_FORTY = `portfolio: sixty-forty
account: { name: sixty-forty }
schedules: { monthly: { at: close-25m, every: month, on: last, band: { absolute: 1% } } }
sleeves: { core: { capital: 100%, strategy: { specified: { VTI: 60%, TLT: 40% } } } }
`;
const LAST_DAY = PRICES.dates.length - 1;
const AXIS = { firstDay: 30, lastDay: LAST_DAY, testsFrom: [40, 80] };

function variant() {
  const made = variantsOf(TEXT, [{ path: 'tree.filter.by.cumulative-return', values: ['5', '10', '20', '30', '40', '60'] }]);
  if (made.kind === 'refused') throw new Error(JSON.stringify(made.flaws));
  return made.variant;
}

function opened(more: Partial<LivesWanted> = {}) {
  const rows: VariantRow[] = [];
  const wanted = { kind: 'strategy' as const, prices: PRICES, options: USUAL_OPTIONS, axis: AXIS, variant: variant(), workers: 2 };
  return { rows, lives: openLives({ ...wanted, onRow: (row) => void rows.push(row), isStopped: () => false, ...more }) };
}

describe('a life', () => {
  it('has nothing on the bars before its first run, and what it earned on all others', () => {
    // Day 30 is the 17th of July; the first run comes at the end of the month, ten sessions later.
    const values = {};
    const monthly = liveVariant('portfolio', { place: 0, values, text: SIXTY_FORTY }, PRICES, USUAL_OPTIONS, AXIS);
    expect([PRICES.dates[30], PRICES.dates[40]]).toEqual(['2024-07-17', '2024-07-31']);
    expect(monthly.row.outcome).toMatchObject({ kind: 'result', start: '2024-07-31' });
    expect(monthly.life?.excess).toHaveLength(LAST_DAY - 30);
    expect([...(monthly.life?.excess.subarray(0, 10) ?? [])]).toEqual(new Array(10).fill(0));
    expect([...(monthly.life?.excess.subarray(10) ?? [])]).toEqual([...monthly.excess]);
    expect(monthly.excess.some((each) => each !== 0)).toBe(true);
    // What cannot be decided yet holds cash as well: sixty closes are there thirty days after the axis begins.
    const { life } = liveVariant('strategy', variant()(5), PRICES, USUAL_OPTIONS, AXIS);
    expect([...(life?.excess.subarray(0, 29) ?? [])]).toEqual(new Array(29).fill(0));
    expect(life?.excess.subarray(29, 40).some((each) => each !== 0)).toBe(true);
  });

  it('says what was held at the close before each mark', () => {
    const { life } = liveVariant('strategy', variant()(0), PRICES, USUAL_OPTIONS, AXIS);
    for (const held of life?.held ?? []) {
      expect(Object.keys(held)).toHaveLength(1);
      expect(Object.values(held)[0]).toBeCloseTo(1, 2);
    }
    expect(life?.held).toHaveLength(2);
    // Nothing yet, at a mark before the first run.
    const late = liveVariant('strategy', variant()(5), PRICES, USUAL_OPTIONS, { ...AXIS, testsFrom: [10] });
    expect(late.life?.held).toEqual([{}]);
  });

  it('ends with the last day of its axis, whatever prices there are after it', () => {
    const short = liveVariant('strategy', variant()(0), PRICES, USUAL_OPTIONS, { ...AXIS, lastDay: 100 });
    const long = liveVariant('strategy', variant()(0), PRICES, USUAL_OPTIONS, AXIS);
    expect([...(short.life?.excess ?? [])]).toEqual([...(long.life?.excess.subarray(0, 70) ?? [])]);
    expect(short.row.outcome).toMatchObject({ end: PRICES.dates[100] as NewYorkDate });
  });
});

describe('lives', { timeout: 30_000 }, () => {
  it('are lived and counted once, however often they are asked for', async () => {
    const begun: number[] = [];
    const { rows, lives } = opened({
      async around({ place }, run) {
        begun.push(place);
        return run();
      },
    });
    const [one, again] = await Promise.all([lives.lifeOf(3), lives.lifeOf(3), lives.lifeOf(1)]);
    expect(again).toBe(one);
    expect(one).toEqual(liveVariant('strategy', variant()(3), PRICES, USUAL_OPTIONS, AXIS).life);
    await lives.lifeOf(1);
    await lives.close();
    expect(begun).toEqual([3, 1]);
    expect(lives.rows().map(({ place }) => place)).toEqual([1, 3]);
    expect(rows).toHaveLength(2);
  });

  it('are begun a few at a time, so that none is counted long before it is lived', async () => {
    let [begun, ended, most] = [0, 0, 0];
    const { lives } = opened({
      workers: 1,
      async around(_, run) {
        begun += 1;
        most = Math.max(most, begun - ended);
        const ran = await run();
        ended += 1;
        return ran;
      },
    });
    await Promise.all([0, 1, 2, 3, 4, 5].map((place) => lives.lifeOf(place)));
    await lives.close();
    expect([begun, ended, most]).toEqual([6, 6, 2]);
  });

  it('that are stopped finish what is under way, and begin nothing more', async () => {
    let isStopped = false;
    const { rows, lives } = opened({
      workers: 1,
      isStopped: () => isStopped,
      async around(_, run) {
        const ran = await run();
        isStopped = true;
        return ran;
      },
    });
    const asked = await Promise.allSettled([0, 1, 2, 3].map((place) => lives.lifeOf(place)));
    await lives.close();
    expect(asked.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected']);
    expect(asked.flatMap((each) => (each.status === 'rejected' ? [each.reason instanceof Stopped] : []))).toEqual([true, true]);
    expect(rows).toHaveLength(2);
  });

  it('begin nothing after one that may not be tried', async () => {
    const begun: number[] = [];
    const refused = new Error('over the budget');
    const { lives } = opened({
      workers: 1,
      async around({ place }, run) {
        begun.push(place);
        if (place === 1) throw refused;
        return run();
      },
    });
    const asked = await Promise.allSettled([0, 1, 2, 3].map((place) => lives.lifeOf(place)));
    await lives.close();
    expect(begun).toEqual([0, 1]);
    expect(asked.slice(1).map((each) => each.status === 'rejected' && each.reason)).toEqual([refused, refused, refused]);
  });
});
