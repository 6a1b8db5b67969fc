// Paper runs as they are recorded, of which a test states only what matters. Each bought ten shares at 100 dollars.
import type { PaperRun } from '../../../research/policy/paper-runs.ts';
import type { Ending } from '../../../shared/contracts/run-record.ts';
import type { Leg } from '../../../shared/core/execution/leg.ts';
import type { Outcome } from '../../../shared/core/ledger/outcome.ts';
import { shortfallOf } from '../../../shared/core/ledger/shortfall.ts';
import { usd } from '../../../shared/core/values/money.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import type { NewYorkDate } from '../../../shared/core/values/time.ts';
import { aFilledOrder, aLeg, anExecutionState } from '../../builders/execution.ts';
import { aRunRecord, DUE_AT } from '../../contract/run-record-builder.ts';

export const endedAs = (kind: Ending['kind'], code?: string): Ending => ({
  kind,
  detail: '',
  at: DUE_AT,
  ...(code === undefined ? {} : { code }),
});

/** @param paid the average price of its fill. @param of what is asked, ten shares or more. */
export function aPaperRun(
  session: NewYorkDate,
  { paid = '100.01', of = '10', end = '101' } = {},
): PaperRun & { readonly outcome: Outcome } {
  const leg: Leg = aLeg({ quantity: shares(of), entry: usd('100'), closedOrders: [aFilledOrder('10', paid)] });
  const execution = anExecutionState([leg]);
  const shortfall = shortfallOf(leg, usd(end), '2026-11-20');
  const { symbol, side, quantity, arrival, closedOrders: orders } = leg;
  return {
    record: aRunRecord({ session, phase: { kind: 'ended', ending: endedAs('completed'), execution } }),
    parity: { kind: 'compared', targets: undefined, orders: undefined, samples: [], trades: [aTradeOf(1_000)] },
    outcome: {
      trades: [{ symbol, side, quantity, filledQuantity: shares('10'), arrival, executionShortfall: 0n, shortfall, orders }],
      lines: [],
      unexplained: [],
    },
  };
}

/** A run that decided, and had nothing to trade. */
export function anIdleRun(session: NewYorkDate): PaperRun {
  return {
    record: aRunRecord({ session, phase: { kind: 'ended', ending: endedAs('nothing-to-trade') } }),
    parity: { kind: 'compared', targets: undefined, orders: undefined, samples: [], trades: [] },
  };
}

export function aRefusedRun(session: NewYorkDate, code: string): PaperRun {
  return {
    record: aRunRecord({ session, phase: { kind: 'ended', ending: endedAs('refused', code) } }),
    parity: { kind: 'not-compared', why: 'no-snapshot' },
  };
}

function aTradeOf(notional: number) {
  const nothing = { timing: 0, spread: 0, impact: 0, fees: 0, rounding: 0, unfilled: 0 };
  return { symbol: 'SPY', side: 'buy', notional, ...nothing } as const;
}
