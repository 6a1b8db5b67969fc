// What happens in a simulated day that anybody who watches can hold against a law, one thing at a time.
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import type { Order, OrderIntent } from '../../shared/core/execution/order.ts';
import type { Quote } from '../../shared/core/market/quote.ts';
import type { MicroUsd } from '../../shared/core/values/money.ts';
import type { NanoShares } from '../../shared/core/values/shares.ts';
import type { Process } from './wire.ts';

export type Step =
  /** A record is on the books, claimed or saved. */
  | { readonly kind: 'stored'; readonly process: Process; readonly record: RunRecord }
  /** A process was told what these symbols are quoted at; those that it was not told of are absent. */
  | { readonly kind: 'quoted'; readonly process: Process; readonly asked: readonly string[]; readonly quotes: ReadonlyMap<string, Quote> }
  | { readonly kind: 'calendar-lied'; readonly process: Process }
  /** A process was told how the account stands. */
  | {
      readonly kind: 'account-told';
      readonly process: Process;
      readonly number: string;
      readonly isBlocked: boolean;
      readonly equity: MicroUsd;
    }
  | { readonly kind: 'positions-told'; readonly process: Process; readonly held: ReadonlyMap<string, NanoShares> }
  /** A process was told of the open orders; these are none of ours. */
  | { readonly kind: 'orders-told'; readonly process: Process; readonly others: readonly Order[] }
  | { readonly kind: 'sent'; readonly process: Process; readonly intent: OrderIntent }
  | { readonly kind: 'filled'; readonly symbol: string };
