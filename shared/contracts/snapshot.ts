// The snapshot of a run: everything that its decision was made of.
import * as z from 'zod';
import { ASSET_CLASSES } from '../core/market/asset-calendar.ts';
import type { Quote } from '../core/market/quote.ts';
import type { CashSettlement } from '../core/portfolio/cash-settlement.ts';
import type { Account, Position, UnownedPosition } from '../core/portfolio/portfolio.ts';
import type { BreakerView } from '../core/risk/breaker.ts';
import type { Today } from '../core/risk/facts.ts';
import type { History } from '../core/strategy/history.ts';
import type { StrategyState } from '../core/strategy/state.ts';
import type { TargetWeights } from '../core/strategy/weights.ts';
import {
  breakerLevel,
  contentHashText,
  instantText,
  newYorkDateText,
  percentText,
  runIdText,
  sharesText,
  side,
  usdText,
} from './codecs.ts';
import { exitState } from './exit-records.ts';

export const account: z.ZodType<Account> = z.strictObject({
  accountNumber: z.string(),
  equity: usdText,
  cash: usdText,
  buyingPower: usdText,
  isBlocked: z.boolean(),
  restrictions: z.array(z.string()).exactOptional(),
  lastEquity: usdText.exactOptional(),
  canShort: z.boolean().exactOptional(),
  multiplier: z.number().exactOptional(),
  shortValue: usdText.exactOptional(),
});

export const position: z.ZodType<Position> = z.strictObject({ symbol: z.string(), quantity: sharesText, available: sharesText });
const quote: z.ZodType<Quote> = z.strictObject({ symbol: z.string(), bid: usdText, ask: usdText, at: instantText });

/** null where a bar has none. */
const barField = z.array(z.number().nullable());
/** What is not said of an asset is not allowed: snapshots of earlier releases say nothing of short sales. */
const asset = z.strictObject({
  symbol: z.string(),
  isTradable: z.boolean(),
  isFractionable: z.boolean(),
  isShortable: z.boolean().exactOptional(),
  isEasyToBorrow: z.boolean().exactOptional(),
  class: z.literal('other').exactOptional(),
});

const history: z.ZodType<History> = z.strictObject({
  anchor: newYorkDateText,
  calendar: z.enum(ASSET_CLASSES).exactOptional(),
  columns: z.array(
    z.strictObject({
      symbol: z.string(),
      dates: z.array(newYorkDateText),
      closes: z.array(z.number()),
      highs: barField.exactOptional(),
      lows: barField.exactOptional(),
      volumes: barField.exactOptional(),
    }),
  ),
});

export const targets: z.ZodType<TargetWeights> = z.strictObject({
  weights: z.array(z.strictObject({ symbol: z.string(), weight: percentText })),
  cash: percentText,
});

const strategyState: z.ZodType<StrategyState> = z.strictObject({
  anchor: newYorkDateText,
  asOf: newYorkDateText,
  memories: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.number()))),
  quoted: z.record(z.string(), z.strictObject({ mid: z.number(), before: z.number() })).exactOptional(),
  rebalanced: z.strictObject({ on: newYorkDateText, targets, branches: z.string(), strategy: z.string() }).exactOptional(),
  exits: exitState.exactOptional(),
});

/** By sleeve. */
export const states = z.record(z.string(), strategyState);

/** What the ledger expected and what the account held: the same, or there would be no snapshot. */
const reconciliation = z.strictObject({
  version: z.number().int().positive(),
  head: contentHashText,
  lines: z.array(z.strictObject({ symbol: z.string(), expected: sharesText, found: sharesText })),
});

const today: z.ZodType<Today> = z.strictObject({
  traded: usdText,
  orders: z.number(),
  worked: z.array(z.strictObject({ symbol: z.string(), side, isFilled: z.boolean(), at: instantText })),
  dayTrades: z.number(),
});

const breakerView: z.ZodType<BreakerView> = z.strictObject({
  level: breakerLevel,
  mark: usdText,
  dayOpen: usdText.exactOptional(),
  equity: usdText,
  drawdown: percentText,
  dayLoss: percentText,
});

/** How much of the cash has arrived, where that decides what may be spent and sold. */
const settlement: z.ZodType<CashSettlement> = z.strictObject({
  rule: z.enum(['settled-only', 'allow-unsettled']),
  settledCash: usdText,
  unsettledCash: usdText,
  locked: z.array(z.strictObject({ symbol: z.string(), quantity: sharesText })),
});

const unowned: z.ZodType<UnownedPosition> = z.strictObject({
  symbol: z.string(),
  kept: z.enum(['not-understood', 'not-tradable', 'quantity-held']).exactOptional(),
});

/** By sleeve the signed document that cleared it, by the hash of its text; or who let it trade without, and why. */
const clearance = z.strictObject({
  documents: z.record(z.string(), contentHashText),
  override: z.strictObject({ by: z.string(), reason: z.string() }).exactOptional(),
});

/** Everything that the decision was made of. */
export const snapshot = z.strictObject({
  kind: z.literal('snapshot'),
  runId: runIdText,
  asOf: instantText,
  /** The text of the portfolio file: a replay parses it again. */
  portfolioFile: z.string(),
  account,
  positions: z.array(position),
  quotes: z.array(quote),
  assets: z.array(asset),
  /** The last session whose close the strategy may look at. */
  historyAsOf: newYorkDateText,
  history,
  /** The ledger that the positions were held against; absent in records of releases that kept none. */
  reconciliation: reconciliation.exactOptional(),
  /** Absent where the broker's buying power alone decides. */
  settlement: settlement.exactOptional(),
  /** Deposits that no run has bought with yet. */
  uninvested: usdText.exactOptional(),
  /** What no sleeve names, where the file says that it is sold. */
  unowned: z.array(unowned).exactOptional(),
  /** Standard deviation of the daily returns, by symbol, where it is known: it decides how long orders wait. */
  volatilities: z.record(z.string(), percentText).exactOptional(),
  /** Of a live run: what let it trade. */
  clearance: clearance.exactOptional(),
  /** What earlier decisions of the portfolio left, where its strategies remember anything. */
  priorStates: states.exactOptional(),
  /** What the risk review looks at beside the rest; absent in records of releases whose review looked at less. */
  risk: z.strictObject({ today, breaker: breakerView, history: history.exactOptional() }).exactOptional(),
});
