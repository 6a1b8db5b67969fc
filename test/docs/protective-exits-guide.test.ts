import { expect, it } from 'vitest';
import { parsePortfolioFile } from '../../shared/contracts/portfolio-file.ts';
import { parseStrategyYaml } from '../../shared/contracts/strategy-file/parse-strategy-yaml.ts';
import { decide } from '../../shared/core/strategy/decide.ts';
import { EXIT_REASONS, type ExitRules, RE_ENTER } from '../../shared/core/strategy/exits/exit-rules.ts';
import type { StrategyState } from '../../shared/core/strategy/state.ts';
import type { Decision } from '../../shared/core/strategy/take-turn.ts';
import type { StrategyFile } from '../../shared/core/strategy/tree.ts';
import { addDays } from '../../shared/core/values/time.ts';
import { dateAt, someHistory } from '../builders/strategy.ts';
import { codeIn, EXAMPLES, expectSaid, sectionUnder, tableUnder } from './guide.ts';

const GUARDED: StrategyFile = (() => {
  const text = EXAMPLES.find(({ name }) => name === 'Guarded halves')?.text ?? '';
  const read = parseStrategyYaml(text, 'guide');
  if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
  return read.strategy;
})();

/** Of SPY with these closes, and TLT that stands still. The first day is 5 January 2026. */
function runsOn(days: readonly number[], spy: readonly number[], exits: ExitRules | undefined = GUARDED.exits): Decision[] {
  const history = someHistory({ SPY: spy, TLT: spy.map(() => 50) });
  let prior: StrategyState | undefined;
  return days.map((day) => {
    const when = { asOf: dateAt(day), session: addDays(dateAt(day), 1) };
    const decision = decide(GUARDED.tree, GUARDED.rebalance, history, prior, when, GUARDED.options, exits);
    if (decision.kind === 'undefined') throw new Error(decision.detail);
    prior = decision.state;
    return decision;
  });
}

it('the guide says what a trailing stop ends, and that the rest stays as it is', () => {
  expectSaid('If SPY is entered at 100, rises to 120 and closes at 108, it has fallen by 10 % from its highest close');
  const [, held, exit] = runsOn([0, 1, 2], [100, 120, 108]);
  expect(held?.exits).toEqual([]);
  expect(exit?.exits).toMatchObject([{ symbol: 'SPY', by: 'trailing', entry: 100, best: 120, close: 108 }]);
  // Traded at 120, SPY was 45 of 95 parts; 50 are still TLT.
  expect(exit?.targets).toEqual({ weights: [{ symbol: 'TLT', weight: 526_316n }], cash: 473_684n });
});

it('the guide says that what was touched between two runs is carried out by the later one', () => {
  expectSaid('a stop that was touched on the 3rd and is looked at on the 20th is carried out on the 20th');
  // Place 29 is the 3rd of February, place 46 the 20th; the first of its month was traded on the 2nd.
  const spy = Array.from({ length: 47 }, (_, place) => (place === 29 ? 92 : 100));
  expect([dateAt(29), dateAt(46)]).toEqual(['2026-02-03', '2026-02-20']);
  const [, exit] = runsOn([27, 46], spy);
  expect(exit?.exits).toMatchObject([{ by: 'stop-loss', touched: '2026-02-03', close: 92 }]);
  expect(exit?.state.exits?.symbols.SPY).toMatchObject({ session: '2026-02-21' });
});

it('the guide says when what was ended comes back', () => {
  // Ended in January; place 27 is traded on the 2nd of February.
  const spy = Array.from({ length: 60 }, (_, place) => (place < 2 ? 100 : 90));
  const held = (exits?: ExitRules) => runsOn([0, 2, 10, 27], spy, exits).map(({ targets }) => targets.weights.map(({ symbol }) => symbol));
  expect(held()).toEqual([['SPY', 'TLT'], ['TLT'], ['TLT'], ['SPY', 'TLT']]);
  expectSaid('Fixed weights never let go: such an exit is for good');
  expect(held({ stopLoss: 80_000n, reEnter: 'when-target-returns' }).at(-1)).toEqual(['TLT']);
  expectSaid('Needs such a rule');
  const file = (rebalance: string) =>
    parsePortfolioFile(
      `portfolio: a\nschedules: { daily: { at: close-25m, every: day } }\nlimits: { position: 100% }\nsleeves: { core: { capital: 100%, strategy: SPY, rebalance: ${rebalance}, exits: { sessions: 9, re-enter: next-period } } }\n`,
      'a.yaml',
    ).kind;
  expect(['none', '{ every: day }', '{ corridor: 5% }', '{ every: week }'].map(file)).toEqual([
    'refused',
    'refused',
    'refused',
    'portfolio',
  ]);
});

it('the guide lists every exit in the order in which they are asked, and both ways back', () => {
  const codes = tableUnder('Protective exits').flatMap(([key]) => codeIn(key));
  expect(codes.filter((code) => code !== 're-enter')).toEqual([...EXIT_REASONS, ...RE_ENTER]);
  expect(sectionUnder('Protective exits')).toContain('There are no resting stop orders at the broker');
});
