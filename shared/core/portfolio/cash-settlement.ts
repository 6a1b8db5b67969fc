// Whether cash may be spent before it is settled: what the owner says, else what kind of account it is. It refuses to know
// what has been traded: which cash is settled, the ledger says.
import type { MicroUsd } from '../values/money.ts';
import type { NanoShares } from '../values/shares.ts';

/**
 * `settled-only`: buys take settled cash and nothing else. `allow-unsettled`: they may take proceeds under way, and what
 * is bought with those is held until they arrive. `broker`: the broker's buying power decides.
 */
export const SETTLEMENT_RULES = ['settled-only', 'allow-unsettled', 'broker'] as const;
export type SettlementRule = (typeof SETTLEMENT_RULES)[number];

export interface LockedShares {
  readonly symbol: string;
  readonly quantity: NanoShares;
}

export interface CashSettlement {
  readonly rule: Exclude<SettlementRule, 'broker'>;
  /** Below zero where proceeds under way are spent already. */
  readonly settledCash: MicroUsd;
  /** Proceeds that count as cash and have not arrived. */
  readonly unsettledCash: MicroUsd;
  /** By symbol: bought while proceeds were under way, so that selling them before those arrive may be a violation. */
  readonly locked: readonly LockedShares[];
}

/**
 * The owner's word, else by the kind of account. With margin, the broker lends until proceeds arrive: its buying power
 * decides. Without it, or where the broker does not say, only settled cash is spent: nothing can be violated then.
 */
export function settlementRuleOf(stated: SettlementRule | undefined, { multiplier }: { readonly multiplier?: number }): SettlementRule {
  if (stated !== undefined) return stated;
  return multiplier !== undefined && multiplier > 1 ? 'broker' : 'settled-only';
}
