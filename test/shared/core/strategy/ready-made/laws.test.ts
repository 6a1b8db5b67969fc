import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../../../shared/core/strategy/evaluate.ts';
import type { History } from '../../../../../shared/core/strategy/history.ts';
import type { ReadyMade } from '../../../../../shared/core/strategy/ready-made/ready-made.ts';
import { READY_MADES } from '../../../../../shared/core/strategy/ready-made/ready-mades.ts';
import type { StrategyState } from '../../../../../shared/core/strategy/state.ts';
import type { NewYorkDate } from '../../../../../shared/core/values/time.ts';
import { givenOf, readyMadeTree } from '../../../../builders/ready-made.ts';
import { dateAt, someHistory } from '../../../../builders/strategy.ts';

const DAYS = 60;

/** Windows short enough that sixty days say something. */
function shortened(kind: ReadyMade) {
  const counts = Object.entries(kind.parameters).flatMap(([name, parameter]) =>
    parameter.kind === 'count' && parameter.usual > 8
      ? [[name, Math.max(parameter.least, Math.ceil(parameter.usual / 20) + 2)] as const]
      : [],
  );
  return givenOf(kind, Object.fromEntries(counts));
}

/** Closes that wander by up to a tenth a day, now and then missing. */
function history(symbols: readonly string[]): fc.Arbitrary<History> {
  const moves = fc.array(fc.tuple(fc.integer({ min: -100, max: 100 }), fc.integer({ min: 0, max: 30 })), {
    minLength: DAYS,
    maxLength: DAYS,
  });
  return fc.tuple(...symbols.map(() => moves)).map((each) =>
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
  );
}

function symbolsOf(kind: ReadyMade): readonly string[] {
  const rule = kind.open(shortened(kind));
  return [...new Set([...rule.holds, ...rule.looksAt.map(({ symbol }) => symbol)])];
}

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

  law('ends in the same state however often it is asked on the way', (past, day) => {
    let state: StrategyState | undefined;
    for (let each = DAYS / 2; each <= day; each += 3) {
      const decided = evaluate(tree, past, state, dateAt(each));
      if (decided.kind === 'weights') state = decided.state;
    }
    const asked = evaluate(tree, past, state, dateAt(day));
    const alone = evaluate(tree, past, undefined, dateAt(day));
    expect(asked).toEqual(alone);
  });

  law('knows nothing of what comes after', (past, day) => {
    const until = (asOf: NewYorkDate): History => ({
      ...past,
      columns: past.columns.map(({ symbol, dates, closes }) => {
        const kept = dates.filter((date) => date <= asOf).length;
        return { symbol, dates: dates.slice(0, kept), closes: closes.slice(0, kept) };
      }),
    });
    expect(evaluate(tree, until(dateAt(day)), undefined, dateAt(day))).toEqual(evaluate(tree, past, undefined, dateAt(day)));
  });

  law('never holds more than there is', (past, day) => {
    const decided = evaluate(tree, past, undefined, dateAt(day));
    if (decided.kind !== 'weights') return;
    const gross = decided.targets.weights.reduce((sum, { weight }) => sum + (weight < 0n ? -weight : weight), 0n);
    expect(gross <= 1_000_000n).toBe(true);
  });

  it('is undefined on a day that no price reaches, and sells nothing', () => {
    const past = someHistory(Object.fromEntries(symbolsOf(kind).map((symbol) => [symbol, [100, 101]])));
    expect(evaluate(tree, past, undefined, '2031-01-01')).toMatchObject({ kind: 'undefined' });
  });
});
