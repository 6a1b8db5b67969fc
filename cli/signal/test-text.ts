// A condition in words: the comparisons that decided it, each with its values and how far it was from the other answer.
import type { Comparison, Explanation, Side } from '../../shared/core/strategy/evaluator/explain-test.ts';
import { unitOf } from '../../shared/core/strategy/evaluator/metric-unit.ts';
import { amountText, metricText } from './metric-text.ts';

const SIGNS = { gt: '>', gte: '>=', lt: '<', lte: '<=', eq: '=' } as const;

/** One comparison a line; parts of a compound stand below it, indented. */
export function testLines(test: Explanation): readonly string[] {
  switch (test.kind) {
    case 'compare':
      return [comparisonText(test)];
    case 'not':
      return [`not: ${verdictText(test.verdict)}`, ...indented(testLines(test.part))];
    case 'all':
    case 'any': {
      const total = test.parts.length + test.others;
      const others = test.others === 0 ? '' : `, the other ${test.others} cannot change it`;
      return [
        `${test.kind} of ${total}: ${verdictText(test.verdict)}${others}`,
        ...test.parts.flatMap((part) => indented(testLines(part))),
      ];
    }
  }
}

export function verdictText(verdict: boolean | null): string {
  return verdict === null ? 'undefined' : verdict ? 'yes' : 'no';
}

function comparisonText({ left, comparator, right, verdict, distance, relative, unit }: Comparison): string {
  const question = `${sideText(left)} ${SIGNS[comparator]} ${sideText(right)}`;
  return `${question}: ${verdictText(verdict)}${distance === null ? '' : `, ${distanceText(distance, relative, unit)}`}`;
}

function sideText(side: Side): string {
  if (side.kind === 'constant') return String(side.value);
  const value = side.value === null ? 'undefined' : amountText(side.value, unitOf(side.metric));
  return `${side.symbol} ${metricText(side.metric)} ${value}`;
}

function distanceText(distance: number, relative: number | null, unit: Comparison['unit']): string {
  if (distance === 0) return 'exactly there';
  const part = relative === null ? '' : ` (${amountText(Math.abs(relative) * 100, 'percent')})`;
  return `${amountText(Math.abs(distance), unit)}${unit === 'points' ? ' points' : ''} ${distance > 0 ? 'above' : 'below'}${part}`;
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
