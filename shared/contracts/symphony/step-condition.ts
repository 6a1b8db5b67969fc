// The conditions of the step form, in both their grammars: the flat keys of `if-child`, and the `condition` map that
// overrides them where it is present.
import type { Comparator, Condition, Expression } from '../../core/strategy/tree.ts';
import { CONDITION_DEPTH_MAX } from '../strategy-file/limits.ts';
import { type Collection, type Datum, describeDatum, wordOf } from './datum.ts';
import { type Fields, fieldsOf, valueIn } from './fields.ts';
import { CONDITION_KEYS, OPERAND_KEYS } from './known-keys.ts';
import { metricOf, numberOf, type Parameters } from './metric.ts';
import { below, type OpenReport, type Where } from './open-report.ts';
import { symbolOfTicker } from './ticker.ts';

const COMPARATORS: readonly string[] = ['gt', 'gte', 'lt', 'lte', 'eq'] satisfies Comparator[];
/** Stands for each of a list of tickers in turn. */
const EACH = '%';

/** The condition of an `if-child`; undefined after a problem has been reported. */
export function conditionOf(fields: Fields, report: OpenReport): Condition | undefined {
  const condition = fields.get('condition');
  if (condition !== undefined) return conditionMap(condition, fields.at('condition'), 1, report);
  const left = flatExpression(fields, 'lhs', report);
  const comparator = comparatorOf(fields, report);
  const right = isFixed(fields) ? fixedValue(fields, report) : flatExpression(fields, 'rhs', report);
  return left === undefined || comparator === undefined || right === undefined ? undefined : { kind: 'compare', left, comparator, right };
}

/** Where it is said, it is so; where it is not, a function on the right makes it none. */
function isFixed(fields: Fields): boolean {
  const said = fields.get('rhs-fixed-value?');
  return said === undefined ? fields.get('rhs-fn') === undefined : said.kind === 'boolean' && said.text === 'true';
}

function fixedValue(fields: Fields, report: OpenReport): Expression | undefined {
  const value = numberOf(fields.get('rhs-val'));
  if (value !== undefined) return { kind: 'constant', value };
  report.refuse(fields.at('rhs-val'), describeDatum(fields.get('rhs-val')), 'a number');
  return undefined;
}

function flatExpression(fields: Fields, side: 'lhs' | 'rhs', report: OpenReport): Expression | undefined {
  const symbol = symbolAt(fields.get(`${side}-val`), fields.at(`${side}-val`), report);
  const fn = wordOf(fields.get(`${side}-fn`));
  const metric = metricOf(fn, parametersOf(fields, side, report), fields.at(`${side}-fn`), report);
  return symbol === undefined || metric === undefined ? undefined : { kind: 'metric', metric, symbol };
}

/** `lhs-fn-params`, or the `lhs-window-days` of older exports; the newer one counts where both stand. */
export function parametersOf(fields: Fields, prefix: 'lhs' | 'rhs' | 'sort-by', report: OpenReport): Parameters {
  const map = fields.get(`${prefix}-fn-params`);
  const legacy = fields.get(`${prefix}-window-days`);
  if (legacy === undefined) return { kind: 'named', map };
  if (map === undefined || (map.kind === 'map' && map.items.length === 0)) return { kind: 'window', value: legacy };
  const window = map.kind === 'map' ? numberOf(valueIn(map, 'window')) : undefined;
  if (window !== numberOf(legacy)) {
    const text = `${prefix}-fn-params is in force, ${prefix}-window-days ${describeDatum(legacy)} is not`;
    report.note(fields.at(`${prefix}-window-days`), 'legacy-window-ignored', text);
  }
  return { kind: 'named', map };
}

function conditionMap(datum: Datum, where: Where, depth: number, report: OpenReport): Condition | undefined {
  if (datum.kind !== 'map') return refused(where, datum, 'a condition', report);
  if (depth > CONDITION_DEPTH_MAX) return refused(where, datum, `conditions nested at most ${CONDITION_DEPTH_MAX} deep`, report);
  const fields = fieldsOf(datum, where, CONDITION_KEYS, report);
  switch (wordOf(fields.get('condition-type'))) {
    case 'compound':
      return compound(fields, depth, report);
    case 'binary':
      return binary(fields, undefined, report);
    case 'binary-compound':
      return overTickers(fields, report);
    default:
      return refused(fields.at('condition-type'), fields.get('condition-type'), 'compound, binary or binary-compound', report);
  }
}

function compound(fields: Fields, depth: number, report: OpenReport): Condition | undefined {
  const list = listAt(fields, 'conditions', report);
  const operator = operatorOf(fields, report);
  const parts = list?.items.map((each, index) =>
    conditionMap(each, below(fields.at('conditions'), `[${index}]`, each.at), depth + 1, report),
  );
  return joined(operator, parts);
}

function overTickers(fields: Fields, report: OpenReport): Condition | undefined {
  const list = listAt(fields, 'tickers', report);
  const operator = operatorOf(fields, report);
  const lhs = fields.get('lhs');
  if (lhs?.kind === 'map' && wordOf(valueIn(lhs, 'ticker')) !== EACH) {
    return refused(
      below(fields.at('lhs'), 'ticker', lhs.at),
      valueIn(lhs, 'ticker'),
      `"${EACH}", which stands for each of the tickers`,
      report,
    );
  }
  const symbols = list?.items.map((each, index) => symbolAt(each, below(fields.at('tickers'), `[${index}]`, each.at), report));
  return joined(
    operator,
    symbols?.map((symbol) => (symbol === undefined ? undefined : binary(fields, symbol, report))),
  );
}

/** One condition stands for itself, whatever would join it to others. */
function joined(kind: 'all' | 'any' | undefined, parts: readonly (Condition | undefined)[] | undefined): Condition | undefined {
  if (kind === undefined || parts === undefined) return undefined;
  const conditions = parts.filter((part) => part !== undefined);
  if (conditions.length < parts.length) return undefined;
  const [only, second] = conditions;
  return second === undefined ? only : { kind, conditions };
}

function binary(fields: Fields, each: string | undefined, report: OpenReport): Condition | undefined {
  const left = operand(fields, 'lhs', each, report);
  const comparator = comparatorOf(fields, report);
  const right = operand(fields, 'rhs', each, report);
  return left === undefined || comparator === undefined || right === undefined ? undefined : { kind: 'compare', left, comparator, right };
}

function operand(parent: Fields, side: 'lhs' | 'rhs', each: string | undefined, report: OpenReport): Expression | undefined {
  const datum = parent.get(side);
  const where = parent.at(side);
  if (datum?.kind !== 'map') return refused(where, datum, 'a map with fn, ticker and params, or a constant', report);
  const fields = fieldsOf(datum, where, OPERAND_KEYS, report);
  const constant = fields.get('constant');
  if (constant !== undefined) {
    const value = numberOf(constant);
    if (value === undefined) return refused(fields.at('constant'), constant, 'a number', report);
    if (fields.get('fn') === undefined) return { kind: 'constant', value };
    return refused(fields.at('fn'), fields.get('fn'), 'either a constant or a function', report);
  }
  const ticker = fields.get('ticker');
  const symbol = each !== undefined && wordOf(ticker) === EACH ? each : symbolAt(ticker, fields.at('ticker'), report);
  const parameters: Parameters = { kind: 'named', map: fields.get('params') };
  const metric = metricOf(wordOf(fields.get('fn')), parameters, fields.at('fn'), report);
  return symbol === undefined || metric === undefined ? undefined : { kind: 'metric', metric, symbol };
}

/** The symbol that a ticker of the source is; reports and remembers it. */
export function symbolAt(datum: Datum | undefined, where: Where, report: OpenReport): string | undefined {
  const word = datum?.kind === 'string' ? datum.text : undefined;
  const symbol = word === undefined ? undefined : symbolOfTicker(word);
  if (symbol === undefined) return refused(where, datum, 'a ticker, such as "SPY", "BRK/B" or "CRYPTO::BTC//USD"', report);
  report.tickers.add(symbol);
  return symbol;
}

function comparatorOf(fields: Fields, report: OpenReport): Comparator | undefined {
  const word = wordOf(fields.get('comparator'));
  if (word !== undefined && isComparator(word)) return word;
  return refused(fields.at('comparator'), fields.get('comparator'), `one of ${COMPARATORS.join(', ')}`, report);
}

function isComparator(word: string): word is Comparator {
  return COMPARATORS.includes(word);
}

function operatorOf(fields: Fields, report: OpenReport): 'all' | 'any' | undefined {
  const word = wordOf(fields.get('operator'));
  return word === 'all' || word === 'any' ? word : refused(fields.at('operator'), fields.get('operator'), 'all or any', report);
}

function listAt(fields: Fields, key: string, report: OpenReport): Collection | undefined {
  const list = fields.get(key);
  if (list !== undefined && (list.kind === 'vector' || list.kind === 'list') && list.items.length > 0) return list;
  return refused(fields.at(key), list, 'a list of at least one', report);
}

function refused(where: Where, datum: Datum | undefined, expected: string, report: OpenReport): undefined {
  report.refuse(where, describeDatum(datum), expected);
  return undefined;
}
