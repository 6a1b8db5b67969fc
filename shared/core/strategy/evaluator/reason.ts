// What a step of a strategy decided, as plain values that survive JSON, and what it missed.
import type { Memory } from '../ready-made/memory.ts';
import type { Look } from '../ready-made/ready-made.ts';
import type { Metric, Tree } from '../tree.ts';
import type { Part } from './explain-members.ts';
import type { Explanation } from './explain-test.ts';
/** A child, as its owner tells it from the others. */
export type Label =
  | { readonly kind: 'asset'; readonly symbol: string }
  | { readonly kind: 'group'; readonly name: string }
  | { readonly kind: 'stand-in'; readonly symbol: string }
  | { readonly kind: Exclude<Tree['kind'], 'asset' | 'group' | 'stand-in'> };

/** `value` is null where the metric is undefined: such a candidate is left out. */
export interface RankedCandidate {
  readonly label: Label;
  readonly value: number | null;
  /** From 1, best first; null where undefined. */
  readonly rank: number | null;
  readonly isChosen: boolean;
}

/** `part` is 0 where the deviation is 0 or undefined (null): such a child is left out. */
export interface InverseShare {
  readonly label: Label;
  readonly deviation: number | null;
  readonly part: number;
  /** Weighed by what it stands for, and so without a deviation of its own. */
  readonly isSpliced?: true;
}

/** What a ready-made strategy looked at, as it stood that day; null where undefined. */
export interface SeenValue {
  readonly symbol: string;
  readonly metric: Look['metric'];
  readonly value: number | null;
}

export interface ReadyMadePart {
  readonly symbol: string;
  readonly part: number;
  /** Of a construction: what it brings of the variance, of one. */
  readonly risk?: number;
}

export type Reason =
  /** Without a bar on the day, what is held cannot be valued. */
  | { readonly kind: 'asset'; readonly symbol: string; readonly hasBar: boolean }
  | { readonly kind: 'cash' | 'equal' | 'specified' }
  | { readonly kind: 'group'; readonly name: string }
  /** Ranked and weighed as the symbol. */
  | { readonly kind: 'stand-in'; readonly symbol: string }
  | { readonly kind: 'inverse-volatility'; readonly window: number; readonly shares: readonly InverseShare[] }
  | {
      readonly kind: 'volatility-target';
      /** Percent a year; `volatility` is null where undefined, and so is `part`. */
      readonly annual: number;
      readonly window: number;
      readonly volatility: number | null;
      /** Of the capital that reaches it, what the child gets; the rest is cash. */
      readonly part: number | null;
    }
  | { readonly kind: 'if'; readonly taken: 'then' | 'else' | null; readonly condition: Explanation }
  | {
      readonly kind: 'filter';
      readonly select: 'top' | 'bottom';
      readonly count: number;
      readonly by: Metric;
      /** Best first, then the undefined ones in the order of the file. */
      readonly candidates: readonly RankedCandidate[];
    }
  | {
      readonly kind: 'ready-made';
      readonly name: string;
      /** Of one, by symbol, in the order of its parameters; null where it cannot decide. */
      readonly parts: readonly ReadyMadePart[] | null;
      /** Why it cannot decide, where its values are there. */
      readonly why?: string;
      readonly seen: readonly SeenValue[];
      /** After that day: what it will know tomorrow. */
      readonly memory: Memory;
    };

/** What could not be used: a column of the program, or the close of an asset that is held. */
export interface Missing {
  /** `zero`: a deviation of 0, which has no inverse. `unsolved`: the values are there, and lead to no weights. */
  readonly why: 'undefined' | 'zero' | 'unsolved';
  /** Of what is unsolved: the reason. */
  readonly words?: string;
  readonly what: { readonly column: number } | { readonly symbol: string };
  /** Whose metric it is, where it is that of a child. */
  readonly child: Tree | undefined;
  /** Whether the step is undefined without it. */
  readonly stops: boolean;
}

export interface ExplainedStep {
  readonly reason: Reason;
  readonly next: readonly Part[];
  readonly missing: readonly Missing[];
}
