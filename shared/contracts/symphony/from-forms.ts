// The S-expression form (`(defsymphony "name" {…} body…)`) to a strategy.

import { needsPrices } from '../../core/strategy/evaluator/segments.ts';
import type { Tree } from '../../core/strategy/tree.ts';
import { COUNT_MAX, STRATEGY_DEPTH_MAX, WINDOW_MAX } from '../strategy-file/limits.ts';
import { buildTree, choose, type Expansion, together } from './build-tree.ts';
import { type Collection, type Datum, describeDatum, wordOf } from './datum.ts';
import { fractionOf } from './decimal-text.ts';
import { fieldsOf, textAt } from './fields.ts';
import { conditionForm, metricForm } from './form-condition.ts';
import { SYMPHONY_OPTIONS } from './known-keys.ts';
import { isSubtree, wholeNumberOf } from './metric.ts';
import { below, type OpenReport, type Where } from './open-report.ts';
import { partsOf, specified, type WrittenWeight } from './parts-of-weight.ts';
import type { ReadSymphony } from './read-symphony.ts';
import { FORM_REBALANCE, rebalanceOf } from './rebalance.ts';
import { symbolAt } from './step-condition.ts';

/** One form, or the several of a branch that share what one would get. */
interface Source {
  readonly forms: Datum | readonly Datum[];
  readonly where: Where;
  /** Of the form that it stands in. */
  readonly depth: number;
}

const FORMS = 'asset, group, weight-equal, weight-specified, weight-inverse-volatility, if or filter';
const CASH: Expansion<Source> = { kind: 'leaf', tree: { kind: 'cash' } };

/** @param where the place of `form` in its file, where it is wrapped in a request. */
export function readForms(form: Collection, where: Where, report: OpenReport): ReadSymphony {
  const [head, nameDatum, options, ...body] = form.items;
  if (wordOf(head) !== 'defsymphony') report.refuse(where, describeDatum(head), '(defsymphony "name" {options} body)');
  const name = nameDatum?.kind === 'string' ? nameDatum.text : '';
  if (nameDatum?.kind !== 'string')
    report.refuse(below(where, 'name', nameDatum?.at ?? form.at), describeDatum(nameDatum), 'the name, a text');
  const optionsAt = below(where, 'options', options?.at ?? form.at);
  if (options?.kind !== 'map') {
    report.refuse(optionsAt, describeDatum(options), 'a map of options, such as {:rebalance-frequency :daily}');
    return { name, description: '', rebalance: { kind: 'none' }, tree: { kind: 'cash' } };
  }
  const fields = fieldsOf(options, optionsAt, SYMPHONY_OPTIONS, report);
  const rebalance = rebalanceOf(fields, FORM_REBALANCE, report);
  const description = textAt(fields, 'description', report);
  report.nodes = 1;
  report.depth = 1;
  const children = unwrapped(body);
  if (children.length === 0) report.refuse(below(where, 'body', form.at), 'missing', 'at least one form');
  const building = buildTree<Source>({ forms: children, where, depth: 1 }, (source) => expand(source, report));
  if (building.kind === 'built') return { name, description, rebalance, tree: building.tree };
  report.refuse(building.source.where, `nested deeper than ${STRATEGY_DEPTH_MAX} forms`, `at most ${STRATEGY_DEPTH_MAX}`);
  return { name, description, rebalance, tree: { kind: 'cash' } };
}

function expand(source: Source, report: OpenReport): Expansion<Source> {
  const { forms, where } = source;
  if ('length' in forms) return severalForms(forms, source);
  const form = forms;
  const word = form.kind === 'list' ? wordOf(form.items[0]) : undefined;
  if (form.kind !== 'list' || form.items[0]?.kind !== 'symbol' || word === undefined) {
    report.refuse(where, describeDatum(form), `a form: ${FORMS}`);
    return CASH;
  }
  report.nodes += 1;
  report.depth = Math.max(report.depth, source.depth + 1);
  const here: Source = { forms: form, where: below(where, word, form.at), depth: source.depth + 1 };
  const rest = form.items.slice(1);
  switch (word) {
    case 'asset':
      return asset(rest, here, report);
    case 'group':
      return group(rest, here, report);
    case 'weight-equal':
      return branch(unwrapped(rest), here, report, (children) => ({ kind: 'equal', children }));
    case 'weight-specified':
      return weightSpecified(rest, here, report);
    case 'weight-inverse-volatility':
    case 'weight-inverse-vol':
      return inverseVolatility(rest, here, report);
    case 'if':
      return choice(rest, here, report);
    case 'filter':
      return filter(rest, here, report);
    case 'weight-marketcap':
    case 'weight-market-cap':
      report.refuse(here.where, word, `${FORMS}: weighting by market value needs shares outstanding, which no price tells`);
      return CASH;
    default:
      report.refuse(where, describeDatum(form.items[0]), FORMS);
      return CASH;
  }
}

function asset([ticker, ...descriptions]: readonly Datum[], here: Source, report: OpenReport): Expansion<Source> {
  const symbol = symbolAt(ticker, below(here.where, '', ticker?.at ?? here.where.at), report);
  const surplus = descriptions.find((each, index) => index > 0 || (each.kind !== 'string' && each.kind !== 'nil'));
  if (surplus !== undefined) report.refuse(below(here.where, '', surplus.at), describeDatum(surplus), 'a ticker and its description');
  return symbol === undefined ? CASH : { kind: 'leaf', tree: { kind: 'asset', symbol } };
}

function group([name, ...body]: readonly Datum[], here: Source, report: OpenReport): Expansion<Source> {
  if (name?.kind !== 'string') {
    report.refuse(here.where, describeDatum(name), 'the name of the group, a text');
    return CASH;
  }
  return branch(unwrapped(body), here, report, (children) => ({ kind: 'group', name: name.text, child: together(children) }));
}

/** A form that only passes its capital on: without children it is cash. */
function branch(forms: readonly Datum[], here: Source, report: OpenReport, join: (children: readonly Tree[]) => Tree): Expansion<Source> {
  if (forms.length > 0) return { kind: 'branch', parts: partsIn(forms, here), join };
  report.note(here.where, 'empty', 'a form without children is held in cash');
  return CASH;
}

function severalForms(forms: readonly Datum[], { where, depth }: Source): Expansion<Source> {
  const parts = forms.map((each, index): Source => ({ forms: each, where: below(where, `[${index}]`, each.at), depth }));
  return parts.length === 0 ? CASH : { kind: 'branch', parts, join: together };
}

function weightSpecified(rest: readonly Datum[], here: Source, report: OpenReport): Expansion<Source> {
  const [first, second] = rest;
  const items = first?.kind === 'vector' && second === undefined ? first.items : rest;
  if (items.length === 0) return branch([], here, report, together);
  const written: WrittenWeight[] = [];
  const parts: Source[] = [];
  for (let index = 0; index < items.length; index += 2) {
    const [weight, child] = [items[index], items[index + 1]];
    const where = below(here.where, `[${index / 2}]`, weight?.at ?? here.where.at);
    const fraction = weight?.kind === 'number' ? fractionOf(weight.text) : undefined;
    if (fraction === undefined) report.refuse(where, describeDatum(weight), 'a weight before each form, such as 0.6');
    else if (child === undefined) report.refuse(where, describeDatum(weight), 'a form after its weight');
    written.push({ fraction, where, value: describeDatum(weight) });
    if (child !== undefined) parts.push({ forms: child.kind === 'vector' ? child.items : child, where, depth: here.depth });
  }
  const weights = partsOf(written, here.where, [1, 100], report);
  return { kind: 'branch', parts, join: (children) => specified(weights, children) };
}

function inverseVolatility([days, ...body]: readonly Datum[], here: Source, report: OpenReport): Expansion<Source> {
  const window = wholeNumberOf(days);
  if (window === undefined || window < 1 || window > WINDOW_MAX) {
    report.refuse(here.where, describeDatum(days), `a whole number from 1 to ${WINDOW_MAX}`);
    return CASH;
  }
  if (window === 1) report.note(here.where, 'never-defined', 'the deviation of one return is never defined');
  const forms = unwrapped(body);
  if (forms.length === 0) report.refuse(here.where, 'missing', 'at least one form to weight');
  return { kind: 'branch', parts: partsIn(forms, here), join: (children) => ({ kind: 'inverse-volatility', window, children }) };
}

function choice([condition, then, otherwise, surplus]: readonly Datum[], here: Source, report: OpenReport): Expansion<Source> {
  const asked = conditionForm(condition, below(here.where, 'condition', condition?.at ?? here.where.at), report);
  if (then === undefined) report.refuse(here.where, 'missing', '(if condition [then] [else])');
  if (surplus !== undefined) report.refuse(below(here.where, '', surplus.at), describeDatum(surplus), 'nothing after the else');
  if (otherwise === undefined) report.note(here.where, 'missing-else', 'there is no else: what it would get is held in cash');
  const parts = [branchOf('then', then, here, report), ...(otherwise === undefined ? [] : [branchOf('else', otherwise, here, report)])];
  return {
    kind: 'branch',
    parts,
    join: ([taken = { kind: 'cash' }, other = { kind: 'cash' }]) => (asked === undefined ? { kind: 'cash' } : choose(asked, taken, other)),
  };
}

function branchOf(name: 'then' | 'else', datum: Datum | undefined, here: Source, report: OpenReport): Source {
  const where = below(here.where, name, datum?.at ?? here.where.at);
  const forms = datum === undefined ? [] : unwrapped([datum]);
  if (datum !== undefined && forms.length === 0) report.note(where, 'empty', 'an empty branch is held in cash');
  return { forms, where, depth: here.depth };
}

function filter([by, selection, ...body]: readonly Datum[], here: Source, report: OpenReport): Expansion<Source> {
  const metric = metricForm(by, below(here.where, 'by', by?.at ?? here.where.at), report);
  const selected = selectionForm(selection, here, report);
  const forms = unwrapped(body);
  if (forms.length === 0) report.refuse(here.where, 'missing', 'at least one candidate');
  if (metric === undefined || selected === undefined)
    return { kind: 'branch', parts: partsIn(forms, here), join: () => ({ kind: 'cash' }) };
  const { select, count } = selected;
  if (count > forms.length) report.note(here.where, 'selects-all', `selects ${count} of ${forms.length} candidates, which is all of them`);
  return {
    kind: 'branch',
    parts: partsIn(forms, here),
    join: (children) => {
      if (needsPrices(metric) && children.some(isSubtree)) {
        report.note(
          here.where,
          'price-level-of-subtree',
          `${metric.name} of a subtree is undefined: it has returns, but no price; such candidates are left out`,
        );
      }
      return { kind: 'filter', select, count, by: metric, children };
    },
  };
}

function selectionForm(datum: Datum | undefined, here: Source, report: OpenReport) {
  const [head, count, surplus] = datum?.kind === 'list' ? datum.items : [];
  const select = wordOf(head) === 'select-top' ? 'top' : wordOf(head) === 'select-bottom' ? 'bottom' : undefined;
  const chosen = wholeNumberOf(count);
  if (select !== undefined && chosen !== undefined && chosen >= 1 && chosen <= COUNT_MAX && surplus === undefined)
    return { select, count: chosen } as const;
  const found = select === undefined ? (head ?? datum) : count;
  report.refuse(
    below(here.where, 'select', datum?.at ?? here.where.at),
    describeDatum(found),
    '(select-top n) or (select-bottom n) with n from 1',
  );
  return undefined;
}

function partsIn(forms: readonly Datum[], here: Source): readonly Source[] {
  return forms.map((form, index) => ({ forms: form, where: below(here.where, `[${index}]`, form.at), depth: here.depth }));
}

/** `[a b]` and `a b` are the same body. */
function unwrapped(body: readonly Datum[]): readonly Datum[] {
  const [only] = body;
  if (body.length === 1 && only?.kind === 'vector') return only.items;
  return body.flatMap((each) => (each.kind === 'vector' ? each.items : [each]));
}
