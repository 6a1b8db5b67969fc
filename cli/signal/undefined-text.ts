// What is undefined, in words: whose metric it is, and when there will be a value.
import type { UndefinedPart } from '../../shared/core/strategy/evaluator/undefined-part.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { visibleText } from '../visible-text.ts';
import { metricText } from './metric-text.ts';
import type { SignalPrices } from './signal-prices.ts';

/** @param prices what was read. */
export function undefinedText(part: UndefinedPart, asOf: NewYorkDate, prices: SignalPrices): string {
  const { symbol, group, metric } = part;
  const whose = symbol ?? (group === null ? 'a subtree' : `group “${visibleText(group)}”`);
  if (part.why === 'zero') return `${whose} ${metricText(metric)} is 0 on ${asOf}: nothing can be weighted by it`;
  if (part.why === 'unsolved') return `the construction has no weights on ${asOf}: ${part.words}`;
  const because =
    part.because === null
      ? ''
      : `; within its window, ${part.because.symbol} ${metricText(part.because.metric)} was undefined on ${part.because.date}`;
  return `${whose} ${metricText(metric)} is undefined on ${asOf}: ${reasonOf(part, asOf, prices)}${because}`;
}

function reasonOf(part: UndefinedPart, asOf: NewYorkDate, { series, source }: SignalPrices): string {
  const { metric, lacking, definedFrom, definedUntil } = part;
  if (metric.name === 'given-value')
    return definedFrom === null ? 'no value of it is in force' : datesText(definedFrom, definedUntil, asOf);
  // Without the benchmark's closes there is no value either, whatever the symbol itself has.
  const symbol = lacking?.field === 'close' ? lacking.symbol : part.symbol;
  const bars = series.find((each) => each.symbol === symbol)?.bars;
  if (symbol !== null && bars === undefined)
    return source.kind === 'files' ? `there is no price file for ${symbol}` : `${source.host} has no bars of ${symbol}`;
  if (lacking !== undefined) {
    return source.kind === 'files'
      ? `the price file of ${lacking.symbol} has no ${lacking.field}`
      : `no bar of ${lacking.symbol} has a ${lacking.field}`;
  }
  if (definedFrom === null) {
    const until = bars?.at(-1)?.date;
    return bars === undefined ? 'it has no value on any day' : `its ${bars.length} bars from ${bars[0]?.date} to ${until} are too few`;
  }
  return datesText(definedFrom, definedUntil, asOf);
}

function datesText(from: NewYorkDate, until: NewYorkDate | null, asOf: NewYorkDate): string {
  if (from > asOf) return `it is defined from ${from}`;
  return `it is defined from ${from}, and ${until === null ? 'not on this day' : `last on ${until}`}`;
}
