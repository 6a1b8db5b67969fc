// What one step of a strategy decided on one day, and where its capital goes next.
import { WHOLE } from '../../values/weight.ts';
import type { Tree } from '../tree.ts';
import type { Evaluator } from './evaluator.ts';
import { childAt, type Followed, isBlock, type Measured, membersOn, valueOn, weighedMembers } from './explain-members.ts';
import { explainTest, undefinedColumns } from './explain-test.ts';
import { massesOfNode } from './masses.ts';
import type { Node } from './node.ts';
import { candidatesOf, select } from './ranking.ts';
import type { ExplainedStep, InverseShare, Label, Missing, ReadyMadePart, SeenValue } from './reason.ts';
import { annualVolatility, PPM_PER_PERCENT } from './volatility.ts';

export function explainStep({ tree, node }: Followed, day: number, evaluator: Evaluator): ExplainedStep {
  switch (tree.kind) {
    case 'asset': {
      const hasBar = evaluator.hasBar(tree.symbol, day);
      const missing = hasBar ? [] : [{ why: 'undefined' as const, what: { symbol: tree.symbol }, child: undefined, stops: true }];
      return { reason: { kind: 'asset', symbol: tree.symbol, hasBar }, next: [], missing };
    }
    case 'cash':
      return { reason: { kind: 'cash' }, next: [], missing: [] };
    case 'group':
      return { reason: { kind: 'group', name: tree.name }, next: [{ part: 1, tree: tree.child, node }], missing: [] };
    case 'stand-in':
      return { reason: { kind: 'stand-in', symbol: tree.symbol }, next: [{ part: 1, tree: tree.child, node }], missing: [] };
    case 'equal': {
      if (isBlock(node, evaluator)) return { reason: { kind: 'equal' }, next: membersOn({ tree, node }, day, evaluator), missing: [] };
      const next = tree.children.map((child, place) => ({
        part: 1 / tree.children.length,
        tree: child,
        node: childAt(place, node, evaluator),
      }));
      return { reason: { kind: 'equal' }, next, missing: [] };
    }
    case 'specified': {
      // A child without weight is not looked at, and has no place among the children of the node.
      const used = tree.children.filter(({ weight }) => weight !== 0n);
      const next = used.map(({ weight, child }, place) => ({
        part: Number(weight) / Number(WHOLE),
        tree: child,
        node: childAt(place, node, evaluator),
      }));
      return { reason: { kind: 'specified' }, next, missing: [] };
    }
    case 'inverse-volatility':
      return isBlock(node, evaluator) ? explainInverseBlock(tree, node, day, evaluator) : explainInverse(tree, node, day, evaluator);
    case 'volatility-target':
      return explainTarget(tree, node, day, evaluator);
    case 'if':
      return explainChoice(tree, node, day, evaluator);
    case 'filter':
      return explainFilter(tree, node, day, evaluator);
    case 'ready-made':
      return explainRule(tree, node, day, evaluator);
  }
}

function explainRule(tree: Extract<Tree, { kind: 'ready-made' }>, node: number, day: number, evaluator: Evaluator): ExplainedStep {
  const { rule, assets, columns } = compiled(node, 'rule', evaluator);
  const division = evaluator.division(node, day);
  const seen = rule.looksAt.map(({ symbol, metric }, place): SeenValue => {
    return { symbol, metric, value: valueOn(columns[place] ?? -1, day, evaluator) };
  });
  const memory = evaluator.memory(node, day);
  const missingAt = (place: number, stops: boolean): Missing => ({
    // What has a value and was left out all the same is a deviation of 0.
    why: seen[place]?.value === null ? 'undefined' : 'zero',
    what: { column: columns[place] ?? -1 },
    child: undefined,
    stops,
  });
  if (division.kind === 'undefined') {
    const { because, why } = division;
    const missing = missingAt(because, true);
    return {
      reason: { kind: 'ready-made', name: tree.name, parts: null, ...(why === undefined ? {} : { why }), seen, memory },
      next: [],
      missing: [why === undefined ? missing : { ...missing, why: 'unsolved', words: why }],
    };
  }
  const parts = rule.holds.map((symbol, place): ReadyMadePart => {
    const risk = division.risks?.[place];
    return { symbol, part: division.parts[place] ?? 0, ...(risk === undefined ? {} : { risk }) };
  });
  return {
    reason: { kind: 'ready-made', name: tree.name, parts, seen, memory },
    next: assets.flatMap((asset, place) => {
      const part = parts[place]?.part ?? 0;
      return part === 0 ? [] : [{ part, tree: asset, node: childAt(place, node, evaluator) }];
    }),
    missing: division.leftOut.map((place) => missingAt(place, false)),
  };
}

type InverseVolatility = Extract<Tree, { kind: 'inverse-volatility' }>;

function explainInverse(tree: InverseVolatility, node: number, day: number, evaluator: Evaluator): ExplainedStep {
  const { columns } = compiled(node, 'inverse', evaluator);
  const split = evaluator.split(node, day);
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
      return part > 0 ? [{ part, tree: child, node: childAt(place, node, evaluator) }] : [];
    }),
    missing: missingAmong(measured, split === undefined, 'zero'),
  };
}

function explainTarget(tree: Extract<Tree, { kind: 'volatility-target' }>, node: number, day: number, evaluator: Evaluator): ExplainedStep {
  const { column } = compiled(node, 'target', evaluator);
  const measured = withValues([tree.child], [column], day, evaluator);
  const deviation = measured[0]?.value ?? null;
  const part = evaluator.split(node, day)?.parts[0] ?? null;
  return {
    reason: {
      kind: 'volatility-target',
      annual: Number(tree.annual) / PPM_PER_PERCENT,
      window: tree.window,
      volatility: deviation === null ? null : annualVolatility(deviation),
      part,
    },
    next: part === null ? [] : [{ part, tree: tree.child, node: childAt(0, node, evaluator) }],
    missing: missingAmong(measured, true),
  };
}

/** The same with something spliced into it. All its members are accounted for here, however deep they stand. */
function explainInverseBlock(tree: InverseVolatility, node: number, day: number, evaluator: Evaluator): ExplainedStep {
  const weighed = massesOfNode(evaluator.program.nodes[node]);
  const masses = evaluator.mass(node, day);
  const sum = masses.reduce((total, mass) => total + mass, 0);
  const shares = tree.children.map((child, place): InverseShare => {
    const mass = weighed[place];
    const part = sum > 0 ? (masses[place] ?? 0) / sum : 0;
    if (mass?.kind !== 'inverse') return { label: labelOf(child), deviation: null, part, isSpliced: true };
    return { label: labelOf(child), deviation: valueOn(mass.column, day, evaluator), part };
  });
  return {
    reason: { kind: 'inverse-volatility', window: tree.window, shares },
    next: membersOn({ tree, node }, day, evaluator),
    missing: missingAmong(weighedMembers({ tree, node }, day, evaluator), sum === 0, 'zero'),
  };
}

function explainChoice(tree: Extract<Tree, { kind: 'if' }>, node: number, day: number, evaluator: Evaluator): ExplainedStep {
  const { test, then: taken, otherwise } = compiled(node, 'if', evaluator);
  const condition = explainTest(test, day, evaluator);
  const missing = undefinedColumns(test, day, evaluator).map((column) => ({
    why: 'undefined' as const,
    what: { column },
    child: undefined,
    stops: true,
  }));
  if (condition.verdict === null) return { reason: { kind: 'if', taken: null, condition }, next: [], missing };
  const followed = condition.verdict ? { tree: tree.then, node: taken } : { tree: tree.otherwise, node: otherwise };
  const next = isBlock(node, evaluator) ? membersOn({ tree, node }, day, evaluator) : [{ part: 1, ...followed }];
  return { reason: { kind: 'if', taken: condition.verdict ? 'then' : 'else', condition }, next, missing };
}

function explainFilter(tree: Extract<Tree, { kind: 'filter' }>, node: number, day: number, evaluator: Evaluator): ExplainedStep {
  const { options } = evaluator.program;
  const measured = withValues(candidatesOf(tree, options), compiled(node, 'filter', evaluator).columns, day, evaluator);
  const candidates = measured.map(({ child, value }, place) => ({
    place,
    value: value ?? Number.NaN,
    symbol: child.kind === 'asset' ? child.symbol : '',
  }));
  const ranked = select(candidates, tree.select, candidates.length, options.rankDigits);
  const chosen = ranked.slice(0, tree.count);
  const best = ranked.flatMap((place, rank) => {
    const each = measured[place];
    return each === undefined ? [] : [{ label: labelOf(each.child), value: each.value, rank: rank + 1, isChosen: rank < chosen.length }];
  });
  const left = measured.filter(({ value }) => value === null);
  const leftOut = left.map(({ child }) => ({ label: labelOf(child), value: null, rank: null, isChosen: false }));
  const equally = chosen.flatMap((place) => {
    const each = measured[place];
    return each === undefined ? [] : [{ part: 1 / chosen.length, tree: each.child, node: childAt(place, node, evaluator) }];
  });
  return {
    reason: { kind: 'filter', select: tree.select, count: tree.count, by: tree.by, candidates: [...best, ...leftOut] },
    next: isBlock(node, evaluator) ? membersOn({ tree, node }, day, evaluator) : equally,
    missing: missingAmong(measured, chosen.length === 0),
  };
}

function withValues(children: readonly Tree[], columns: readonly number[], day: number, evaluator: Evaluator): readonly Measured[] {
  return children.map((child, place) => {
    const column = columns[place];
    if (column === undefined) throw new Error(`child ${place} has no column`);
    return { child, column, value: valueOn(column, day, evaluator) };
  });
}

function missingAmong(measured: readonly Measured[], stops: boolean, zero?: 'zero'): Missing[] {
  return measured.flatMap(({ child, column, value }) => {
    const why = value === null ? 'undefined' : value === 0 ? zero : undefined;
    return why === undefined ? [] : [{ why, what: { column }, child, stops }];
  });
}

function compiled<Kind extends Node['kind']>(number: number, kind: Kind, { program }: Evaluator): Extract<Node, { kind: Kind }> {
  const node = program.nodes[number];
  if (node?.kind !== kind) throw new Error(`expected ${kind}, node ${number} is ${node?.kind ?? 'nothing'}`);
  return node as Extract<Node, { kind: Kind }>;
}

function labelOf(tree: Tree): Label {
  switch (tree.kind) {
    case 'asset':
      return { kind: 'asset', symbol: tree.symbol };
    case 'group':
      return { kind: 'group', name: tree.name };
    case 'stand-in':
      return { kind: 'stand-in', symbol: tree.symbol };
    default:
      return { kind: tree.kind };
  }
}
