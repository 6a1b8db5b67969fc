// What a run would come to if it were made now: the way of a run up to its plan and its review, with nothing claimed, written
// or sent. Outside the session it is made of the last closes, and says so.
import type { Decision, PlanArtifact, ReviewArtifact, Snapshot } from '../contracts/artifacts.ts';
import { RUN_RECORD_SCHEMA, type RunRecord } from '../contracts/run-record.ts';
import type { Session } from '../core/market/calendar.ts';
import { closePrice } from '../core/market/close-price.ts';
import { newYorkDate } from '../core/market/new-york-time.ts';
import { nextSession, previousSession, sessionOn } from '../core/market/nyse-calendar.ts';
import type { Quote } from '../core/market/quote.ts';
import type { Schedule } from '../core/market/schedule.ts';
import { runIdOf } from '../core/values/identity.ts';
import { addDays, type EpochMs, type NewYorkDate } from '../core/values/time.ts';
import type { MarketData } from '../ports/market-data.ts';
import type { Notice } from '../ports/notifier.ts';
import type { PortfolioSource } from '../ports/portfolios.ts';
import { clearLive } from './clear-live.ts';
import type { Next } from './evaluate-snapshot.ts';
import { makePlan } from './make-plan.ts';
import { readArtifact } from './read-artifact.ts';
import type { Refusal } from './refusals.ts';
import { refuseStart } from './refuse-start.ts';
import { type LookedAt, withoutEffects } from './without-effects.ts';

export interface Preview {
  readonly asOf: EpochMs;
  /** The session that is on, or the next. */
  readonly session: Session;
  /** `last-closes` while the exchange is closed. */
  readonly prices: 'quotes' | 'last-closes';
  /** Why a run would not even have looked at the market now; the plan is made all the same. */
  readonly notStarted: Refusal | undefined;
  readonly next: Next;
  /** As far as it came. */
  readonly snapshot: Snapshot | undefined;
  readonly decision: Decision | undefined;
  readonly plan: PlanArtifact | undefined;
  readonly review: ReviewArtifact | undefined;
  /** What a run would have told its owner. */
  readonly told: readonly Notice[];
}

/** No schedule of a portfolio is due by this name, so no run is left out of what earlier runs have done. */
const PREVIEW = 'preview';
/** A symbol that has not traded for longer has no price. */
const CLOSE_DAYS = 10;

/** @throws BrokerError, StoreError; RangeError where the calendar ends. */
export async function previewRun(source: PortfolioSource, schedule: Schedule, looked: LookedAt): Promise<Preview> {
  const asOf = looked.clock.now();
  const session = sessionAt(asOf);
  const isOpen = asOf >= session.open;
  const ports = withoutEffects(
    isOpen ? looked : { ...looked, marketData: closesAsQuotes(looked.marketData, previousSession(session.date).date, asOf) },
  );
  const record = recordOf(source.policy.name, session, asOf);
  const cleared = clearLive(source);
  const uncleared = cleared.kind === 'refused' ? cleared : undefined;
  const notStarted = (await refuseStart(record, source.policy, asOf, ports)) ?? uncleared;
  const { artifacts, next } = await makePlan(record, schedule, session, uncleared === undefined ? source : letThrough(source), ports);
  const made: RunRecord = { ...record, artifacts };
  return {
    asOf,
    session,
    prices: isOpen ? 'quotes' : 'last-closes',
    notStarted,
    next,
    snapshot: artifacts.snapshot === undefined ? undefined : await readArtifact(ports.artifacts, made, 'snapshot'),
    decision: artifacts.decision === undefined ? undefined : await readArtifact(ports.artifacts, made, 'decision'),
    plan: artifacts.plan === undefined ? undefined : await readArtifact(ports.artifacts, made, 'plan'),
    review: artifacts.review === undefined ? undefined : await readArtifact(ports.artifacts, made, 'review'),
    told: ports.told,
  };
}

/** Nothing is sent: what it would trade is worth knowing before it may. */
function letThrough(source: PortfolioSource): PortfolioSource {
  const override = { by: 'preview', reason: 'what is looked at is not traded' };
  return { ...source, policy: { ...source.policy, account: { ...source.policy.account, override } } };
}

function sessionAt(at: EpochMs): Session {
  const date = newYorkDate(at);
  const today = sessionOn(date);
  return today !== undefined && at < today.close ? today : nextSession(date);
}

function recordOf(portfolio: string, session: Session, at: EpochMs): RunRecord {
  return {
    schemaVersion: RUN_RECORD_SCHEMA,
    runId: runIdOf({ portfolio, session: session.date, schedule: PREVIEW }),
    version: 1,
    portfolio,
    schedule: PREVIEW,
    session: session.date,
    scheduledTime: at,
    claimedAt: at,
    updatedAt: at,
    artifacts: {},
    phase: { kind: 'claimed' },
  };
}

/** Quotes of a closed market are old and wide: each symbol's last close stands for both sides. */
function closesAsQuotes(marketData: MarketData, last: NewYorkDate, at: EpochMs): MarketData {
  return {
    dailyBars: (symbols, from, to, adjustment) => marketData.dailyBars(symbols, from, to, adjustment),
    latestQuotes: async (symbols) => {
      const series = await marketData.dailyBars(symbols, addDays(last, -CLOSE_DAYS), last, 'split-adjusted');
      return new Map(
        series.flatMap(({ symbol, bars }): [string, Quote][] => {
          const price = closePrice(bars.at(-1)?.close);
          return price === undefined ? [] : [[symbol, { symbol, bid: price, ask: price, at }]];
        }),
      );
    },
  };
}
