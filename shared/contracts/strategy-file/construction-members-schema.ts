// The list of a construction as a strategy file writes it: symbols, and strategies with a name by which limits and views call them.
//
//   of: [SPY, { name: trend, of: <tree> }]
import * as z from 'zod';
import type { Named } from '../../core/strategy/tree.ts';
import { mapping } from '../mapping.ts';
import { memberName } from '../name.ts';
import { STRATEGY_SYMBOL } from './symbol.ts';
import type { WrittenTree } from './written-tree.ts';

const MEMBER = 'a symbol such as SPY, or a strategy with a name such as { name: trend, of: SPY }';

export type Member = string | { readonly name: string; readonly of: WrittenTree };

/** @param least how many there are at least. */
export function membersList(least: number, error: string, distinct: string, child: z.ZodType<WrittenTree>): z.ZodType<readonly Member[]> {
  const member = z.union(
    [z.string({ error: MEMBER }).regex(STRATEGY_SYMBOL, { error: MEMBER }), mapping({ name: memberName, of: child })],
    {
      error: MEMBER,
    },
  );
  return z
    .array(member, { error })
    .min(least, { error })
    .refine((members) => new Set(members.map(wordOf)).size === members.length, { error: distinct });
}

/** What a list that is written so gives a rule, and the strategies that its names stand for. */
export function namedIn(members: readonly Member[]): {
  readonly of: readonly string[];
  readonly strategies: readonly Named<WrittenTree>[];
} {
  return {
    of: members.map(wordOf),
    strategies: members.flatMap((member) => (typeof member === 'string' ? [] : [{ name: member.name, child: member.of }])),
  };
}

function wordOf(member: Member): string {
  return typeof member === 'string' ? member : member.name;
}
