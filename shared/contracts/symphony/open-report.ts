// What an import gathers as it goes: problems, notes and figures, each at its place in the source.
import type { RebalanceRule } from '../../core/strategy/tree.ts';
import type { Problem } from '../problem.ts';

export type ImportProblem = Problem;

export type ImportNoteCode =
  | 'missing-else'
  | 'empty'
  | 'weights-normalised'
  | 'selects-all'
  | 'price-level-of-subtree'
  | 'never-defined'
  | 'corridor-ignored'
  | 'legacy-window-ignored'
  | 'request-keys-ignored'
  | 'unnamed'
  | 'more-notes';

/** Something that was taken, in a way its owner should know of. */
export interface ImportNote {
  readonly code: ImportNoteCode;
  readonly path: string;
  /** From 1; absent where the text was inside a string of the file. */
  readonly line?: number;
  readonly column?: number;
  readonly text: string;
}

/** What was imported. */
export interface ImportReport {
  /** As the source counts: every step of a JSON or EDN tree, every form of an S-expression that holds or divides capital. */
  readonly nodes: number;
  /** Of the source's nodes, 1 for the outermost. */
  readonly depth: number;
  /** Held or looked at, ascending. */
  readonly tickers: readonly string[];
  /** Ascending. */
  readonly metrics: readonly string[];
  readonly rebalance: RebalanceRule;
  readonly notes: readonly ImportNote[];
}

/** A place in the source: a chain, so that a path costs nothing until somebody asks for it. */
export interface Where {
  readonly parent?: Where | undefined;
  /** "children[0]", "if-child[1]"; empty for the whole. */
  readonly step: string;
  readonly at: number;
}

export interface OpenReport {
  readonly problems: ImportProblem[];
  readonly notes: ImportNote[];
  readonly tickers: Set<string>;
  readonly metrics: Set<string>;
  nodes: number;
  depth: number;
  /** Whether a further problem would be one too many to keep, and is not worth wording. */
  isFull(): boolean;
  refuse(where: Where, value: string, expected: string): void;
  note(where: Where, code: ImportNoteCode, text: string): void;
}

/** Beyond this many, problems are consequences of the first ones. */
const PROBLEMS_MAX = 100;
/** Nobody reads more notes; the last one says how many there were. */
const NOTES_MAX = 1_000;
const STEPS_SHOWN = 40;

/** @param quoted the text was inside a string, so its lines are not the file's. */
export function openReport(file: string, text: string, quoted: boolean): OpenReport {
  const problems: ImportProblem[] = [];
  const notes: ImportNote[] = [];
  let noted = 0;
  const placeAt = placesOf(text);
  const place = (where: Where) => (quoted ? {} : placeAt(where.at));
  return {
    problems,
    notes,
    tickers: new Set(),
    metrics: new Set(),
    nodes: 0,
    depth: 0,
    isFull: () => problems.length >= PROBLEMS_MAX,
    refuse: (where, value, expected) => {
      if (problems.length < PROBLEMS_MAX) problems.push({ file, path: pathOf(where), ...place(where), value, expected });
    },
    note: (where, code, said) => {
      noted += 1;
      if (noted <= NOTES_MAX) notes.push({ code, path: pathOf(where), ...place(where), text: said });
      else notes[NOTES_MAX] = { code: 'more-notes', path: '', text: `and ${noted - NOTES_MAX} more notes` };
    },
  };
}

export function below(parent: Where, step: string, at: number): Where {
  return { parent, step, at };
}

/** `children[0].if-child[1].lhs-fn`; a very long one loses its middle. */
export function pathOf(where: Where): string {
  const steps: string[] = [];
  for (let each: Where | undefined = where; each !== undefined; each = each.parent) if (each.step !== '') steps.push(each.step);
  steps.reverse();
  if (steps.length > 2 * STEPS_SHOWN) steps.splice(STEPS_SHOWN, steps.length - 2 * STEPS_SHOWN, '…');
  return steps.join('.').replaceAll('.[', '[');
}

/** Offsets to lines and columns, both from 1. The lines are found when the first place is asked for. */
function placesOf(text: string): (at: number) => { line: number; column: number } {
  let starts: number[] | undefined;
  return (at) => {
    starts ??= lineStarts(text);
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (starts[low] ?? 0) + 1 };
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
