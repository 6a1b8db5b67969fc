// What every ready-made strategy must say of itself, so that one evaluator, one schema, one template and one suite of
// laws can iterate over all of them. A new one is a file of its own and an entry in ready-mades.ts.
import type { Solvers } from '../construction/solvers.ts';
import type { Metric } from '../tree.ts';
import type { DatedSeries } from './dated-series.ts';
import {
  type DatedValues,
  type Given,
  type GivenLimit,
  type GivenValue,
  type GivenView,
  type GivenWeight,
  isDatedValues,
  isLimit,
  isView,
  isWeight,
  type SymbolPair,
} from './given.ts';
import type { Memory } from './memory.ts';

/** `usual` is what an unwritten parameter is, of choices the first; `example` stands where only its owner can know. */
export type Parameter =
  /** `orStrategies`: strategies may stand among them, each with a name. */
  | {
      readonly kind: 'symbols';
      readonly about: string;
      readonly least: number;
      readonly example: readonly string[];
      readonly orStrategies?: true;
    }
  /** At least one, each of two different symbols, each once in either order. */
  | { readonly kind: 'pairs'; readonly about: string; readonly example: readonly SymbolPair[] }
  | { readonly kind: 'symbol'; readonly about: string; readonly example: string }
  /** A symbol, or `cash`. */
  | { readonly kind: 'holding'; readonly about: string; readonly usual: string }
  | { readonly kind: 'count'; readonly about: string; readonly least: number; readonly most: number; readonly usual: number }
  /** Whole parts per million, written as a percentage; the rule sees a fraction of one. */
  | (Unwritten & { readonly kind: 'share'; readonly about: string; readonly least: number; readonly most: number; readonly usual: number })
  | { readonly kind: 'number'; readonly about: string; readonly least: number; readonly most: number; readonly usual: number }
  /** Usually there are none. */
  | (Unwritten & { readonly kind: 'dated-values' | 'limits' | 'weights' | 'views'; readonly about: string })
  | { readonly kind: 'choice'; readonly about: string; readonly choices: readonly string[] };

/**
 * `absent`: where a file does not write it, it is not given either, and what goes by the usual value of a parameter that came later
 * keeps the hash that it was recorded and judged under.
 */
interface Unwritten {
  readonly unwritten?: 'absent';
}

export type ParameterSet = Readonly<Record<string, Parameter>>;

type ValueOf<Each extends Parameter> = Each extends { readonly kind: 'symbols' }
  ? readonly string[]
  : Each extends { readonly kind: 'pairs' }
    ? readonly SymbolPair[]
    : Each extends { readonly kind: 'symbol' | 'holding' }
      ? string
      : Each extends { readonly kind: 'dated-values' }
        ? DatedValues
        : Each extends { readonly kind: 'limits' }
          ? readonly GivenLimit[]
          : Each extends { readonly kind: 'weights' }
            ? readonly GivenWeight[]
            : Each extends { readonly kind: 'views' }
              ? readonly GivenView[]
              : Each extends { readonly choices: readonly (infer Choice)[] }
                ? Choice
                : number;

/** What the rule sees: every parameter, shares as fractions of one. */
export type Values<Parameters extends ParameterSet> = { readonly [Name in keyof Parameters]: ValueOf<Parameters[Name]> };

/** A value that the owner of a strategy gave, where others have the name of a metric. */
export interface OwnValue {
  readonly name: 'given-value';
}

/** What a rule looks at on each session. */
export type Look =
  | { readonly symbol: string; readonly metric: Metric }
  | { readonly symbol: string; readonly metric: OwnValue; readonly dated: DatedSeries };

export type Division =
  | {
      readonly kind: 'parts';
      /** Of one, as many as the rule holds symbols, in their order; the rest is cash. Below zero: short. */
      readonly parts: readonly number[];
      /** Places in `looksAt` whose values were undefined, so that a symbol was left out. */
      readonly leftOut: readonly number[];
      /** Of a construction: what each brings of the variance, of one, in the order of the parts. */
      readonly risks?: readonly number[];
    }
  /** It cannot decide: without a value of this look, or for a reason of its own, though the value is there. */
  | { readonly kind: 'undefined'; readonly because: number; readonly why?: string };

/** What a construction looks at beside the values of the day. */
export interface PastValues {
  /** The last `Rule.past` values of each look, the day's own last; fewer where the history begins later. */
  readonly columns: readonly Float64Array[];
  readonly solvers: Solvers;
  /** What the strategy holds before the decision, of one, by symbol: for a turnover. undefined where nothing is known to be held. */
  readonly held?: Held | undefined;
}

export type Held = ReadonlyMap<string, number>;

/** A ready-made strategy with its parameters. Pure: the same memory and values always give the same. */
export interface Rule {
  /** What may be given capital, each once: symbols, and names of strategies. */
  readonly holds: readonly string[];
  readonly looksAt: readonly Look[];
  /** Sessions that it should have lived through before its memory counts for something; 0 when it remembers nothing. */
  readonly sessionsToSettle: number;
  /**
   * What it remembers after a session, from what it remembered before. Absent when it remembers nothing.
   * @param values as many as `looksAt`; NaN where undefined, which must neither open nor close anything.
   */
  readonly step?: (before: Memory, values: Float64Array) => Memory;
  /**
   * The same memory in the prices of the history as it is read now: a split or a dividend since then has rescaled all
   * prices before it. Exactly the same where nothing has. Absent when it remembers no price.
   * @param latest the last defined value of each look, on or before the session that was remembered last; NaN where none.
   */
  readonly rescaled?: (before: Memory, latest: Float64Array) => Memory;
  /** How many values of each look it looks back on, the day's own among them. Absent when the day is all it looks at. */
  readonly past?: number;
  /**
   * @param memory after the session; empty when it remembers nothing.
   * @param past where the rule looks back.
   */
  divide(memory: Memory, values: Float64Array, past?: PastValues): Division;
}

/** What is wrong between parameters that are each right by themselves. */
export interface Contradiction {
  readonly parameter: string;
  readonly value: string;
  readonly expected: string;
}

interface Definition<Parameters extends ParameterSet> {
  readonly name: string;
  /** A sentence or two: what it does, told to its owner. */
  readonly about: string;
  /** Where the method is from. */
  readonly source: string;
  /** How often it is usually looked at: what has stops cannot wait for the end of a month. */
  readonly rhythm: 'day' | 'month';
  /** Absent: it needs none. */
  readonly solver?: SolverKind;
  readonly parameters: Parameters;
  contradictions?(values: Values<Parameters>): readonly Contradiction[];
  open(values: Values<Parameters>): Rule;
}

/** The kind of problem that it gives to a solver. */
export type SolverKind = 'quadratic';

export interface ReadyMade {
  readonly name: string;
  readonly about: string;
  readonly source: string;
  readonly rhythm: 'day' | 'month';
  readonly solver?: SolverKind;
  readonly parameters: ParameterSet;
  /** @param given complete and each in its range. */
  contradictions(given: Given): readonly Contradiction[];
  /** @throws RangeError for parameters that no schema would have let through. */
  open(given: Given): Rule;
}

export function readyMade<const Parameters extends ParameterSet>(definition: Definition<Parameters>): ReadyMade {
  const { name, about, source, rhythm, solver, parameters } = definition;
  // Checked one by one against the parameters that the type is made of.
  const valuesOf = (given: Given) => seen(name, parameters, given) as Values<Parameters>;
  const contradictions = (given: Given) => definition.contradictions?.(valuesOf(given)) ?? [];
  return {
    name,
    about,
    source,
    rhythm,
    ...(solver === undefined ? {} : { solver }),
    parameters,
    contradictions,
    open(given) {
      const [first] = contradictions(given);
      if (first !== undefined) throw new RangeError(`${first.parameter} of ${name} is ${first.value}, expected ${first.expected}`);
      return definition.open(valuesOf(given));
    },
  };
}

const PARTS_PER_ONE = 1_000_000;

function seen(owner: string, parameters: ParameterSet, given: Given): Readonly<Record<string, GivenValue>> {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(parameters, name));
  if (unknown !== undefined) throw new RangeError(`${owner} has no parameter ${unknown}`);
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => {
      const value = given[name] ?? usualOf(parameter);
      if (value === undefined || !isOf(parameter, value))
        throw new RangeError(`${name} of ${owner} is ${value}, which is no ${parameter.kind}`);
      return [name, parameter.kind === 'share' ? Number(value) / PARTS_PER_ONE : value];
    }),
  );
}

/** undefined where only the owner can know. */
export function usualOf(parameter: Parameter): GivenValue | undefined {
  if (parameter.kind === 'dated-values') return {};
  if (parameter.kind === 'limits' || parameter.kind === 'weights' || parameter.kind === 'views') return [];
  if (parameter.kind === 'choice') return parameter.choices[0];
  return 'usual' in parameter ? parameter.usual : undefined;
}

function isOf(parameter: Parameter, value: GivenValue): boolean {
  switch (parameter.kind) {
    case 'symbols':
      return Array.isArray(value) && value.length >= parameter.least && new Set(value).size === value.length;
    case 'pairs':
      return Array.isArray(value) && value.length > 0 && value.every((pair) => Array.isArray(pair)) && areDistinctPairs(value);
    case 'symbol':
    case 'holding':
      return typeof value === 'string' && value !== '';
    case 'dated-values':
      return isDatedValues(value);
    case 'limits':
      return Array.isArray(value) && value.every(isLimit);
    case 'weights':
      return Array.isArray(value) && value.every(isWeight);
    case 'views':
      return Array.isArray(value) && value.every(isView);
    case 'choice':
      return parameter.choices.some((choice) => choice === value);
    case 'count':
    case 'share':
      return Number.isSafeInteger(value) && Number(value) >= parameter.least && Number(value) <= parameter.most;
    case 'number':
      return typeof value === 'number' && value >= parameter.least && value <= parameter.most;
  }
}

/** Two symbols each, and no two of them twice: [A, B] and [B, A] are one pair. */
export function areDistinctPairs(pairs: readonly (readonly string[])[]): boolean {
  return (
    pairs.every((pair) => pair.length === 2 && pair[0] !== pair[1]) &&
    new Set(pairs.map((pair) => `${[...pair].sort()}`)).size === pairs.length
  );
}
