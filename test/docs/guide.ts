// The guides to strategies as their tests read them: the examples as strategies, their sentences, their tables.
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { parsePortfolioFile } from '../../shared/contracts/portfolio-file.ts';
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import { parseStrategyYaml } from '../../shared/contracts/strategy-file/parse-strategy-yaml.ts';
import type { StrategyOptions } from '../../shared/core/strategy/options.ts';
import type { Tree } from '../../shared/core/strategy/tree.ts';

export interface Example {
  readonly text: string;
  readonly name: string;
  readonly tree: Tree;
  readonly options: StrategyOptions;
  /** Absent for a strategy file. */
  readonly policy?: PortfolioPolicy;
}

const GUIDE = ['strategies', 'indicators', 'ready-made-strategies', 'construction']
  .map((name) => readFileSync(new URL(`../../docs/guides/${name}.md`, import.meta.url), 'utf8'))
  .join('\n');

/** Every yaml block, in the order of the guides. Each must be a whole file with one strategy. */
export const EXAMPLES: readonly Example[] = [...GUIDE.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => exampleOf(text));

/** Fails unless a guide says this, word by word. */
export function expectSaid(sentence: string): void {
  expect(GUIDE).toContain(sentence);
}

export function sectionUnder(heading: string): string {
  return GUIDE.split(new RegExp(`\\n###? ${heading}\\n`))[1]?.split(/\n#{1,3} /)[0] ?? '';
}

/** The cells of the table under a heading, without its head. */
export function tableUnder(heading: string): string[][] {
  const rows = sectionUnder(heading)
    .split('\n')
    .filter((line) => line.startsWith('| '));
  return rows
    .slice(1)
    .map((row) =>
      row
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    )
    .filter(([first]) => !first?.startsWith('---'));
}

/** The words between backquotes. */
export function codeIn(cell: string | undefined): string[] {
  return [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

function exampleOf(text: string): Example {
  if (text.startsWith('strategy:')) {
    const read = parseStrategyYaml(text, 'guide');
    if (read.kind === 'refused') throw new Error(`not a strategy file: ${JSON.stringify(read.problems)}\n${text}`);
    return { text, name: read.strategy.name, tree: read.strategy.tree, options: read.strategy.options };
  }
  const read = parsePortfolioFile(text, 'guide');
  if (read.kind === 'refused') throw new Error(`not a portfolio file: ${JSON.stringify(read.problems)}\n${text}`);
  const [sleeve, second] = read.policy.sleeves;
  if (sleeve === undefined || second !== undefined) throw new Error(`an example has one sleeve: ${text}`);
  return { text, name: read.policy.name, tree: sleeve.strategy, options: sleeve.options, policy: read.policy };
}
