// A source file as the tidy rules see it: path, text, lines and, for TypeScript, a walk over its syntax.
import { parseSync } from '@swc/core';

/** A syntax node: the parser's own shape, read structurally. */
export interface Syntax {
  readonly type: string;
  readonly [key: string]: unknown;
}

export interface Visit {
  readonly node: Syntax;
  /** From the file down to the parent, which comes last. */
  readonly ancestors: readonly Syntax[];
  /** The parent's property that holds the node. */
  readonly key: string;
  readonly line: number;
}

export interface Source {
  readonly path: string;
  readonly text: string;
  /** In source order; empty for files that are not TypeScript. */
  readonly visits: readonly Visit[];
}

/** @throws Error when TypeScript text does not parse. */
export function readSource(path: string, text: string): Source {
  return { path, text, visits: path.endsWith('.ts') ? visitsOf(text) : [] };
}

/** "Date.now" of a chain of plain names, else undefined. */
export function dottedName(node: unknown): string | undefined {
  if (!isSyntax(node)) return undefined;
  if (node.type === 'Identifier') return String(node.value);
  if (node.type !== 'MemberExpression') return undefined;
  const object = dottedName(node.object);
  const property = node.property;
  return object !== undefined && isSyntax(property) && property.type === 'Identifier' ? `${object}.${String(property.value)}` : undefined;
}

export function isSyntax(value: unknown): value is Syntax {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** The 1-based line of each match of `pattern`, which must be global. */
export function linesMatching(text: string, pattern: RegExp): readonly number[] {
  return [...text.matchAll(pattern)].map((match) => text.slice(0, match.index).split('\n').length);
}

function visitsOf(text: string): readonly Visit[] {
  // Spans are byte offsets counted on from the previous parse: a leading `;` tells where this one begins.
  const bytes = Buffer.from(`;${text.replace(/^#!/, '//')}`);
  const module = parseSync(bytes.toString(), { syntax: 'typescript', target: 'esnext' });
  const base = (module.body[0] as unknown as { span: { start: number } }).span.start;
  const lineAt = lineCounter(bytes, base);
  const visits: Visit[] = [];
  const walk = (value: unknown, ancestors: readonly Syntax[], key: string, line: number): void => {
    if (Array.isArray(value)) {
      for (const item of value) walk(item, ancestors, key, line);
    } else if (isSyntax(value)) {
      const here = lineAt(value) ?? line;
      visits.push({ node: value, ancestors, key, line: here });
      const below = [...ancestors, value];
      for (const [name, child] of Object.entries(value)) if (name !== 'span') walk(child, below, name, here);
    } else if (typeof value === 'object' && value !== null) {
      // Wrappers without a type of their own, such as call arguments.
      for (const [name, child] of Object.entries(value)) if (name !== 'span') walk(child, ancestors, name, line);
    }
  };
  walk(module.body.slice(1), [], 'body', 1);
  return visits;
}

function lineCounter(bytes: Buffer, base: number): (node: Syntax) => number | undefined {
  const starts = [0];
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) starts.push(at + 1);
  return (node) => {
    const span = node.span as { start: number } | undefined;
    if (span === undefined) return undefined;
    const offset = span.start - base;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}
