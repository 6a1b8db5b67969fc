// The one decision path: the same function in a Lambda, in a backtest and in a replay.
import { closesBetween } from '../market/asset-calendar.ts';
import type { NewYorkDate } from '../values/time.ts';
import { NO_SOLVERS, type Solvers } from './construction/solvers.ts';
import { branchesOn, identityOfProgram } from './evaluator/branches.ts';
import { type Evaluator, evaluatorOf } from './evaluator/evaluator.ts';
import { type Grid, gridOf } from './evaluator/grid.ts';
import { historyNeeded, neverForgets } from './evaluator/history-needed.ts';
import { measure } from './evaluator/measure.ts';
import { inputsOf, nameOf } from './evaluator/metric-inputs.ts';
import { compile, type Program } from './evaluator/program.ts';
import type { Remembered } from './evaluator/rule-life.ts';
import { trace } from './evaluator/trace.ts';
import { type DayWeights, weightsOn } from './evaluator/weights-on.ts';
import { BAR_FIELDS, type BarField, type History, historyUntil } from './history.ts';
import type { StrategyOptions } from './options.ts';
import { quantised } from './quantised.ts';
import { isStrategyName } from './ready-made/given.ts';
import type { Memory } from './ready-made/memory.ts';
import { openRule } from './ready-made/ready-mades.ts';
import type { StrategyState } from './state.ts';
import { subtreesOf, type Tree } from './tree.ts';
import { heldOf } from './turnover.ts';
import type { TargetWeights } from './weights.ts';

export interface Evaluation {
  readonly kind: 'weights';
  readonly targets: TargetWeights;
  /** Candidates of the taken path that could not be ranked or weighed, so that others got their share. */
  readonly leftOut: readonly LeftOut[];
  /** A short name for the branches that were taken and the candidates that were chosen. */
  readonly branches: string;
  /** What the next decision goes on from. */
  readonly state: StrategyState;
}

export interface LeftOut {
  /** The symbol, or the name of the group. */
  readonly symbol: string;
  readonly metric: string;
  /** `zero`: a deviation of 0, by which nothing can be weighed. */
  readonly why: 'undefined' | 'zero';
  /** The symbol whose data is missing: itself, or one inside the group where that is known. */
  readonly dataOf: string | null;
}

/** Why a strategy has no answer. Then nothing trades. */
export interface Undefined {
  readonly kind: 'undefined';
  readonly symbol: string;
  readonly metric: string;
  readonly detail: string;
}

/**
 * The weights of a strategy on `asOf`, from the closes up to and including that date. Undefined data is an answer of
 * its own, never a number. What is held needs no close here: whether it can be traded is for the planner to see.
 * @param history in the prices that the options name.
 * @param prior what an earlier decision left, or undefined for the first one. The sessions since then are lived through
 * here, one by one: deciding every day or once a month ends in the same state.
 * @param held what the strategy holds before it decides, for one that counts what it exchanges; absent: nothing yet.
 * @throws RangeError for a state from after `asOf`.
 */
export function evaluate(
  strategy: Tree,
  history: History,
  prior: StrategyState | undefined,
  asOf: NewYorkDate,
  options: StrategyOptions,
  solvers: Solvers = NO_SOLVERS,
  held?: TargetWeights,
): Evaluation | Undefined {
  if (prior !== undefined && prior.asOf > asOf) throw new RangeError(`a state of ${prior.asOf} is from after ${asOf}`);
  const grid = gridUntil(asOf, history);
  const day = grid.dates.indexOf(asOf);
  const program = compile(strategy, options);
  const opened = evaluatorOf(program, grid, measure, remembered(prior, grid), solvers);
  const evaluator = held === undefined ? opened : opened.holding(heldOf(held));
  const answer = answerOn(strategy, day, asOf, evaluator);
  if (answer.kind === 'undefined') return answer;
  const { bySymbol: _, memories, ...answered } = answer;
  return { ...answered, state: { anchor: history.anchor, asOf, memories: day === -1 ? (prior?.memories ?? {}) : memories } };
}

/** What a strategy says on a day, with its weights before they were made whole. */
export interface Answer extends Omit<Evaluation, 'state'> {
  readonly bySymbol: ReadonlyMap<string, number>;
  readonly memories: StrategyState['memories'];
}

/**
 * The same from an evaluator that is open already, on any of its days: nothing after that day has a part in it.
 * @param day of the evaluator's grid, which `asOf` is; −1 where it has no such day.
 * @param asksBranches false where nobody will compare them: they are '' then.
 */
export function answerOn(strategy: Tree, day: number, asOf: NewYorkDate, evaluator: Evaluator, asksBranches = true): Answer | Undefined {
  const answer = weightsOn(day, evaluator, 'held');
  if (answer.kind === 'undefined') return whyUndefined(answer, evaluator.grid, asOf);
  return {
    kind: 'weights',
    bySymbol: answer.bySymbol,
    targets: quantised(answer.bySymbol),
    leftOut: day === -1 ? [] : leftOutOf(strategy, day, evaluator),
    branches: asksBranches ? branchesOn(day, evaluator) : '',
    memories: day === -1 ? {} : memoriesOf(evaluator.program, day, evaluator),
  };
}

/** The days of the history's calendar up to `asOf`, and the prices on them. */
export function gridUntil(asOf: NewYorkDate, history: History): Grid {
  const { anchor, calendar } = history;
  return gridOf(historyUntil(asOf, history), calendar === undefined ? undefined : closesBetween(calendar, anchor, asOf));
}

/** The day of the grid on which each memory was left. Sessions that the history lacks were not lived through by anyone. */
export function remembered(prior: StrategyState | undefined, { dates }: Grid): ReadonlyMap<string, Remembered> {
  if (prior === undefined) return new Map();
  const { asOf, memories, quoted } = prior;
  const day = dates.findLastIndex((date) => date <= asOf);
  const live = quoted === undefined ? {} : { live: { quoted, dayBefore: dates.findLastIndex((date) => date < asOf) } };
  return new Map(Object.entries(memories).map(([key, memory]) => [key, { day, memory, ...live }]));
}

function memoriesOf({ nodes }: Program, day: number, evaluator: Evaluator): Readonly<Record<string, Memory>> {
  const memories: Record<string, Memory> = {};
  for (const [number, node] of nodes.entries()) {
    if (node.kind === 'rule' && node.rule.step !== undefined) memories[node.key] = evaluator.memory(number, day);
  }
  return memories;
}

function leftOutOf(strategy: Tree, day: number, evaluator: Evaluator): LeftOut[] {
  // Whoever is left out lacks a column that was asked for to see it: most days need no trace.
  if (!evaluator.isLacking(day)) return [];
  return trace(strategy, day, evaluator)
    .undefinedParts.filter(({ stops }) => !stops)
    .map(({ symbol, group, metric, why, because }) => ({
      symbol: symbol ?? group ?? 'a group',
      metric: metric.name === 'close' ? metric.name : nameOf(metric),
      // Without weights there is nothing to be left out of.
      why: why === 'zero' ? why : 'undefined',
      dataOf: symbol ?? because?.symbol ?? null,
    }));
}

function whyUndefined(
  { symbol, metric, definedFrom, lacking, why: unsolved }: Extract<DayWeights, { kind: 'undefined' }>,
  grid: Grid,
  asOf: NewYorkDate,
): Undefined {
  if (unsolved !== undefined) return { kind: 'undefined', symbol, metric, detail: `has no answer on ${asOf}: ${unsolved}` };
  // An evaluator may know of later days, and an answer may not.
  const isKnown = definedFrom !== undefined && (grid.dates[definedFrom] ?? asOf) <= asOf;
  const first = !isKnown ? 'has no value in the history that was read' : `has its first value on ${grid.dates[definedFrom]}`;
  const why = lacking === undefined ? '' : `: no bar of ${lacking.symbol} has a ${lacking.field}`;
  return { kind: 'undefined', symbol, metric, detail: `is undefined or of no use on ${asOf}; it ${first}${why}` };
}

/** Every symbol that the strategy may ever hold, those of weight zero too, ascending. */
export function symbolsOf(strategy: Tree): readonly string[] {
  const symbols = new Set<string>();
  for (const node of subtreesOf(strategy)) {
    if (node.kind === 'asset') symbols.add(node.symbol);
    if (node.kind === 'ready-made')
      for (const symbol of openRule(node.name, node.given).holds) if (!isStrategyName(symbol)) symbols.add(symbol);
  }
  return [...symbols].sort();
}

/** Every symbol that the strategy names, ascending: those it may ever hold, and those whose closes decide. */
export function watchedSymbols(strategy: Tree): readonly string[] {
  return compile(strategy).symbols;
}

/** Whether its next decision depends on what an earlier one left: on what it held then, or on where its averages began. */
export function remembersPast(strategy: Tree): boolean {
  const { nodes, columns } = compile(strategy);
  const isRemembering = nodes.some((node) => node.kind === 'rule' && node.rule.step !== undefined);
  return isRemembering || columns.some((column) => column.kind !== 'dated' && neverForgets(column.metric));
}

/** How many closes of its symbols the strategy looks back on; 0 when it needs no history. */
export function closesNeeded(strategy: Tree, options: StrategyOptions): number {
  return historyNeeded(compile(strategy, options));
}

/** Which fields of which bars the strategies look at beside closes; a symbol that is not in it needs none. */
export function barFieldsNeeded(strategies: readonly Tree[]): ReadonlyMap<string, readonly BarField[]> {
  const needed = new Map<string, readonly BarField[]>();
  for (const strategy of strategies) {
    for (const measured of compile(strategy).columns) {
      if (measured.kind !== 'symbol') continue;
      const known = needed.get(measured.symbol) ?? [];
      const inputs = inputsOf(measured.metric);
      const fields = BAR_FIELDS.filter((field) => known.includes(field) || inputs.includes(field));
      if (fields.length > known.length) needed.set(measured.symbol, fields);
    }
  }
  return needed;
}

/** A short name for the strategy with its options: another one wherever anything that decides is another. */
export function identityOf(strategy: Tree, options: StrategyOptions): string {
  return identityOfProgram(compile(strategy, options));
}
