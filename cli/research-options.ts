// The options that sweeps, walks, validations and backtests have in common, each said in one place.
import { Option } from 'commander';
import { USUAL_COSTS, USUAL_OPTIONS } from '../research/backtest/backtest-options.ts';

/** With `trialsOption` beside it. */
export function hypothesisOption(): Option {
  return new Option('--hypothesis <name>', 'count every variant as a trial of it, in the ledger of --trials');
}

export function trialsOption(): Option {
  return new Option('--trials <file>', 'the trial ledger, or deployed for that of a deployment').default('.evenkeel/trials.jsonl');
}

/** @param otherwise the first session where none is named. */
export function fromOption(otherwise = 'the first that can be decided'): Option {
  return new Option('--from <date>', `the first session with a run (default: ${otherwise})`);
}

export function toOption(): Option {
  return new Option('--to <date>', 'the last session (default: the last of the prices)');
}

/** @param what has it. */
export function startingCashOption(what: 'it begins' | 'each begins'): Option {
  return new Option('--cash <usd>', `what ${what} with`).default(String(USUAL_OPTIONS.equity));
}

export function cashRateOption(): Option {
  const usual = `${100 * USUAL_OPTIONS.cash.rate}%`;
  return new Option('--cash-rate <rate>', 'what idle cash earns: a percentage a year, or a file date,rf_daily').default(usual);
}

export function costBpsOption(): Option {
  return new Option('--cost-bps <bps>', 'half the spread, of all that is traded').default(String(USUAL_COSTS.halfSpreadBps));
}

export function slippageOption(): Option {
  return new Option('--slippage <times>', 'spread and impact, so many times')
    .choices(['1x', '2x', '3x'])
    .default(`${USUAL_COSTS.slippage}x`);
}

export function benchmarkOption(): Option {
  return new Option('--benchmark <symbol>', 'a symbol to compare with, held throughout');
}
