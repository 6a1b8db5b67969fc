// What was imported, as a document and as text.
import type { ImportNote, ImportReport } from '../../shared/contracts/symphony/open-report.ts';
import type { RebalanceRule, StrategyFile } from '../../shared/core/strategy/tree.ts';
import { formatPercent } from '../../shared/core/values/weight.ts';
import type { Output } from '../output.ts';
import { visibleText } from '../visible-text.ts';

export interface ImportDocument {
  readonly file: string;
  readonly name: string;
  readonly nodes: number;
  readonly depth: number;
  readonly tickers: readonly string[];
  readonly metrics: readonly string[];
  /** The width of a corridor as a percentage in points of weight. */
  readonly rebalance: { readonly kind: RebalanceRule['kind']; readonly every?: string; readonly width?: string };
  readonly notes: readonly ImportNote[];
  /** The strategy file that was written; null where none was asked for. */
  readonly out: string | null;
}

export function importDocument(file: string, { name }: StrategyFile, report: ImportReport, out: string | undefined): ImportDocument {
  const { nodes, depth, tickers, metrics, rebalance, notes } = report;
  const rule = rebalance.kind === 'corridor' ? { kind: rebalance.kind, width: formatPercent(rebalance.width) } : rebalance;
  return { file, name, nodes, depth, tickers, metrics, rebalance: rule, notes, out: out ?? null };
}

export function importText(document: ImportDocument, colors: Output['colors']): string {
  const { file, name, nodes, depth, tickers, metrics, rebalance, notes, out } = document;
  const lines = [
    `${colors.bold(visibleText(name))}  ${colors.dim(file)}`,
    `  nodes      ${nodes}, ${depth} deep`,
    `  tickers    ${listed(tickers)}`,
    `  metrics    ${listed(metrics)}`,
    `  rebalance  ${ruleText(rebalance)}`,
    ...notes.map(({ path, line, column, text }) => {
      const place = [file, line, column].filter((part) => part !== undefined).join(':');
      return `  ${colors.yellow('note')}       ${colors.dim(place)} ${path === '' ? '' : `${path}: `}${visibleText(text, 400)}`;
    }),
    ...(out === null ? [] : [`  written    ${out}`]),
  ];
  return lines.join('\n');
}

function ruleText({ kind, every, width }: ImportDocument['rebalance']): string {
  if (every !== undefined) return `every ${every}`;
  return width === undefined ? kind : `when a weight leaves its corridor of ${width}`;
}

function listed(words: readonly string[]): string {
  return words.length === 0 ? 'none' : `${words.join(' ')}${words.length > 1 ? ` (${words.length})` : ''}`;
}
