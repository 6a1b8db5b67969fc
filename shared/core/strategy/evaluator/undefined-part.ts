// What is undefined on a day or of no use, and when it is defined: told so that its owner knows what to wait for or to mend.
import type { NewYorkDate } from '../../values/time.ts';
import type { Tree } from '../tree.ts';
import { isDefined } from './defined.ts';
import type { Evaluator } from './evaluator.ts';
import { type Lacking, lackingOf } from './lacking.ts';
import type { Measured } from './node.ts';
import type { Missing } from './reason.ts';

export interface UndefinedPart {
  /** `zero`: it is defined, and a deviation of 0, by which nothing can be weighted. `unsolved`: the values lead to no weights. */
  readonly why: 'undefined' | 'zero' | 'unsolved';
  /** Of what is unsolved: the reason. */
  readonly words?: string;
  /** null for the metric of a subtree's own series. */
  readonly symbol: string | null;
  /** The name of that subtree where it is a group. */
  readonly group: string | null;
  readonly metric: Measured['metric'] | { readonly name: 'close' };
  /** The first date of the grid on which it is defined; null where there is none. */
  readonly definedFrom: NewYorkDate | null;
  /** The last date before the day on which it was defined: the prices end there, or have a hole after it. */
  readonly definedUntil: NewYorkDate | null;
  /** What no bar of the history has, where it is that. */
  readonly lacking?: Lacking;
  /** For the metric of a subtree: what its own weights missed, on the last such day of the window that was looked at. */
  readonly because: { readonly date: NewYorkDate; readonly symbol: string; readonly metric: UndefinedPart['metric'] } | null;
  /** Whether the decision is undefined for it; otherwise it was left out. */
  readonly stops: boolean;
}

export function undefinedPart({ why, words, what, child, stops }: Missing, day: number, evaluator: Evaluator): UndefinedPart {
  const { program, grid } = evaluator;
  if ('symbol' in what) {
    const { days } = grid.placed(what.symbol);
    const [from, until] = [days[0], days.findLast((each) => each < day)];
    return { why, symbol: what.symbol, group: null, metric: { name: 'close' }, ...datesOf(from, until, evaluator), because: null, stops };
  }
  const measured = program.columns[what.column];
  if (measured === undefined) throw new Error(`the program has no column ${what.column}`);
  const values = evaluator.column(what.column);
  const from = values.findIndex(isDefined);
  const until = values.subarray(0, day).findLastIndex(isDefined);
  const lacking = lackingOf(measured, grid);
  return {
    why,
    symbol: measured.kind === 'node' ? null : measured.symbol,
    group: measured.kind === 'node' ? nameOf(child) : null,
    metric: measured.metric,
    ...datesOf(from, until, evaluator),
    ...(lacking === undefined ? {} : { lacking }),
    ...(words === undefined ? {} : { words }),
    because: null,
    stops,
  };
}

function datesOf(
  from: number | undefined,
  until: number | undefined,
  { grid }: Evaluator,
): Pick<UndefinedPart, 'definedFrom' | 'definedUntil'> {
  return { definedFrom: grid.dates[from ?? -1] ?? null, definedUntil: grid.dates[until ?? -1] ?? null };
}

function nameOf(child: Tree | undefined): string | null {
  return child?.kind === 'group' ? child.name : null;
}
