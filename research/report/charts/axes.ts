// Where an axis has its marks: round figures, and beginnings of years or months. All in the numbers that are drawn.
import type { NewYorkDate } from '../../../shared/core/values/time.ts';
import { MONTHS } from '../figure-text.ts';
import type { Frame } from './draw-chart.ts';

export interface Marks {
  readonly min: number;
  readonly max: number;
  readonly at: readonly number[];
}

/** About `wanted` round marks that enclose the figures. */
export function roundMarks(low: number, high: number, wanted = 5): Marks {
  const span = high > low ? high - low : Math.abs(high) || 1;
  const rough = span / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((each) => each * power >= rough * (1 - 1e-9)) as number);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(Math.ceil(high / step - 1e-9), first + 1);
  const at = Array.from({ length: last - first + 1 }, (_, place) => clean((first + place) * step));
  return { min: at[0] as number, max: at.at(-1) as number, at };
}

/** Marks in log₁₀ of figures above zero: steps of a decade, the finer the fewer of them there are, or else round figures. */
export function logMarks(low: number, high: number): Marks {
  const [from, to] = [Math.log10(low), Math.log10(high)];
  const span = to - from;
  const steps = span < 1.3 ? [1, 1.5, 2, 3, 5, 7] : span < 3 ? [1, 2, 5] : [1];
  const decades = Array.from({ length: Math.floor(to) - Math.floor(from) + 1 }, (_, place) => 10 ** (Math.floor(from) + place));
  const inside = decades.flatMap((decade) => steps.map((step) => step * decade)).filter((each) => each >= low && each <= high);
  const chosen = inside.length >= 3 ? inside : roundMarks(low, high).at.filter((each) => each > 0);
  const margin = span * 0.04 || 0.01;
  const at = chosen.map((each) => Math.log10(each)).filter((each) => each >= from - margin && each <= to + margin);
  return { min: from - margin, max: to + margin, at };
}

export interface TimeMark {
  readonly time: number;
  readonly label: string;
}

/** Beginnings of years, or of months for less than three of them, as many as there is room for. */
export function timeMarks(first: NewYorkDate, last: NewYorkDate, { kind }: Pick<Frame, 'kind'>): readonly TimeMark[] {
  const room = kind === 'wide' ? 11 : 5;
  const months = monthsOf(last) - monthsOf(first);
  const step = [1, 2, 3, 6, 12, 24, 36, 60, 120, 240].find((each) => months / each <= room) ?? 600;
  const marks: TimeMark[] = [];
  for (let month = Math.ceil((monthsOf(first) + (first.endsWith('-01') ? 0 : 1)) / step) * step; month <= monthsOf(last); month += step) {
    const [year, of] = [Math.floor(month / 12), month % 12];
    marks.push({ time: Date.UTC(year, of, 1), label: step >= 12 ? String(year) : `${MONTHS[of]} ${String(year).slice(2)}` });
  }
  return marks;
}

function monthsOf(date: NewYorkDate): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
}

/** A multiple of a step, without what floats added to it. */
function clean(value: number): number {
  return Number(value.toPrecision(12));
}
