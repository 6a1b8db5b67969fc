// Columns over time as lines, or as areas on top of each other.
import type { EChartsOption } from 'echarts';
import type { NewYorkDate } from '../../../shared/core/values/time.ts';
import { logMarks, roundMarks, timeMarks } from './axes.ts';
import type { Frame } from './draw-chart.ts';

export interface TimeLine {
  readonly name: string;
  /** A variable of the page. */
  readonly color: string;
  /** One for each date; NaN leaves a gap. */
  readonly values: ArrayLike<number>;
  readonly isDashed?: boolean;
  /** Filled down to zero. */
  readonly isFilled?: boolean;
}

export interface TimeChart {
  readonly dates: readonly NewYorkDate[];
  readonly lines: readonly TimeLine[];
  readonly scale?: 'linear' | 'log';
  readonly isStacked?: boolean;
  /** Always on the axis, such as zero. */
  readonly includes?: readonly number[];
  /** @param step from one mark of the axis to the next. */
  readonly says: (value: number, step: number) => string;
}

export function timeChart(
  { dates, lines, scale = 'linear', isStacked = false, includes = [], says }: TimeChart,
  frame: Frame,
): EChartsOption {
  const isLog = scale === 'log';
  const times = dates.map((date) => Date.parse(date));
  const [low, high] = isStacked ? stackedRange(lines, dates.length) : rangeOf(lines, includes);
  const marks = isLog ? logMarks(low, high) : roundMarks(low, high, frame.kind === 'wide' ? 5 : 4);
  const ticks = timeMarks(dates[0] as NewYorkDate, dates.at(-1) as NewYorkDate, frame);
  const named = new Map(ticks.map(({ time, label }) => [time, label]));
  const customValues = ticks.map(({ time }) => time);
  const step = (marks.at[1] ?? marks.max) - (marks.at[0] ?? marks.min);
  const sayMark = (value: number): string => says(isLog ? 10 ** value : value, step);
  const widest = Math.max(...marks.at.map((at) => sayMark(at).length));
  return {
    grid: { left: 12 + widest * 7, right: frame.kind === 'wide' ? 16 : 12, top: 12, bottom: 28 },
    xAxis: {
      type: 'time',
      min: times[0] as number,
      max: times.at(-1) as number,
      axisLine: { onZero: false, lineStyle: { color: 'var(--axis)' } },
      axisTick: { customValues, lineStyle: { color: 'var(--axis)' } },
      axisLabel: {
        customValues,
        fontSize: 12,
        color: 'var(--faint)',
        formatter: (time: number) => named.get(time) ?? '',
        hideOverlap: true,
      },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      min: marks.min,
      max: marks.max,
      axisLine: { show: false },
      axisTick: { show: false, customValues: [...marks.at] },
      axisLabel: { customValues: [...marks.at], color: 'var(--faint)', formatter: sayMark },
      // Known to the drawing, unknown to its types.
      splitLine: { ...{ customValues: [...marks.at] }, lineStyle: { color: 'var(--grid)' } },
    },
    series: lines.map(({ color, values, isDashed = false, isFilled = false }) => ({
      type: 'line' as const,
      data: times.map((time, at) => [time, shown(values[at] as number, isLog)] as [number, number | null]),
      showSymbol: false,
      silent: true,
      ...(isStacked ? { stack: 'all' } : {}),
      // What is held stays until the next point: no slope from one holding to another that nobody had.
      ...(isStacked ? { step: 'end' as const } : {}),
      lineStyle: isStacked ? { color, width: 0 } : { color, width: 1.6, type: isDashed ? [5, 3] : 'solid' },
      ...(isStacked || isFilled ? { areaStyle: { color, opacity: isStacked ? 1 : 0.22 } } : {}),
    })),
  };
}

function shown(value: number, isLog: boolean): number | null {
  if (Number.isNaN(value)) return null;
  // Six digits are more than a drawing shows, and less than half the bytes.
  return Number((isLog ? Math.log10(value) : value).toPrecision(6));
}

function rangeOf(lines: readonly TimeLine[], includes: readonly number[]): [number, number] {
  let [low, high] = [Math.min(...includes), Math.max(...includes)];
  for (const { values } of lines)
    for (let at = 0; at < values.length; at += 1) {
      const value = values[at] as number;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  return [low, high];
}

/** Of the sums of what is above zero and of what is below it. */
function stackedRange(lines: readonly TimeLine[], length: number): [number, number] {
  let [low, high] = [0, 0];
  for (let at = 0; at < length; at += 1) {
    let [below, above] = [0, 0];
    for (const { values } of lines) {
      const value = values[at] as number;
      if (value < 0) below += value;
      else above += value;
    }
    // A float above one is not worth another mark.
    low = Math.min(low, Math.round(below * 1e6) / 1e6);
    high = Math.max(high, Math.round(above * 1e6) / 1e6);
  }
  return [low, high];
}
