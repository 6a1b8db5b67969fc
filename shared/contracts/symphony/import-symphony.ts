// Composer symphonies, in every form their owners have them: text in, strategy out, or every problem with its place.
// It refuses to know files, clocks and prices.
//
// The form is told by the content, never by the file's name: JSON, a JSON string that holds EDN, a request that wraps
// the symphony, an EDN map, or an S-expression. What it does not know it refuses: a construct that were dropped
// silently would trade something else than its owner tested.
import { DEFAULT_OPTIONS } from '../../core/strategy/options.ts';
import type { StrategyFile } from '../../core/strategy/tree.ts';
import { STRATEGY_DEPTH_MAX } from '../strategy-file/limits.ts';
import { treeDepth } from '../strategy-file/tree-depth.ts';
import { type Datum, describeDatum, wordOf } from './datum.ts';
import { keyOf, valueIn } from './fields.ts';
import { readForms } from './from-forms.ts';
import { readSteps } from './from-steps.ts';
import { below, type ImportProblem, type ImportReport, type OpenReport, openReport, pathOf, type Where } from './open-report.ts';
import { type Dialect, readDatum } from './read-datum.ts';
import type { ReadSymphony } from './read-symphony.ts';

export type SymphonyImport =
  | { readonly kind: 'strategy'; readonly strategy: StrategyFile; readonly report: ImportReport }
  | { readonly kind: 'refused'; readonly problems: readonly ImportProblem[] };

/** The largest symphony seen has 3.3 million characters. */
export const SYMPHONY_CHARACTERS_MAX = 16 * 1_048_576;

/** A text inside a string inside a string …: exports have one. */
const QUOTES_MAX = 3;

/**
 * Imports a symphony unchanged. Never throws: what is not one is refused with at least one problem.
 * @param fileName for the problems, and as the name of a symphony without one; nothing is opened.
 */
export function importSymphony(text: string, fileName: string): SymphonyImport {
  return importText(text, fileName, { path: '', quotes: 0, ignored: [] });
}

/** What stands around a text that was inside a string. */
interface Wrapping {
  readonly path: string;
  /** How many strings it was inside of. */
  readonly quotes: number;
  /** The other keys of a request: an account's settings, not the strategy's. */
  readonly ignored: readonly string[];
}

function importText(text: string, fileName: string, wrapping: Wrapping): SymphonyImport {
  const report = openReport(fileName, text, wrapping.quotes > 0);
  const start: Where = { step: wrapping.path, at: 0 };
  const refused = (): SymphonyImport => ({ kind: 'refused', problems: report.problems });
  const refuse = (at: number, value: string, expected: string): SymphonyImport => {
    report.refuse({ ...start, at }, value, expected);
    return refused();
  };
  if (text.length > SYMPHONY_CHARACTERS_MAX) return refuse(0, `${text.length} characters`, `at most ${SYMPHONY_CHARACTERS_MAX}`);
  const nul = text.indexOf('\0');
  if (nul >= 0) return refuse(nul, 'a NUL byte', 'plain text');
  const body = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  const dialect = dialectOf(body);
  const reading = readDatum(body, dialect);
  if (reading.kind === 'unreadable') return refuse(reading.at, reading.value, reading.expected);
  const invalid = dialect === 'json' ? jsonFault(body) : undefined;
  if (invalid !== undefined) return refuse(positionIn(invalid), invalid, 'valid JSON');

  const { datum, where, keys } = unwrapped(reading.datum, start);
  const ignored = [...wrapping.ignored, ...keys];
  if (datum.kind === 'string') {
    if (wrapping.quotes >= QUOTES_MAX) return refuse(datum.at, `text inside more than ${QUOTES_MAX} strings`, `at most ${QUOTES_MAX}`);
    const path = where === start ? pathOf(below(start, 'the text in quotes', 0)) : pathOf(where);
    return importText(datum.text, fileName, { path, quotes: wrapping.quotes + 1, ignored });
  }
  if (ignored.length > 0) report.note(start, 'request-keys-ignored', `beside the symphony: ${shortList(ignored)}`);
  const symphony = readSymphony(datum, where, report);
  if (symphony === undefined || report.problems.length > 0) return refused();
  // A source node may become several of ours: a group of two, or a chain of conditions under one if.
  const depth = treeDepth(symphony.tree);
  if (depth > STRATEGY_DEPTH_MAX) return refuse(0, `a strategy of ${depth} levels`, `at most ${STRATEGY_DEPTH_MAX}`);
  return { kind: 'strategy', strategy: named(symphony, fileName, start, report), report: closed(report, symphony) };
}

function readSymphony(datum: Datum, where: Where, report: OpenReport): ReadSymphony | undefined {
  if (datum.kind === 'map') return readSteps(datum, where, report);
  if (datum.kind === 'list') return readForms(datum, where, report);
  report.refuse(where, describeDatum(datum), 'a symphony: a map whose step is root, or (defsymphony …)');
  return undefined;
}

/** JSON begins a map with a string as its key; EDN with a keyword. A list is no symphony in either. */
function dialectOf(text: string): Dialect {
  return /^\s*(?:\{\s*["}]|\[|")/.test(text) ? 'json' : 'edn';
}

function jsonFault(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof SyntaxError ? error.message.slice(0, 120) : 'text that cannot be parsed';
  }
}

/** The engine says where it stopped, in words. */
function positionIn(message: string): number {
  return Number(/ at position (\d+)/.exec(message)?.[1] ?? 0);
}

interface Unwrapped {
  readonly datum: Datum;
  readonly where: Where;
  /** Those beside the symphony. */
  readonly keys: readonly string[];
}

/** A backtest request holds its symphony as `symphony`, some as `symphony.raw_value`. */
function unwrapped(datum: Datum, where: Where): Unwrapped {
  let [inner, place]: [Datum, Where] = [datum, where];
  const keys: string[] = [];
  for (const key of ['symphony', 'raw-value']) {
    if (inner.kind !== 'map' || wordOf(valueIn(inner, 'step')) !== undefined) break;
    const value = valueIn(inner, key);
    if (value === undefined) break;
    for (let index = 0; index < inner.items.length; index += 2) {
      const other = inner.items[index];
      const name = other === undefined ? undefined : keyOf(other);
      if (name !== undefined && name !== key) keys.push(name);
    }
    [inner, place] = [value, below(place, key === 'symphony' ? 'symphony' : 'raw_value', value.at)];
  }
  return { datum: inner, where: place, keys };
}

function shortList(words: readonly string[]): string {
  return words.length <= 20 ? words.join(', ') : `${words.slice(0, 20).join(', ')} and ${words.length - 20} more`;
}

function named({ name, description, rebalance, tree }: ReadSymphony, fileName: string, start: Where, report: OpenReport): StrategyFile {
  if (name.trim() === '') report.note(start, 'unnamed', 'the symphony has no name, and is called by that of its file');
  return {
    name: name.trim() === '' ? fileName : name,
    ...(description === '' ? {} : { description }),
    rebalance,
    // Composer's choices are the usual ones.
    options: DEFAULT_OPTIONS,
    tree,
  };
}

function closed({ nodes, depth, tickers, metrics, notes }: OpenReport, { rebalance }: ReadSymphony): ImportReport {
  return { nodes, depth, tickers: [...tickers].sort(), metrics: [...metrics].sort(), rebalance, notes };
}
