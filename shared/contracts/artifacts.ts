// The artifacts of a run, a chain in which each names the hash of the one before it: what was seen, what was
// decided, what was planned, what the risk review said, and what it came to.
import * as z from 'zod';
import type { Outcome } from '../core/ledger/outcome.ts';
import { type RebalancePlan, SKIP_CODES, type Trade } from '../core/rebalance/plan.ts';
import { DENIAL_CODES, type RiskReview } from '../core/risk/denial.ts';
import { REMARK_CODES, type Remark } from '../core/risk/remarks.ts';
import type { Stress, StressScenario } from '../core/strategy/stress.ts';
import { TURNS } from '../core/strategy/turn.ts';
import type { ContentHash } from '../core/values/identity.ts';
import { canonicalJson, contentHash } from './canonical-json.ts';
import { contentHashText, figures, newYorkDateText, percentText, sharesText, shortPosition, side, usdText } from './codecs.ts';
import { closedOrder, residual, settledMoney } from './execution-state.ts';
import { addsBySleeve, exitsBySleeve } from './exit-records.ts';
import { account, position, snapshot, states, targets } from './snapshot.ts';

const line = z.strictObject({
  symbol: z.string(),
  value: usdText,
  weight: percentText,
  target: percentText,
  drift: percentText,
  isInside: z.boolean(),
});
const skipped = z.strictObject({ symbol: z.string(), code: z.enum(SKIP_CODES), figures });

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
      /** By sleeve: what is added to positions that gain; absent where nothing is. */
      adds: addsBySleeve.exactOptional(),
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
  reason: z.literal('unowned').exactOptional(),
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
