// The tree as a strategy file writes it: a symbol, `cash`, or a mapping with exactly one key that names the kind.
//
//   SPY                                                       all of it in one symbol
//   cash                                                      not invested
//   equal: [SPY, TLT]                                         the same part to each
//   specified: { SPY: 60%, BND: 40% }                         or a list of { weight: 60%, of: <tree> }
//   inverse-volatility: { window: 60, of: [XLK, XLU] }        the calmer, the more
//   volatility-target: { annual: 10%, window: 20, of: <tree> }  less of it where it moves more, the rest in cash
//   if: { when: <condition>, then: <tree>, else: <tree> }     the else is written out, cash where it is nothing
//   filter: { top: 2, by: { rsi: 10 }, of: [SPY, QQQ, DIA] }  or bottom: 2; the chosen share equally
//   group: { name: Growth, of: <tree> }                       a name for a subtree, which ranks as one candidate
//   stand-in: { for: SPY, of: <tree> }                       ranked and weighed as SPY, and holds the tree
//   part: growth                                              what the file's own `parts` call by that name
//   momentum-rotation: { of: [SPY, EFA], top: 1 }             one of the ready-made strategies: see ready-made-schema.ts
import * as z from 'zod';
import { formatPercent, type Ppm, WHOLE } from '../../core/values/weight.ts';
import { mapping } from '../mapping.ts';
import { name } from '../name.ts';
import { percentText, wholeNumber } from '../quantity-text.ts';
import { when } from './condition-schema.ts';
import { COUNT_MAX, WINDOW_MAX } from './limits.ts';
import { metricAlone } from './metric-schema.ts';
import { READY_MADE_NAMES, readyMades } from './ready-made-schema.ts';
import { STRATEGY_SYMBOL } from './symbol.ts';
import type { WrittenTree } from './written-tree.ts';

const KINDS = [
  'equal',
  'specified',
  'inverse-volatility',
  'volatility-target',
  'if',
  'filter',
  'group',
  'stand-in',
  'part',
  ...READY_MADE_NAMES,
];
const SYMBOL = 'a symbol such as SPY, cash, or a mapping with one kind of strategy such as equal';
const A_SYMBOL = 'a symbol such as SPY';
const CHILDREN = 'a list of at least one symbol or strategy, such as [SPY, TLT]';

const child: z.ZodType<WrittenTree> = z.lazy(() => tree);
const children = z.array(child, { error: CHILDREN }).min(1, { error: CHILDREN });
const count = wholeNumber(1, COUNT_MAX);

const cash = z.literal('cash').transform((): WrittenTree => ({ kind: 'cash' }));
const asset = z
  .string({ error: SYMBOL })
  .regex(STRATEGY_SYMBOL, { error: SYMBOL })
  .transform((symbol): WrittenTree => ({ kind: 'asset', symbol }));

const equal = mapping({ equal: children }).transform((written): WrittenTree => ({ kind: 'equal', children: written.equal }));

const inverseVolatility = mapping({
  'inverse-volatility': mapping({ window: wholeNumber(1, WINDOW_MAX), of: children }),
}).transform(({ 'inverse-volatility': { window, of } }): WrittenTree => ({ kind: 'inverse-volatility', window, children: of }));

const volatilityTarget = mapping({
  'volatility-target': mapping({ annual: percentText('0.1%', '999%'), window: wholeNumber(1, WINDOW_MAX), of: child }),
}).transform(({ 'volatility-target': { annual, window, of } }): WrittenTree => ({ kind: 'volatility-target', annual, window, child: of }));

const group = mapping({ group: mapping({ name: z.string({ error: 'a name, in quotes where it has punctuation' }), of: child }) }).transform(
  ({ group: { name, of } }): WrittenTree => ({ kind: 'group', name, child: of }),
);

const standIn = mapping({
  'stand-in': mapping({ for: z.string({ error: A_SYMBOL }).regex(STRATEGY_SYMBOL, { error: A_SYMBOL }), of: child }),
}).transform(({ 'stand-in': { for: symbol, of } }): WrittenTree => ({ kind: 'stand-in', symbol, child: of }));

// One mapping, not a choice of two: a choice would read the children twice, and theirs twice again.
const filter = mapping({
  filter: mapping({ top: count.optional(), bottom: count.optional(), by: metricAlone, of: children }).refine(
    (written) => (written.top === undefined) !== (written.bottom === undefined),
    { error: 'either top or bottom, such as top: 2' },
  ),
}).transform(
  ({ filter: { top, bottom, by, of } }): WrittenTree => ({
    kind: 'filter',
    select: bottom === undefined ? 'top' : 'bottom',
    count: bottom ?? top ?? 0,
    by,
    children: of,
  }),
);

// The key is what a reader expects beside if and else; nothing ever awaits the mapping.
// biome-ignore lint/suspicious/noThenProperty: a word of the language
const choice = mapping({ if: mapping({ when, then: child, else: child }) }).transform(
  ({ if: { when: condition, then, else: otherwise } }): WrittenTree => ({ kind: 'if', condition, then, otherwise }),
);

const part = mapping({ part: name }).transform((written): WrittenTree => ({ kind: 'part', name: written.part }));

const weight = percentText('0%', '100%');
const holding = new RegExp(`${STRATEGY_SYMBOL.source}|^cash$`);
const bySymbol = z
  .record(z.string().regex(holding, { error: 'a symbol such as SPY, or cash' }), weight)
  .transform((weights) => Object.entries(weights).map(([name, each]) => weighted(each, held(name))));
const byPart = z.array(mapping({ weight, of: child }).transform((each) => weighted(each.weight, each.of)));
const specified = mapping({
  specified: z.union([bySymbol, byPart], { error: 'a mapping of symbols to percentages, or a list of { weight, of }' }).check(sumsToWhole),
}).transform((written): WrittenTree => ({ kind: 'specified', children: written.specified }));

const A_TREE = `a symbol such as SPY, cash, or a mapping with exactly one of ${KINDS.join(', ')}`;

function isFileName(input: unknown): boolean {
  return typeof input === 'string' && /\.(?:ya?ml|json|edn)$/.test(input);
}

/** Any tree. */
export const tree: z.ZodType<WrittenTree> = z
  .union([cash, asset, equal, specified, inverseVolatility, volatilityTarget, choice, filter, group, standIn, part, ...readyMades(child)], {
    error: ({ input }) => (isFileName(input) ? `${A_TREE}; a sleeve names a file as { file: ${input} }` : A_TREE),
  })
  .meta({ id: 'strategy', description: 'A symbol, cash, or a mapping with exactly one key that names the kind of strategy.' });

function sumsToWhole(context: z.core.ParsePayload<{ weight: Ppm }[]>): void {
  const sum = context.value.reduce<Ppm>((total, each) => total + each.weight, 0n);
  if (sum === WHOLE) return;
  const message = 'weights that sum to exactly 100% (what is not invested is written as cash: <percent>)';
  context.issues.push({ code: 'custom', input: context.value, message, params: { value: `weights that sum to ${formatPercent(sum)}` } });
}

function weighted(part: Ppm, of: WrittenTree): { readonly weight: Ppm; readonly child: WrittenTree } {
  return { weight: part, child: of };
}

function held(name: string): WrittenTree {
  return name === 'cash' ? { kind: 'cash' } : { kind: 'asset', symbol: name };
}
