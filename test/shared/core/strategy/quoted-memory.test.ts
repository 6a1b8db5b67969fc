import { describe, expect, it } from 'vitest';
import { decide } from '../../../../shared/core/strategy/decide.ts';
import type { History } from '../../../../shared/core/strategy/history.ts';
import { DEFAULT_OPTIONS } from '../../../../shared/core/strategy/options.ts';
import { pairs } from '../../../../shared/core/strategy/ready-made/pairs.ts';
import type { Quotes, StrategyState } from '../../../../shared/core/strategy/state.ts';
import { givenOf, readyMadeTree } from '../../../builders/ready-made.ts';
import { dateAt, EVERY_RUN, someHistory } from '../../../builders/strategy.ts';

const PAIR = readyMadeTree(
  'pairs',
  givenOf(pairs, { of: [['AAA', 'BBB']], places: 1, window: 4, entry: 1, exit: 0.1, stop: 9, sessions: 9 }),
);
const AAA = [100, 110, 100, 135];
const BBB = [50, 61, 50, 61];
/** On the fourth day the mids above were seen; it closed at other prices, and the fifth is as the fourth was quoted. */
const CLOSED = { AAA: [100, 110, 100, 140, 135], BBB: [50, 61, 50, 60, 61] };
const QUOTED: Quotes = { AAA: { mid: 135, before: 100 }, BBB: { mid: 61, before: 50 } };

function stateOn(day: number, history: History, prior?: StrategyState, quoted?: Quotes): StrategyState {
  const asOf = dateAt(day);
  const decision = decide(
    PAIR,
    EVERY_RUN,
    history,
    prior,
    { asOf, session: asOf, ...(quoted === undefined ? {} : { quoted }) },
    DEFAULT_OPTIONS,
  );
  if (decision.kind === 'undefined') throw new Error(`${decision.metric} of ${decision.symbol} ${decision.detail}`);
  return decision.state;
}

function levelIn({ memories }: StrategyState): number {
  const level = Object.values(memories)[0]?.['AAA BBB']?.['level'];
  if (level === undefined) throw new Error('the pair is not held');
  return level;
}

describe('what is remembered from live quotes', () => {
  const opened = stateOn(3, someHistory({ AAA, BBB }), undefined, QUOTED);

  it('goes with them, while what is remembered from closes goes alone', () => {
    expect(opened.quoted).toEqual(QUOTED);
    expect(stateOn(3, someHistory({ AAA, BBB }))).not.toHaveProperty('quoted');
  });

  it('is not moved by the close of the session, which is another price than its quote', () => {
    expect(levelIn(stateOn(4, someHistory(CLOSED), opened))).toBe(levelIn(opened));
  });

  it('is moved by a split or a dividend since, as the close before the session was', () => {
    const split = { ...CLOSED, AAA: CLOSED.AAA.map((close) => close / 2) };
    expect(levelIn(stateOn(4, someHistory(split), opened))).toBeCloseTo(levelIn(opened) - Math.LN2, 12);
  });

  it('is not moved by a symbol that had no usable quote: its memory is of the close before', () => {
    const unquoted = { ...opened, quoted: {} };
    const memories = Object.fromEntries(
      Object.entries(opened.memories).map(([key, { 'AAA BBB': position }]) => [
        key,
        { 'AAA BBB': { ...position, first: 100, second: 50 } },
      ]),
    );
    const later = stateOn(4, someHistory(CLOSED), { ...unquoted, memories });
    expect(levelIn(later)).toBe(levelIn(opened));
  });
});
