// Prices out of the folders that --prices names.
import type { DailySeries, PriceAdjustment } from '../../shared/core/market/bar.ts';
import { NEW_YORK_DATE_FIRST, NEW_YORK_DATE_LAST } from '../../shared/core/market/new-york-time.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { CommandFailure } from '../failure.ts';
import { readPrices } from '../price-folders.ts';
import { named, type SignalPrices } from './signal-prices.ts';

/**
 * From the first bar of any symbol on. `close` is what a file knows of closes adjusted for splits alone: vendors count
 * splits back in it.
 * @throws CommandFailure, exit 2, for files that say nothing of the day.
 */
export function filePrices(
  folders: readonly string[],
  symbols: readonly string[],
  asOf: NewYorkDate,
  adjustment: PriceAdjustment,
): SignalPrices {
  const read = readPrices(folders, symbols, 'left-out');
  const series = adjustment === 'adjusted' ? read : read.map(asTheyClosed);
  refuseRange(series, symbols, asOf, folders);
  const [first = asOf] = series.flatMap(({ bars }) => bars[0]?.date ?? []).sort();
  return { anchor: first < NEW_YORK_DATE_FIRST ? NEW_YORK_DATE_FIRST : first, series, adjustment, source: { kind: 'files', folders } };
}

function asTheyClosed({ symbol, bars }: DailySeries): DailySeries {
  return { symbol, bars: bars.map((bar) => ({ ...bar, adjClose: bar.close })) };
}

/** A strategy is decided on a day that its prices reach; a symbol that ends early matters only where it is needed. */
function refuseRange(series: readonly DailySeries[], symbols: readonly string[], asOf: NewYorkDate, folders: readonly string[]): void {
  if (symbols.length === 0) return;
  if (series.length === 0) throw bad(`no price file for any of ${named(symbols)} in ${folders.join(', ')}`);
  if (series.every(({ bars }) => (bars.at(-1)?.date ?? '0') < asOf)) {
    const ends = series.map(({ symbol, bars }) => `${symbol} ends ${bars.at(-1)?.date}`);
    throw bad(`prices end before ${asOf}: ${named(ends)}`);
  }
  if (series.every(({ bars }) => (bars[0]?.date ?? NEW_YORK_DATE_LAST) > asOf)) {
    const begins = series.map(({ symbol, bars }) => `${symbol} begins ${bars[0]?.date}`);
    throw bad(`prices begin after ${asOf}: ${named(begins)}`);
  }
}

function bad(message: string): CommandFailure {
  return new CommandFailure('bad-input', message, { exitCode: 2 });
}
