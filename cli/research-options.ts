// The options that the commands of research have in common, each said in one place.
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

export function workersOption(besides = ''): Option {
  return new Option('--workers <count>', `how many at a time (default: as many as there are cores${besides})`);
}

export function chanceOption(): Option {
  return new Option('--seed <seed>', 'what chance is drawn from').default('1');
}

/** @param what is written. */
export function reportOption(what = 'a tear sheet'): Option {
  return new Option('--report <file>', `write ${what} there: one HTML file`);
}

/** With `publicKeysOption` beside it. */
export function verdictOption(): Option {
  return new Option('--verdict <file>', 'a signed verdict on this strategy, shown in the report');
}

/** @param beside where they lie if they are not named. */
export function publicKeysOption(beside: 'verdict' | 'hypothesis' | 'portfolio'): Option {
  return new Option('--keys <file>', `public keys whose signatures count (default: verdict-keys.json beside the ${beside})`);
}

export function signingKeyOption(): Option {
  return new Option('--key <file>', 'private key (default: .evenkeel/verdict-key.pem in your home folder)');
}
