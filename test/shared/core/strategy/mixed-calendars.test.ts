import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../../shared/core/strategy/evaluate.ts';
import type { History } from '../../../../shared/core/strategy/history.ts';
import { DEFAULT_OPTIONS } from '../../../../shared/core/strategy/options.ts';
import type { Tree } from '../../../../shared/core/strategy/tree.ts';
import type { NewYorkDate } from '../../../../shared/core/values/time.ts';
import { percentsOf } from '../../../builders/ready-made.ts';
import { asset, equal } from '../../../builders/strategy.ts';

// Thursday to Tuesday. The exchange is closed on the weekend; BTC/USD falls there by half.
const WEEKEND: readonly NewYorkDate[] = ['2026-02-05', '2026-02-06', '2026-02-07', '2026-02-08', '2026-02-09', '2026-02-10'];
const isOpen = (date: NewYorkDate) => !['2026-02-07', '2026-02-08'].includes(date);
const SESSIONS = WEEKEND.filter(isOpen);
const column = (symbol: string, dates: readonly NewYorkDate[], closes: readonly number[]) => ({ symbol, dates, closes });
const history: History = {
  anchor: '2026-02-05',
  calendar: 'equities',
  columns: [
    column('BTCUSD', WEEKEND, [100, 100, 50, 100, 110, 121]),
    column('SPY', SESSIONS, [100, 101, 102, 103]),
    column('TLT', SESSIONS, [100, 100, 100, 100]),
  ],
};
const strongest = (window: number, ...children: readonly Tree[]): Tree => ({
  kind: 'filter',
  select: 'top',
  count: 1,
  by: { name: 'cumulative-return', window },
  children,
});
const decide = (tree: Tree, past: History = history) => evaluate(tree, past, undefined, '2026-02-10', DEFAULT_OPTIONS);

describe('a strategy over assets of two calendars', () => {
  it("counts an asset's own closes, those of the weekend too", () => {
    // Four closes before Tuesday is Friday for BTC/USD, which gained 21 %, and before the history for the others.
    expect(percentsOf(decide(strongest(4, asset('BTCUSD'), asset('SPY'))))).toEqual({ BTCUSD: '100%', cash: '0%' });
  });

  it('is decided on sessions alone: the series of a group does not break on a weekend', () => {
    const group: Tree = { kind: 'group', name: 'Shares', child: equal(asset('SPY'), asset('TLT')) };
    expect(percentsOf(decide(strongest(3, group)))).toEqual({ SPY: '50%', TLT: '50%', cash: '0%' });
    // On every date that any symbol has, the group has no closes on Saturday, and no three days without a gap.
    const { calendar: _, ...everyDate } = history;
    expect(decide(strongest(3, group), everyDate)).toMatchObject({ kind: 'undefined' });
  });

  it('is undefined on a day on which the exchange is closed', () => {
    const tree = strongest(1, asset('BTCUSD'), asset('SPY'));
    expect(evaluate(tree, history, undefined, '2026-02-08', DEFAULT_OPTIONS)).toMatchObject({ kind: 'undefined' });
  });
});
