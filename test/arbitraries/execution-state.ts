// Any execution state that can be written down, reachable or not.
import fc from 'fast-check';
import {
  type CancelCause,
  type ClosedOrder,
  type Leg,
  type LegStage,
  RESIDUAL_CODES,
  type Residual,
} from '../../shared/core/execution/leg.ts';
import { ORDER_STATUSES, type OrderIntent } from '../../shared/core/execution/order.ts';
import type { ExecutionRules } from '../../shared/core/execution/rules.ts';
import { SLICING_CODES, type Slicing } from '../../shared/core/execution/slicing.ts';
import type { ExecutionState } from '../../shared/core/execution/state.ts';
import type { SettledMoney } from '../../shared/core/rebalance/plan.ts';
import { BREAKER_LEVELS } from '../../shared/core/risk/breaker.ts';
import type { SubmissionGuard } from '../../shared/core/risk/submission-guard.ts';
import {
  anyClientOrderId,
  anyFigures,
  anyInstant,
  anyPrice,
  anyRunId,
  anyShares,
  anySide,
  anySymbol,
  anyUsd,
  anyWeight,
  withOptional,
} from './values.ts';

const count = fc.nat({ max: 1_000_000 });

export const anyResidual: fc.Arbitrary<Residual> = fc.record({
  quantity: anyShares,
  code: fc.constantFrom(...RESIDUAL_CODES),
  figures: anyFigures,
});

export const anyIntent: fc.Arbitrary<OrderIntent> = fc.record({
  clientOrderId: anyClientOrderId,
  symbol: anySymbol,
  side: anySide,
  quantity: anyShares,
  limitPrice: anyPrice,
  timeInForce: fc.constantFrom('day', 'ioc'),
});

export const anyClosedOrder: fc.Arbitrary<ClosedOrder> = withOptional(
  {
    clientOrderId: anyClientOrderId,
    status: fc.constantFrom(...ORDER_STATUSES),
    limitPrice: anyPrice,
    quantity: anyShares,
    filledQuantity: anyShares,
  },
  { averageFillPrice: anyPrice },
);

const anyCause: fc.Arbitrary<CancelCause> = fc.oneof(
  fc.record({ kind: fc.constantFrom('next-peg' as const, 'next-slice' as const) }),
  fc.record({ kind: fc.constant('residual' as const), code: fc.constantFrom(...RESIDUAL_CODES) }),
);

const orderId = fc.uuid();

const anyStage: fc.Arbitrary<LegStage> = fc.oneof(
  fc.record({ kind: fc.constant('waiting' as const), peg: count, quoteTries: count }),
  fc.record({
    kind: fc.constant('sending' as const),
    intent: anyIntent,
    peg: count,
    attempts: count,
    withoutEffect: count,
    retryAt: anyInstant,
  }),
  fc.record({ kind: fc.constant('working' as const), intent: anyIntent, peg: count, orderId, until: anyInstant }),
  fc.record({ kind: fc.constant('canceling' as const), intent: anyIntent, peg: count, orderId, cause: anyCause }),
  withOptional({ kind: fc.constant('done' as const) }, { residual: anyResidual }),
);

const anySlicing: fc.Arbitrary<Slicing> = withOptional(
  { code: fc.constantFrom(...SLICING_CODES), figures: anyFigures },
  { slices: fc.array(fc.record({ from: anyInstant, quantity: anyShares }), { maxLength: 4 }) },
);

export const anyLeg: fc.Arbitrary<Leg> = withOptional(
  {
    symbol: anySymbol,
    side: anySide,
    quantity: anyShares,
    arrival: anyPrice,
    unfunded: anyShares,
    closedOrders: fc.array(anyClosedOrder, { maxLength: 3 }),
    stage: anyStage,
  },
  {
    position: fc.constant('short' as const),
    decision: anyPrice,
    entry: anyPrice,
    volatility: fc.bigInt(0n, 1_000_000n),
    slicing: anySlicing,
    slice: count,
  },
);

const anyRules: fc.Arbitrary<ExecutionRules> = withOptional(
  {
    style: fc.constantFrom('marketable' as const, 'patient' as const),
    pegsMax: count,
    pegWaitMs: count,
    collarBps: count,
    deadlineBeforeCloseMs: count,
    quote: fc.record({ quoteAgeMsMax: count, spreadBpsMax: count }),
  },
  {
    approvalBpsMax: count,
    slicing: fc.record({ slicesMax: count, volumeMax: anyWeight, participationMax: anyWeight }),
    auction: fc.constant('close' as const),
  },
);

const anyLosses = fc.record({ caution: anyWeight, restricted: anyWeight, stopped: anyWeight });
const anyAmounts = fc.dictionary(anySymbol, anyUsd, { maxKeys: 3 });
const anyGuard: fc.Arbitrary<SubmissionGuard> = withOptional(
  {
    limits: withOptional(
      { orderNotionalMax: anyUsd, positionMax: anyWeight },
      {
        orderSharesMax: anyShares,
        sessionOrdersMax: fc.nat(),
        positionMaxOf: fc.dictionary(anySymbol, anyWeight, { maxKeys: 3 }),
        groups: fc.array(fc.record({ name: anySymbol, of: fc.array(anySymbol, { maxLength: 3 }), max: anyWeight }), { maxLength: 2 }),
        priceMoveMax: anyWeight,
        breaker: withOptional({}, { dayLoss: anyLosses, drawdown: anyLosses }),
      },
    ),
    equity: anyUsd,
    values: anyAmounts,
    closes: anyAmounts,
    ordersBefore: fc.nat(),
    buffer: anyUsd,
  },
  { breaker: withOptional({ level: fc.constantFrom(...BREAKER_LEVELS), mark: anyUsd }, { dayOpen: anyUsd }) },
);
export const anySettledMoney: fc.Arbitrary<SettledMoney> = fc.record({ cash: anyUsd, unsettled: anyUsd });

export const anyExecutionState: fc.Arbitrary<ExecutionState> = withOptional(
  {
    runId: anyRunId,
    rules: anyRules,
    shareUnit: fc.constantFrom('whole' as const, 'fractional' as const),
    deadline: anyInstant,
    close: anyInstant,
    legs: fc.array(anyLeg, { maxLength: 4 }),
  },
  { accountNumber: fc.stringMatching(/^[A-Z0-9]{1,12}$/), guard: anyGuard, settled: anySettledMoney },
);
