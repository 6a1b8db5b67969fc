// The rules that keep shared/core pure: no clock, no chance, no outside world, no floats on the order path.
import type { Rule } from './rule.ts';
import { dottedName, isSyntax, type Source, type Syntax, type Visit } from './source.ts';

const isCore = (path: string) => path.startsWith('shared/core/') && path.endsWith('.ts');
const isOrderPath = (path: string) => /^shared\/core\/(?:values|rebalance|risk|execution|ledger)\/.*\.ts$/.test(path);

const CLOCKS = ['Date.now', 'performance', 'Temporal.Now', 'process.hrtime'];
const CHANCE = ['Math.random', 'crypto'];
const OUTSIDE = ['process', 'console', 'fetch', 'require', 'globalThis', 'Buffer', 'WebSocket'];
const TIMERS = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'];

/**
 * The only functions of the order path that may leave the integers, each for a reason:
 * `toFraction` hands a weight to reports and research, which count in floats.
 */
export const FLOAT_EXITS: readonly string[] = ['toFraction'];

export const CORE_RULES: readonly Rule[] = [
  refusingNames('core-clock', 'time is an argument: the same asOf gives the same answer in a replay', CLOCKS),
  refusingNames('core-chance', 'chance is an argument: a run must be repeatable', CHANCE),
  refusingNames('core-outside', 'the core reads and writes nothing; workflow/ does that', OUTSIDE),
  refusingNames('core-timers', 'the core never waits; the engine does', TIMERS),
  {
    name: 'core-new-date',
    reason: 'a date without an argument is a hidden clock',
    appliesTo: isCore,
    find: ({ visits }) =>
      visits
        .filter(({ node }) => node.type === 'NewExpression' || node.type === 'CallExpression')
        .filter(({ node }) => dottedName(node.callee) === 'Date' && (node.type === 'CallExpression' || argumentsOf(node).length === 0))
        .map(({ line }) => ({ line, message: 'Date without an argument reads the clock' })),
  },
  {
    name: 'core-dynamic-import',
    reason: 'what the core depends on is decided before it runs',
    appliesTo: isCore,
    find: ({ visits }) =>
      visits
        .filter(({ node }) => node.type === 'CallExpression' && isSyntax(node.callee) && node.callee.type === 'Import')
        .map(({ line }) => ({ line, message: 'import() inside the core' })),
  },
  {
    name: 'core-time-zone',
    reason: 'the time zone of the machine must not decide a session',
    appliesTo: isCore,
    find: zonelessFormats,
  },
  {
    name: 'order-path-floats',
    reason: `money is counted in integers; only ${FLOAT_EXITS.join(', ')} may leave them`,
    appliesTo: isOrderPath,
    find: ({ visits }) =>
      visits.filter((visit) => !visit.ancestors.some((ancestor) => FLOAT_EXITS.includes(functionName(ancestor) ?? ''))).flatMap(floatOf),
  },
];

function refusingNames(name: string, reason: string, refused: readonly string[]): Rule {
  return {
    name,
    reason,
    appliesTo: isCore,
    find: ({ visits }) =>
      visits.flatMap((visit) => {
        if (!isUse(visit)) return [];
        const used = dottedName(visit.node);
        return used !== undefined && refused.includes(used) ? [{ line: visit.line, message: `${used} inside the core` }] : [];
      }),
  };
}

/** A name that is read as a value: not a property, a key, a declared name or a part of a type. */
function isUse({ node, ancestors, key }: Visit): boolean {
  if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return false;
  const parent = ancestors.at(-1);
  if (parent === undefined) return true;
  if (parent.type === 'MemberExpression' && key === 'property') return false;
  if (key === 'key' || key === 'label' || key === 'id' || key === 'pat') return false;
  return !/^(?:Ts(?:Property|TypeReference|QualifiedName|Enum|TypeQuery|MethodSignature|TypePredicate)|Import|ExportSpecifier)/.test(
    parent.type,
  );
}

function argumentsOf(node: Syntax): readonly unknown[] {
  const given = node.arguments;
  return Array.isArray(given) ? given : [];
}

const LOCAL_DATE_METHODS =
  /^(?:toLocale(?:Date|Time)?String|get(?:FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds|TimezoneOffset)|set(?:FullYear|Month|Date|Hours|Minutes|Seconds|Milliseconds))$/;

function zonelessFormats({ visits, text }: Source) {
  return visits.flatMap(({ node, line }) => {
    if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return [];
    const callee = node.callee;
    if (dottedName(callee) === 'Intl.DateTimeFormat') {
      const named = /timeZone/.test(JSON.stringify(argumentsOf(node)[1] ?? '')) && text.includes('timeZone');
      return named ? [] : [{ line, message: 'Intl.DateTimeFormat without a timeZone' }];
    }
    if (!isSyntax(callee) || callee.type !== 'MemberExpression' || !isSyntax(callee.property)) return [];
    const method = String(callee.property.value ?? '');
    return LOCAL_DATE_METHODS.test(method) ? [{ line, message: `${method}() answers in the machine's time zone` }] : [];
  });
}

function floatOf({ node, line }: Visit) {
  if (node.type === 'NumericLiteral') {
    const raw = String(node.raw ?? node.value);
    const isFloat = !/^0[xob]/i.test(raw) && /[.]|e-/i.test(raw);
    return isFloat ? [{ line, message: `the float ${raw} on the order path` }] : [];
  }
  if (node.type !== 'CallExpression') return [];
  const called = dottedName(node.callee) ?? '';
  return ['Number', 'parseFloat', 'Number.parseFloat'].includes(called) ? [{ line, message: `${called}() on the order path` }] : [];
}

function functionName(node: Syntax): string | undefined {
  if (node.type === 'FunctionDeclaration') return dottedName(node.identifier);
  return node.type === 'VariableDeclarator' ? dottedName(node.id) : undefined;
}
