// How every variant is backtested: what a sweep asks for, and for the rest what `evenkeel backtest` takes.
import type { BacktestOptions } from '../../research/backtest/backtest-options.ts';
import { type AskedBacktest, backtestOptions } from '../backtest/asked-options.ts';

export type AskedOptions = Pick<AskedBacktest, 'prices' | 'from' | 'to' | 'cash' | 'costBps' | 'slippage'>;

const USUAL = {
  cashRate: '0%',
  commissionBps: '0',
  borrowBps: '50',
  impact: '1',
  fees: 'dated',
  dividends: 'reinvested',
  weights: 'whole',
} as const;

/** @throws CommandFailure, exit 2 */
export function sweptOptions(asked: AskedOptions): BacktestOptions {
  return backtestOptions({ ...USUAL, ...asked });
}
