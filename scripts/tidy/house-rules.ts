// The rules of the house, for every file git tracks: sizes, names, and what must not be left behind.
import type { Rule } from './rule.ts';
import { dottedName, isSyntax, linesMatching, type Source, type Syntax, type Visit } from './source.ts';

const isTypeScript = (path: string) => path.endsWith('.ts') && !path.endsWith('.d.ts');
const isTest = (path: string) => path.startsWith('test/');

// Never as the whole name of a file or folder.
const EMPTY_NAMES = ['common', 'service', 'processor', 'data', 'info', 'base', 'misc'];
// Never as a word of one.
const EMPTY_WORDS = ['util', 'utils', 'helper', 'helpers', 'manager', 'smart'];
// Names that others gave: an AWS product.
const PROPER_NAMES = ['secrets-manager'];

export const HOUSE_RULES: readonly Rule[] = [
  {
    name: 'file-size',
    reason: 'a file that needs more than 300 lines is about two things (tests: 500)',
    appliesTo: isTypeScript,
    find: ({ path, text }) => {
      const lines = text.trimEnd().split('\n').length;
      const most = isTest(path) ? 500 : 300;
      return lines > most ? [{ line: most + 1, message: `${lines} lines, at most ${most}` }] : [];
    },
  },
  {
    name: 'says-its-purpose',
    reason: 'a reader learns from its first lines, or the docstring of its first export, what a file is for',
    appliesTo: (path) => isTypeScript(path) && !isTest(path),
    find: ({ text }) =>
      /^(?:#!.*\n)?\s*\/[/*]/.test(text) || /\*\/\s*export\s/.test(text)
        ? []
        : [{ line: 1, message: 'neither a first comment nor a docstring' }],
  },
  {
    name: 'telling-names',
    reason: 'a name from the glossary says what is inside',
    appliesTo: () => true,
    find: ({ path }) =>
      path.split('/').flatMap((segment) => {
        const name = segment.replace(/(?!^)\..*$/, '').toLowerCase();
        if (PROPER_NAMES.includes(name)) return [];
        const empty = EMPTY_NAMES.includes(name) ? name : name.split(/[-_]/).find((word) => EMPTY_WORDS.includes(word));
        return empty === undefined ? [] : [{ line: 1, message: `"${segment}" is named ${empty}` }];
      }),
  },
  {
    name: 'nothing-left-to-do',
    reason: 'work that remains is an issue, not a comment',
    appliesTo: isTypeScript,
    find: textual(/\b(?:TO[D]O|FIX[M]E|XX[X])\b/g, 'a note of unfinished work'),
  },
  {
    name: 'no-muted-tests',
    reason: 'a test left out must say why in its title: use skipIf with the reason',
    appliesTo: (path) => isTypeScript(path) && isTest(path),
    find: ({ visits }) => visits.filter(isMutedTest).map(({ line }) => ({ line, message: 'a test is singled out or left out' })),
  },
  {
    name: 'awaited-properties',
    reason: 'an asynchronous property that nobody waits for cannot fail its test; the linter does not see through fast-check',
    appliesTo: (path) => isTypeScript(path) && isTest(path),
    find: ({ visits }) =>
      visits.filter(isUnawaited).map(({ line }) => ({ line, message: 'fc.assert of an fc.asyncProperty is not awaited' })),
  },
  {
    name: 'no-swallowed-errors',
    reason: 'an error is handled, named or passed on',
    appliesTo: isTypeScript,
    find: ({ visits }) => visits.filter(isSwallowed).map(({ line }) => ({ line, message: 'an empty catch' })),
  },
  {
    name: 'no-export-star',
    reason: 'a folder lists what it says, name by name',
    appliesTo: isTypeScript,
    find: ({ visits }) =>
      visits.filter(({ node }) => node.type === 'ExportAllDeclaration').map(({ line }) => ({ line, message: 'exports everything' })),
  },
  {
    name: 'no-machine-paths',
    reason: 'the project runs anywhere: no path of one machine, no package host',
    appliesTo: (path) => path !== 'package-lock.json',
    find: textual(/(?<![\w.])\/work\/|\/home\/\w+\/|registry\.npm/g, 'a path or host of one machine'),
  },
];

function textual(pattern: RegExp, message: string): (source: Source) => readonly { line: number; message: string }[] {
  return ({ text }) => linesMatching(text, pattern).map((line) => ({ line, message }));
}

function isMutedTest({ node }: Visit): boolean {
  return (
    node.type === 'CallExpression' &&
    /^(?:it|test|describe|suite)\.(?:\w+\.)*(?:only|skip|todo)(?:\.|$)/.test(dottedName(node.callee) ?? '')
  );
}

function isUnawaited({ node, ancestors }: Visit): boolean {
  if (!isCallOf(node, 'fc.asyncProperty')) return false;
  const assertion = ancestors.findLastIndex((ancestor) => isCallOf(ancestor, 'fc.assert'));
  return ancestors[assertion - 1]?.type === 'ExpressionStatement';
}

function isCallOf(node: Syntax, name: string): boolean {
  return node.type === 'CallExpression' && dottedName(node.callee) === name;
}

function isSwallowed({ node }: Visit): boolean {
  if (node.type === 'CatchClause') return isEmptyBlock(node.body);
  if (node.type !== 'CallExpression') return false;
  const callee = node.callee;
  if (!isSyntax(callee) || callee.type !== 'MemberExpression' || !isSyntax(callee.property) || callee.property.value !== 'catch')
    return false;
  const [first] = node.arguments as readonly { expression?: unknown }[];
  const handler = first?.expression;
  return isSyntax(handler) && isEmptyBlock(handler.body);
}

function isEmptyBlock(body: unknown): boolean {
  return isSyntax(body) && ['BlockStatement', 'FunctionBody'].includes(body.type) && (body.stmts as readonly unknown[]).length === 0;
}
