// Tiny symphonies in the languages their owners write, and what comes of importing them.
import { importSymphony } from '../../../../shared/contracts/symphony/import-symphony.ts';
import type { ImportNoteCode, ImportReport } from '../../../../shared/contracts/symphony/open-report.ts';
import type { StrategyFile, Tree } from '../../../../shared/core/strategy/tree.ts';

export type Step = Record<string, unknown>;

/** A symphony of steps, as JSON text. */
export function stepsText(children: readonly unknown[], root: Step = {}): string {
  return JSON.stringify({ id: 'x', step: 'root', name: 'A symphony', rebalance: 'daily', children, ...root });
}

export function aStep(step: string, fields: Step = {}, children?: readonly unknown[]): Step {
  return { id: 'y', step, ...fields, ...(children === undefined ? {} : { children }) };
}

export const spy: Step = aStep('asset', { ticker: 'SPY', name: 'SPDR', exchange: 'ARCX' });
export const tlt: Step = aStep('asset', { ticker: 'TLT' });

/** `(defsymphony …)` around a body. */
export function formText(body: string, options = '{:asset-class "EQUITIES", :rebalance-frequency :daily}'): string {
  return `(defsymphony "A symphony" ${options} ${body})`;
}

export function imported(text: string): { readonly strategy: StrategyFile; readonly report: ImportReport } {
  const result = importSymphony(text, 'sample');
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.problems.slice(0, 3)));
  return result;
}

export function treeOf(text: string): Tree {
  return imported(text).strategy.tree;
}

/** What an if gives when its condition holds, and when it does not. */
export function branchesOf(tree: Tree | undefined): readonly Tree[] {
  if (tree?.kind !== 'if') throw new Error(`not an if: ${tree?.kind}`);
  return [tree.then, tree.otherwise];
}

export function noteCodes(text: string): readonly ImportNoteCode[] {
  return imported(text).report.notes.map(({ code }) => code);
}

/** "path: value → expected" of each problem, without its place. */
export function problemsOf(text: string): readonly string[] {
  const result = importSymphony(text, 'sample');
  if (result.kind === 'strategy') throw new Error('it was imported');
  return result.problems.map(({ path, value, expected }) => `${path}: ${value} → ${expected}`);
}
