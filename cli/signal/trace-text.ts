// A trace as a tree to read. A step with one child is followed by it without indentation, so that a ladder of two
// hundred conditions stays readable; a step that is reached from several places is told once and referred to.

import { unitOf } from '../../shared/core/strategy/evaluator/metric-unit.ts';
import type { Label, Reason } from '../../shared/core/strategy/evaluator/reason.ts';
import type { Step, Trace } from '../../shared/core/strategy/evaluator/trace.ts';
import type { Output } from '../output.ts';
import { visibleText } from '../visible-text.ts';
import { amountText, decimalsFor, metricText } from './metric-text.ts';
import { testLines } from './test-text.ts';

type Colors = Output['colors'];

interface Place {
  readonly step: Step;
  /** Of the whole strategy. */
  readonly capital: number;
  readonly indent: string;
}

export function traceText({ steps }: Trace, colors: Colors): string {
  const lines: string[] = [];
  const uses = usesOf(steps);
  const told = new Set<number>();
  const open: Place[] = steps.slice(0, 1).map((step) => ({ step, capital: 1, indent: '' }));
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { step, capital, indent } = place;
    const isShared = (uses.get(step.id) ?? 0) > 1 && step.children.length > 0;
    const mark = isShared ? colors.dim(` [${step.id}]`) : '';
    const isAgain = isShared && told.has(step.id);
    told.add(step.id);
    if (isAgain) {
      lines.push(`${indent}${colors.bold(share(capital))}  ${titleOf(step.reason)}${mark}${colors.dim(', told above')}`);
      continue;
    }
    if (!isPassage(step)) {
      lines.push(`${indent}${colors.bold(share(capital))}  ${titleOf(step.reason)}${mark}`);
      lines.push(...detailsOf(step.reason).map((detail) => `${indent}         ${colors.dim(detail)}`));
    }
    const below = step.children.length > 1 ? `${indent}  ` : indent;
    for (const { part, step: id } of step.children.toReversed()) {
      const child = steps[id];
      if (child !== undefined) open.push({ step: child, capital: step.capital * part, indent: below });
    }
  }
  return lines.join('\n');
}

function usesOf(steps: readonly Step[]): ReadonlyMap<number, number> {
  const uses = new Map<number, number>();
  for (const { children } of steps) for (const { step } of children) uses.set(step, (uses.get(step) ?? 0) + 1);
  return uses;
}

/** A block with a single child decides nothing. */
function isPassage({ reason, children }: Step): boolean {
  return (reason.kind === 'equal' || reason.kind === 'specified') && children.length === 1;
}

function titleOf(reason: Reason): string {
  switch (reason.kind) {
    case 'asset':
      return reason.hasBar ? reason.symbol : `${reason.symbol}: no price on this day`;
    case 'cash':
      return 'cash';
    case 'equal':
      return 'equal parts';
    case 'specified':
      return 'given parts';
    case 'group':
      return `group ${quoted(reason.name)}`;
    case 'stand-in':
      return `stands in for ${reason.symbol}`;
    case 'inverse-volatility':
      return `inverse volatility over ${reason.window} days`;
    case 'volatility-target': {
      const title = `volatility target ${amountText(reason.annual, 'percent')} over ${reason.window} days`;
      return reason.part === null ? `${title}: undefined` : `${title}: ${share(reason.part).trim()} of it, the rest cash`;
    }
    case 'if':
      return reason.taken === null ? 'if: undefined' : `if: takes ${reason.taken}`;
    case 'filter': {
      const chosen = reason.candidates.filter(({ isChosen }) => isChosen).length;
      const short = chosen < reason.count ? `, takes the ${chosen} there are` : '';
      return `${reason.select} ${reason.count} of ${reason.candidates.length} by ${metricText(reason.by)}${short}`;
    }
    case 'ready-made':
      return reason.parts === null ? `${reason.name}: undefined${reason.why === undefined ? '' : `, ${reason.why}`}` : reason.name;
  }
}

function detailsOf(reason: Reason): readonly string[] {
  switch (reason.kind) {
    case 'if':
      return testLines(reason.condition);
    case 'filter': {
      const decimals = decimalsFor(reason.candidates.flatMap(({ value }) => value ?? []));
      return aligned(
        reason.candidates.map(({ label, value, rank, isChosen }) => [
          rank === null ? '-' : `${rank}.`,
          labelText(label),
          value === null ? 'undefined' : amountText(value, unitOf(reason.by), decimals),
          value === null ? 'left out' : isChosen ? 'chosen' : '',
        ]),
      );
    }
    case 'inverse-volatility':
      return aligned(
        reason.shares.map(({ label, deviation, part, isSpliced }) => [
          labelText(label),
          isSpliced === true ? 'spliced' : `stdev-return ${deviation === null ? 'undefined' : amountText(deviation, 'percent')}`,
          part === 0 ? 'left out' : share(part),
        ]),
      );
    case 'volatility-target':
      return [`realised a year: ${reason.volatility === null ? 'undefined' : amountText(reason.volatility, 'percent')}`];
    case 'ready-made':
      return readyMadeLines(reason);
    default:
      return [];
  }
}

/** A line for each symbol that was looked at or is held, then what is remembered. */
function readyMadeLines({ parts, seen, memory }: Extract<Reason, { kind: 'ready-made' }>): readonly string[] {
  const symbols = [...new Set([...(parts ?? []).map(({ symbol }) => symbol), ...seen.map(({ symbol }) => symbol)])];
  const figures = (symbol: string) => {
    const said = seen
      .filter((each) => each.symbol === symbol)
      .map(
        ({ metric, value }) =>
          `${metricText(metric)} ${value === null ? 'undefined' : amountText(value, metric.name === 'given-value' ? null : unitOf(metric))}`,
      );
    // A rule may look at one metric for two reasons.
    return [...new Set(said)].join(', ');
  };
  const rows = symbols.map((symbol) => {
    const { part = 0, risk } = parts?.find((each) => each.symbol === symbol) ?? {};
    const brings = risk === undefined ? '' : `, risk ${share(risk).trim()}`;
    return [symbol, part === 0 ? '' : share(part).trim(), `${figures(symbol)}${brings}`];
  });
  const remembered = Object.entries(memory).map(([name, numbers]) => {
    const said = Object.entries(numbers).map(([what, number]) => `${what} ${Number(number.toPrecision(6))}`);
    return `remembers of ${name}: ${said.join(', ')}`;
  });
  return [...aligned(rows), ...remembered];
}

function labelText(label: Label): string {
  switch (label.kind) {
    case 'asset':
      return label.symbol;
    case 'group':
      return `group ${quoted(label.name)}`;
    case 'stand-in':
      return `stand-in for ${label.symbol}`;
    default:
      return label.kind;
  }
}

function quoted(name: string): string {
  return `“${visibleText(name)}”`;
}

function share(part: number): string {
  return `${(part * 100).toFixed(2)}%`.padStart(7);
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
