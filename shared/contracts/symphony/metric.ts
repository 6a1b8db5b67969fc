// The functions of a symphony, by the names of both its languages, as metrics of ours.
import type { DailyMetric, Metric, Tree, WindowedMetricName } from '../../core/strategy/tree.ts';
import { WINDOW_MAX } from '../strategy-file/limits.ts';
import { type Datum, describeDatum } from './datum.ts';
import { fieldsOf } from './fields.ts';
import { PARAMETER_KEYS } from './known-keys.ts';
import { below, type OpenReport, type Where } from './open-report.ts';

/** Indicators by other names, and weeks and months, are no part of a symphony. */
type MetricName = Exclude<DailyMetric['name'], 'indicator'>;

const NAMES: Readonly<Record<string, MetricName>> = {
  'current-price': 'current-price',
  rsi: 'rsi',
  'relative-strength-index': 'rsi',
  'cumulative-return': 'cumulative-return',
  'max-drawdown': 'max-drawdown',
  'moving-average-price': 'moving-average-price',
  'moving-average-return': 'moving-average-return',
  'exponential-moving-average-price': 'exponential-moving-average-price',
  'stdev-price': 'stdev-price',
  'standard-deviation-price': 'stdev-price',
  'stdev-return': 'stdev-return',
  'standard-deviation-return': 'stdev-return',
  'percentage-price-oscillator': 'percentage-price-oscillator',
  'percentage-price-oscillator-signal': 'percentage-price-oscillator-signal',
  'upper-bollinger': 'bollinger-upper',
  'lower-bollinger': 'bollinger-lower',
};
const DEVIATIONS = ['standard-deviations', 'std-dev'];

/** Parameters as they stand in the source: a map of names, by position, or the one window of older exports. */
export type Parameters =
  | { readonly kind: 'named'; readonly map: Datum | undefined }
  | { readonly kind: 'positional'; readonly values: readonly Datum[] }
  | { readonly kind: 'window'; readonly value: Datum };

/** The metric that a function and its parameters are; undefined after a problem has been reported. */
export function metricOf(fn: string | undefined, parameters: Parameters, where: Where, report: OpenReport): Metric | undefined {
  const name = fn !== undefined && Object.hasOwn(NAMES, fn) ? NAMES[fn] : undefined;
  if (name === undefined) {
    report.refuse(where, fn === undefined ? 'missing' : JSON.stringify(fn.slice(0, 60)), `a function: ${Object.keys(NAMES).join(', ')}`);
    return undefined;
  }
  const surplus = parameters.kind === 'positional' ? parameters.values[arityOf(name)] : undefined;
  if (surplus !== undefined) {
    report.refuse(below(where, '', surplus.at), describeDatum(surplus), `no more parameters of ${name}`);
    return undefined;
  }
  const given = argumentsOf(parameters, where, report);
  const metric = given === undefined ? undefined : metricNamed(name, given);
  if (metric !== undefined) {
    report.metrics.add(name);
    if ((name === 'stdev-return' || name === 'stdev-price') && 'window' in metric && metric.window === 1) {
      report.note(where, 'never-defined', `${name} over 1 is never defined: one value has no sample deviation`);
    }
  }
  return metric;
}

export function isSubtree(tree: Tree): boolean {
  return tree.kind !== 'asset' && tree.kind !== 'cash';
}

interface Arguments {
  /** A whole number by any of its names, or at its position; undefined after a problem. */
  window(position: number, name: string): number | undefined;
  deviations(position: number): number | undefined;
}

function arityOf(name: MetricName): number {
  if (name === 'current-price') return 0;
  if (name === 'percentage-price-oscillator-signal') return 3;
  return name === 'percentage-price-oscillator' || name.startsWith('bollinger') ? 2 : 1;
}

function metricNamed(name: MetricName, given: Arguments): Metric | undefined {
  switch (name) {
    case 'current-price':
      return { name };
    case 'percentage-price-oscillator':
    case 'percentage-price-oscillator-signal': {
      const [short, long] = [given.window(0, 'short-window'), given.window(1, 'long-window')];
      if (name === 'percentage-price-oscillator') return short === undefined || long === undefined ? undefined : { name, short, long };
      const smooth = given.window(2, 'smooth-window');
      return short === undefined || long === undefined || smooth === undefined ? undefined : { name, short, long, smooth };
    }
    case 'bollinger-upper':
    case 'bollinger-lower': {
      const [window, deviations] = [given.window(0, 'window'), given.deviations(1)];
      return window === undefined || deviations === undefined ? undefined : { name, window, deviations };
    }
    default:
      return windowed(name, given.window(0, 'window'));
  }
}

function windowed(name: WindowedMetricName, window: number | undefined): Metric | undefined {
  return window === undefined ? undefined : { name, window };
}

function argumentsOf(parameters: Parameters, where: Where, report: OpenReport): Arguments | undefined {
  const find = finder(parameters, where, report);
  if (find === undefined) return undefined;
  return {
    window: (position, name) => {
      const [value, place] = find(position, [name]);
      const window = wholeNumberOf(value);
      if (window !== undefined && window >= 1 && window <= WINDOW_MAX) return window;
      report.refuse(place, describeDatum(value), `a whole number from 1 to ${WINDOW_MAX}`);
      return undefined;
    },
    deviations: (position) => {
      const [value, place] = find(position, DEVIATIONS);
      const deviations = numberOf(value);
      if (deviations !== undefined && deviations > 0 && deviations <= 100) return deviations;
      report.refuse(place, describeDatum(value), 'a number of standard deviations above 0, up to 100');
      return undefined;
    },
  };
}

type Find = (position: number, names: readonly string[]) => readonly [Datum | undefined, Where];

function finder(parameters: Parameters, where: Where, report: OpenReport): Find | undefined {
  if (parameters.kind === 'named') return namedArguments(parameters.map, where, report);
  const values = parameters.kind === 'positional' ? parameters.values : [parameters.value];
  return (position, [name = '']) => [values[position], below(where, name, values[position]?.at ?? where.at)];
}

function namedArguments(map: Datum | undefined, where: Where, report: OpenReport): Find | undefined {
  if (map === undefined) return (_, [name = '']) => [undefined, below(where, name, where.at)];
  if (map.kind !== 'map') {
    report.refuse(where, describeDatum(map), 'a map of parameters, such as {window 10}');
    return undefined;
  }
  const fields = fieldsOf(map, where, PARAMETER_KEYS, report);
  return (_, names) => {
    const name = names.find((each) => fields.get(each) !== undefined) ?? names[0] ?? '';
    return [fields.get(name), fields.at(name)];
  };
}

/** A number, or text that is one: exports write windows and limits as 10 and as "10". */
export function numberOf(datum: Datum | undefined): number | undefined {
  if (datum === undefined || (datum.kind !== 'number' && datum.kind !== 'string')) return undefined;
  const text = datum.text.trim();
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  // A limit of -0 compares as 0 does, and is written so.
  return Number.isFinite(value) ? value + 0 : undefined;
}

export function wholeNumberOf(datum: Datum | undefined): number | undefined {
  const value = numberOf(datum);
  return Number.isSafeInteger(value) ? value : undefined;
}
