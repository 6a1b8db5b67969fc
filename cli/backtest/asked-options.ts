// The options of a backtest as they were typed, and as the engine takes them; or what was expected instead.
import { type BacktestOptions, type CashRate, type Fill, USUAL_OPTIONS } from '../../research/backtest/backtest-options.ts';
import { parsePercent, toFraction } from '../../shared/core/values/weight.ts';
import { CommandFailure } from '../failure.ts';
import { amountOption, cashOption, dateOption } from '../option-values.ts';
import { readCashRates } from './cash-rate-file.ts';
import type { AskedReport } from './report-options.ts';

/** What is not asked for is as usual. */
export interface AskedOptions {
  readonly from?: string;
  readonly to?: string;
  readonly cash?: string;
  readonly cashRate?: string;
  readonly costBps?: string;
  readonly commissionBps?: string;
  readonly borrowBps?: string;
  readonly impact?: string;
  readonly fees?: 'dated' | 'none';
  readonly slippage?: '1x' | '2x' | '3x';
  readonly fill?: Fill;
  readonly dividends?: 'reinvested' | 'paid';
  readonly weights?: 'whole' | 'exact';
  readonly settlement?: 'immediate' | 'settled-only';
}

export interface AskedBacktest extends AskedOptions, AskedReport {
  readonly prices: readonly string[];
  readonly benchmark?: string;
  readonly full?: boolean;
  readonly out?: string;
}

const SLIPPAGE = { '1x': 1, '2x': 2, '3x': 3 } as const;
const MICROS_A_DOLLAR = 1_000_000;

/** @throws CommandFailure, exit 2 */
export function backtestOptions(asked: AskedOptions): BacktestOptions {
  const from = dateOption('--from', asked.from);
  const to = dateOption('--to', asked.to);
  if (from !== undefined && to !== undefined && from >= to)
    throw new CommandFailure('usage', `--from ${from} --to ${to}: expected an end after the beginning`, { exitCode: 2 });
  const { costs, equity, cash, dividends, weights } = USUAL_OPTIONS;
  const amount = (name: string, text: string | undefined, usual: number, expected = 'basis points such as 2 or 0.5'): number =>
    text === undefined ? usual : amountOption(name, text, expected);
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(asked.fill === undefined ? {} : { fill: asked.fill }),
    ...(asked.settlement === undefined ? {} : { settlement: asked.settlement }),
    equity: asked.cash === undefined ? equity : Number(cashOption(asked.cash)) / MICROS_A_DOLLAR,
    costs: {
      commissionBps: amount('--commission-bps', asked.commissionBps, costs.commissionBps),
      halfSpreadBps: amount('--cost-bps', asked.costBps, costs.halfSpreadBps),
      impact: amount('--impact', asked.impact, costs.impact, 'a factor such as 1 or 0.5'),
      fees: asked.fees ?? costs.fees,
      borrowBps: amount('--borrow-bps', asked.borrowBps, costs.borrowBps),
      slippage: asked.slippage === undefined ? costs.slippage : SLIPPAGE[asked.slippage],
    },
    cash: asked.cashRate === undefined ? cash : cashRate(asked.cashRate),
    dividends: asked.dividends ?? dividends,
    weights: asked.weights ?? weights,
  };
}

/** A percentage, or a file. */
function cashRate(text: string): CashRate {
  if (!text.endsWith('%')) return readCashRates(text);
  const rate = parsePercent(text);
  if (rate === undefined)
    throw new CommandFailure('usage', `--cash-rate ${JSON.stringify(text)}: expected a percentage such as 2.5%, or a file`, {
      exitCode: 2,
    });
  return { kind: 'annual', rate: toFraction(rate) };
}
