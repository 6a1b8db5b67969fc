// --full: which options of a backtest the simulated exchange can keep, and the backtest by it.
import { type BacktestOptions, USUAL_COSTS } from '../../research/backtest/backtest-options.ts';
import type { BacktestRefused, BacktestResult } from '../../research/backtest/backtest-result.ts';
import type { PriceTable } from '../../research/backtest/price-table.ts';
import { USUAL_FULL } from '../../research/full/full-options.ts';
import type { OutputInputs } from '../../research/outputs/output-files.ts';
import { CommandFailure } from '../failure.ts';
import type { Subject } from '../signal/subject.ts';
import type { AskedBacktest } from './asked-options.ts';

/**
 * The same options without what an exchange does not charge.
 * @throws CommandFailure, exit 2, for what it cannot keep: a result under other conditions would look like the one asked for.
 */
export function fullModeOptions(options: BacktestOptions, report?: string): BacktestOptions {
  const { fill, dividends, weights, cash, costs } = options;
  if (report !== undefined) throw notInFullMode('--report', 'its table of slippages would be of the other mode; --out writes the figures');
  if (fill !== undefined) throw notInFullMode(`--fill ${fill}`, 'it decides and trades when the file says');
  if (dividends === 'paid') throw notInFullMode('--dividends paid', 'the exchange pays none; they are in the adjusted closes it trades at');
  if (weights === 'exact') throw notInFullMode('--weights exact', 'a run rounds them to millionths');
  if (cash.kind === 'daily' || cash.rate !== 0) throw notInFullMode('--cash-rate', 'the exchange pays no interest');
  if (costs.commissionBps !== 0) throw notInFullMode('--commission-bps', 'the exchange takes no commission');
  // What is only a usual value is shown as nothing: nobody asked for it.
  if (costs.impact !== 0 && costs.impact !== USUAL_COSTS.impact) throw notInFullMode('--impact', 'no trade moves its price there');
  if (costs.borrowBps !== 0 && costs.borrowBps !== USUAL_COSTS.borrowBps)
    throw notInFullMode('--borrow-bps', 'the exchange lends for nothing');
  return { ...options, costs: { ...costs, impact: 0, borrowBps: 0 } };
}

/** @throws CommandFailure, exit 2, for a strategy alone. */
export async function livedFully(
  file: string,
  read: Subject,
  prices: PriceTable,
  { from, to, equity, costs, settlement }: BacktestOptions,
): Promise<BacktestResult | BacktestRefused> {
  if (read.kind !== 'portfolio')
    throw new CommandFailure('usage', `${file} is a strategy: --full runs portfolios, with their schedules and limits`, { exitCode: 2 });
  const { fullBacktest } = await import('../../research/full/full-backtest.ts');
  return fullBacktest({ policy: read.policy, text: read.text }, prices, {
    ...USUAL_FULL,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(settlement === undefined ? {} : { settlement }),
    equity,
    halfSpreadBps: costs.halfSpreadBps * costs.slippage,
    fees: costs.fees,
  });
}

/** What its manifest says beside the options. */
export function fullInputs({ full }: Pick<AskedBacktest, 'full'>): Pick<OutputInputs, 'full'> {
  return full === true ? { full: USUAL_FULL } : {};
}

function notInFullMode(option: string, why: string): CommandFailure {
  return new CommandFailure('not-in-full-mode', `${option} is not possible with --full: ${why}`, { exitCode: 2 });
}
