// Metrics as a strategy file writes them: `{ rsi: [SPY, 10] }` of a symbol, `{ rsi: 10 }` where something else says of what.
//
//   current-price: SPY                                        `current-price` alone
//   rsi: [SPY, 10]                                            and so for all metrics with one window
//   percentage-price-oscillator: [SPY, 12, 26]                short, long
//   percentage-price-oscillator-signal: [SPY, 12, 26, 9]      short, long, smooth
//   bollinger-upper: [SPY, 20, 2]                             window, standard deviations; so bollinger-lower
//   atr: { of: SPY, window: 14 }                              all others with names: see indicator-schema.ts
//   weekly: { rsi: [SPY, 14] }                                any of them on the weeks that are over; so monthly
import * as z from 'zod';
import { TIMEFRAMES } from '../../core/market/period-end.ts';
import { type DailyMetric, type Metric, WINDOWED_METRICS, type WindowedMetricName } from '../../core/strategy/tree.ts';
import { mapping } from '../mapping.ts';
import { wholeNumber } from '../quantity-text.ts';
import { decimalNumber } from './decimal-number.ts';
import { indicatorAlone, indicatorOfSymbol } from './indicator-schema.ts';
import { WINDOW_MAX } from './limits.ts';
import { symbol } from './symbol-schema.ts';

const window = wholeNumber(1, WINDOW_MAX);
const deviations = decimalNumber(0, 100).refine((value) => value > 0, { error: 'a number above 0' });
const error = `a metric such as { rsi: 10 }: one of current-price, ${WINDOWED_METRICS.join(', ')}, percentage-price-oscillator`;

interface Of<Measured> {
  readonly metric: Measured;
  readonly symbol: string;
}

const of = (metric: DailyMetric, symbolName: string): Of<DailyMetric> => ({ metric, symbol: symbolName });
const shape = (words: string) => ({ error: `a list of ${words}` });
const windowShape = shape('a symbol and a window, such as [SPY, 10]');
const oscillatorShape = shape('a symbol, a short and a long window, such as [SPY, 12, 26]');
const signalShape = shape('a symbol and three windows, such as [SPY, 12, 26, 9]');
const bandShape = shape('a symbol, a window and standard deviations, such as [SPY, 20, 2]');

const dailyOfSymbol: readonly z.ZodType<Of<DailyMetric>>[] = [
  mapping({ 'current-price': symbol }).transform((written) => of({ name: 'current-price' }, written['current-price'])),
  ...WINDOWED_METRICS.map(windowedOfSymbol),
  mapping({ 'percentage-price-oscillator': z.tuple([symbol, window, window], oscillatorShape) }).transform(
    ({ 'percentage-price-oscillator': [name, short, long] }) => of({ name: 'percentage-price-oscillator', short, long }, name),
  ),
  mapping({ 'percentage-price-oscillator-signal': z.tuple([symbol, window, window, window], signalShape) }).transform(
    ({ 'percentage-price-oscillator-signal': [name, short, long, smooth] }) =>
      of({ name: 'percentage-price-oscillator-signal', short, long, smooth }, name),
  ),
  mapping({ 'bollinger-upper': z.tuple([symbol, window, deviations], bandShape) }).transform(({ 'bollinger-upper': [name, days, width] }) =>
    of({ name: 'bollinger-upper', window: days, deviations: width }, name),
  ),
  mapping({ 'bollinger-lower': z.tuple([symbol, window, deviations], bandShape) }).transform(({ 'bollinger-lower': [name, days, width] }) =>
    of({ name: 'bollinger-lower', window: days, deviations: width }, name),
  ),
  indicatorOfSymbol,
];
const daily = z.union(dailyOfSymbol, { error }).meta({ id: 'metric-of-symbol', description: 'A metric of a symbol, on days.' });

/** The metric of a symbol, as a side of a comparison: every way to write one. */
export const metricsOfSymbol: readonly z.ZodType<Of<Metric>>[] = [
  daily,
  ...TIMEFRAMES.map((name) =>
    mapping({ [name]: daily }).transform((written) => {
      const { metric, symbol: symbolName } = required(written[name], name);
      return { metric: { name, of: metric }, symbol: symbolName };
    }),
  ),
];

const dailyAlone: z.ZodType<DailyMetric> = z
  .union(
    [
      z.literal('current-price').transform((name): DailyMetric => ({ name })),
      ...WINDOWED_METRICS.map(windowedAlone),
      mapping({ 'percentage-price-oscillator': z.tuple([window, window], shape('a short and a long window, such as [12, 26]')) }).transform(
        ({ 'percentage-price-oscillator': [short, long] }): DailyMetric => ({ name: 'percentage-price-oscillator', short, long }),
      ),
      mapping({
        'percentage-price-oscillator-signal': z.tuple([window, window, window], shape('three windows, such as [12, 26, 9]')),
      }).transform(
        ({ 'percentage-price-oscillator-signal': [short, long, smooth] }): DailyMetric => ({
          name: 'percentage-price-oscillator-signal',
          short,
          long,
          smooth,
        }),
      ),
      mapping({ 'bollinger-upper': z.tuple([window, deviations], shape('a window and standard deviations, such as [20, 2]')) }).transform(
        ({ 'bollinger-upper': [days, width] }): DailyMetric => ({ name: 'bollinger-upper', window: days, deviations: width }),
      ),
      mapping({ 'bollinger-lower': z.tuple([window, deviations], shape('a window and standard deviations, such as [20, 2]')) }).transform(
        ({ 'bollinger-lower': [days, width] }): DailyMetric => ({ name: 'bollinger-lower', window: days, deviations: width }),
      ),
      indicatorAlone,
    ],
    { error },
  )
  .meta({ id: 'daily-metric', description: 'A metric on days, without saying of what.' });

/** The metric alone, as a filter ranks its candidates by it. */
export const metricAlone: z.ZodType<Metric> = z
  .union(
    [
      dailyAlone,
      ...TIMEFRAMES.map((name) =>
        mapping({ [name]: dailyAlone }).transform((written): Metric => ({ name, of: required(written[name], name) })),
      ),
    ],
    { error },
  )
  .meta({ id: 'metric', description: 'A metric, without saying of what.' });

function required<Value>(written: Value | undefined, name: string): Value {
  if (written === undefined) throw new Error(`a metric passed its schema without ${name}`);
  return written;
}

function windowedOfSymbol(name: WindowedMetricName) {
  return mapping({ [name]: z.tuple([symbol, window], windowShape) }).transform((written) => {
    const [symbolName, days] = written[name] ?? ['', 0];
    return of({ name, window: days }, symbolName);
  });
}

function windowedAlone(name: WindowedMetricName) {
  return mapping({ [name]: window }).transform((written): DailyMetric => ({ name, window: written[name] ?? 0 }));
}
