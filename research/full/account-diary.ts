// What a simulated account did, day by day, in the columns of a backtest: out of the book's log alone. Equity is counted from what
// the book holds, gains from how prices moved; the books of the result must balance all the same.
import type { FillActivity } from '../../exchange/matching/activity.ts';
import type { Book } from '../../exchange/matching/book.ts';
import { NANOS_PER_MS } from '../../exchange/matching/stamp.ts';
import type { Venue } from '../../exchange/matching/surroundings.ts';
import { type FeeType, feesOf } from '../../shared/core/ledger/fee-table.ts';
import { NANOS_PER_SHARE, notional } from '../../shared/core/values/shares.ts';
import { COST_KINDS } from '../backtest/backtest-result.ts';
import type { LivedRuns } from '../backtest/live-runs.ts';
import type { ValuedColumn } from '../backtest/market.ts';
import { openTradeLog } from '../backtest/trade-log.ts';

export interface AccountDiary extends Pick<LivedRuns, 'account' | 'log' | 'unpriced'> {
  readonly changes: LivedRuns['changes'][number][];
  /** After a run. @returns what it traded. */
  endRun(): { readonly trades: number; readonly notional: number };
  /** After the fees of a day were posted. */
  endDay(day: number): void;
}

export interface DiaryOptions {
  readonly book: Book;
  readonly venue: Venue;
  readonly symbols: readonly string[];
  readonly columns: readonly ValuedColumn[];
  readonly days: number;
}

/** All fills of a symbol in one run. */
interface DayTrade {
  readonly place: number;
  units: number;
  /** units · price that stood, and what it came to instead. */
  value: number;
  spread: number;
  readonly fees: Map<FeeType, bigint>;
}

const MICROS = 1_000_000;
const FEE_TYPES: readonly FeeType[] = ['SEC', 'TAF', 'CAT'];

export function accountDiary({ book, venue, symbols, columns, days }: DiaryOptions): AccountDiary {
  const column = (): Float64Array => new Float64Array(days);
  const account = {
    equity: column(),
    cashOn: column(),
    gross: column(),
    earned: { gains: column(), dividends: column(), interest: column() },
    paid: Object.fromEntries(COST_KINDS.map((kind) => [kind, column()])) as LivedRuns['account']['paid'],
  };
  const places = new Map(symbols.map((symbol, place) => [symbol, place]));
  const log = openTradeLog();
  const unpriced: Record<FeeType, number> = { SEC: 0, TAF: 0, CAT: 0 };
  const changes: LivedRuns['changes'][number][] = [];
  let seen = 0;
  let units = new Float64Array(symbols.length);
  let today: DayTrade[] = [];

  const fillOf = (fill: FillActivity, run: Map<number, DayTrade>): void => {
    const place = places.get(fill.symbol) as number;
    const trade = run.get(place) ?? { place, units: 0, value: 0, spread: 0, fees: new Map() };
    run.set(place, trade);
    const stood = venue.lastTradeAt(fill.symbol, Number(fill.at / NANOS_PER_MS))?.price;
    if (stood === undefined) throw new Error(`${fill.symbol} was filled without a price`);
    const quantity = (Number(fill.quantity) / Number(NANOS_PER_SHARE)) * (fill.side === 'buy' ? 1 : -1);
    const value = quantity * (Number(stood) / MICROS);
    trade.units += quantity;
    trade.value += value;
    trade.spread += -Number(fill.cashChange) / MICROS - value;
    for (const { type, femtos } of feesOf(fill.side, fill.date, notional(fill.price, fill.quantity, 'half-even'), fill.quantity)) {
      if (femtos !== 'unpriced') trade.fees.set(type, (trade.fees.get(type) ?? 0n) + femtos);
    }
  };

  return {
    account,
    log,
    unpriced,
    changes,
    endRun() {
      const run = new Map<number, DayTrade>();
      for (; seen < book.activities.length; seen += 1) {
        const activity = book.activities[seen];
        if (activity?.kind === 'FILL') fillOf(activity, run);
      }
      const trades = [...run.values()].sort((a, b) => a.place - b.place);
      today.push(...trades);
      return { trades: trades.length, notional: trades.reduce((sum, { value }) => sum + Math.abs(value), 0) };
    },
    endDay(day) {
      const posted = new Map<FeeType, number>();
      for (; seen < book.activities.length; seen += 1) {
        const activity = book.activities[seen];
        if (activity?.kind === 'FILL') throw new Error(`${activity.symbol} was filled outside of any run`);
        if (activity?.kind !== 'FEE') continue;
        posted.set(activity.feeType, -Number(activity.cashChange) / MICROS);
        if (activity.isUnpriced)
          unpriced[activity.feeType] += today.filter(({ units: own }) => own < 0 || activity.feeType === 'CAT').length;
      }
      const cash = Number(book.cash) / MICROS;
      let [equity, gross, gains] = [cash, 0, 0];
      const held = new Float64Array(symbols.length);
      for (const [place, symbol] of symbols.entries()) {
        const quantity = Number(book.holdings.get(symbol)?.quantity ?? 0n) / Number(NANOS_PER_SHARE);
        held[place] = quantity;
        const marks = (columns[place] as ValuedColumn).marks;
        if (quantity !== 0) {
          const value = quantity * (marks[day] as number);
          equity += value;
          gross += Math.abs(value);
        }
        const before = units[place] as number;
        if (before !== 0) gains += before * ((marks[day] as number) - (marks[day - 1] as number));
      }
      const shares = FEE_TYPES.map((type) => [type, today.reduce((sum, { fees }) => sum + (fees.get(type) ?? 0n), 0n)] as const);
      for (const { place, units: own, value, spread, fees } of today) {
        gains += own * ((columns[place] as ValuedColumn).marks[day] as number) - value;
        const fee = shares.reduce((sum, [type, all]) => {
          const part = fees.get(type) ?? 0n;
          return part === 0n ? sum : sum + (posted.get(type) ?? 0) * (Number(part) / Number(all));
        }, 0);
        account.paid.spread[day] = (account.paid.spread[day] as number) + spread;
        log.add(day, place, own, own === 0 ? 0 : value / own, Math.abs(value), { commission: 0, spread, impact: 0, fees: fee });
      }
      account.paid.fees[day] = [...posted.values()].reduce((sum, fee) => sum + fee, 0);
      account.earned.gains[day] = gains;
      account.equity[day] = equity;
      account.cashOn[day] = cash;
      account.gross[day] = gross;
      if (today.length > 0) changes.push({ day, units: held });
      units = held;
      today = [];
    },
  };
}
