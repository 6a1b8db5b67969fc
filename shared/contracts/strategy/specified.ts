import * as z from 'zod';
import type { SpecifiedNode, StrategyNode } from '../../core/strategy/node.ts';
import { SYMBOL_PATTERN } from '../../core/values/identity.ts';
import { formatPercent, type Ppm, WHOLE } from '../../core/values/weight.ts';
import { mapping } from '../mapping.ts';
import { percentText } from '../quantity-text.ts';
import type { NodeSchema } from './node-schema.ts';

const HOLDING = new RegExp(`${SYMBOL_PATTERN.source}|^cash$`);

type Weighted = SpecifiedNode['children'][number];

/**
 * `specified: { SPY: 60%, BND: 40% }`, or a list of `{ weight: 60%, of: <strategy> }` where a part is more than a symbol.
 * The weights, cash among them, sum to exactly 100 %.
 */
export function specifiedSchema(child: NodeSchema) {
  const weight = percentText('0%', '100%');
  const symbol = z.string().regex(HOLDING, { error: 'a symbol such as SPY, or cash' });
  const bySymbol = z
    .record(symbol, weight)
    .transform((weights) => Object.entries(weights).map(([name, part]) => weighted(part, holding(name))));
  const byPart = z.array(mapping({ weight, of: child }).transform((part) => weighted(part.weight, part.of)));
  const error = 'a mapping of symbols to percentages, or a list of { weight, of }';
  return mapping({ specified: z.union([bySymbol, byPart], { error }).check(sumsToWhole) }).transform(
    ({ specified }): SpecifiedNode => ({ kind: 'specified', children: specified }),
  );
}

function sumsToWhole(context: z.core.ParsePayload<Weighted[]>): void {
  const sum = context.value.reduce<Ppm>((total, part) => total + part.weight, 0n);
  if (sum === WHOLE) return;
  const message = 'weights that sum to exactly 100% (what is not invested is written as cash: <percent>)';
  context.issues.push({ code: 'custom', input: context.value, message, params: { value: `weights that sum to ${formatPercent(sum)}` } });
}

function weighted(weight: Ppm, child: StrategyNode): Weighted {
  return { weight, child };
}

function holding(name: string): StrategyNode {
  return name === 'cash' ? { kind: 'cash' } : { kind: 'asset', symbol: name };
}
