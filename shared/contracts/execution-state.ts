// The execution state as it is written into the run record.
import * as z from 'zod';
import { RESIDUAL_CODES } from '../core/execution/leg.ts';
import { ORDER_STATUSES } from '../core/execution/order.ts';
import { SLICING_CODES } from '../core/execution/slicing.ts';
import type { ExecutionState } from '../core/execution/state.ts';
import type { SettledMoney } from '../core/rebalance/plan.ts';
import type { SubmissionGuard } from '../core/risk/submission-guard.ts';
import {
  breakerLevel,
  clientOrderIdText,
  figures,
  instantText,
  percentText,
  runIdText,
  sharesText,
  shortPosition,
  side,
  usdText,
} from './codecs.ts';

const count = z.number().int().nonnegative();

const intent = z.strictObject({
  clientOrderId: clientOrderIdText,
  symbol: z.string(),
  side,
  quantity: sharesText,
  limitPrice: usdText,
  timeInForce: z.enum(['day', 'ioc', 'cls']),
});

export const residual = z.strictObject({ quantity: sharesText, code: z.enum(RESIDUAL_CODES), figures });

export const settledMoney: z.ZodType<SettledMoney> = z.strictObject({ cash: usdText, unsettled: usdText });

export const closedOrder = z.strictObject({
  clientOrderId: clientOrderIdText,
  status: z.enum(ORDER_STATUSES),
  limitPrice: usdText,
  quantity: sharesText,
  filledQuantity: sharesText,
  averageFillPrice: usdText.exactOptional(),
});

const cancelCause = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['next-peg', 'next-slice']) }),
  z.strictObject({ kind: z.literal('residual'), code: z.enum(RESIDUAL_CODES) }),
]);

const stage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('waiting'), peg: count, quoteTries: count }),
  z.strictObject({ kind: z.literal('sending'), intent, peg: count, attempts: count, withoutEffect: count, retryAt: instantText }),
  z.strictObject({ kind: z.literal('working'), intent, peg: count, orderId: z.string(), until: instantText }),
  z.strictObject({ kind: z.literal('canceling'), intent, peg: count, orderId: z.string(), cause: cancelCause }),
  z.strictObject({ kind: z.literal('done'), residual: residual.exactOptional() }),
]);

const slicing = z.strictObject({
  code: z.enum(SLICING_CODES),
  figures,
  slices: z.array(z.strictObject({ from: instantText, quantity: sharesText })).exactOptional(),
});

const leg = z.strictObject({
  symbol: z.string(),
  side,
  position: shortPosition.exactOptional(),
  quantity: sharesText,
  arrival: usdText,
  decision: usdText.exactOptional(),
  entry: usdText.exactOptional(),
  volatility: percentText.exactOptional(),
  slicing: slicing.exactOptional(),
  slice: count.exactOptional(),
  unfunded: sharesText,
  closedOrders: z.array(closedOrder),
  stage,
});

const rules = z.strictObject({
  style: z.enum(['marketable', 'patient']),
  pegsMax: count,
  pegWaitMs: count,
  collarBps: count,
  deadlineBeforeCloseMs: count,
  approvalBpsMax: count.exactOptional(),
  quote: z.strictObject({ quoteAgeMsMax: count, spreadBpsMax: count }),
  slicing: z.strictObject({ slicesMax: count, volumeMax: percentText, participationMax: percentText }).exactOptional(),
  auction: z.literal('close').exactOptional(),
});

const lossLimits = z.strictObject({ caution: percentText, restricted: percentText, stopped: percentText });
const amounts = z.record(z.string(), usdText);

const guard: z.ZodType<SubmissionGuard> = z.strictObject({
  limits: z.strictObject({
    orderNotionalMax: usdText,
    orderSharesMax: sharesText.exactOptional(),
    sessionOrdersMax: count.exactOptional(),
    positionMax: percentText,
    positionMaxOf: z.record(z.string(), percentText).exactOptional(),
    groups: z.array(z.strictObject({ name: z.string(), of: z.array(z.string()), max: percentText })).exactOptional(),
    priceMoveMax: percentText.exactOptional(),
    breaker: z.strictObject({ dayLoss: lossLimits.exactOptional(), drawdown: lossLimits.exactOptional() }).exactOptional(),
  }),
  equity: usdText,
  values: amounts,
  closes: amounts,
  ordersBefore: count,
  buffer: usdText,
  breaker: z.strictObject({ level: breakerLevel, mark: usdText, dayOpen: usdText.exactOptional() }).exactOptional(),
});

export const executionState: z.ZodType<ExecutionState> = z.strictObject({
  runId: runIdText,
  accountNumber: z.string().exactOptional(),
  rules,
  shareUnit: z.enum(['whole', 'fractional']),
  deadline: instantText,
  close: instantText,
  guard: guard.exactOptional(),
  legs: z.array(leg),
  settled: settledMoney.exactOptional(),
});
