import type { Problem } from '../../contracts/problem.ts';

/** Portfolio files that may not be used, with every bad field. */
export class PortfolioRefused extends Error {
  override readonly name = 'PortfolioRefused';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ file, path, value, expected }) => `${file} ${path}: ${value}, expected ${expected}`).join('\n'));
    this.problems = problems;
  }
}
