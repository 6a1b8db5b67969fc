// The conditions and metrics of the S-expression form.
import type { Comparator, Condition, Expression, Metric } from '../../core/strategy/tree.ts';
import { CONDITION_DEPTH_MAX } from '../strategy-file/limits.ts';
import { type Datum, describeDatum, wordOf } from './datum.ts';
import { metricOf, numberOf, type Parameters } from './metric.ts';
import { below, type OpenReport, type Where } from './open-report.ts';
import { symbolAt } from './step-condition.ts';

const COMPARATORS: Readonly<Record<string, Comparator>> = { '>': 'gt', '<': 'lt', '>=': 'gte', '<=': 'lte', '=': 'eq' };
const JOINTS: Readonly<Record<string, 'all' | 'any'>> = { and: 'all', or: 'any' };

/** `(> a b)`, `(and …)`, `(or …)`, `(not …)`; undefined after a problem has been reported. */
export function conditionForm(datum: Datum | undefined, where: Where, report: OpenReport, depth = 1): Condition | undefined {
  const [head, ...rest] = datum?.kind === 'list' ? datum.items : [];
  const word = head?.kind === 'symbol' ? head.text : '';
  if (depth > CONDITION_DEPTH_MAX) return refused(where, datum, `conditions nested at most ${CONDITION_DEPTH_MAX} deep`, report);
  const part = (each: Datum, index: number) => conditionForm(each, below(where, `${word}[${index}]`, each.at), report, depth + 1);
  const joint = Object.hasOwn(JOINTS, word) ? JOINTS[word] : undefined;
  if (joint !== undefined && rest.length > 0) return joined(joint, rest.map(part));
  const comparator = Object.hasOwn(COMPARATORS, word) ? COMPARATORS[word] : undefined;
  const [first, second, surplus] = rest;
  if (word === 'not' && first !== undefined && second === undefined) {
    const condition = part(first, 0);
    return condition === undefined ? undefined : { kind: 'not', condition };
  }
  if (comparator === undefined || first === undefined || second === undefined || surplus !== undefined) {
    return refused(
      where,
      comparator === undefined && joint === undefined ? (head ?? datum) : datum,
      '(> a b) with two numbers, or and, or, not',
      report,
    );
  }
  const left = scalarForm(first, below(where, `${word}[0]`, first.at), report);
  const right = scalarForm(second, below(where, `${word}[1]`, second.at), report);
  return left === undefined || right === undefined ? undefined : { kind: 'compare', left, comparator, right };
}

function joined(kind: 'all' | 'any', parts: readonly (Condition | undefined)[]): Condition | undefined {
  const conditions = parts.filter((part) => part !== undefined);
  if (conditions.length < parts.length) return undefined;
  const [only, second] = conditions;
  return second === undefined ? only : { kind, conditions };
}

/** `30` or `(rsi "SPY" {:window 10})`. */
function scalarForm(datum: Datum, where: Where, report: OpenReport): Expression | undefined {
  if (datum.kind === 'number') {
    const value = numberOf(datum);
    return value === undefined ? refused(where, datum, 'a finite number', report) : { kind: 'constant', value };
  }
  if (datum.kind !== 'list') return refused(where, datum, 'a number, or a metric such as (rsi "SPY" {:window 10})', report);
  const [head, ticker, ...rest] = datum.items;
  const symbol = symbolAt(ticker, below(where, '', ticker?.at ?? datum.at), report);
  const metric = metricOf(wordOf(head), parametersIn(rest), where, report);
  return symbol === undefined || metric === undefined ? undefined : { kind: 'metric', metric, symbol };
}

/** `(cumulative-return {:window 63})`: the metric alone, as a filter ranks by it. */
export function metricForm(datum: Datum | undefined, where: Where, report: OpenReport): Metric | undefined {
  if (datum?.kind !== 'list') return refused(where, datum, 'a metric, such as (rsi {:window 10})', report);
  const [head, ...rest] = datum.items;
  return metricOf(wordOf(head), parametersIn(rest), where, report);
}

function parametersIn(rest: readonly Datum[]): Parameters {
  const [first, second] = rest;
  if (second === undefined && (first === undefined || first.kind === 'map')) return { kind: 'named', map: first };
  return { kind: 'positional', values: rest };
}

function refused(where: Where, datum: Datum | undefined, expected: string, report: OpenReport): undefined {
  report.refuse(where, describeDatum(datum), expected);
  return undefined;
}
