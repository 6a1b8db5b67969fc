// Any artifact of each kind.
import fc from 'fast-check';
import type { ArtifactOf } from '../../shared/contracts/artifacts.ts';
import type { TradeOutcome } from '../../shared/core/ledger/outcome.ts';
import type { Shortfall } from '../../shared/core/ledger/shortfall.ts';
import type { Account, Position } from '../../shared/core/portfolio/portfolio.ts';
import { type DriftLine, type RebalancePlan, SKIP_CODES, type Trade } from '../../shared/core/rebalance/plan.ts';
import { BREAKER_LEVELS, type BreakerView } from '../../shared/core/risk/breaker.ts';
import { DENIAL_CODES } from '../../shared/core/risk/denial.ts';
import { REMARK_CODES } from '../../shared/core/risk/remarks.ts';
import type { ExitMemory, ExitState } from '../../shared/core/strategy/exits/exit-memory.ts';
import { EXIT_REASONS } from '../../shared/core/strategy/exits/exit-rules.ts';
import type { Add } from '../../shared/core/strategy/exits/tiers.ts';
import type { StrategyState } from '../../shared/core/strategy/state.ts';
import type { Stress } from '../../shared/core/strategy/stress.ts';
import { TURNS } from '../../shared/core/strategy/turn.ts';
import type { TargetWeights } from '../../shared/core/strategy/weights.ts';
import { anyClosedOrder, anyResidual, anySettledMoney } from './execution-state.ts';
import {
  anyDate,
  anyDrift,
  anyFigures,
  anyHash,
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

function few<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value[]> {
  return fc.array(arbitrary, { maxLength: 3 });
}

const anyText = fc.string({ unit: 'grapheme', maxLength: 30 });
const anyAccount: fc.Arbitrary<Account> = withOptional(
  { accountNumber: anyText, equity: anyUsd, cash: anyUsd, buyingPower: anyUsd, isBlocked: fc.boolean() },
  { restrictions: few(anyText), lastEquity: anyUsd, canShort: fc.boolean(), multiplier: fc.constantFrom(1, 2, 4), shortValue: anyUsd },
);
const anyPositionSide = { position: fc.constant('short' as const) };
const anyPosition: fc.Arbitrary<Position> = fc.record({ symbol: anySymbol, quantity: anyShares, available: anyShares });
const anyTargets: fc.Arbitrary<TargetWeights> = fc.record({
  weights: few(fc.record({ symbol: anySymbol, weight: anyDrift })),
  cash: anyDrift,
});
const anyName = fc.constantFrom('core', 'calm', 'trend');
const anyEntered = {
  side: fc.constantFrom('long' as const, 'short' as const),
  entered: anyDate,
  entry: fc.integer({ min: 1 }),
  best: fc.integer({ min: 1 }),
  sessions: fc.nat(),
};
const anyTouched = { ...anyEntered, by: fc.constantFrom(...EXIT_REASONS), touched: anyDate, close: fc.integer({ min: 1 }) };
const anyExitMemory: fc.Arbitrary<ExitMemory> = fc.oneof(
  fc.record({ kind: fc.constant('awaited' as const), side: anyEntered.side, since: anyDate }),
  withOptional(
    {
      kind: fc.constant('held' as const),
      ...anyEntered,
      seen: anyDate,
      reference: fc.record({ on: anyDate, close: fc.integer({ min: 1 }) }),
    },
    { tranches: few(fc.record({ weight: anyWeight, close: fc.integer({ min: 1 }) })), stop: fc.integer({ min: 1 }) },
  ),
  fc.record({ kind: fc.constant('out' as const), ...anyTouched, session: anyDate }),
);
const anyAdd: fc.Arbitrary<Add> = fc.record({
  symbol: anySymbol,
  tier: fc.integer({ min: 1, max: 4 }),
  weight: anyWeight,
  close: fc.integer({ min: 1 }),
  stop: fc.integer({ min: 1 }),
});
const anyExitState: fc.Arbitrary<ExitState> = fc.record({
  asOf: anyDate,
  strategy: anyText,
  symbols: fc.dictionary(anySymbol, anyExitMemory, { maxKeys: 3 }),
});
const anyState: fc.Arbitrary<StrategyState> = withOptional(
  {
    anchor: anyDate,
    asOf: anyDate,
    memories: fc.dictionary(anyName, fc.dictionary(anyName, fc.dictionary(anyName, fc.integer(), { maxKeys: 2 }), { maxKeys: 2 }), {
      maxKeys: 2,
    }),
  },
  {
    quoted: fc.dictionary(anySymbol, fc.record({ mid: fc.integer(), before: fc.integer() }), { maxKeys: 2 }),
    rebalanced: fc.record({ on: anyDate, targets: anyTargets, branches: anyText, strategy: anyText }),
    exits: anyExitState,
  },
);
const anyLine: fc.Arbitrary<DriftLine> = fc.record({
  symbol: anySymbol,
  value: anyUsd,
  weight: anyDrift,
  target: anyWeight,
  drift: anyDrift,
  isInside: fc.boolean(),
});
function anyField(length: number): fc.Arbitrary<(number | null)[]> {
  return fc.array(fc.option(fc.double({ min: 0, max: 1e6, noNaN: true, noDefaultInfinity: true })), {
    minLength: length,
    maxLength: length,
  });
}

const anyTrade: fc.Arbitrary<Trade> = withOptional(
  { symbol: anySymbol, side: anySide, quantity: anyShares, arrival: anyPrice, notional: anyUsd },
  { ...anyPositionSide, reason: fc.constant('unowned' as const) },
);
const anyColumn = fc
  .array(fc.tuple(anyDate, fc.double({ min: 0.01, max: 1e6, noNaN: true })), { maxLength: 4 })
  .chain((rows) =>
    withOptional(
      { symbol: anySymbol, dates: fc.constant(rows.map(([date]) => date)), closes: fc.constant(rows.map(([, close]) => close)) },
      { highs: anyField(rows.length), lows: anyField(rows.length), volumes: anyField(rows.length) },
    ),
  );
const anyPlan: fc.Arbitrary<RebalancePlan> = withOptional(
  {
    equity: anyUsd,
    isTriggered: fc.boolean(),
    lines: few(anyLine),
    trades: few(anyTrade),
    skipped: few(fc.record({ symbol: anySymbol, code: fc.constantFrom(...SKIP_CODES), figures: anyFigures })),
    cashBefore: anyUsd,
    proceedsAtLeast: anyUsd,
    costAtMost: anyUsd,
  },
  { coversAtMost: anyUsd, settled: anySettledMoney, deposit: anyUsd },
);
const anyShortfall: fc.Arbitrary<Shortfall> = withOptional({ delay: anyUsd, execution: anyUsd }, { opportunity: anyUsd, fees: anyUsd });
const anyTradeOutcome: fc.Arbitrary<TradeOutcome> = withOptional(
  {
    symbol: anySymbol,
    side: anySide,
    quantity: anyShares,
    filledQuantity: anyShares,
    arrival: anyPrice,
    executionShortfall: anyUsd,
    orders: few(anyClosedOrder),
  },
  { residual: anyResidual, shortfall: anyShortfall, ...anyPositionSide },
);

const anyHistory = fc.record({ anchor: anyDate, columns: few(anyColumn) });
const anyToday = fc.record({
  traded: anyUsd,
  orders: fc.nat(),
  worked: few(fc.record({ symbol: anySymbol, side: anySide, isFilled: fc.boolean(), at: anyInstant })),
  dayTrades: fc.nat(),
});
const anyBreakerView: fc.Arbitrary<BreakerView> = withOptional(
  { level: fc.constantFrom(...BREAKER_LEVELS), mark: anyUsd, equity: anyUsd, drawdown: anyWeight, dayLoss: anyWeight },
  { dayOpen: anyUsd },
);
const anyScenario = withOptional({ loss: anyWeight }, { on: anyDate });
const anyStress: fc.Arbitrary<Stress> = withOptional(
  { returns: fc.nat(), shock: anyScenario },
  { day: anyScenario, week: anyScenario, correlated: anyScenario },
);

export const anyArtifact: { readonly [Kind in keyof ArtifactOf]: fc.Arbitrary<ArtifactOf[Kind]> } = {
  snapshot: withOptional(
    {
      kind: fc.constant('snapshot' as const),
      runId: anyRunId,
      asOf: anyInstant,
      portfolioFile: anyText,
      account: anyAccount,
      positions: few(anyPosition),
      quotes: few(fc.record({ symbol: anySymbol, bid: anyUsd, ask: anyUsd, at: anyInstant })),
      assets: few(
        withOptional(
          { symbol: anySymbol, isTradable: fc.boolean(), isFractionable: fc.boolean() },
          { isShortable: fc.boolean(), isEasyToBorrow: fc.boolean() },
        ),
      ),
      historyAsOf: anyDate,
      history: anyHistory,
    },
    {
      volatilities: fc.dictionary(anySymbol, anyWeight, { maxKeys: 3 }),
      risk: withOptional({ today: anyToday, breaker: anyBreakerView }, { history: anyHistory }),
      uninvested: anyUsd,
      unowned: few(withOptional({ symbol: anySymbol }, { kept: fc.constantFrom('not-understood', 'not-tradable', 'quantity-held') })),
      settlement: fc.record({
        rule: fc.constantFrom('settled-only', 'allow-unsettled'),
        settledCash: anyUsd,
        unsettledCash: anyUsd,
        locked: few(fc.record({ symbol: anySymbol, quantity: anyShares })),
      }),
    },
  ),
  decision: fc.record({
    kind: fc.constant('decision'),
    previous: anyHash,
    result: fc.oneof(
      withOptional(
        {
          kind: fc.constant('weights' as const),
          targets: anyTargets,
          leftOut: fc.array(
            fc.record({
              sleeve: anyText,
              symbol: anySymbol,
              metric: anyText,
              why: fc.constantFrom('undefined' as const, 'zero' as const),
              dataOf: fc.option(anySymbol),
            }),
          ),
        },
        {
          states: fc.dictionary(anyName, anyState, { maxKeys: 2 }),
          turns: fc.dictionary(anyName, fc.constantFrom(...TURNS), { maxKeys: 2 }),
          exits: fc.dictionary(anyName, few(fc.record({ symbol: anySymbol, ...anyTouched })), { maxKeys: 2 }),
          adds: fc.dictionary(anyName, few(anyAdd), { maxKeys: 2 }),
        },
      ),
      fc.record({ kind: fc.constant('leveraged' as const), sleeve: anyText, gross: anyWeight }),
      fc.record({ kind: fc.constant('undefined' as const), sleeve: anyText, symbol: anySymbol, metric: anyText, detail: anyText }),
    ),
  }),
  plan: fc.record({
    kind: fc.constant('plan'),
    previous: anyHash,
    band: withOptional({}, { absolute: anyWeight, relative: anyWeight }),
    plan: anyPlan,
  }),
  review: withOptional(
    {
      kind: fc.constant('review' as const),
      previous: anyHash,
      review: fc.oneof(
        fc.record({ kind: fc.constant('approved' as const) }),
        fc.record({ kind: fc.constant('denied' as const), code: fc.constantFrom(...DENIAL_CODES), figures: anyFigures }),
      ),
    },
    { stress: anyStress, remarks: few(fc.record({ code: fc.constantFrom(...REMARK_CODES), figures: anyFigures })) },
  ),
  outcome: fc.record({
    kind: fc.constant('outcome'),
    previous: anyHash,
    account: anyAccount,
    positions: few(anyPosition),
    outcome: fc.record({ trades: few(anyTradeOutcome), lines: few(anyLine), unexplained: few(anySymbol) }),
  }),
};
