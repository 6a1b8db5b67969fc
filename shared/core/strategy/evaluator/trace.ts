// Why a strategy holds what it holds on one day: every step of its tree that capital reached, as plain values that
// survive JSON. It refuses to know words for people.
//
// Steps that decide alike are told once, however often the tree repeats them: a trace is bounded by what is distinct
// on the taken path. The name of every group that is met is kept.
import type { Tree } from '../tree.ts';
import type { Evaluator } from './evaluator.ts';
import type { Followed } from './explain-members.ts';
import { explainStep } from './explain-step.ts';
import { closesOf } from './history-needed.ts';
import type { ExplainedStep, Missing, Reason } from './reason.ts';
import { type UndefinedPart, undefinedPart } from './undefined-part.ts';
import { weightsOn } from './weights-on.ts';

export interface Step {
  /** Its place in `Trace.steps`. */
  readonly id: number;
  /** How much of the whole strategy reaches it, over all its places in the tree. */
  readonly capital: number;
  readonly reason: Reason;
  /**
   * `part` of this step's capital goes to that step; none where the step holds, or is undefined. The part is 0 where
   * what is spliced weighs nothing, or left the step undefined.
   */
  readonly children: readonly { readonly part: number; readonly step: number }[];
}

export interface Trace {
  /** Shares of one by symbol, ascending; null where something on the taken path is undefined. */
  readonly weights: Readonly<Record<string, number>> | null;
  /** What the weights leave of one. */
  readonly cash: number | null;
  /** The first is the root; each stands before those that it leads to. */
  readonly steps: readonly Step[];
  /** All that was undefined on the taken path, what stops the decision first. */
  readonly undefinedParts: readonly UndefinedPart[];
}

/** @param tree what the program of the evaluator was compiled from. */
export function trace(tree: Tree, day: number, evaluator: Evaluator): Trace {
  const decision = weightsOn(day, evaluator);
  const { steps, missing } = takenPath({ tree, node: evaluator.program.root }, day, evaluator);
  const undefinedParts = stoppingFirst(
    missing.map((each) => ({ ...undefinedPart(each, day, evaluator), because: causeOf(each, day, evaluator) })),
  );
  const path = { steps, undefinedParts };
  if (decision.kind === 'undefined') return { weights: null, cash: null, ...path };
  const held = [...decision.bySymbol].sort(([a], [b]) => (a < b ? -1 : 1));
  const cash = 1 - held.reduce((sum, [, weight]) => sum + weight, 0);
  // A sum of many parts ends some rounding errors beside one.
  return { weights: Object.fromEntries(held), cash: Math.abs(cash) < 1e-9 ? 0 : cash, ...path };
}

interface OpenStep extends ExplainedStep {
  readonly key: Tree | number;
  followed: number;
}

interface TakenPath {
  readonly steps: readonly Step[];
  readonly missing: readonly Missing[];
}

function takenPath(root: Followed, day: number, evaluator: Evaluator): TakenPath {
  const ordered = parentsFirst(root, (followed) => explainStep(followed, day, evaluator));
  const idOf = new Map(ordered.map(({ key }, id) => [key, id]));
  const capital = new Float64Array(ordered.length);
  capital[0] = 1;
  const steps = ordered.map(({ reason, next }, id): Step => {
    const own = capital[id] ?? 0;
    const children = next.map(({ part, ...followed }) => {
      const step = idOf.get(keyOf(followed));
      if (step === undefined) throw new Error(`a ${followed.tree.kind} on the taken path was not explained`);
      capital[step] = (capital[step] ?? 0) + own * part;
      return { part, step };
    });
    return { id, capital: own, reason, children };
  });
  return { steps, missing: ordered.flatMap(({ missing }) => missing) };
}

/** A subtree's series breaks where its own weights are undefined: the last such day within the window, and what was missing. */
function causeOf({ why, what, child }: Missing, day: number, evaluator: Evaluator): UndefinedPart['because'] {
  const measured = 'column' in what ? evaluator.program.columns[what.column] : undefined;
  if (why === 'zero' || child === undefined || measured?.kind !== 'node') return null;
  const first = Math.max(0, day - closesOf(measured.metric, evaluator.program.options));
  for (let each = day; each >= first; each -= 1) {
    const stopping = takenPath({ tree: child, node: measured.node }, each, evaluator).missing.find(({ stops }) => stops);
    if (stopping === undefined) continue;
    const { symbol, metric } = undefinedPart(stopping, each, evaluator);
    const date = evaluator.grid.dates[each];
    return symbol === null || date === undefined ? null : { date, symbol, metric };
  }
  return null;
}

/** A group or a stand-in has the node of what is in it, and a step of its own. */
function keyOf({ tree, node }: Followed): Tree | number {
  return tree.kind === 'group' || tree.kind === 'stand-in' ? tree : node;
}

/** Depth first without recursion. A step is complete when all that it leads to is, so completion backwards is parents first. */
function parentsFirst(root: Followed, explain: (followed: Followed) => ExplainedStep): readonly OpenStep[] {
  const opened = (followed: Followed): OpenStep => ({ key: keyOf(followed), ...explain(followed), followed: 0 });
  const seen = new Set([keyOf(root)]);
  const complete: OpenStep[] = [];
  const open = [opened(root)];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const next = top.next[top.followed];
    top.followed += 1;
    if (next === undefined) {
      complete.push(top);
      open.pop();
    } else if (!seen.has(keyOf(next))) {
      seen.add(keyOf(next));
      open.push(opened(next));
    }
  }
  return complete.reverse();
}

/** Each once, though several steps miss it. */
function stoppingFirst(parts: readonly UndefinedPart[]): readonly UndefinedPart[] {
  const distinct = new Map<string, UndefinedPart>();
  for (const part of [...parts.filter(({ stops }) => stops), ...parts.filter(({ stops }) => !stops)]) {
    const key = JSON.stringify([part.why, part.symbol, part.group, part.metric, part.definedFrom, part.definedUntil]);
    if (!distinct.has(key)) distinct.set(key, part);
  }
  return [...distinct.values()];
}
