// The artifacts of a run, a chain in which each names the hash of the one before it: what was seen, what was
// decided, what was planned, what the risk review said, and what it came to.
import * as z from 'zod';
import type { Outcome } from '../core/ledger/outcome.ts';
import { ASSET_CLASSES } from '../core/market/asset-calendar.ts';
import type { Quote } from '../core/market/quote.ts';
import type { CashSettlement } from '../core/portfolio/cash-settlement.ts';
import type { Account, Position } from '../core/portfolio/portfolio.ts';
import { type RebalancePlan, SKIP_CODES, type Trade } from '../core/rebalance/plan.ts';
import type { BreakerView } from '../core/risk/breaker.ts';
import { DENIAL_CODES, type RiskReview } from '../core/risk/denial.ts';
import type { Today } from '../core/risk/facts.ts';
import { REMARK_CODES, type Remark } from '../core/risk/remarks.ts';
import type { Stress, StressScenario } from '../core/risk/stress.ts';
import type { History } from '../core/strategy/history.ts';
import type { StrategyState } from '../core/strategy/state.ts';
import { TURNS } from '../core/strategy/turn.ts';
import type { TargetWeights } from '../core/strategy/weights.ts';
import type { ContentHash } from '../core/values/identity.ts';
import { canonicalJson, contentHash } from './canonical-json.ts';
import {
  breakerLevel,
  contentHashText,
  figures,
  instantText,
  newYorkDateText,
  percentText,
  runIdText,
  sharesText,
  shortPosition,
  side,
  usdText,
} from './codecs.ts';
import { closedOrder, residual, settledMoney } from './execution-state.ts';
import { exitState, exitsBySleeve } from './exit-records.ts';

const account: z.ZodType<Account> = z.strictObject({
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

const position: z.ZodType<Position> = z.strictObject({ symbol: z.string(), quantity: sharesText, available: sharesText });
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

const targets: z.ZodType<TargetWeights> = z.strictObject({
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
const states = z.record(z.string(), strategyState);

const line = z.strictObject({
  symbol: z.string(),
  value: usdText,
  weight: percentText,
  target: percentText,
  drift: percentText,
  isInside: z.boolean(),
});
const skipped = z.strictObject({ symbol: z.string(), code: z.enum(SKIP_CODES), figures });

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

/** Everything that the decision was made of. */
const snapshot = z.strictObject({
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
  /** Standard deviation of the daily returns, by symbol, where it is known: it decides how long orders wait. */
  volatilities: z.record(z.string(), percentText).exactOptional(),
  /** What earlier decisions of the portfolio left, where its strategies remember anything. */
  priorStates: states.exactOptional(),
  /** What the risk review looks at beside the rest; absent in records of releases whose review looked at less. */
  risk: z.strictObject({ today, breaker: breakerView, history: history.exactOptional() }).exactOptional(),
});

/** A candidate without data, whose share went to others. */
const leftOut = z.strictObject({
  sleeve: z.string(),
  symbol: z.string(),
  metric: z.string(),
  why: z.enum(['undefined', 'zero']),
  dataOf: z.string().nullable(),
});

const decision = z.strictObject({
  kind: z.literal('decision'),
  previous: contentHashText,
  result: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('weights'),
      targets,
      leftOut: z.array(leftOut),
      /** What the next decision goes on from; absent in records of releases whose strategies remembered nothing. */
      states: states.exactOptional(),
      /** By sleeve: why it took its new weights, or that it held; absent in records of releases that never held. */
      turns: z.record(z.string(), z.enum(TURNS)).exactOptional(),
      /** By sleeve: positions that a protective exit ends; absent where there are none. */
      exits: exitsBySleeve.exactOptional(),
    }),
    z.strictObject({ kind: z.literal('leveraged'), sleeve: z.string(), gross: percentText }),
    z.strictObject({ kind: z.literal('undefined'), sleeve: z.string(), symbol: z.string(), metric: z.string(), detail: z.string() }),
  ]),
});

const trade: z.ZodType<Trade> = z.strictObject({
  symbol: z.string(),
  side,
  position: shortPosition.exactOptional(),
  quantity: sharesText,
  arrival: usdText,
  notional: usdText,
});

const rebalancePlan: z.ZodType<RebalancePlan> = z.strictObject({
  equity: usdText,
  isTriggered: z.boolean(),
  lines: z.array(line),
  trades: z.array(trade),
  skipped: z.array(skipped),
  cashBefore: usdText,
  proceedsAtLeast: usdText,
  costAtMost: usdText,
  coversAtMost: usdText.exactOptional(),
  settled: settledMoney.exactOptional(),
  deposit: usdText.exactOptional(),
});

const plan = z.strictObject({
  kind: z.literal('plan'),
  previous: contentHashText,
  band: z.strictObject({ absolute: percentText.exactOptional(), relative: percentText.exactOptional() }),
  /** Traded inside the band too; absent where the band decided. */
  isForced: z.literal(true).exactOptional(),
  plan: rebalancePlan,
});

const riskReview: z.ZodType<RiskReview> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('approved') }),
  z.strictObject({ kind: z.literal('denied'), code: z.enum(DENIAL_CODES), figures }),
]);

const stressScenario: z.ZodType<StressScenario> = z.strictObject({ loss: percentText, on: newYorkDateText.exactOptional() });
const stress: z.ZodType<Stress> = z.strictObject({
  returns: z.number(),
  day: stressScenario.exactOptional(),
  week: stressScenario.exactOptional(),
  shock: stressScenario,
  correlated: stressScenario.exactOptional(),
});
const remark: z.ZodType<Remark> = z.strictObject({ code: z.enum(REMARK_CODES), figures });

const review = z.strictObject({
  kind: z.literal('review'),
  previous: contentHashText,
  review: riskReview,
  /** What the targets would lose; this and the remarks are absent in records of releases that did not look. */
  stress: stress.exactOptional(),
  remarks: z.array(remark).exactOptional(),
});

const runOutcome: z.ZodType<Outcome> = z.strictObject({
  trades: z.array(
    z.strictObject({
      symbol: z.string(),
      side,
      position: shortPosition.exactOptional(),
      quantity: sharesText,
      filledQuantity: sharesText,
      arrival: usdText,
      executionShortfall: usdText,
      shortfall: z
        .strictObject({ delay: usdText, execution: usdText, opportunity: usdText.exactOptional(), fees: usdText.exactOptional() })
        .exactOptional(),
      orders: z.array(closedOrder),
      residual: residual.exactOptional(),
    }),
  ),
  lines: z.array(line),
  unexplained: z.array(z.string()),
});

const outcome = z.strictObject({
  kind: z.literal('outcome'),
  previous: contentHashText,
  account,
  positions: z.array(position),
  outcome: runOutcome,
});

const schemas = { snapshot, decision, plan, review, outcome } as const;

export type Snapshot = z.output<typeof snapshot>;
export type Decision = z.output<typeof decision>;
export type PlanArtifact = z.output<typeof plan>;
export type ReviewArtifact = z.output<typeof review>;
export type OutcomeArtifact = z.output<typeof outcome>;
export type ArtifactOf = { snapshot: Snapshot; decision: Decision; plan: PlanArtifact; review: ReviewArtifact; outcome: OutcomeArtifact };
export type Artifact = ArtifactOf[keyof ArtifactOf];

/** An artifact's canonical text and the hash by which it is known. */
export function sealArtifact(artifact: Artifact): { readonly hash: ContentHash; readonly text: string } {
  const schema: z.ZodType<Artifact> = schemas[artifact.kind];
  const text = canonicalJson(z.encode(schema, artifact));
  return { hash: contentHash(text), text };
}

/**
 * @throws Error when the text is not an artifact of this kind: a stored artifact is never half understood.
 */
export function openArtifact<Kind extends keyof ArtifactOf>(kind: Kind, text: string): ArtifactOf[Kind] {
  const parsed = z.safeDecode<z.ZodType>(schemas[kind], parseJson(kind, text));
  if (!parsed.success) throw new Error(`stored ${kind} is not whole: ${z.prettifyError(parsed.error)}`);
  return parsed.data as ArtifactOf[Kind];
}

function parseJson(kind: keyof ArtifactOf, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`stored ${kind} is not JSON`, { cause });
  }
}
