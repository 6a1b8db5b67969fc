// Reads a strategy and prices, and says what the strategy would hold on a session.
import type { DailySeries } from '../../shared/core/market/bar.ts';
import { NEW_YORK_DATE_LAST } from '../../shared/core/market/new-york-time.ts';
import { sessionOn } from '../../shared/core/market/nyse-calendar.ts';
import { compile } from '../../shared/core/strategy/evaluator/program.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { CommandFailure } from '../failure.ts';
import { dateOption } from '../option-values.ts';
import type { Output } from '../output.ts';
import { readPrices } from '../price-folders.ts';
import { readStrategy } from '../strategy-text.ts';
import { metricText } from './metric-text.ts';
import { signalOf } from './signal-of.ts';
import { signalText } from './signal-text.ts';
import { undefinedText } from './undefined-text.ts';

export interface SignalOptions {
  readonly prices?: readonly string[];
  readonly asOf?: string;
  readonly explain?: true;
}

/** How many symbols or undefined parts a message names. */
const NAMED_MAX = 8;

/** @throws CommandFailure: exit 2 for input that cannot be used, exit 1 where the decision is undefined. */
export async function runSignal(file: string, options: SignalOptions, output: Output): Promise<void> {
  if (options.prices === undefined)
    throw bad('usage', 'signal needs --prices <folder> in this release: it reads price files, and asks no broker for quotes');
  const asOf = sessionOption(options.asOf);
  const read = await readStrategy(file);
  if (read.kind === 'refused') throw new CommandFailure('bad-strategy', `${file} is refused`, { exitCode: 2, problems: read.problems });
  const { strategy } = read;
  const program = compile(strategy.tree, strategy.options);
  const series = readPrices(options.prices, program.symbols, 'left-out');
  refuseRange(series, program.symbols, asOf, options.prices);

  const { anchor, trace } = signalOf(strategy.tree, program, series, asOf);
  const undefinedParts = trace.undefinedParts.map((part) => ({ ...part, metric: metricText(part.metric) }));
  const said = trace.undefinedParts.map((part) => undefinedText(part, asOf, series));
  const { weights, cash, steps } = trace;
  const document = { asOf, strategy: strategy.name, anchor, weights, cash, undefined: undefinedParts, trace: { steps } };
  if (weights === null) {
    const stopping = said.filter((_, place) => trace.undefinedParts[place]?.stops === true);
    const message = `no weights: ${named(stopping, '; ')}`;
    if (output.json) output.result({ error: { code: 'undefined-data', message, problems: [] }, ...document }, '');
    else if (options.explain === true)
      output.result(document, signalText(strategy.name, asOf, trace, strategy.options.prices, true, output.colors));
    throw new CommandFailure('undefined-data', message, { exitCode: 1 });
  }
  output.result(document, signalText(strategy.name, asOf, trace, strategy.options.prices, options.explain === true, output.colors));
  for (const line of said) output.note(`left out: ${line}`);
}

function sessionOption(text: string | undefined): NewYorkDate {
  const date = dateOption('--as-of', text);
  if (date === undefined) throw bad('usage', 'signal needs --as-of <date>, the session whose close decides, such as 2020-03-31');
  if (sessionOn(date) === undefined) throw bad('usage', `--as-of ${date}: the exchange was closed that day`);
  return date;
}

/** A strategy is decided on a day that its prices reach; a symbol that ends early matters only where it is needed. */
function refuseRange(series: readonly DailySeries[], symbols: readonly string[], asOf: NewYorkDate, folders: readonly string[]): void {
  if (symbols.length === 0) return;
  if (series.length === 0) throw bad('bad-input', `no price file for any of ${named(symbols)} in ${folders.join(', ')}`);
  if (series.every(({ bars }) => (bars.at(-1)?.date ?? '0') < asOf)) {
    const ends = series.map(({ symbol, bars }) => `${symbol} ends ${bars.at(-1)?.date}`);
    throw bad('bad-input', `prices end before ${asOf}: ${named(ends)}`);
  }
  if (series.every(({ bars }) => (bars[0]?.date ?? NEW_YORK_DATE_LAST) > asOf)) {
    const begins = series.map(({ symbol, bars }) => `${symbol} begins ${bars[0]?.date}`);
    throw bad('bad-input', `prices begin after ${asOf}: ${named(begins)}`);
  }
}

function named(texts: readonly string[], between = ', '): string {
  const more = texts.length - NAMED_MAX;
  return [...texts.slice(0, NAMED_MAX), ...(more > 0 ? [`and ${more} more`] : [])].join(between);
}

function bad(code: string, message: string): CommandFailure {
  return new CommandFailure(code, message, { exitCode: 2 });
}
