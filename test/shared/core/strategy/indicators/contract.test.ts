// The contract that every indicator of the registry keeps. Nothing here knows a formula.
import { describe, expect, it } from 'vitest';
import type { Given, Indicator, Unit } from '../../../../../shared/core/strategy/indicators/indicator.ts';
import { INDICATORS } from '../../../../../shared/core/strategy/indicators/indicators.ts';
import { everyColumn, expectClose, expectSameBits, someBars } from './series.ts';

const BARS = someBars(240);

describe.each(INDICATORS.map((each) => [each.name, each] as const))('%s', (_, indicator) => {
  const settings = settingsOf(indicator);

  it('keeps the length of its input, gives as many outputs as it declares, and leaves its input alone', () => {
    const before = everyColumn(BARS, (column) => column.slice());
    for (const given of settings) {
      const outputs = indicator.compute(BARS, given);
      expect(outputs.map((output) => output.length)).toEqual(indicator.outputs.map(() => 240));
      expect(new Set([...outputs, ...Object.values(BARS)]).size).toBe(outputs.length + 5);
    }
    everyColumn(BARS, (column, name) => {
      expectSameBits(column, before[name], name);
      return column;
    });
  });

  it('is undefined exactly until it has the closes it declares to need', () => {
    for (const given of settings) {
      for (const [place, output] of indicator.outputs.entries()) {
        const got = indicator.compute(BARS, given)[place]!;
        const needed = output.closesNeeded(given);
        expect(needed).toBeLessThan(200);
        expect(got.subarray(0, needed - 1).every(Number.isNaN), `${output.name} before bar ${needed}`).toBe(true);
        expect(got.subarray(needed - 1).every(Number.isFinite), `${output.name} from bar ${needed} on`).toBe(true);
      }
    }
  });

  it('is undefined throughout on an input that is too short, and empty on an empty one', () => {
    for (const given of settings) {
      for (const [place, output] of indicator.outputs.entries()) {
        const short = output.closesNeeded(given) - 1;
        const got = indicator.compute(firstBars(short), given)[place]!;
        expect(got.length).toBe(short);
        expect(got.every(Number.isNaN)).toBe(true);
      }
      expect(indicator.compute(firstBars(0), given).every((output) => output.length === 0)).toBe(true);
    }
  });

  it('says the same, to the last bit, when asked again', () => {
    for (const given of settings) {
      const again = indicator.compute(BARS, given);
      for (const [place, output] of indicator.compute(BARS, given).entries()) expectSameBits(output, again[place]!);
    }
  });

  it('does not look ahead: another future leaves every past value as it was, to the last bit', () => {
    const future = someBars(240, 77);
    for (const given of settings) {
      const outputs = indicator.compute(BARS, given);
      for (const cut of [1, 26, 101, 180]) {
        const other = everyColumn(BARS, (column, name) => spliced(column, cut, future[name]));
        const gone = everyColumn(BARS, (column) => column.map((value, i) => (i < cut ? value : Number.NaN)));
        for (const [place, output] of outputs.entries()) {
          const past = output.subarray(0, cut);
          expectSameBits(indicator.compute(other, given)[place]!.subarray(0, cut), past, `another future after ${cut}`);
          expectSameBits(indicator.compute(gone, given)[place]!.subarray(0, cut), past, `no future after ${cut}`);
        }
      }
    }
  });

  it('gives bar by bar what it gives at once, to the last bit', () => {
    for (const given of settings) {
      const streamed = indicator.outputs.map(() => new Float64Array(120));
      for (let bars = 1; bars <= 120; bars += 1) {
        for (const [place, output] of indicator.compute(firstBars(bars), given).entries()) streamed[place]![bars - 1] = output[bars - 1]!;
      }
      for (const [place, output] of indicator.compute(firstBars(120), given).entries()) expectSameBits(streamed[place]!, output);
    }
  });

  it('follows its unit when every price is multiplied', () => {
    for (const given of settings) {
      for (const k of [0.003, 3.7, 1024]) {
        const scaled = everyColumn(BARS, (column, name) => (name === 'volume' ? column : column.map((value) => value * k)));
        for (const [place, output] of indicator.compute(scaled, given).entries()) {
          const { unit, name } = indicator.outputs[place]!;
          const expected = indicator.compute(BARS, given)[place]!.map((value) => value * (SCALES_WITH_PRICE[unit] ? k : 1));
          expectClose(output, expected, 1e-9, `${name} at ${k} times the price`);
        }
      }
    }
  });

  it('follows its unit when every price is raised', () => {
    for (const given of settings) {
      const c = 64;
      const raised = everyColumn(BARS, (column, name) => (name === 'volume' ? column : column.map((value) => value + c)));
      for (const [place, output] of indicator.compute(raised, given).entries()) {
        const { unit, name } = indicator.outputs[place]!;
        const moves = MOVES_WITH_PRICE[unit];
        if (moves === 'no law') continue;
        const expected = indicator.compute(BARS, given)[place]!.map((value) => value + (moves ? c : 0));
        expectClose(output, expected, 1e-9, `${name} at ${c} above the price`);
      }
    }
  });

  it('is undefined while an undefined bar is in its window, and starts anew after it', () => {
    const gap = 110;
    const broken = everyColumn(BARS, (column) => column.map((value, i) => (i === gap ? Number.NaN : value)));
    const after = everyColumn(BARS, (column) => column.slice(gap + 1));
    for (const given of settings) {
      const whole = indicator.compute(BARS, given);
      const fresh = indicator.compute(after, given);
      for (const [place, output] of indicator.compute(broken, given).entries()) {
        expectSameBits(output.subarray(0, gap), whole[place]!.subarray(0, gap), 'before the gap');
        expect(output[gap]).toBeNaN();
        if (indicator.memory === 'window') expectClose(output.subarray(gap + 1), fresh[place]!, 1e-9, 'after the gap');
        else expectSameBits(output.subarray(gap + 1), fresh[place]!, 'after the gap');
      }
    }
  });

  it('remembers its window alone, or says that its value depends on where history begins', () => {
    const recents = settings.flatMap((given) =>
      indicator.outputs.map(({ name, closesNeeded }, place) => {
        const needed = closesNeeded(given);
        const lastBars = everyColumn(BARS, (column) => column.slice(-needed));
        return {
          name,
          alone: indicator.compute(lastBars, given)[place]!.subarray(-1),
          whole: indicator.compute(BARS, given)[place]!.subarray(-1),
        };
      }),
    );
    if (indicator.memory === 'window') for (const { name, alone, whole } of recents) expectClose(alone, whole, 1e-9, name);
    else expect(recents.some(({ alone, whole }) => Math.abs(alone[0]! - whole[0]!) > 1e-6)).toBe(true);
  });

  it('gives the price of a flat series to the last bit, no change of it, and never an infinity', () => {
    const flat = everyColumn(BARS, (column, name) => column.map(() => (name === 'volume' ? 1000 : 0.1 + 0.2)));
    for (const given of settings) {
      for (const [place, output] of indicator.compute(flat, given).entries()) {
        const { unit, closesNeeded } = indicator.outputs[place]!;
        const defined = output.subarray(closesNeeded(given) - 1);
        expect(defined.some((value) => Math.abs(value) === Number.POSITIVE_INFINITY)).toBe(false);
        if (unit === 'price') expect(defined.every((value) => value === 0.1 + 0.2)).toBe(true);
        if (unit === 'price-change') expect(defined.every((value) => value === 0)).toBe(true);
      }
    }
  });

  it('refuses parameters out of range, unknown ones, missing columns and columns that do not belong together', () => {
    for (const [name, parameter] of Object.entries(indicator.parameters)) {
      const wrong: (number | string)[] = parameter.kind === 'choice' ? ['other', 1] : [0, -1, Number.NaN, Infinity, 2_000_000, '5'];
      if (parameter.kind === 'count') wrong.push(1.5, 2 ** 53);
      for (const value of wrong) expect(() => indicator.compute(BARS, { [name]: value }), `${name} ${value}`).toThrow(RangeError);
    }
    expect(() => indicator.compute(BARS, { nonsense: 1 })).toThrow(RangeError);
    for (const input of indicator.inputs) {
      const { [input]: _without, ...others } = BARS;
      expect(() => indicator.compute(others)).toThrow(RangeError);
      if (indicator.inputs.length === 1) continue;
      expect(() => indicator.compute({ ...BARS, [input]: BARS[input].slice(1) })).toThrow(RangeError);
    }
  });
});

const SCALES_WITH_PRICE: Readonly<Record<Unit, boolean>> = {
  price: true,
  'price-change': true,
  dollars: true,
  score: false,
  percent: false,
  ratio: false,
  shares: false,
};

const MOVES_WITH_PRICE: Readonly<Record<Unit, boolean | 'no law'>> = {
  price: true,
  'price-change': false,
  score: false,
  shares: false,
  percent: 'no law',
  ratio: 'no law',
  dollars: 'no law',
};

/** The usual parameters, small and uneven windows, and every choice. */
function settingsOf({ parameters }: Indicator): readonly Given[] {
  const counts = Object.entries(parameters).flatMap(([name, parameter]) => (parameter.kind === 'count' ? [{ name, ...parameter }] : []));
  const windows = [2, 5, 60].map((first) => Object.fromEntries(counts.map(({ name, least }, k) => [name, Math.max(least, first + 3 * k)])));
  const choices = Object.entries(parameters).flatMap(([name, parameter]) =>
    parameter.kind === 'choice' ? parameter.choices.map((choice) => ({ [name]: choice })) : [],
  );
  return [{}, ...windows, ...choices];
}

function firstBars(count: number) {
  return everyColumn(BARS, (column) => column.slice(0, count));
}

function spliced(past: Float64Array, cut: number, future: Float64Array): Float64Array {
  return past.map((value, i) => (i < cut ? value : future[i]!));
}
