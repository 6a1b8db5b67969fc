// Bars a category, beside each other or on top of each other, and a line over them where one is given.
import type { EChartsOption } from 'echarts';
import { roundMarks } from './axes.ts';
import type { Frame } from './draw-chart.ts';

export interface Bars {
  readonly name: string;
  /** A variable of the page, of all bars or of each by its value and its place. */
  readonly color: string | ((value: number, place: number) => string);
  readonly values: readonly (number | null)[];
}

export interface BarChart {
  readonly categories: readonly string[];
  readonly bars: readonly Bars[];
  readonly isStacked?: boolean;
  /** Bars without gaps, as of a histogram. */
  readonly isDense?: boolean;
  /** The category that has its label in any case, and the others counted from it. */
  readonly labelled?: number;
  readonly line?: { readonly color: string; readonly values: readonly number[] };
  /** @param step from one mark of the axis to the next. */
  readonly says: (value: number, step: number) => string;
}

/** Of categories, from one label to the next. */
const STRIDES = [1, 2, 3, 4, 5, 10, 20, 50, 100];
const ROUND_STRIDES = [1, 2, 5, 10, 20, 50, 100];

export function barChart(
  { categories, bars, isStacked = false, isDense = false, labelled = 0, line, says }: BarChart,
  frame: Frame,
): EChartsOption {
  const [low, high] = rangeOf(bars, isStacked, line?.values ?? []);
  const { min, max, at } = roundMarks(low, high, frame.kind === 'wide' ? 5 : 4);
  const interval = (at[1] as number) - (at[0] as number);
  const widest = Math.max(...at.map((each) => says(each, interval).length));
  const room = (frame.kind === 'wide' ? 22 : 6) * (isDense ? 0.6 : 1);
  const every = (isDense ? ROUND_STRIDES : STRIDES).find((each) => categories.length / each <= room) ?? categories.length;
  return {
    grid: { left: 12 + widest * 7, right: 12, top: 12, bottom: 28 },
    xAxis: {
      type: 'category',
      data: [...categories],
      axisLine: { onZero: true, lineStyle: { color: 'var(--axis)' } },
      axisTick: { show: false },
      axisLabel: { color: 'var(--faint)', interval: (place: number) => (place - labelled) % every === 0, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      min,
      max,
      interval,
      axisLabel: { color: 'var(--faint)', formatter: (value: number) => says(value, interval) },
      splitLine: { lineStyle: { color: 'var(--grid)' } },
    },
    series: [
      ...bars.map(({ name, color, values }) => ({
        type: 'bar' as const,
        name,
        silent: true,
        ...(isStacked ? { stack: 'all' } : {}),
        barCategoryGap: isDense ? '4%' : '28%',
        barGap: '8%',
        ...(isDense ? {} : { barMaxWidth: 36 }),
        data: values.map((value, place) => ({
          value: value === null ? '-' : Number(value.toPrecision(6)),
          itemStyle: { color: typeof color === 'string' ? color : color(value ?? 0, place) },
        })),
      })),
      ...(line === undefined
        ? []
        : [
            {
              type: 'line' as const,
              silent: true,
              smooth: 0.3,
              showSymbol: false,
              lineStyle: { color: line.color, width: 1.6, type: [5, 3] },
              data: line.values.map((value) => Number(value.toPrecision(6))),
            },
          ]),
    ],
  };
}

function rangeOf(bars: readonly Bars[], isStacked: boolean, line: readonly number[]): [number, number] {
  const length = bars[0]?.values.length ?? 0;
  let [low, high] = [Math.min(0, ...line), Math.max(0, ...line)];
  for (let at = 0; at < length; at += 1) {
    const values = bars.map(({ values: of }) => of[at] ?? 0);
    const sums = isStacked ? [sumOf(values.filter((each) => each < 0)), sumOf(values.filter((each) => each > 0))] : values;
    low = Math.min(low, ...sums);
    high = Math.max(high, ...sums);
  }
  return [low, high];
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0);
}
