// Ready-made strategies as a strategy file writes them: the name, and a mapping of parameters. Everything is taken from
// what each says of itself, so that a new one needs nothing here.
//
//   momentum-rotation: { of: [SPY, EFA, GLD], top: 1, lookback: 252 }
import * as z from 'zod';
import {
  type Given,
  type GivenLimit,
  type GivenValue,
  type GivenView,
  type GivenWeight,
  isDatedValues,
  isLimit,
  isView,
  isWeight,
  type SymbolPair,
} from '../../core/strategy/ready-made/given.ts';
import { areDistinctPairs, type Parameter, type ReadyMade } from '../../core/strategy/ready-made/ready-made.ts';
import { READY_MADES } from '../../core/strategy/ready-made/ready-mades.ts';
import { formatPercent } from '../../core/values/weight.ts';
import { mapping } from '../mapping.ts';
import { percentText, wholeNumber } from '../quantity-text.ts';
import { limitsList, limitYaml } from './construction-limits-schema.ts';
import { type Member, membersList, namedIn } from './construction-members-schema.ts';
import { priorWeights, priorYaml, viewsList, viewYaml } from './construction-views-schema.ts';
import { datedValues, datedValuesYaml } from './dated-values-schema.ts';
import { decimalNumber, plainDecimal } from './decimal-number.ts';
import { STRATEGY_SYMBOL } from './symbol.ts';
import type { WrittenTree } from './written-tree.ts';
import { list, scalar, type YamlValue } from './yaml-block.ts';

const SYMBOL = 'a symbol such as SPY';
const HOLDING = 'a symbol such as BIL, or cash';

export const READY_MADE_NAMES: readonly string[] = READY_MADES.map(({ name }) => name);

/**
 * One way to write a tree for each ready-made strategy.
 * @param child any tree.
 */
export function readyMades(child: z.ZodType<WrittenTree>): readonly z.ZodType<WrittenTree>[] {
  return READY_MADES.map((kind) => schemaOf(kind, child));
}

function schemaOf(kind: ReadyMade, child: z.ZodType<WrittenTree>): z.ZodType<WrittenTree> {
  const { name, about, parameters } = kind;
  const fields = Object.fromEntries(Object.entries(parameters).map(([key, parameter]) => [key, fieldOf(parameter, child)]));
  const given = mapping(fields)
    .describe(about)
    .check((context) => {
      // Each is right by itself before they are compared.
      if (context.issues.length > 0) return;
      for (const { parameter, value, expected } of kind.contradictions(givenIn(context.value).given)) {
        context.issues.push({ code: 'custom', input: context.value, path: [parameter], message: expected, params: { value } });
      }
    });
  return mapping({ [name]: given }).transform((written): WrittenTree => ({ kind: 'ready-made', name, ...givenIn(written[name] ?? {}) }));
}

/** What was read of the fields above. Strategies are known by their names there. */
function givenIn(read: Readonly<Record<string, unknown>>): Pick<Extract<WrittenTree, { kind: 'ready-made' }>, 'given' | 'strategies'> {
  const { of: members } = read as { readonly of?: readonly Member[] };
  if (members === undefined || members.every((member) => typeof member !== 'object' || !('name' in member)))
    return { given: read as Given };
  const { of, strategies } = namedIn(members);
  return { given: { ...(read as Given), of }, strategies };
}

function fieldOf(parameter: Parameter, child: z.ZodType<WrittenTree>): z.ZodType<GivenValue | readonly Member[] | undefined> {
  const { about } = parameter;
  switch (parameter.kind) {
    case 'symbols': {
      const error = `a list of at least ${parameter.least} symbols, such as [${parameter.example.join(', ')}]`;
      const distinct = 'symbols that are each named once';
      if (parameter.orStrategies === true) return membersList(parameter.least, error, distinct, child).describe(about);
      return z
        .array(z.string({ error: SYMBOL }).regex(STRATEGY_SYMBOL, { error: SYMBOL }), { error })
        .min(parameter.least, { error })
        .refine((symbols) => new Set(symbols).size === symbols.length, { error: distinct })
        .describe(about);
    }
    case 'pairs': {
      const error = `a list of pairs, such as [${parameter.example.map((pair) => `[${pair.join(', ')}]`).join(', ')}]`;
      const symbol = z.string({ error: SYMBOL }).regex(STRATEGY_SYMBOL, { error: SYMBOL });
      return z
        .array(z.tuple([symbol, symbol], { error: 'two symbols' }), { error })
        .min(1, { error })
        .refine(areDistinctPairs, { error: 'pairs of two symbols, each pair once' })
        .describe(about);
    }
    case 'symbol':
      return z.string({ error: SYMBOL }).regex(STRATEGY_SYMBOL, { error: SYMBOL }).describe(about);
    case 'holding':
      return z
        .union([z.literal('cash'), z.string().regex(STRATEGY_SYMBOL)], { error: HOLDING })
        .prefault(parameter.usual)
        .describe(about);
    case 'count':
      return wholeNumber(parameter.least, parameter.most).prefault(parameter.usual).describe(about);
    case 'share': {
      const share = percentText(percentOf(parameter.least), percentOf(parameter.most)).transform(Number);
      return (parameter.unwritten === 'absent' ? share.optional() : share.prefault(percentOf(parameter.usual))).describe(about);
    }
    case 'number':
      return decimalNumber(parameter.least, parameter.most).prefault(parameter.usual).describe(about);
    case 'dated-values':
      return datedValues.prefault({}).describe(about);
    case 'limits':
      return (parameter.unwritten === 'absent' ? limitsList.optional() : limitsList.prefault([])).describe(about);
    case 'weights':
      return priorWeights.prefault({}).describe(about);
    case 'views':
      return viewsList.prefault([]).describe(about);
    case 'choice': {
      const [first = ''] = parameter.choices;
      return z
        .enum(parameter.choices, { error: `${parameter.choices.join(' or ')}` })
        .prefault(first)
        .describe(about);
    }
  }
}

function percentOf(partsPerMillion: number): string {
  return formatPercent(BigInt(partsPerMillion));
}

/** A parameter as a file writes it: the inverse of reading it. */
export function parameterYaml(parameter: Parameter, value: GivenValue): YamlValue {
  if (isDatedValues(value)) return datedValuesYaml(value);
  if (parameter.kind === 'weights' && Array.isArray(value)) return priorYaml(value.filter(isWeight));
  if (typeof value === 'object') return list(value.map(itemYaml));
  if (parameter.kind === 'share') return scalar(percentOf(Number(value)));
  return scalar(typeof value === 'number' ? plainDecimal(value) : value);
}

function itemYaml(item: string | SymbolPair | GivenLimit | GivenWeight | GivenView): YamlValue {
  if (typeof item === 'string') return scalar(item);
  if (isLimit(item)) return limitYaml(item);
  if (isView(item)) return viewYaml(item);
  return isWeight(item) ? scalar(item.symbol) : list(item.map(scalar));
}

/** The same on one line, for a person; "none" where nothing is given. */
export function parameterText(parameter: Parameter, value: GivenValue): string {
  if (typeof value === 'object' && Object.keys(value).length === 0) return 'none';
  const { flow, entries } = parameterYaml(parameter, value);
  return flow ?? `${entries.length} of them`;
}
