// One trading day of one portfolio, from the schedule's event to the last order that may still come late.
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import type { RebalancePlan } from '../../shared/core/rebalance/plan.ts';
import { DEFAULT_OPTIONS } from '../../shared/core/strategy/options.ts';
import { type RunId, runIdOf } from '../../shared/core/values/identity.ts';
import { usd } from '../../shared/core/values/money.ts';
import { larger } from '../../shared/core/values/rounding.ts';
import { type NanoShares, notional, sharesFor, truncateShares } from '../../shared/core/values/shares.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/core/values/time.ts';
import { percent, WHOLE } from '../../shared/core/values/weight.ts';
import { OutsideError } from '../../shared/ports/outside-error.ts';
import { approveRun } from '../../shared/workflow/approve-run.ts';
import { advanceRun, UnresolvedRun } from '../../shared/workflow/execution-run.ts';
import { readArtifact } from '../../shared/workflow/read-artifact.ts';
import { runSignal } from '../../shared/workflow/signal-run.ts';
import type { RunPorts } from '../../shared/workflow/world.ts';
import { Chance } from './chance.ts';
import { type DayParts, DayStores, portsOf } from './day-ports.ts';
import { drawFaults, type Faults, type SwitchFault } from './faults.ts';
import { FaultyBroker } from './faulty-broker.ts';
import { Market } from './market.ts';
import { Timeline } from './timeline.ts';
import { Process, Wire } from './wire.ts';
import { Witness } from './witness.ts';

const SESSION = '2026-11-20';
/** 16:00 in New York. */
const CLOSE = Date.UTC(2026, 10, 20, 21);
const DUE = CLOSE - 25 * MINUTE_MS;
/** No sound run needs as many: one turn every second, from the event to a quarter of an hour after the close. */
const TURNS_MAX = 2_400;
const SYMBOLS = ['AAA', 'BBB', 'CCC', 'DDD', 'EEE'];

const REFUSED_FOR_NOW: ReadonlySet<string> = new Set(['no-such-run', 'not-planned', 'kill-switch', 'prices-moved']);

export interface SimulatedDay {
  readonly seed: number;
  readonly faults: Faults;
  readonly policy: PortfolioPolicy;
  readonly broker: FaultyBroker;
  readonly record: RunRecord | undefined;
  readonly plan: RebalancePlan | undefined;
  readonly stores: DayStores;
  readonly crashes: number;
  /** How the kill switch was turned while orders were at the broker. */
  readonly switchedWhileWorking: ReadonlySet<string>;
  /** What came of each yes to a plan that was held. */
  readonly approvals: ReadonlySet<string>;
  readonly broken: readonly string[];
}

/** `long-short`: of a portfolio that may hold short positions, and at times does not get leave to. */
export type DayKind = 'long-only' | 'long-short';

export async function simulateDay(seed: number, kind: DayKind = 'long-only'): Promise<SimulatedDay> {
  const day = new Day(seed, kind);
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
  readonly #switchedWhileWorking = new Set<string>();
  readonly #approvals = new Set<string>();
  /** Its own, or the one of all portfolios. */
  readonly #switchOf: string | undefined;
  #isStarted = false;

  constructor(seed: number, kind: DayKind) {
    this.#seed = seed;
    this.#chance = new Chance(seed);
    this.#faults = drawFaults(this.#chance);
    this.#policy = kind === 'long-only' ? drawPolicy(this.#chance) : drawLongShortPolicy(this.#chance);
    this.#runId = runIdOf({ portfolio: this.#policy.name, session: SESSION, schedule: 'daily' });
    this.#switchOf = this.#chance.happens(0.5) ? undefined : this.#policy.name;
    const market = new Market(SYMBOLS, this.#chance, this.#faults, DUE);
    const holdings = kind === 'long-only' ? drawHoldings(market, this.#chance) : drawLongShortHoldings(market, this.#chance);
    const start = { ...holdings, close: CLOSE, shareUnit: this.#policy.shareUnit };
    const broker = new FaultyBroker(start, market, this.#timeline, this.#chance, this.#faults);
    for (const symbol of SYMBOLS) this.#witness.allowedShort.set(symbol, larger(-broker.held(symbol), 0n));
    broker.onFilled = (symbol, before) => this.#witness.seeFilled(symbol, before, broker);
    broker.onAccepted = (intent) => this.#witness.seeAccepted(intent, broker);
    this.#parts = {
      timeline: this.#timeline,
      wire: new Wire(this.#timeline, this.#chance, this.#faults),
      market,
      broker,
      witness: this.#witness,
      deadline: CLOSE - this.#policy.execution.deadlineBeforeCloseMs,
      onStarted: () => this.#startDrivers(),
    };
  }

  async run(): Promise<SimulatedDay> {
    const { switchTurns, blockedAfterMs, clockJumpAfterMs, deliveries } = this.#faults;
    this.#go(() => this.#deliver(0));
    for (let more = 1; more < deliveries; more += 1)
      this.#go(() => this.#deliver(this.#chance.pick([0, 50, 800, 5_000, 60_000, 15 * MINUTE_MS])));
    for (const turn of switchTurns) this.#timeline.after(turn.afterMs, () => this.#go(() => this.#turnSwitch(turn)));
    if (blockedAfterMs !== undefined) this.#timeline.after(blockedAfterMs, () => this.#block());
    if (clockJumpAfterMs !== undefined) {
      this.#timeline.after(clockJumpAfterMs, () => this.#timeline.jumpTo(this.#chance.between(this.#timeline.now, this.#parts.deadline)));
    }
    if (this.#policy.schedules[0]?.approve === true) this.#go(() => this.#approve(drawApproval(this.#chance)));
    await this.#timeline.passTo(CLOSE + 3 * HOUR_MS);
    const record = await this.#stores.runs.load(this.#runId);
    return {
      seed: this.#seed,
      faults: this.#faults,
      policy: this.#policy,
      broker: this.#parts.broker,
      record,
      plan: record?.artifacts.plan === undefined ? undefined : (await readArtifact(this.#stores.artifacts, record, 'plan')).plan,
      stores: this.#stores,
      crashes: this.#parts.wire.crashes,
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
    this.#witness.seeTurn(to, this.#timeline.now);
    await (to === 'off'
      ? this.#stores.killSwitch.turnOff(this.#switchOf, note)
      : this.#stores.killSwitch.turnOn(this.#switchOf, { ...note, openOrders: to }));
  }

  #block(): void {
    this.#parts.broker.isBlocked = true;
  }

  /** Delivered again until somebody says that it was handled. */
  async #deliver(afterMs: number): Promise<void> {
    await this.#timeline.sleep(afterMs);
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
      this.#go(() => this.#drive(driver === 0 ? 0 : this.#chance.pick([0, 10, 300, 4_000, 30_000])));
    }
  }

  /** As the state machine does, with a person who redrives it whenever it gave up. */
  async #drive(afterMs: number): Promise<void> {
    await this.#timeline.sleep(afterMs);
    for (let turn = 0; turn < TURNS_MAX; turn += 1) {
      const answer = await this.#invoke((ports) => advanceRun(this.#runId, ports));
      if (answer.kind === 'unresolved' || (answer.kind === 'answered' && answer.value.done)) return;
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
    }
  }
}

type Invoked<Value> = { readonly kind: 'answered'; readonly value: Value } | { readonly kind: 'failed' } | { readonly kind: 'unresolved' };

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
  const weights = ['35%', '25%', '20%', '20%'].map(percent);
  const children = SYMBOLS.slice(0, 4).map((symbol, place) => ({
    weight: weights[place] ?? 0n,
    child: { kind: 'asset' as const, symbol },
  }));
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

/** About a hundred thousand dollars, spread so that something is to be sold and something bought, or cash alone. */
function drawHoldings(market: Market, chance: Chance) {
  const positions = new Map<string, NanoShares>();
  const isFirstFunding = chance.happens(0.15);
  for (const symbol of SYMBOLS) {
    if (isFirstFunding || chance.happens(0.2)) continue;
    const amount = usd('1000') * BigInt(chance.between(1, 40));
    positions.set(symbol, truncateShares(sharesFor(amount, market.quoteAt(symbol, DUE).ask, 'floor'), 'whole'));
  }
  return { cash: usd('1000') * BigInt(isFirstFunding ? 100 : chance.between(0, 20)) + usd('500'), positions };
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
        options: DEFAULT_OPTIONS,
      },
    ],
    limits: { ...policy.limits, shortMax: chance.happens(0.1) ? 0n : percent('60%') },
  };
}

/** Long and short, and cash for twice what is short: no more than the account is worth is held. */
function drawLongShortHoldings(market: Market, chance: Chance) {
  const { cash, positions } = drawHoldings(market, chance);
  let collateral = 0n;
  for (const [symbol, quantity] of positions) {
    if (!chance.happens(0.4)) continue;
    positions.set(symbol, -quantity);
    collateral += 2n * notional(market.quoteAt(symbol, DUE).ask, quantity, 'ceil');
  }
  return { cash: cash + collateral, positions, canShort: !chance.happens(0.1) };
}
