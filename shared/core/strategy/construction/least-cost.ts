// Linear problems with bounds, by the simplex method: the problem of the least conditional value at risk, and no more than it
// needs. Few rows and many columns, so that all of it fits in one small table, and a function need not carry a solver of megabytes.
//
// The table only finds the basis. What is answered is reckoned from the columns as they were given, so that the rounding of many
// steps is not in it, and is held against all of the conditions before it is given away.
import { dot } from './matrix.ts';

/** A variable: what one of it costs and adds to each row. It is at least 0 and at most `most`, which may be infinite. */
export interface Column {
  readonly cost: number;
  readonly most: number;
  readonly entries: Float64Array;
}

export type LeastCost =
  /** `prices`: by row, how much the least cost rises for one more of its bound. */
  | { readonly kind: 'solved'; readonly values: Float64Array; readonly prices: Float64Array }
  | { readonly kind: 'infeasible' | 'unbounded' | 'not-converged' };

/** For numbers around one. */
const TOLERANCE = 1e-10;
const PIVOT_MIN = 1e-9;
/** How far the answer may miss a condition. */
const MISSED_MAX = 1e-8;
/** So many steps without a gain, for each row, and the rule that cannot go in circles takes over until there is one. */
const STALLED_MAX = 4;
const STEPS_MAX = 200;

/**
 * The least Σ cost·x over rows Σ entries·x = bound, by the method of two phases with bounded variables. The column of the steepest
 * descent enters; of several the first. Only +, −, × and ÷ in a fixed order: the same bits on every machine.
 * Source: Dantzig (1963), Linear programming and extensions, chapters 5 and 18; Bland (1977), New finite pivoting rules for the
 * simplex method, Math. Operations Research 2(2).
 */
export function leastCost(columns: readonly Column[], bounds: Float64Array): LeastCost {
  const table = tableOf(columns, bounds);
  const first = descend(table, table.lacking, Number.POSITIVE_INFINITY);
  if (first !== 'least') return { kind: 'not-converged' };
  const lacks = table.basis.reduce((sum, column, row) => (column < columns.length ? sum : sum + (table.values[row] as number)), 0);
  if (lacks > MISSED_MAX) return { kind: 'infeasible' };
  const second = descend(table, table.costs, 0);
  return second === 'least' ? answerOf(table, columns, bounds) : { kind: second };
}

/** In terms of the columns that are not in the basis, each of which is at 0 or at its most. */
interface Table {
  readonly rows: readonly Float64Array[];
  readonly values: Float64Array;
  /** By row the column that stands for it; past the last column: that row's own lack, which the first phase takes away. */
  readonly basis: number[];
  readonly isAtMost: Uint8Array;
  readonly mosts: Float64Array;
  /** What one more of each column would change: of what is lacking, and of the cost. */
  readonly lacking: Float64Array;
  readonly costs: Float64Array;
}

function tableOf(columns: readonly Column[], bounds: Float64Array): Table {
  const signs = bounds.map((bound) => (bound < 0 ? -1 : 1));
  const rows = Array.from(bounds, (_, row) =>
    Float64Array.from(columns, ({ entries }) => (signs[row] as number) * (entries[row] as number)),
  );
  return {
    rows,
    values: bounds.map(Math.abs),
    basis: Array.from(bounds, (_, row) => columns.length + row),
    isAtMost: new Uint8Array(columns.length),
    mosts: Float64Array.from(columns, ({ most }) => most),
    lacking: Float64Array.from(columns, (_, column) => rows.reduce((sum, row) => sum - (row[column] as number), 0)),
    costs: Float64Array.from(columns, ({ cost }) => cost),
  };
}

/** @param lackMost what a row may lack: anything in the first phase, nothing in the second. */
function descend(table: Table, slopes: Float64Array, lackMost: number): 'least' | 'unbounded' | 'not-converged' {
  const { basis } = table;
  const isBasic = new Uint8Array(slopes.length);
  for (const column of basis) if (column < isBasic.length) isBasic[column] = 1;
  let stalled = 0;
  for (let step = 0; step < STEPS_MAX * (basis.length + 10); step += 1) {
    const isCareful = stalled > STALLED_MAX * basis.length;
    const entering = enteringOf(slopes, table.isAtMost, isBasic, isCareful);
    if (entering === -1) return 'least';
    const { row, length, isLeavingAtMost } = leavingOf(table, entering, lackMost, isCareful);
    if (length === Number.POSITIVE_INFINITY) return 'unbounded';
    stalled = length > 0 ? 0 : stalled + 1;
    move(table, entering, length);
    if (row === -1) {
      table.isAtMost[entering] = 1 - (table.isAtMost[entering] as number);
      continue;
    }
    const leaving = basis[row] as number;
    if (leaving < isBasic.length) {
      isBasic[leaving] = 0;
      table.isAtMost[leaving] = isLeavingAtMost ? 1 : 0;
    }
    isBasic[entering] = 1;
    table.values[row] = table.isAtMost[entering] === 1 ? (table.mosts[entering] as number) - length : length;
    table.isAtMost[entering] = 0;
    basis[row] = entering;
    pivot(table, row, entering);
  }
  return 'not-converged';
}

function enteringOf(slopes: Float64Array, isAtMost: Uint8Array, isBasic: Uint8Array, isCareful: boolean): number {
  let [best, steepest] = [-1, TOLERANCE];
  for (let column = 0; column < slopes.length; column += 1) {
    if (isBasic[column] === 1) continue;
    const descent = isAtMost[column] === 1 ? (slopes[column] as number) : -(slopes[column] as number);
    if (descent <= steepest) continue;
    if (isCareful) return column;
    [best, steepest] = [column, descent];
  }
  return best;
}

interface Leaving {
  /** −1 where the entering column goes from one of its own bounds to the other. */
  readonly row: number;
  readonly length: number;
  readonly isLeavingAtMost: boolean;
}

/** Who stops the entering column first; of several the one with the largest pivot, or carefully the first column. */
function leavingOf({ rows, values, basis, isAtMost, mosts }: Table, entering: number, lackMost: number, isCareful: boolean): Leaving {
  const direction = isAtMost[entering] === 1 ? -1 : 1;
  let found: Leaving = { row: -1, length: mosts[entering] as number, isLeavingAtMost: false };
  let pivotSize = 0;
  for (let row = 0; row < rows.length; row += 1) {
    const fall = direction * ((rows[row] as Float64Array)[entering] as number);
    if (Math.abs(fall) <= PIVOT_MIN) continue;
    const column = basis[row] as number;
    const most = column < mosts.length ? (mosts[column] as number) : lackMost;
    const room = fall > 0 ? (values[row] as number) : most - (values[row] as number);
    const length = Math.max(0, room / Math.abs(fall));
    const isFirst = isCareful ? found.row === -1 || column < (basis[found.row] as number) : Math.abs(fall) > pivotSize;
    if (length < found.length || (length === found.length && isFirst)) {
      found = { row, length, isLeavingAtMost: fall < 0 };
      pivotSize = Math.abs(fall);
    }
  }
  return found;
}

function move({ rows, values, isAtMost }: Table, entering: number, length: number): void {
  const way = isAtMost[entering] === 1 ? length : -length;
  for (const [row, entries] of rows.entries()) values[row] = (values[row] as number) + way * (entries[entering] as number);
}

function pivot({ rows, lacking, costs }: Table, at: number, entering: number): void {
  const own = rows[at] as Float64Array;
  const divisor = own[entering] as number;
  for (let column = 0; column < own.length; column += 1) own[column] = (own[column] as number) / divisor;
  for (const other of [...rows, lacking, costs]) {
    const times = other[entering] as number;
    if (other === own || times === 0) continue;
    for (let column = 0; column < own.length; column += 1) other[column] = (other[column] as number) - times * (own[column] as number);
    other[entering] = 0;
  }
}

function answerOf({ basis, isAtMost }: Table, columns: readonly Column[], bounds: Float64Array): LeastCost {
  const size = bounds.length;
  const inBasis = basis.map((column, row): Column => columns[column] ?? lackOf(row, size));
  const rest = Float64Array.from(bounds);
  const values = new Float64Array(columns.length);
  for (const [column, { most, entries }] of columns.entries()) {
    if (isAtMost[column] !== 1) continue;
    values[column] = most;
    for (let row = 0; row < size; row += 1) rest[row] = (rest[row] as number) - most * (entries[row] as number);
  }
  const across = Array.from(bounds, (_, row) => Float64Array.from(inBasis, ({ entries }) => entries[row] as number));
  const found = solved(across, rest);
  const prices = solved(
    inBasis.map(({ entries }) => Float64Array.from(entries)),
    Float64Array.from(inBasis, ({ cost }) => cost),
  );
  if (found === undefined || prices === undefined) return { kind: 'not-converged' };
  for (const [row, column] of basis.entries()) if (column < columns.length) values[column] = found[row] as number;
  const isKept = columns.every(({ cost, most, entries }, column) => {
    const value = values[column] as number;
    const slope = cost - dot(prices, entries);
    const isLeast = isAtMost[column] === 1 ? slope <= MISSED_MAX : slope >= -MISSED_MAX;
    return isLeast && value >= -MISSED_MAX && value <= most + MISSED_MAX;
  });
  return isKept ? { kind: 'solved', values, prices } : { kind: 'not-converged' };
}

/** What a row that follows from others still has in the basis, at 0. */
function lackOf(row: number, size: number): Column {
  return { cost: 0, most: 0, entries: new Float64Array(size).fill(1, row, row + 1) };
}

/** By elimination with the largest pivot of each column; undefined where there is none. Takes both of its arguments to pieces. */
function solved(matrix: readonly Float64Array[], right: Float64Array): Float64Array | undefined {
  const rows = [...matrix];
  const size = right.length;
  for (let column = 0; column < size; column += 1) {
    let at = column;
    for (let row = column + 1; row < size; row += 1)
      if (Math.abs(rows[row]?.[column] as number) > Math.abs(rows[at]?.[column] as number)) at = row;
    const own = rows[at] as Float64Array;
    if (Math.abs(own[column] as number) < Number.EPSILON) return undefined;
    [rows[column], rows[at]] = [own, rows[column] as Float64Array];
    [right[column], right[at]] = [right[at] as number, right[column] as number];
    for (let row = column + 1; row < size; row += 1) {
      const other = rows[row] as Float64Array;
      const times = (other[column] as number) / (own[column] as number);
      if (times === 0) continue;
      for (let place = column; place < size; place += 1) other[place] = (other[place] as number) - times * (own[place] as number);
      right[row] = (right[row] as number) - times * (right[column] as number);
    }
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    const own = rows[row] as Float64Array;
    let rest = right[row] as number;
    for (let place = row + 1; place < size; place += 1) rest -= (own[place] as number) * (right[place] as number);
    right[row] = rest / (own[row] as number);
  }
  return right;
}
