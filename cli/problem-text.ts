import type { Problem } from '../shared/contracts/problem.ts';
import type { Output } from './output.ts';

/** `file:line:column path: value — expected …`, or `file: value — expected …` of the whole, which editors and terminals make clickable. */
export function problemText(problem: Problem, colors: Output['colors']): string {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(':');
  const path = problem.path === '' ? ':' : ` ${colors.bold(problem.path)}:`;
  return `${colors.dim(place)}${path} ${colors.red(problem.value)} — expected ${problem.expected}`;
}
