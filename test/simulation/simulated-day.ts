// One trading day of one portfolio, from the schedule's event to the last order that may still come late.
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import type { FillActivity } from '../../shared/core/ledger/activity.ts';
import type { RebalancePlan } from '../../shared/core/rebalance/plan.ts';
import { DEFAULT_OPTIONS } from '../../shared/core/strategy/options.ts';
import type { RebalanceRule } from '../../shared/core/strategy/tree.ts';
import type { Turn } from '../../shared/core/strategy/turn.ts';
import type { TargetWeights } from '../../shared/core/strategy/weights.ts';
import { type RunId, runIdOf, type Side } from '../../shared/core/values/identity.ts';
import { type MicroUsd, usd } from '../../shared/core/values/money.ts';
import { larger } from '../../shared/core/values/rounding.ts';
import { NANOS_PER_SHARE, type NanoShares, notional, shares, sharesFor, truncateShares } from '../../shared/core/values/shares.ts';
import { type EpochMs, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/core/values/time.ts';
import { type Ppm, partOf, percent, WHOLE } from '../../shared/core/values/weight.ts';
import { OutsideError } from '../../shared/ports/outside-error.ts';
import { approveRun } from '../../shared/workflow/approve-run.ts';
import { advanceRun, UnresolvedRun } from '../../shared/workflow/execution-run.ts';
import { readArtifact } from '../../shared/workflow/read-artifact.ts';
import { runSignal } from '../../shared/workflow/signal-run.ts';
import type { RunPorts } from '../../shared/workflow/world.ts';
import { EVERY_RUN } from '../builders/strategy.ts';
import { Chance } from './chance.ts';
import { type DayParts, DayStores, portsOf } from './day-ports.ts';
import type { FaultKind } from './fault-kinds.ts';
import { drawFaults, type Faults, type SwitchFault } from './faults.ts';
import { type BrokerStart, FaultyBroker } from './faulty-broker.ts';
import { type Focus, focusFaults, focusOf, focusPolicy } from './focus.ts';
import { scheduleInterventions } from './interventions.ts';
import { Market } from './market.ts';
import { StepLaws } from './step-laws.ts';
import type { Step } from './steps.ts';
import { Timeline } from './timeline.ts';
import { withUnowned } from './unowned.ts';
import { Process, Wire } from './wire.ts';
import { Witness } from './witness.ts';
import { WorstMoment, type WorstMomentFault } from './worst-moment.ts';
import { drawYesterday, ruleOf, storeYesterday, type Yesterday } from './yesterday.ts';

const SESSION = '2026-11-20';
/** 16:00 in New York. */
const CLOSE = Date.UTC(2026, 10, 20, 21);
export const DUE = CLOSE - 25 * MINUTE_MS;
/** No sound run needs as many: one turn every second, from the event to a quarter of an hour after the close. */
const TURNS_MAX = 2_400;
const SYMBOLS = ['AAA', 'BBB', 'CCC', 'DDD', 'EEE'];
const WEIGHTS: ReadonlyMap<string, Ppm> = new Map([
  ['AAA', percent('35%')],
  ['BBB', percent('25%')],
  ['CCC', percent('20%')],
  ['DDD', percent('20%')],
]);

const REFUSED_FOR_NOW: ReadonlySet<string> = new Set(['no-such-run', 'not-planned', 'kill-switch', 'prices-moved']);

export interface SimulatedDay {
  readonly seed: number;
  readonly focus: Focus | undefined;
  readonly faults: Faults;
  readonly policy: PortfolioPolicy;
  readonly broker: FaultyBroker;
  readonly parts: DayParts;
  readonly record: RunRecord | undefined;
  readonly plan: RebalancePlan | undefined;
  readonly isForced: boolean;
  /** Why the sleeve took its new weights, or that it held; undefined where the run did not decide. */
  readonly turn: Turn | undefined;
  readonly yesterday: Yesterday | undefined;
  readonly stores: DayStores;
  readonly crashes: number;
  /** How often each kind of fault struck. */
  readonly struck: ReadonlyMap<FaultKind, number>;
  /** How the kill switch was turned while orders were at the broker. */
  readonly switchedWhileWorking: ReadonlySet<string>;
  /** What came of each yes to a plan that was held. */
  readonly approvals: ReadonlySet<string>;
  readonly broken: readonly string[];
}

/** `long-short`: of a portfolio that may hold short positions, and at times does not get leave to. */
/** `cash`: of an account without margin, in which a person sold, and may have bought, earlier on the day. */
export type DayKind = 'long-only' | 'long-short' | 'cash';

/** What somebody who replays a day wants otherwise. */
export interface Replay {
  /** In place of those that the seed draws. */
  readonly faults?: Faults;
  readonly onStep?: (step: Step, at: EpochMs) => void;
  readonly onStruck?: (kind: FaultKind, at: EpochMs) => void;
}

export async function simulateDay(seed: number, kind: DayKind = 'long-only', replay: Replay = {}): Promise<SimulatedDay> {
  const day = new Day(seed, kind, replay);
  return day.run();
}

class Day {
  readonly #chance: Chance;
  readonly #faults: Faults;
  readonly #policy: PortfolioPolicy;
  readonly #timeline = new Timeline(DUE);
  readonly #witness = new Witness();
  readonly #stores = new DayStores();
  readonly #parts: DayParts;
  readonly #runId: RunId;
  readonly #seed: number;
  readonly #focus: Focus | undefined;
  readonly #yesterday: Yesterday | undefined;
  readonly #switchedWhileWorking = new Set<string>();
  readonly #approvals = new Set<string>();
  /** Its own, or the one of all portfolios. */
  readonly #switchOf: string | undefined;
  #isStarted = false;
  #wasDelivered = false;

  constructor(seed: number, kind: DayKind, { faults, onStep, onStruck }: Replay) {
    this.#seed = seed;
    this.#chance = new Chance(seed);
    const focus = focusOf(seed);
    this.#focus = focus;
    const chanceOfFocus = new Chance(seed + 3_000_017);
    const drawnFaults = focusFaults(drawFaults(this.#chance), focus, chanceOfFocus);
    this.#faults = faults ?? drawnFaults;
    if (onStruck !== undefined) this.#chance.onStruck = (struck) => onStruck(struck, this.#timeline.now);
    const drawn = drawPolicyOf(kind, this.#chance);
    // By a chance of its own: what else a seed draws does not depend on it.
    const chanceOfYesterday = new Chance(seed + 1_000_003);
    this.#yesterday = focus === undefined ? drawYesterday(drawn, chanceOfYesterday) : undefined;
    const focused = focusPolicy(withLimits(seed, withRule(drawn, ruleOf(this.#yesterday))), focus, chanceOfFocus);
    this.#policy = kind !== 'long-short' && this.#yesterday === undefined ? withUnowned(seed, focused) : focused;
    this.#runId = runIdOf({ portfolio: this.#policy.name, session: SESSION, schedule: 'daily' });
    this.#switchOf = this.#chance.happens(0.5) ? undefined : this.#policy.name;
    this.#witness.limits = this.#policy.limits;
    this.#witness.mayOpen = !isRestricted(seed);
    const market = new Market(SYMBOLS, this.#chance, this.#faults, DUE);
    const drawnHoldings = drawHoldingsOf(kind, market, this.#chance, focus === 'scarce-money');
    if (kind === 'cash') this.#witness.settlement = this.#policy.settlement === 'allow-unsettled' ? 'allow-unsettled' : 'settled-only';
    const followed = this.#yesterday?.isFollowed === true ? holdingsAt(this.#yesterday.targets, market, chanceOfYesterday) : {};
    const holdings = { ...drawnHoldings, ...followed };
    const start = { ...holdings, close: CLOSE, shareUnit: this.#policy.shareUnit };
    const broker = new FaultyBroker(start, market, this.#timeline, this.#chance, this.#faults);
    for (const symbol of SYMBOLS) this.#witness.allowedShort.set(symbol, larger(-broker.held(symbol), 0n));
    const report = (what: string) => this.#witness.report(what);
    const { clockJumpAfterMs, worstMoment } = this.#faults;
    const isClockTrue = clockJumpAfterMs === undefined && worstMoment?.what !== 'clock-at-deadline';
    const moment = worstMoment === undefined ? undefined : new WorstMoment(worstMoment, (what) => this.#strikeAtWorst(what));
    const laws = new StepLaws({ policy: this.#policy, due: DUE, isClockTrue, broker, timeline: this.#timeline, report });
    const seeStep = (step: Step): void => {
      onStep?.(step, this.#timeline.now);
      laws.see(step);
      moment?.see(step);
    };
    broker.onFilled = (symbol, before) => {
      seeStep({ kind: 'filled', symbol });
      this.#witness.seeFilled(symbol, before, broker);
    };
    broker.onAccepted = (intent) => this.#witness.seeAccepted(intent, broker);
    this.#parts = {
      timeline: this.#timeline,
      wire: new Wire(this.#timeline, this.#chance, this.#faults),
      market,
      broker,
      witness: this.#witness,
      deadline: CLOSE - this.#policy.execution.deadlineBeforeCloseMs,
      onStarted: () => this.#startDrivers(),
      onStep: seeStep,
    };
  }

  async run(): Promise<SimulatedDay> {
    const { switchTurns, blockedAfterMs, clockJumpAfterMs, deliveries } = this.#faults;
    const [sleeve] = this.#policy.sleeves;
    if (this.#yesterday !== undefined && sleeve !== undefined)
      await storeYesterday(this.#yesterday, this.#policy.name, sleeve, this.#stores);
    if (isRestricted(this.#seed))
      await this.#stores.marks.move(this.#policy.name, undefined, { mark: 1n, transfers: 0n, level: 'restricted' });
    scheduleInterventions(this.#faults, SYMBOLS, this.#chance, this.#parts);
    if (this.#faults.scheduleLateMs > 0) this.#chance.count('schedule-late');
    this.#go(() => this.#deliver(this.#faults.scheduleLateMs));
    for (let more = 1; more < deliveries; more += 1)
      this.#go(() => this.#deliver(this.#chance.pick([0, 50, 800, 5_000, 60_000, 15 * MINUTE_MS])));
    for (const turn of switchTurns) this.#timeline.after(turn.afterMs, () => this.#go(() => this.#turnSwitch(turn)));
    if (blockedAfterMs !== undefined) this.#timeline.after(blockedAfterMs, () => this.#block());
    if (clockJumpAfterMs !== undefined) {
      this.#timeline.after(clockJumpAfterMs, () => {
        this.#chance.count('clock-jump');
        const { deadline } = this.#parts;
        const earliest = this.#chance.happens(0.5) ? deadline - 5 * SECOND_MS : this.#timeline.now;
        this.#timeline.jumpTo(this.#chance.between(Math.max(earliest, this.#timeline.now), deadline));
      });
    }
    if (this.#policy.schedules[0]?.approve === true) this.#go(() => this.#approve(drawApproval(this.#chance)));
    await this.#timeline.passTo(CLOSE + 3 * HOUR_MS);
    const record = await this.#stores.runs.load(this.#runId);
    const { artifacts } = this.#stores;
    const plan = record?.artifacts.plan === undefined ? undefined : await readArtifact(artifacts, record, 'plan');
    const decision = record?.artifacts.decision === undefined ? undefined : await readArtifact(artifacts, record, 'decision');
    return {
      seed: this.#seed,
      focus: this.#focus,
      faults: this.#faults,
      policy: this.#policy,
      broker: this.#parts.broker,
      parts: this.#parts,
      record,
      plan: plan?.plan,
      isForced: plan?.isForced ?? false,
      turn: decision?.result.kind === 'weights' ? Object.values(decision.result.turns ?? {})[0] : undefined,
      yesterday: this.#yesterday,
      stores: this.#stores,
      crashes: this.#parts.wire.crashes,
      struck: this.#chance.struck,
      broken: this.#witness.broken,
      switchedWhileWorking: this.#switchedWhileWorking,
      approvals: this.#approvals,
    };
  }

  /** Goes on beside everything else; what it throws is a broken promise of the code under test. */
  #go(work: () => Promise<void>): void {
    work().catch((error: unknown) => this.#witness.report(error instanceof Error ? `${error.stack}` : String(error)));
  }

  /** In person, so nothing is lost on the way: the turn has its effect before anything else happens. */
  async #turnSwitch({ to }: SwitchFault): Promise<void> {
    const note = { reason: 'simulated', by: 'somebody', at: this.#timeline.now };
    const isWorking = SYMBOLS.some((symbol) => this.#parts.broker.liveOrders(symbol).length > 0);
    if (isWorking) this.#switchedWhileWorking.add(to);
    this.#chance.count(to === 'off' ? 'resume' : `halt-${to}`);
    this.#witness.seeTurn(to, this.#timeline.passed);
    await (to === 'off'
      ? this.#stores.killSwitch.turnOff(this.#switchOf, note)
      : this.#stores.killSwitch.turnOn(this.#switchOf, { ...note, openOrders: to }));
  }

  #strikeAtWorst(what: WorstMomentFault['what']): void {
    switch (what) {
      case 'keep':
      case 'cancel':
        this.#go(() => this.#turnSwitch({ afterMs: 0, to: what }));
        return;
      case 'clock-at-deadline':
        this.#chance.count('clock-jump');
        this.#timeline.jumpTo(this.#parts.deadline);
        return;
      case 'account-blocked':
        this.#block();
    }
  }

  #block(): void {
    this.#chance.count('account-blocked');
    this.#parts.broker.isBlocked = true;
  }

  /** Delivered again until somebody says that it was handled. */
  async #deliver(afterMs: number): Promise<void> {
    await this.#timeline.sleep(afterMs);
    if (this.#wasDelivered) this.#chance.count('schedule-twice');
    this.#wasDelivered = true;
    const event = { portfolio: this.#policy.name, schedule: 'daily', scheduledTime: new Date(DUE).toISOString() };
    const source = { text: '# drawn from a seed', policy: this.#policy };
    for (;;) {
      const answer = await this.#invoke((ports) => runSignal(event, source, ports));
      if (answer.kind === 'answered') return;
      await this.#timeline.sleep(MINUTE_MS);
    }
  }

  async #approve(afterMs: number): Promise<void> {
    await this.#timeline.sleep(afterMs);
    for (;;) {
      const answer = await this.#invoke((ports) => approveRun(this.#runId, ports));
      if (answer.kind === 'answered') this.#approvals.add(answer.value.kind);
      // Who is refused for the moment tries again.
      if (answer.kind === 'answered' && !REFUSED_FOR_NOW.has(answer.value.kind)) return;
      await this.#timeline.sleep(20 * SECOND_MS);
    }
  }

  #startDrivers(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    for (let driver = 0; driver < this.#faults.drivers; driver += 1) {
      if (driver > 0) this.#chance.count('second-driver');
      this.#go(() => this.#drive(driver === 0 ? 0 : this.#chance.pick([0, 10, 300, 4_000, 30_000])));
    }
  }

  /** As the state machine does, with a person who redrives it whenever it gave up. */
  async #drive(afterMs: number): Promise<void> {
    await this.#timeline.sleep(afterMs);
    for (let turn = 0; turn < TURNS_MAX; turn += 1) {
      const answer = await this.#invoke((ports) => advanceRun(this.#runId, ports));
      if (answer.kind === 'unresolved' || (answer.kind === 'answered' && answer.value.done)) return;
      if (answer.kind === 'failed') this.#chance.count('redrive');
      await this.#timeline.sleep(
        answer.kind === 'answered' ? answer.value.waitSeconds * SECOND_MS : this.#chance.pick([1, 10, 20]) * SECOND_MS,
      );
    }
    this.#witness.report(`not ended after ${TURNS_MAX} turns`);
  }

  /** One invocation in a process of its own. */
  async #invoke<Value>(work: (ports: RunPorts) => Promise<Value>): Promise<Invoked<Value>> {
    const process = new Process();
    try {
      return await Promise.race([
        work(portsOf(process, this.#parts, this.#stores)).then((value) => ({ kind: 'answered' as const, value })),
        process.death.then(() => ({ kind: 'failed' as const })),
      ]);
    } catch (error) {
      if (error instanceof UnresolvedRun) return { kind: 'unresolved' };
      if (error instanceof OutsideError) return { kind: 'failed' };
      throw error;
    } finally {
      this.#parts.wire.retire(process);
    }
  }
}

type Invoked<Value> = { readonly kind: 'answered'; readonly value: Value } | { readonly kind: 'failed' } | { readonly kind: 'unresolved' };

/** One day in nine begins with a breaker that lets nothing be bought. */
export function isRestricted(seed: number): boolean {
  return seed % 9 === 4;
}

/** One day in five has so few orders for its session that it runs out of them. */
export function isShortOfOrders(seed: number): boolean {
  return seed % 5 === 2;
}

/** Taken from the seed and not drawn: the chance of everything else stays as it was. */
function withLimits(seed: number, policy: PortfolioPolicy): PortfolioPolicy {
  return {
    ...policy,
    limits: {
      ...policy.limits,
      orderSharesMax: shares('100000'),
      sessionOrdersMax: isShortOfOrders(seed) ? 5 : 500,
      groups: [{ name: 'first', of: ['AAA', 'BBB'], max: percent('100%') }],
      priceMoveMax: percent('25%'),
      dayTurnoverMax: WHOLE,
      breaker: { drawdown: { caution: percent('10%'), restricted: percent('15%'), stopped: percent('20%') } },
    },
  };
}

/** At once, some time, about when nothing may be sent any more, or too late. */
function drawApproval(chance: Chance): number {
  const [least, most] = chance.pick([
    [0, 1],
    [0, 20],
    [18, 20],
    [20, 30],
  ] as const);
  return chance.between(least * MINUTE_MS, most * MINUTE_MS);
}

function drawPolicy(chance: Chance): PortfolioPolicy {
  const children = [...WEIGHTS].map(([symbol, weight]) => ({ weight, child: { kind: 'asset' as const, symbol } }));
  // A fifth symbol that no target names: where it is held, it is sold whole.
  return {
    name: 'simulated',
    account: { name: 'main', mode: 'paper' },
    schedules: [
      {
        name: 'daily',
        at: { anchor: 'close', offsetMinutes: -25 },
        every: 'day',
        on: 'last',
        band: { absolute: percent('2%') },
        approve: chance.happens(0.2),
      },
    ],
    sleeves: [
      {
        name: 'core',
        capital: WHOLE,
        strategy: { kind: 'specified', children: [...children, { weight: 0n, child: { kind: 'asset', symbol: 'EEE' } }] },
        rebalance: EVERY_RUN,
        decideOn: 'last-close',
        options: DEFAULT_OPTIONS,
      },
    ],
    cashReserve: percent('1%'),
    minimumTrade: usd('25'),
    shareUnit: chance.pick(['whole', 'fractional'] as const),
    limits: { orderNotionalMax: usd('1000000'), ordersMax: 50, positionMax: percent('60%'), shortMax: 0n, turnoverMax: WHOLE },
    execution: {
      style: chance.pick(['marketable', 'patient'] as const),
      pegsMax: chance.between(1, 4),
      pegWaitMs: chance.pick([2, 10, 30]) * SECOND_MS,
      collarBps: chance.pick([20, 50]),
      approvalBpsMax: chance.pick([1, 5, 100]),
      deadlineBeforeCloseMs: 5 * MINUTE_MS,
      quote: { quoteAgeMsMax: 30 * SECOND_MS, spreadBpsMax: 60 },
    },
  };
}

function drawPolicyOf(kind: DayKind, chance: Chance): PortfolioPolicy {
  if (kind === 'long-short') return drawLongShortPolicy(chance);
  const policy = drawPolicy(chance);
  return kind === 'cash' && chance.happens(0.3) ? { ...policy, settlement: 'allow-unsettled' } : policy;
}

function drawHoldingsOf(kind: DayKind, market: Market, chance: Chance, isScarce: boolean): Omit<BrokerStart, 'close' | 'shareUnit'> {
  if (kind === 'long-short') return drawLongShortHoldings(market, chance, isScarce);
  const holdings = drawHoldings(market, chance, isScarce);
  return kind === 'cash' ? drawCashHoldings(holdings, market, chance) : holdings;
}

/** Of a symbol that is not ours some was sold, and of one that is some bought: half of what is held of it, or all. */
function drawCashHoldings({ cash, positions }: ReturnType<typeof drawHoldings>, market: Market, chance: Chance) {
  const earlier: FillActivity[] = [];
  const fill = (symbol: string, side: Side, quantity: NanoShares, price: MicroUsd): void => {
    const id = `earlier-${earlier.length}`;
    earlier.push({ kind: 'fill', id, at: DUE - 4 * HOUR_MS, word: 'FILL', clientOrderId: 'by-hand', symbol, side, quantity, price });
  };
  if (chance.happens(0.7)) fill('ZZZ', 'sell', NANOS_PER_SHARE, (cash * BigInt(chance.between(1, 120))) / 100n);
  const [symbol, quantity] = [...positions][chance.between(0, 4)] ?? [];
  if (earlier.length > 0 && symbol !== undefined && quantity !== undefined) {
    const bought = chance.happens(0.3) ? quantity : truncateShares(quantity / 2n, 'whole');
    if (bought > 0n) fill(symbol, 'buy', bought, market.quoteAt(symbol, DUE).bid);
  }
  return { cash, positions, multiplier: 1 as const, earlier };
}

function withRule(policy: PortfolioPolicy, rebalance: RebalanceRule): PortfolioPolicy {
  return { ...policy, sleeves: policy.sleeves.map((sleeve) => ({ ...sleeve, rebalance })) };
}

/** About a hundred thousand dollars, spread so that something is to be sold and something bought, or cash alone. */
function drawHoldings(market: Market, chance: Chance, isScarce: boolean) {
  const positions = new Map<string, NanoShares>();
  const isFirstFunding = chance.happens(0.15);
  for (const symbol of SYMBOLS) {
    if (isFirstFunding || chance.happens(0.2)) continue;
    const amount = usd('1000') * BigInt(chance.between(1, 40));
    positions.set(symbol, truncateShares(sharesFor(amount, market.quoteAt(symbol, DUE).ask, 'floor'), 'whole'));
  }
  const thousands = chance.between(0, 20);
  return { cash: usd('1000') * BigInt(isFirstFunding ? 100 : isScarce ? 0 : thousands) + usd('500'), positions };
}

/** A hundred thousand dollars at about these weights: each within half a point. */
function holdingsAt({ weights }: TargetWeights, market: Market, chance: Chance) {
  const positions = new Map<string, NanoShares>();
  let spent = 0n;
  for (const { symbol, weight } of weights) {
    const amount = partOf(usd('99000'), weight, 'floor') + usd('10') * BigInt(chance.between(-40, 40));
    positions.set(symbol, truncateShares(sharesFor(amount, market.quoteAt(symbol, DUE).ask, 'floor'), 'whole'));
    spent += amount;
  }
  return { cash: usd('101000') - spent, positions };
}

/** Long, short, both, or nothing at all; together never the whole. What is short in one may be long in the account. */
const LONG_SHORT_WEIGHTS = [
  ['35%', '20%', '-25%', '-15%', '0%'],
  ['50%', '-50%', '0%', '0%', '0%'],
  ['-30%', '-30%', '40%', '0%', '0%'],
  ['60%', '0%', '0%', '-20%', '0%'],
  ['0%', '0%', '0%', '0%', '0%'],
] as const;

function drawLongShortPolicy(chance: Chance): PortfolioPolicy {
  const policy = drawPolicy(chance);
  const weights = chance.pick(LONG_SHORT_WEIGHTS).map(percent);
  const children = SYMBOLS.map((symbol, place) => ({ weight: weights[place] ?? 0n, child: { kind: 'asset' as const, symbol } }));
  const rest = WHOLE - weights.reduce((sum, weight) => sum + weight, 0n);
  return {
    ...policy,
    sleeves: [
      {
        name: 'pairs',
        capital: WHOLE,
        strategy: { kind: 'specified', children: [...children, { weight: rest, child: { kind: 'cash' } }] },
        rebalance: EVERY_RUN,
        decideOn: 'last-close',
        options: DEFAULT_OPTIONS,
      },
    ],
    limits: { ...policy.limits, shortMax: chance.happens(0.1) ? 0n : percent('60%') },
  };
}

/** Long and short, and cash for twice what is short: no more than the account is worth is held. */
function drawLongShortHoldings(market: Market, chance: Chance, isScarce: boolean) {
  const { cash, positions } = drawHoldings(market, chance, isScarce);
  let collateral = 0n;
  for (const [symbol, quantity] of positions) {
    if (!chance.happens(0.4)) continue;
    positions.set(symbol, -quantity);
    collateral += 2n * notional(market.quoteAt(symbol, DUE).ask, quantity, 'ceil');
  }
  return { cash: cash + collateral, positions, canShort: !chance.happens(0.1) };
}
