import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quadraticSolver } from '../../../../../shared/adapters/solvers/quadratic-solver.ts';
import { evaluate as evaluateWith, symbolsOf as heldBy, watchedSymbols } from '../../../../../shared/core/strategy/evaluate.ts';
import type { History } from '../../../../../shared/core/strategy/history.ts';
import { DEFAULT_OPTIONS } from '../../../../../shared/core/strategy/options.ts';
import type { Given } from '../../../../../shared/core/strategy/ready-made/given.ts';
import type { ReadyMade } from '../../../../../shared/core/strategy/ready-made/ready-made.ts';
import { READY_MADES } from '../../../../../shared/core/strategy/ready-made/ready-mades.ts';
import type { StrategyState } from '../../../../../shared/core/strategy/state.ts';
import type { NewYorkDate } from '../../../../../shared/core/values/time.ts';
import { givenOf, readyMadeTree } from '../../../../builders/ready-made.ts';
import { dateAt, reaching, someHistory } from '../../../../builders/strategy.ts';

const DAYS = 60;

/** What would be too long for sixty days with gaps, or is not counted in days. */
const SHORT: Readonly<Record<string, Given>> = {
  'dual-momentum': { lookback: 9 },
  'multi-timeframe': { weekly: 3, monthly: 2 },
  'minimum-variance': { window: 8 },
  'minimum-cvar': { window: 8, confidence: 800_000 },
  'black-litterman': { window: 8 },
  'maximum-sharpe': { window: 8 },
  'maximum-diversification': { window: 8 },
  'risk-parity': { window: 8 },
  'hierarchical-risk-parity': { window: 8 },
};

type Asked = Parameters<typeof evaluateWith>;
const evaluate = (tree: Asked[0], past: Asked[1], prior: Asked[2], asOf: Asked[3], options: Asked[4]) =>
  evaluateWith(tree, past, prior, asOf, options, quadraticSolver);

/** Windows short enough that sixty days say something, and the shorter ones still shorter than the longer ones. */
function shortened(kind: ReadyMade) {
  const counts = Object.entries(kind.parameters).flatMap(([name, parameter]) =>
    parameter.kind === 'count' && parameter.usual > 8
      ? [[name, Math.max(parameter.least, Math.ceil(2 * Math.sqrt(parameter.usual)))] as const]
      : [],
  );
  return givenOf(kind, { ...Object.fromEntries(counts), ...SHORT[kind.name] });
}

/** Closes that wander by up to a tenth a day, now and then missing, in bars that reach a hundredth further. */
function history(symbols: readonly string[]): fc.Arbitrary<History> {
  const moves = fc.array(fc.tuple(fc.integer({ min: -100, max: 100 }), fc.integer({ min: 0, max: 30 })), {
    minLength: DAYS,
    maxLength: DAYS,
  });
  return fc.tuple(...symbols.map(() => moves)).map((each) =>
    reaching(
      (close) => close / 100,
      someHistory(
        Object.fromEntries(
          symbols.map((symbol, place) => {
            let close = 100;
            return [
              symbol,
              (each[place] ?? []).map(([move, gap]) => {
                close *= 1 + move / 1_000;
                return gap === 0 ? Number.NaN : close;
              }),
            ];
          }),
        ),
      ),
    ),
  );
}

function symbolsOf(kind: ReadyMade): readonly string[] {
  const rule = kind.open(shortened(kind));
  return [...new Set([...rule.holds, ...rule.looksAt.map(({ symbol }) => symbol)])];
}

/** As a record gives it back: every name sorted the other way round. */
function fromRecord<Value>(value: Value): Value {
  const turned = (_name: string, each: unknown) =>
    typeof each === 'object' && each !== null ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? 1 : -1))) : each;
  return JSON.parse(JSON.stringify(value, turned)) as Value;
}

function weightsOf(decided: ReturnType<typeof evaluate> | undefined) {
  return decided?.kind === 'weights' ? decided.targets : decided;
}

type Numbers = Readonly<Record<string, number>>;

/** What must be so of each position that is remembered, after the session on which it was seen. */
const LIMITS: Readonly<Record<string, (position: Numbers) => boolean>> = {
  'trend-following': ({ close = 0, stop = 0, highest = 0 }) => close > stop && highest >= close,
  'mean-reversion': ({ close = 0, stop = 0, sessions = 99 }) => close > stop && sessions < 5,
  pairs: ({ hedge = 0, deviation = 0, sessions = 99 }) => hedge > 0 && deviation > 0 && sessions < 7,
};

describe.each(READY_MADES)('$name', (kind) => {
  const tree = readyMadeTree(kind.name, shortened(kind));
  const law = (name: string, check: (past: History, day: number) => void) =>
    it(name, () => {
      fc.assert(
        fc.property(history(symbolsOf(kind)), fc.integer({ min: DAYS / 2, max: DAYS - 1 }), (past, day) => {
          check(past, day);
        }),
        { numRuns: 60 },
      );
    });

  it('watches whatever it may ever hold', () => {
    expect(heldBy(tree).length).toBeGreaterThan(0);
    expect(watchedSymbols(tree)).toEqual(expect.arrayContaining([...heldBy(tree)]));
  });

  law('ends in the same state however often it is asked on the way', (past, day) => {
    let state: StrategyState | undefined;
    for (let each = DAYS / 2; each <= day; each += 3) {
      const decided = evaluate(tree, past, state, dateAt(each), DEFAULT_OPTIONS);
      if (decided.kind === 'weights') state = fromRecord(decided.state);
    }
    const asked = evaluate(tree, past, state, dateAt(day), DEFAULT_OPTIONS);
    const alone = evaluate(tree, past, undefined, dateAt(day), DEFAULT_OPTIONS);
    expect(asked).toEqual(alone);
  });

  law('knows nothing of what comes after', (past, day) => {
    const until = (asOf: NewYorkDate): History => ({
      ...past,
      columns: past.columns.map(({ symbol, dates, closes, highs = [], lows = [] }) => {
        const kept = dates.filter((date) => date <= asOf).length;
        return {
          symbol,
          dates: dates.slice(0, kept),
          closes: closes.slice(0, kept),
          highs: highs.slice(0, kept),
          lows: lows.slice(0, kept),
        };
      }),
    });
    expect(evaluate(tree, until(dateAt(day)), undefined, dateAt(day), DEFAULT_OPTIONS)).toEqual(
      evaluate(tree, past, undefined, dateAt(day), DEFAULT_OPTIONS),
    );
  });

  law('never holds more than there is', (past, day) => {
    const decided = evaluate(tree, past, undefined, dateAt(day), DEFAULT_OPTIONS);
    if (decided.kind !== 'weights') return;
    const gross = decided.targets.weights.reduce((sum, { weight }) => sum + (weight < 0n ? -weight : weight), 0n);
    expect(gross <= 1_000_000n).toBe(true);
  });

  law('goes on as it was where a split or a dividend has rescaled all prices before', (past, day) => {
    const split: History = {
      ...past,
      columns: past.columns.map(({ symbol, dates, closes, highs = [], lows = [] }) => {
        const halved = (values: readonly (number | null)[]) => values.map((value) => (value === null ? null : value / 2));
        return { symbol, dates, closes: closes.map((close) => close / 2), highs: halved(highs), lows: halved(lows) };
      }),
    };
    const before = evaluate(tree, past, undefined, dateAt(day - 5), DEFAULT_OPTIONS);
    if (before.kind === 'undefined') return;
    const [asIs, rescaled] = [past, split].map((history) => evaluate(tree, history, before.state, dateAt(day), DEFAULT_OPTIONS));
    expect(weightsOf(rescaled)).toEqual(weightsOf(asIs));
  });

  const isInside = LIMITS[kind.name];
  if (isInside !== undefined)
    law('holds nothing past its limits', (past, day) => {
      const decided = evaluate(tree, past, undefined, dateAt(day), DEFAULT_OPTIONS);
      if (decided.kind !== 'weights') return;
      for (const memory of Object.values(decided.state.memories)) {
        for (const numbers of Object.values(memory)) if ('entry' in numbers || 'side' in numbers) expect(isInside(numbers)).toBe(true);
      }
    });

  it('holds something in some of such histories', () => {
    const cash = fc.sample(history(symbolsOf(kind)), { numRuns: 40, seed: 7 }).flatMap((past) => {
      const decided = evaluate(tree, past, undefined, dateAt(DAYS - 1), DEFAULT_OPTIONS);
      return decided.kind === 'weights' ? [decided.targets.cash] : [];
    });
    expect(cash.some((each) => each < 1_000_000n)).toBe(true);
  });

  it('is undefined on a day that no price reaches, and sells nothing', () => {
    const past = someHistory(Object.fromEntries(symbolsOf(kind).map((symbol) => [symbol, [100, 101]])));
    expect(evaluate(tree, past, undefined, '2031-01-01', DEFAULT_OPTIONS)).toMatchObject({ kind: 'undefined' });
  });
});
