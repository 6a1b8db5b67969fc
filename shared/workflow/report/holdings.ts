// What was held after a run: by the account and the lines of its outcome, or of its plan where it traded nothing; beside it what
// the open lots of the same shares cost.
import type { TaxLot } from '../../core/ledger/lots/tax-lot.ts';
import type { Account, Position } from '../../core/portfolio/portfolio.ts';
import type { DriftLine } from '../../core/rebalance/plan.ts';
import type { MicroUsd } from '../../core/values/money.ts';
import type { NanoShares } from '../../core/values/shares.ts';
import type { RunWithArtifacts } from '../read-run.ts';

export interface HeldLine extends DriftLine {
  /** 0 for cash. */
  readonly quantity: NanoShares;
  /** undefined where a lot's cost is not known, or the lots are not the shares that are held. */
  readonly cost: MicroUsd | undefined;
}

export interface Holdings {
  readonly run: RunWithArtifacts;
  readonly account: Account;
  readonly lines: readonly HeldLine[];
}

/** undefined where the run did not come to look at the account. */
export function holdingsAfter(run: RunWithArtifacts, open: readonly TaxLot[]): Holdings | undefined {
  const { snapshot, plan, outcome } = run;
  const account = accountAfter(run);
  const positions = outcome?.positions ?? snapshot?.positions;
  const lines = outcome?.outcome.lines ?? plan?.plan.lines;
  if (account === undefined || positions === undefined || lines === undefined) return undefined;
  return { run, account, lines: lines.map((line) => heldLine(line, positions, open)) };
}

/** As the run saw it last. */
export function accountAfter({ snapshot, outcome }: RunWithArtifacts): Account | undefined {
  return outcome?.account ?? snapshot?.account;
}

function heldLine(line: DriftLine, positions: readonly Position[], open: readonly TaxLot[]): HeldLine {
  const quantity = positions.find(({ symbol }) => symbol === line.symbol)?.quantity ?? 0n;
  const lots = open.filter(({ symbol }) => symbol === line.symbol);
  const signed = lots.map((lot) => ({ sign: lot.side === 'long' ? 1n : -1n, ...lot }));
  const isAll = signed.reduce((sum, lot) => sum + lot.sign * lot.quantity, 0n) === quantity;
  const isKnown = signed.every(({ amount }) => amount !== null);
  const cost = signed.reduce((sum, { sign, amount }) => sum + sign * (amount ?? 0n), 0n);
  return { ...line, quantity, cost: line.symbol !== 'cash' && isAll && isKnown ? cost : undefined };
}
