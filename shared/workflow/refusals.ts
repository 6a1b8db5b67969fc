// Everything for which a due run is refused before anything is traded: a closed list, in the order in which it
// is asked. The first that matches wins and is written into the run record.
import type { DenialCode } from '../core/risk/denial.ts';

export const REFUSAL_CODES = [
  /** The file wants orders in an auction, and the broker has none for this account. */
  'auction-not-offered',
  /** The event came too late (or the clock is wrong): a stale decision must not trade. */
  'outside-window',
  /** The kill switch is on. */
  'kill-switch',
  /** Another run of this portfolio is under way. */
  'run-in-progress',
  /** A sleeve lacks the verdict, or the policy check, without which nothing trades real money; nobody overrides it by name. */
  'live-without-verdict',
  /** Our calendar and the broker's differ on this session or its settlement days. */
  'calendar-disagrees',
  /** The account number in the portfolio file is not the broker's. */
  'account-mismatch',
  /** Orders that this run did not make are open in its symbols. */
  'open-orders',
  /** The account does not hold what the ledger expects, and nothing of ours explains it. */
  'unreconciled',
  /** The broker does not know a symbol of the portfolio. */
  'unknown-symbol',
  /** A symbol has neither a usable quote nor a close. */
  'no-price',
  /** Cash and positions are worth nothing. */
  'no-equity',
  /** The strategy has no answer for this date. */
  'undefined-data',
  /** A strategy's positions, long and short, are more than its capital: an error of the strategy, for nothing is borrowed. */
  'leveraged-decision',
  /** The targets hold a short position that the file, the account or the asset does not allow; or one is held that no sleeve names. */
  'short-not-allowed',
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number] | DenialCode;

export interface Refusal {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  readonly detail: string;
}

export function refused(code: RefusalCode, detail: string): Refusal {
  return { kind: 'refused', code, detail };
}
