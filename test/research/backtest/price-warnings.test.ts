// What is said of prices whatever is lived through them.
import { describe, expect, it } from 'vitest';
import { NO_COSTS, USUAL_COSTS } from '../../../research/backtest/backtest-options.ts';
import { priceTable } from '../../../research/backtest/price-table.ts';
import { priceWarnings } from '../../../research/backtest/price-warnings.ts';
import { sessionsBetween } from '../../../shared/core/market/nyse-calendar.ts';

const SESSIONS = sessionsBetween('2024-05-01', '2024-05-31').map(({ date }) => date);
const bars = (dates: readonly string[]) => dates.map((date) => ({ date: date as (typeof SESSIONS)[number], close: 10, volume: 5 }));
const table = (series: Readonly<Record<string, readonly string[]>>) =>
  priceTable(
    Object.entries(series).map(([symbol, dates]) => ({ symbol, bars: bars(dates) })),
    'equities',
  );
const free = { costs: NO_COSTS };

describe('prices', () => {
  it('that are whole are warned of nothing', () => expect(priceWarnings(table({ A: SESSIONS, B: SESSIONS }), free)).toEqual([]));

  it('that have holes or end before the others are named', () => {
    const prices = table({ A: SESSIONS, B: SESSIONS.filter((_, day) => day !== 3), C: SESSIONS.slice(0, 10) });
    expect(priceWarnings(prices, free)).toEqual([
      { code: 'missing-closes', detail: `closes are missing between the first and the last of a symbol: of B on ${SESSIONS[3]}` },
      {
        code: 'ended',
        detail: `closes end before 2024-05-31, and what is held then is worth the last of them for ever: C on ${SESSIONS[9]}`,
      },
    ]);
    // Nothing is lived after the last bar that is asked for.
    expect(priceWarnings(prices, { ...free, to: SESSIONS[9] as (typeof SESSIONS)[number] }).map(({ code }) => code)).toEqual([
      'missing-closes',
    ]);
  });

  it('that begin after what was lived through them are told, and none of what begins with them', () => {
    const prices = table({ A: SESSIONS, B: SESSIONS.slice(5), C: SESSIONS.slice(9), SPY: SESSIONS.slice(12) });
    const lived = (day: number) => [{ symbols: ['A', 'B', 'C'], start: SESSIONS[day] as (typeof SESSIONS)[number] }];
    expect(priceWarnings(prices, free)).toEqual([]);
    // C has its first close on the day after the start: what was decided at the start may be filled at it.
    expect(priceWarnings(prices, free, lived(8))).toEqual([]);
    const told = (start: number, of: string) => [
      {
        code: 'left-out',
        detail: `the record begins on ${SESSIONS[start]}, and there is no close of ${of}: until then all is chosen without it`,
      },
    ];
    expect(priceWarnings(prices, free, lived(7))).toEqual(told(7, `C before ${SESSIONS[9]}`));
    expect(priceWarnings(prices, free, [...lived(7), ...lived(2)])).toEqual(told(2, `B before ${SESSIONS[5]}, C before ${SESSIONS[9]}`));
  });

  it('of days that no table of fees covers are counted, where fees are reckoned', () => {
    // The rate of the SEC is known from 22 May on; the others from 2025.
    const before = SESSIONS.filter((date) => date < '2024-05-22').length;
    const all = SESSIONS.length;
    const told = `SEC on ${before} of ${all} days, TAF on ${all} of ${all} days, CAT on ${all} of ${all} days`;
    expect(priceWarnings(table({ A: SESSIONS }), { costs: { ...NO_COSTS, fees: 'dated' } })).toEqual([
      { code: 'unpriced-fees', detail: `fees that no table covers on their dates count as nothing: ${told}` },
    ]);
  });

  it('without volumes are told where an impact is asked for', () => {
    const prices = priceTable([{ symbol: 'A', bars: SESSIONS.map((date) => ({ date, close: 10 })) }], 'equities');
    expect(priceWarnings(prices, free)).toEqual([]);
    expect(priceWarnings(prices, { costs: { ...NO_COSTS, impact: 1 } })).toEqual([
      { code: 'no-volumes', detail: 'no impact is counted where volumes are not known: A' },
    ]);
  });

  it('of coins are told where they pay no commission', () => {
    const prices = table({ BTCUSD: SESSIONS, A: SESSIONS });
    const costs = { ...USUAL_COSTS, impact: 0, fees: 'none' as const };
    const coins = (commissionBps: number) =>
      priceWarnings(prices, { costs: { ...costs, commissionBps } }).filter(({ code }) => code === 'crypto-costs');
    expect(coins(0)).toEqual([
      {
        code: 'crypto-costs',
        detail: 'no commission is reckoned for BTCUSD, and half a spread of 2 bps, as for funds: a broker takes more of coins',
      },
    ]);
    expect(coins(25)).toEqual([]);
  });
});
