// What one step of a strategy decided on one day, and where its capital goes next.
import { WHOLE } from '../../values/weight.ts';
import type { Memory } from '../ready-made/memory.ts';
import type { Look } from '../ready-made/ready-made.ts';
import type { Metric, Tree } from '../tree.ts';
import { isDefined } from './defined.ts';
import type { Evaluator } from './evaluator.ts';
import { type Explanation, explainTest, undefinedColumns } from './explain-test.ts';
import type { Node } from './node.ts';
import { select } from './ranking.ts';
import { annualVolatility, PPM_PER_PERCENT } from './volatility.ts';

/** A child, as its owner tells it from the others. */
export type Label =
  | { readonly kind: 'asset'; readonly symbol: string }
  | { readonly kind: 'group'; readonly name: string }
  | { readonly kind: Exclude<Tree['kind'], 'asset' | 'group'> };

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
}

/** What a ready-made strategy looked at, as it stood that day; null where undefined. */
export interface SeenValue {
  readonly symbol: string;
  readonly metric: Look['metric'];
  readonly value: number | null;
}

export type Reason =
  /** Without a bar on the day, what is held cannot be valued. */
  | { readonly kind: 'asset'; readonly symbol: string; readonly hasBar: boolean }
  | { readonly kind: 'cash' | 'equal' | 'specified' }
  | { readonly kind: 'group'; readonly name: string }
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
      readonly parts: readonly { readonly symbol: string; readonly part: number }[] | null;
      readonly seen: readonly SeenValue[];
      /** After that day: what it will know tomorrow. */
      readonly memory: Memory;
    };

/** What could not be used: a column of the program, or the close of an asset that is held. */
export interface Missing {
  /** `zero`: a deviation of 0, which has no inverse. */
  readonly why: 'undefined' | 'zero';
  readonly what: { readonly column: number } | { readonly symbol: string };
  /** Whose metric it is, where it is that of a child. */
  readonly child: Tree | undefined;
  /** Whether the step is undefined without it. */
  readonly stops: boolean;
}

export interface ExplainedStep {
  readonly reason: Reason;
  readonly next: readonly { readonly part: number; readonly tree: Tree }[];
  readonly missing: readonly Missing[];
}

export function explainStep(tree: Tree, day: number, evaluator: Evaluator): ExplainedStep {
  switch (tree.kind) {
    case 'asset': {
      const hasBar = evaluator.hasBar(tree.symbol, day);
      const missing = hasBar ? [] : [{ why: 'undefined' as const, what: { symbol: tree.symbol }, child: undefined, stops: true }];
      return { reason: { kind: 'asset', symbol: tree.symbol, hasBar }, next: [], missing };
    }
    case 'cash':
      return { reason: { kind: 'cash' }, next: [], missing: [] };
    case 'group':
      return { reason: { kind: 'group', name: tree.name }, next: [{ part: 1, tree: tree.child }], missing: [] };
    case 'equal': {
      const next = tree.children.map((child) => ({ part: 1 / tree.children.length, tree: child }));
      return { reason: { kind: 'equal' }, next, missing: [] };
    }
    case 'specified': {
      // A child without weight is not looked at.
      const parts = tree.children.map(({ weight, child }) => ({ part: Number(weight) / Number(WHOLE), tree: child }));
      return { reason: { kind: 'specified' }, next: parts.filter(({ part }) => part !== 0), missing: [] };
    }
    case 'inverse-volatility':
      return explainInverse(tree, day, evaluator);
    case 'volatility-target':
      return explainTarget(tree, day, evaluator);
    case 'if':
      return explainChoice(tree, day, evaluator);
    case 'filter':
      return explainFilter(tree, day, evaluator);
    case 'ready-made':
      return explainRule(tree, day, evaluator);
  }
}

function explainRule(tree: Extract<Tree, { kind: 'ready-made' }>, day: number, evaluator: Evaluator): ExplainedStep {
  const number = nodeNumber(tree, evaluator);
  const { rule, assets, columns } = compiled(tree, 'rule', evaluator);
  const division = evaluator.division(number, day);
  const seen = rule.looksAt.map(({ symbol, metric }, place): SeenValue => {
    const value = evaluator.column(columns[place] ?? -1)[day];
    return { symbol, metric, value: isDefined(value) ? value : null };
  });
  const memory = evaluator.memory(number, day);
  const missingAt = (place: number, stops: boolean): Missing => ({
    // What has a value and was left out all the same is a deviation of 0.
    why: seen[place]?.value === null ? 'undefined' : 'zero',
    what: { column: columns[place] ?? -1 },
    child: undefined,
    stops,
  });
  if (division.kind === 'undefined')
    return {
      reason: { kind: 'ready-made', name: tree.name, parts: null, seen, memory },
      next: [],
      missing: [missingAt(division.because, true)],
    };
  const parts = rule.holds.map((symbol, place) => ({ symbol, part: division.parts[place] ?? 0 }));
  return {
    reason: { kind: 'ready-made', name: tree.name, parts, seen, memory },
    next: assets.flatMap((asset, place) => {
      const part = parts[place]?.part ?? 0;
      return part === 0 ? [] : [{ part, tree: asset }];
    }),
    missing: division.leftOut.map((place) => missingAt(place, false)),
  };
}

function explainInverse(tree: Extract<Tree, { kind: 'inverse-volatility' }>, day: number, evaluator: Evaluator): ExplainedStep {
  const { columns } = compiled(tree, 'inverse', evaluator);
  const split = evaluator.split(nodeNumber(tree, evaluator), day);
  const measured = withValues(tree.children, columns, day, evaluator);
  // The split holds the usable children alone, in their order.
  let used = 0;
  const shares = measured.map(({ child, value }): InverseShare => {
    const isUsable = value !== null && value > 0;
    const part = isUsable ? (split?.parts[used] ?? 0) : 0;
    if (isUsable) used += 1;
    return { label: labelOf(child), deviation: value, part };
  });
  return {
    reason: { kind: 'inverse-volatility', window: tree.window, shares },
    next: measured.flatMap(({ child }, place) => {
      const part = shares[place]?.part ?? 0;
      return part > 0 ? [{ part, tree: child }] : [];
    }),
    missing: missingAmong(measured, split === undefined, 'zero'),
  };
}

function explainTarget(tree: Extract<Tree, { kind: 'volatility-target' }>, day: number, evaluator: Evaluator): ExplainedStep {
  const { column } = compiled(tree, 'target', evaluator);
  const measured = withValues([tree.child], [column], day, evaluator);
  const deviation = measured[0]?.value ?? null;
  const part = evaluator.split(nodeNumber(tree, evaluator), day)?.parts[0] ?? null;
  return {
    reason: {
      kind: 'volatility-target',
      annual: Number(tree.annual) / PPM_PER_PERCENT,
      window: tree.window,
      volatility: deviation === null ? null : annualVolatility(deviation),
      part,
    },
    next: part === null ? [] : [{ part, tree: tree.child }],
    missing: missingAmong(measured, true),
  };
}

function explainChoice(tree: Extract<Tree, { kind: 'if' }>, day: number, evaluator: Evaluator): ExplainedStep {
  const { test } = compiled(tree, 'if', evaluator);
  const condition = explainTest(test, day, evaluator);
  const missing = undefinedColumns(test, day, evaluator).map((column) => ({
    why: 'undefined' as const,
    what: { column },
    child: undefined,
    stops: true,
  }));
  if (condition.verdict === null) return { reason: { kind: 'if', taken: null, condition }, next: [], missing };
  const next = [{ part: 1, tree: condition.verdict ? tree.then : tree.otherwise }];
  return { reason: { kind: 'if', taken: condition.verdict ? 'then' : 'else', condition }, next, missing };
}

function explainFilter(tree: Extract<Tree, { kind: 'filter' }>, day: number, evaluator: Evaluator): ExplainedStep {
  const measured = withValues(tree.children, compiled(tree, 'filter', evaluator).columns, day, evaluator);
  const candidates = measured.map(({ child, value }, place) => ({
    place,
    value: value ?? Number.NaN,
    symbol: child.kind === 'asset' ? child.symbol : '',
  }));
  const ranked = select(candidates, tree.select, candidates.length).flatMap((place) => measured[place] ?? []);
  const chosen = ranked.slice(0, tree.count);
  const best = ranked.map(({ child, value }, place) => ({
    label: labelOf(child),
    value,
    rank: place + 1,
    isChosen: place < chosen.length,
  }));
  const left = measured.filter(({ value }) => value === null);
  const leftOut = left.map(({ child }) => ({ label: labelOf(child), value: null, rank: null, isChosen: false }));
  return {
    reason: { kind: 'filter', select: tree.select, count: tree.count, by: tree.by, candidates: [...best, ...leftOut] },
    next: chosen.map(({ child }) => ({ part: 1 / chosen.length, tree: child })),
    missing: missingAmong(measured, chosen.length === 0),
  };
}

interface Measured {
  readonly child: Tree;
  readonly column: number;
  /** null where undefined. */
  readonly value: number | null;
}

function withValues(children: readonly Tree[], columns: readonly number[], day: number, evaluator: Evaluator): readonly Measured[] {
  return children.map((child, place) => {
    const column = columns[place];
    if (column === undefined) throw new Error(`child ${place} has no column`);
    const value = evaluator.column(column)[day];
    return { child, column, value: isDefined(value) ? value : null };
  });
}

function missingAmong(measured: readonly Measured[], stops: boolean, zero?: 'zero'): Missing[] {
  return measured.flatMap(({ child, column, value }) => {
    const why = value === null ? 'undefined' : value === 0 ? zero : undefined;
    return why === undefined ? [] : [{ why, what: { column }, child, stops }];
  });
}

export function nodeNumber(tree: Tree, { program }: Evaluator): number {
  const number = program.nodeOf.get(tree);
  if (number === undefined) throw new Error(`this ${tree.kind} is not part of the program`);
  return number;
}

function compiled<Kind extends Node['kind']>(tree: Tree, kind: Kind, evaluator: Evaluator): Extract<Node, { kind: Kind }> {
  const node = evaluator.program.nodes[nodeNumber(tree, evaluator)];
  if (node?.kind !== kind) throw new Error(`${tree.kind} was compiled to ${node?.kind ?? 'nothing'}`);
  return node as Extract<Node, { kind: Kind }>;
}

function labelOf(tree: Tree): Label {
  switch (tree.kind) {
    case 'asset':
      return { kind: 'asset', symbol: tree.symbol };
    case 'group':
      return { kind: 'group', name: tree.name };
    default:
      return { kind: tree.kind };
  }
}
