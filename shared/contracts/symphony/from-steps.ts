// The tree of steps (`{"step": "root", "children": […]}`), as JSON or as an EDN map, to a strategy.

import { needsPrices } from '../../core/strategy/evaluator/segments.ts';
import type { Tree } from '../../core/strategy/tree.ts';
import { COUNT_MAX, STRATEGY_DEPTH_MAX, WINDOW_MAX } from '../strategy-file/limits.ts';
import { buildTree, choose, type Expansion, together } from './build-tree.ts';
import { type Collection, type Datum, describeDatum, wordOf } from './datum.ts';
import { dividedBy, type Fraction, fractionOf } from './decimal-text.ts';
import { type Fields, fieldsOf, textAt, valueIn } from './fields.ts';
import { STEP_KEYS, WEIGHT_KEYS } from './known-keys.ts';
import { isSubtree, metricOf, wholeNumberOf } from './metric.ts';
import { below, type OpenReport, type Where } from './open-report.ts';
import { partsOf, specified, type WrittenWeight } from './parts-of-weight.ts';
import type { ReadSymphony } from './read-symphony.ts';
import { rebalanceOf, STEP_REBALANCE } from './rebalance.ts';
import { conditionOf, parametersOf, symbolAt } from './step-condition.ts';

interface Source {
  readonly datum: Datum;
  readonly where: Where;
  readonly depth: number;
  /** Whether it stands directly below an if, where an if-child belongs and nothing else. */
  readonly isBranch: boolean;
}

/** One return has no sample deviation. */
const DEFINED_WINDOW = 2;
const STEPS = 'wt-cash-equal, wt-cash-specified, wt-inverse-vol, group, if, filter, asset or empty';
const CASH: Expansion<Source> = { kind: 'leaf', tree: { kind: 'cash' } };

/** @param where the place of `root` in its file, where it is wrapped in a request. */
export function readSteps(root: Collection, where: Where, report: OpenReport): ReadSymphony {
  const fields = fieldsOf(root, where, STEP_KEYS, report);
  const step = wordOf(fields.get('step'));
  if (step !== 'root') report.refuse(fields.at('step'), describeDatum(fields.get('step')), 'root, the outermost step of a symphony');
  const name = textAt(fields, 'name', report);
  const description = textAt(fields, 'description', report);
  const rebalance = rebalanceOf(fields, STEP_REBALANCE, report);
  report.nodes = 1;
  report.depth = 1;
  const outermost: Source = { datum: root, where, depth: 1, isBranch: false };
  const children = childrenOf(outermost, fields, 'children', report);
  if (children.length === 0) report.refuse(fields.at('children'), describeDatum(fields.get('children')), 'at least one step');
  if (step !== 'root') return { name, description, rebalance, tree: { kind: 'cash' } };
  const expandRoot: Expansion<Source> = { kind: 'branch', parts: children, join: together };
  const building = buildTree(outermost, (source) => (source === outermost ? expandRoot : expand(source, report)));
  if (building.kind === 'built') return { name, description, rebalance, tree: building.tree };
  report.refuse(building.source.where, `nested deeper than ${STRATEGY_DEPTH_MAX} steps`, `at most ${STRATEGY_DEPTH_MAX}`);
  return { name, description, rebalance, tree: { kind: 'cash' } };
}

function expand(source: Source, report: OpenReport): Expansion<Source> {
  const { datum, where } = source;
  if (datum.kind !== 'map') {
    report.refuse(where, describeDatum(datum), 'a step, a map with the key step');
    return CASH;
  }
  report.nodes += 1;
  report.depth = Math.max(report.depth, source.depth);
  const fields = fieldsOf(datum, where, STEP_KEYS, report);
  const step = wordOf(fields.get('step'));
  if (source.isBranch) return branch(source, fields, report, together);
  switch (step) {
    case 'asset':
      return asset(fields, report);
    case 'empty':
      refuseChildren(fields, report);
      report.note(where, 'empty', 'an empty step is held in cash');
      return CASH;
    case 'group': {
      const name = textAt(fields, 'name', report);
      return branch(source, fields, report, (children) => ({ kind: 'group', name, child: together(children) }));
    }
    case 'wt-cash-equal':
      return branch(source, fields, report, (children) => ({ kind: 'equal', children }));
    case 'wt-cash-specified':
      return specifiedStep(source, fields, report);
    case 'wt-inverse-vol':
      return inverseVolatility(source, fields, report);
    case 'filter':
      return filter(source, fields, report);
    case 'if':
      return choice(source, fields, report);
    case 'wt-marketcap':
    case 'wt-market-cap':
      report.refuse(
        fields.at('step'),
        describeDatum(fields.get('step')),
        `${STEPS}: weighting by market value needs shares outstanding, which no price tells`,
      );
      return CASH;
    default:
      report.refuse(fields.at('step'), describeDatum(fields.get('step')), STEPS);
      return CASH;
  }
}

function asset(fields: Fields, report: OpenReport): Expansion<Source> {
  refuseChildren(fields, report);
  const symbol = symbolAt(fields.get('ticker'), fields.at('ticker'), report);
  return symbol === undefined ? CASH : { kind: 'leaf', tree: { kind: 'asset', symbol } };
}

/** A step that only passes its capital on: without children it is cash. */
function branch(source: Source, fields: Fields, report: OpenReport, join: (children: readonly Tree[]) => Tree): Expansion<Source> {
  const parts = childrenOf(source, fields, 'children', report);
  if (parts.length > 0) return { kind: 'branch', parts, join };
  report.note(source.where, 'empty', 'a step without children is held in cash');
  return CASH;
}

function specifiedStep(source: Source, fields: Fields, report: OpenReport): Expansion<Source> {
  const parts = childrenOf(source, fields, 'children', report);
  if (parts.length === 0) return branch(source, fields, report, together);
  const written = parts.map((part) => weightOf(part, report));
  const weights = partsOf(written, source.where, [1], report);
  return { kind: 'branch', parts, join: (children) => specified(weights, children) };
}

function weightOf({ datum, where }: Source, report: OpenReport): WrittenWeight {
  const weight = datum.kind === 'map' ? valueIn(datum, 'weight') : undefined;
  const place = below(where, 'weight', weight?.at ?? datum.at);
  const refuse = (at: Where, found: Datum | undefined, expected: string): WrittenWeight => {
    report.refuse(at, describeDatum(found), expected);
    return { fraction: undefined, where: place, value: describeDatum(found) };
  };
  if (weight?.kind !== 'map') return refuse(place, weight, 'a weight, such as {num 60, den 100}');
  const fields = fieldsOf(weight, place, WEIGHT_KEYS, report);
  const [num, den] = [fields.get('num'), fields.get('den')];
  const [above, beneath] = [decimalOf(num), decimalOf(den)];
  if (above === undefined) return refuse(fields.at('num'), num, 'a decimal number');
  const fraction = beneath === undefined || beneath.numerator <= 0n ? undefined : dividedBy(above, beneath);
  if (fraction === undefined) return refuse(fields.at('den'), den, 'a decimal number above 0');
  return { fraction, where: fields.at('num'), value: describeDatum(num) };
}

function decimalOf(datum: Datum | undefined): Fraction | undefined {
  return datum !== undefined && (datum.kind === 'number' || datum.kind === 'string') ? fractionOf(datum.text) : undefined;
}

function inverseVolatility(source: Source, fields: Fields, report: OpenReport): Expansion<Source> {
  const window = wholeNumberOf(fields.get('window-days'));
  const isKnown = window !== undefined && window >= 1 && window <= WINDOW_MAX;
  if (!isKnown) report.refuse(fields.at('window-days'), describeDatum(fields.get('window-days')), `a whole number from 1 to ${WINDOW_MAX}`);
  else if (window < DEFINED_WINDOW) report.note(source.where, 'never-defined', 'the deviation of one return is never defined');
  const parts = childrenOf(source, fields, 'children', report);
  if (parts.length === 0) report.refuse(fields.at('children'), describeDatum(fields.get('children')), 'at least one step to weight');
  return { kind: 'branch', parts, join: (children) => ({ kind: 'inverse-volatility', window: window ?? 0, children }) };
}

function filter(source: Source, fields: Fields, report: OpenReport): Expansion<Source> {
  const by = metricOf(wordOf(fields.get('sort-by-fn')), parametersOf(fields, 'sort-by', report), fields.at('sort-by-fn'), report);
  const select = wordOf(fields.get('select-fn'));
  const count = wholeNumberOf(fields.get('select-n'));
  if (select !== 'top' && select !== 'bottom')
    report.refuse(fields.at('select-fn'), describeDatum(fields.get('select-fn')), 'top or bottom');
  if (count === undefined || count < 1 || count > COUNT_MAX)
    report.refuse(fields.at('select-n'), describeDatum(fields.get('select-n')), `a whole number from 1 to ${COUNT_MAX}`);
  const parts = childrenOf(source, fields, 'children', report);
  if (parts.length === 0) report.refuse(fields.at('children'), describeDatum(fields.get('children')), 'at least one candidate');
  const join = (children: readonly Tree[]): Tree => {
    if (by === undefined || count === undefined || (select !== 'top' && select !== 'bottom')) return { kind: 'cash' };
    if (count > children.length)
      report.note(source.where, 'selects-all', `selects ${count} of ${children.length} candidates, which is all of them`);
    if (needsPrices(by) && children.some(isSubtree)) {
      report.note(
        source.where,
        'price-level-of-subtree',
        `${by.name} of a subtree is undefined: it has returns, but no price; such candidates are left out`,
      );
    }
    return { kind: 'filter', select, count, by, children };
  };
  return { kind: 'branch', parts, join };
}

/** Conditions are asked in their order; what none of them takes goes to the else, or is cash. */
function choice(source: Source, fields: Fields, report: OpenReport): Expansion<Source> {
  const parts = childrenOf(source, fields, 'if-child', report);
  const branches = parts.map((part, index) => branchOf(part, index === parts.length - 1, report));
  const conditions = branches.filter((each) => each !== 'else');
  if (conditions.length === 0) {
    report.refuse(fields.at('children'), describeDatum(fields.get('children')), 'at least one if-child with a condition');
    return CASH;
  }
  if (conditions.length === branches.length)
    report.note(source.where, 'missing-else', 'there is no else: what it would get is held in cash');
  return {
    kind: 'branch',
    parts,
    join: (children) => {
      const otherwise: Tree = branches.at(-1) === 'else' ? (children.at(-1) ?? { kind: 'cash' }) : { kind: 'cash' };
      return conditions.reduceRight<Tree>((rest, condition, index) => {
        const then = children[index];
        return condition === undefined || then === undefined ? rest : choose(condition, then, rest);
      }, otherwise);
    },
  };
}

function branchOf({ datum, where }: Source, isLast: boolean, report: OpenReport): ReturnType<typeof conditionOf> | 'else' {
  const step = datum.kind === 'map' ? wordOf(valueIn(datum, 'step')) : undefined;
  if (datum.kind !== 'map' || step !== 'if-child') {
    report.refuse(where, datum.kind === 'map' ? (step ?? 'a map without a step') : describeDatum(datum), 'an if-child');
    return undefined;
  }
  // The keys are judged when the branch itself is expanded.
  const fields = fieldsOf(datum, where, STEP_KEYS, undefined);
  const isElse = fields.get('is-else-condition?');
  if (isElse !== undefined && isElse.kind !== 'boolean') {
    report.refuse(fields.at('is-else-condition?'), describeDatum(isElse), 'true or false');
    return undefined;
  }
  if (isElse?.text !== 'true') return conditionOf(fields, report);
  if (!isLast) report.refuse(where, 'an else before the last branch', 'the else as the last branch');
  return 'else';
}

/** @param name an if's children are called by what they are. */
function childrenOf(source: Source, fields: Fields, name: 'children' | 'if-child', report: OpenReport): readonly Source[] {
  const children = fields.get('children');
  if (children === undefined) return [];
  if (children.kind !== 'vector' && children.kind !== 'list') {
    report.refuse(fields.at('children'), describeDatum(children), 'a list of steps');
    return [];
  }
  return children.items.map((datum, index) => ({
    datum,
    where: below(source.where, `${name}[${index}]`, datum.at),
    depth: source.depth + 1,
    isBranch: name === 'if-child',
  }));
}

function refuseChildren(fields: Fields, report: OpenReport): void {
  const children = fields.get('children');
  if (children === undefined || ((children.kind === 'vector' || children.kind === 'list') && children.items.length === 0)) return;
  report.refuse(fields.at('children'), describeDatum(children), 'no children here');
}
