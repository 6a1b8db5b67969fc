// A simulated account on the days of a table: cash, units, and what every bar brought and cost. Between two trades whole
// columns are added up at a time. It refuses to know why anything is traded.
import assert from 'node:assert/strict';
import { daysBetween, type NewYorkDate } from '../../shared/core/values/time.ts';
import { COST_KINDS, type CostColumns, type EarnedColumns } from './backtest-result.ts';
import type { ValuedColumn } from './market.ts';

export interface Account {
  /** Of each symbol; negative when short. */
  readonly units: Float64Array;
  /** What each was last valued at. */
  readonly valuedAt: Float64Array;
  /** By day of the table. */
  readonly equity: Float64Array;
  readonly cashOn: Float64Array;
  readonly gross: Float64Array;
  readonly earned: EarnedColumns;
  readonly paid: CostColumns;
  cash(): number;
  /** Lives through the closes up to and including a day. */
  advance(day: number): void;
  /** Lives through the night before a day, and values at its opens what has one. */
  advanceToOpen(day: number): void;
  /** @param units of one symbol, negative to sell; at a price of the day that was advanced to, and its costs. */
  fill(symbol: number, units: number, price: number, costs: FillCosts): void;
  /** After the fills of a day. */
  settle(day: number): void;
}

export interface FillCosts {
  readonly commission: number;
  readonly spread: number;
  readonly impact: number;
  readonly fees: number;
}

export interface AccountWorld {
  readonly dates: readonly NewYorkDate[];
  /** Of each symbol; undefined for one without prices, which can never be held. */
  readonly columns: readonly (ValuedColumn | undefined)[];
  /** What cash earns over each day, since the day before. */
  readonly rates: Float64Array;
  readonly borrowBps: number;
}

const DAYS_OF_INTEREST = 365;
const BPS = 10_000;
/** Equity, cash, gross, short, three that came in and what went out by kind. */
const COLUMNS = 7 + COST_KINDS.length;

/** @param start the day before the first bar. */
export function openAccount(start: number, equityAtStart: number, { dates, columns, rates, borrowBps }: AccountWorld): Account {
  const length = dates.length;
  // One block of memory for all: many small ones cost more than what is reckoned in them.
  const block = new Float64Array(length * COLUMNS);
  let taken = 0;
  const column = (): Float64Array => block.subarray(length * taken, length * ++taken);
  const [equity, cashOn, gross, short] = [column(), column(), column(), column()];
  const earned = { gains: column(), dividends: column(), interest: column() };
  const paid = Object.fromEntries(COST_KINDS.map((kind) => [kind, column()])) as Record<keyof CostColumns, Float64Array>;
  const units = new Float64Array(columns.length);
  const valuedAt = new Float64Array(columns.length);
  let cash = equityAtStart;
  let livedUntil = start;
  let accruedUntil = start;
  let held: number[] = [];
  equity[start] = equityAtStart;
  cashOn[start] = cash;

  const addUp = (symbol: number, from: number, to: number): void => {
    const valued = columns[symbol] as ValuedColumn;
    const { marks, dividends } = valued;
    const { gains } = earned;
    const own = units[symbol] as number;
    let before = valuedAt[symbol] as number;
    for (let day = from; day <= to; day += 1) {
      const now = marks[day] as number;
      gains[day] = (gains[day] as number) + own * (now - before);
      equity[day] = (equity[day] as number) + own * now;
      before = now;
    }
    valuedAt[symbol] = before;
    if (own < 0) for (let day = from; day <= to; day += 1) short[day] = (short[day] as number) - own * (marks[day] as number);
    if (dividends === undefined) return;
    for (let day = Math.max(from, accruedUntil + 1); day <= to; day += 1)
      earned.dividends[day] = (earned.dividends[day] as number) + own * (dividends[day] as number);
  };
  const accrue = (day: number): void => {
    const owed = short[day - 1] as number;
    // What short sales brought earns nothing for their seller.
    const interest = Math.max(0, cash - owed) * (rates[day] as number);
    const borrow =
      owed === 0
        ? 0
        : (owed * borrowBps * daysBetween(dates[day - 1] as NewYorkDate, dates[day] as NewYorkDate)) / (BPS * DAYS_OF_INTEREST);
    earned.interest[day] = interest;
    paid.borrow[day] = borrow;
    cash += interest + (earned.dividends[day] as number) - borrow;
    accruedUntil = day;
  };

  return {
    units,
    valuedAt,
    equity,
    cashOn,
    gross,
    earned,
    paid,
    cash: () => cash,
    advance(day) {
      const from = livedUntil + 1;
      if (from > day) return;
      for (const symbol of held) addUp(symbol, from, day);
      for (let each = from; each <= day; each += 1) {
        if (accruedUntil < each) accrue(each);
        // So far the sum of all positions, short ones below zero.
        gross[each] = (equity[each] as number) + 2 * (short[each] as number);
        equity[each] = (equity[each] as number) + cash;
        cashOn[each] = cash;
      }
      livedUntil = day;
    },
    advanceToOpen(day) {
      for (const symbol of held) {
        const { opens, dividends } = columns[symbol] as ValuedColumn;
        const own = units[symbol] as number;
        const open = opens?.[day] ?? Number.NaN;
        earned.dividends[day] = (earned.dividends[day] as number) + own * (dividends?.[day] ?? 0);
        if (Number.isNaN(open)) continue;
        earned.gains[day] = (earned.gains[day] as number) + own * (open - (valuedAt[symbol] as number));
        valuedAt[symbol] = open;
      }
      accrue(day);
    },
    fill(symbol, quantity, price, costs) {
      const day = accruedUntil;
      units[symbol] = (units[symbol] as number) + quantity;
      valuedAt[symbol] = price;
      cash -= quantity * price + costs.commission + costs.spread + costs.impact + costs.fees;
      paid.commission[day] = (paid.commission[day] as number) + costs.commission;
      paid.spread[day] = (paid.spread[day] as number) + costs.spread;
      paid.impact[day] = (paid.impact[day] as number) + costs.impact;
      paid.fees[day] = (paid.fees[day] as number) + costs.fees;
    },
    settle(day) {
      held = [];
      let [value, owed] = [0, 0];
      for (let symbol = 0; symbol < units.length; symbol += 1) {
        const own = units[symbol] as number;
        if (own === 0) continue;
        held.push(symbol);
        value += own * (valuedAt[symbol] as number);
        if (own < 0) owed -= own * (valuedAt[symbol] as number);
      }
      // At an open the close of the day is still to come.
      if (livedUntil < day) return;
      equity[day] = value + cash;
      cashOn[day] = cash;
      gross[day] = value + 2 * owed;
      short[day] = owed;
    },
  };
}

/**
 * On every bar, equity is what it was before with all that came in and without all that went out. Equity is counted from what is
 * held, and what came in from how prices moved: the two meet only here.
 */
export function assertBalanced({
  dates,
  equity,
  start,
  earned,
  paid,
}: Readonly<{
  dates: readonly NewYorkDate[];
  equity: Float64Array;
  start: { readonly equity: number };
  earned: EarnedColumns;
  paid: CostColumns;
}>): void {
  const out = COST_KINDS.map((kind) => paid[kind]);
  let before = start.equity;
  for (let bar = 0; bar < dates.length; bar += 1) {
    const cameIn = (earned.gains[bar] as number) + (earned.dividends[bar] as number) + (earned.interest[bar] as number);
    let wentOut = 0;
    for (let kind = 0; kind < out.length; kind += 1) wentOut += (out[kind] as Float64Array)[bar] as number;
    const now = equity[bar] as number;
    const expected = before + cameIn - wentOut;
    // Said only where it is needed: to write the figures of every bar takes longer than to add them up.
    if (!(Math.abs(now - expected) <= BALANCE * Math.max(Math.abs(now), Math.abs(before))))
      assert.fail(`the account does not balance on ${dates[bar]}: ${now} is held, and ${expected} is what came of ${before}`);
    before = now;
  }
}

const BALANCE = 1e-9;
