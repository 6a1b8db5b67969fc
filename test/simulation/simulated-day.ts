// One trading day of one portfolio, from the schedule's event to the last order that may still come late.
import type { Decision } from '../../shared/contracts/artifacts.ts';
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import type { OrderIntent } from '../../shared/core/execution/order.ts';
import { newYorkDate } from '../../shared/core/market/new-york-time.ts';
import type { RebalancePlan } from '../../shared/core/rebalance/plan.ts';
import type { Turn } from '../../shared/core/strategy/turn.ts';
import { type RunId, runIdOf } from '../../shared/core/values/identity.ts';
import { larger } from '../../shared/core/values/rounding.ts';
import { NANOS_PER_SHARE } from '../../shared/core/values/shares.ts';
import { type EpochMs, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/core/values/time.ts';
import { OutsideError } from '../../shared/ports/outside-error.ts';
import { approveRun } from '../../shared/workflow/approve-run.ts';
import { advanceRun, UnresolvedRun } from '../../shared/workflow/execution-run.ts';
import { readArtifact } from '../../shared/workflow/read-artifact.ts';
import { runSignal } from '../../shared/workflow/signal-run.ts';
import type { RunPorts } from '../../shared/workflow/world.ts';
import type { Chance } from './chance.ts';
import type { DayKind } from './day-kind.ts';
import { type DayParts, type DayStores, portsOf } from './day-ports.ts';
import { isRestricted, SYMBOLS } from './drawn-policy.ts';
import type { FaultKind } from './fault-kinds.ts';
import type { Faults, SwitchFault } from './faults.ts';
import type { FaultyBroker } from './faulty-broker.ts';
import type { Focus } from './focus.ts';
import { storeGuarded } from './guarded.ts';
import { scheduleInterventions } from './interventions.ts';
import { sourceOf } from './real-money.ts';
import { StepLaws } from './step-laws.ts';
import type { Step } from './steps.ts';
import type { Timeline } from './timeline.ts';
import { Process, Wire } from './wire.ts';
import { Witness } from './witness.ts';
import { DUE_BEFORE_CLOSE_MS, drawWorld, type World } from './world.ts';
import { WorstMoment, type WorstMomentFault } from './worst-moment.ts';
import { storeYesterday, type Yesterday } from './yesterday.ts';

/** No sound run needs as many: one turn every second, from the event to a quarter of an hour after the close. */
const TURNS_MAX = 2_400;
const REFUSED_FOR_NOW: ReadonlySet<string> = new Set(['no-such-run', 'not-planned', 'kill-switch', 'prices-moved', 'other-account']);

export interface SimulatedDay {
  readonly world: World;
  readonly seed: number;
  readonly focus: Focus | undefined;
  /** When the session's event is due. */
  readonly due: EpochMs;
  readonly faults: Faults;
  readonly policy: PortfolioPolicy;
  readonly broker: FaultyBroker;
  readonly parts: DayParts;
  readonly record: RunRecord | undefined;
  readonly plan: RebalancePlan | undefined;
  readonly isForced: boolean;
  /** Undefined where the run did not decide. */
  readonly decided: Extract<Decision['result'], { kind: 'weights' }> | undefined;
  /** Why the sleeve took its new weights, or that it held; undefined where the run did not decide. */
  readonly turn: Turn | undefined;
  readonly yesterday: Yesterday | undefined;
  readonly stores: DayStores;
  readonly crashes: number;
  /** How often each kind of fault struck in this case, of those that did in this session. */
  readonly struck: ReadonlyMap<FaultKind, number>;
  /** How the kill switch was turned while orders were at the broker. */
  readonly switchedWhileWorking: ReadonlySet<string>;
  /** What came of each yes to a plan that was held. */
  readonly approvals: ReadonlySet<string>;
  readonly broken: readonly string[];
}

/** What somebody who replays a day wants otherwise. */
export interface Replay {
  /** In place of those that the seed draws. */
  readonly faults?: Faults;
  readonly onStep?: (step: Step, at: EpochMs) => void;
  readonly onStruck?: (kind: FaultKind, at: EpochMs) => void;
}

export async function simulateDay(seed: number, kind: DayKind = 'long-only', replay: Replay = {}): Promise<SimulatedDay> {
  const world = drawWorld(seed, kind, replay.faults);
  return new Day(world, world.due, world.faults, replay).run();
}

/** Another session in the same world, which was made ready for it. */
export async function simulateAfter({ world }: SimulatedDay, due: EpochMs, faults: Faults, replay: Replay): Promise<SimulatedDay> {
  return new Day(world, due, faults, replay).run();
}

class Day {
  readonly #chance: Chance;
  readonly #faults: Faults;
  readonly #policy: PortfolioPolicy;
  readonly #timeline: Timeline;
  readonly #witness = new Witness();
  readonly #stores: DayStores;
  readonly #parts: DayParts;
  readonly #runId: RunId;
  readonly #world: World;
  readonly #due: EpochMs;
  readonly #struckBefore: ReadonlyMap<FaultKind, number>;
  readonly #switchedWhileWorking = new Set<string>();
  readonly #approvals = new Set<string>();
  /** Its own, or the one of all portfolios. */
  readonly #switchOf: string | undefined;
  #isStarted = false;
  #wasDelivered = false;

  constructor(world: World, due: EpochMs, faults: Faults, { onStep, onStruck }: Replay) {
    const { seed, chance, policy, broker, keys, market, timeline } = world;
    this.#world = world;
    this.#due = due;
    this.#chance = chance;
    this.#faults = faults;
    this.#policy = policy;
    this.#timeline = timeline;
    this.#stores = world.stores;
    this.#struckBefore = new Map(chance.struck);
    if (onStruck !== undefined) chance.onStruck = (struck) => onStruck(struck, timeline.now);
    this.#runId = runIdOf({ portfolio: policy.name, session: newYorkDate(due), schedule: 'daily' });
    this.#switchOf = chance.happens(0.5) ? undefined : policy.name;
    this.#witness.limits = policy.limits;
    this.#witness.mayOpen = !isRestricted(seed);
    if (world.kind === 'cash') this.#witness.settlement = policy.settlement === 'allow-unsettled' ? 'allow-unsettled' : 'settled-only';
    for (const symbol of SYMBOLS) this.#witness.allowedShort.set(symbol, larger(-broker.held(symbol), 0n));
    const report = (what: string) => this.#witness.report(what);
    const { clockJumpAfterMs, worstMoment } = this.#faults;
    const isClockTrue = clockJumpAfterMs === undefined && worstMoment?.what !== 'clock-at-deadline';
    const moment =
      worstMoment === undefined ? undefined : new WorstMoment(worstMoment, (what, intent) => this.#strikeAtWorst(what, intent));
    const laws = new StepLaws({ policy, due, isClockTrue, broker, timeline, report });
    const seeStep = (step: Step): void => {
      onStep?.(step, this.#timeline.now);
      laws.see(step);
      keys.see(step, this.#faults, timeline, chance);
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
      keys,
      witness: this.#witness,
      deadline: due + DUE_BEFORE_CLOSE_MS - policy.execution.deadlineBeforeCloseMs,
      onStarted: () => this.#startDrivers(),
      onStep: seeStep,
    };
  }

  async run(): Promise<SimulatedDay> {
    const { switchTurns, blockedAfterMs, clockJumpAfterMs, deliveries } = this.#faults;
    if (this.#isFirst()) await this.#beginAfterYesterday();
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
    await this.#timeline.passTo(this.#due + DUE_BEFORE_CLOSE_MS + 3 * HOUR_MS);
    const record = await this.#stores.runs.load(this.#runId);
    const { artifacts } = this.#stores;
    const plan = record?.artifacts.plan === undefined ? undefined : await readArtifact(artifacts, record, 'plan');
    const decision = record?.artifacts.decision === undefined ? undefined : await readArtifact(artifacts, record, 'decision');
    return {
      world: this.#world,
      seed: this.#world.seed,
      focus: this.#world.focus,
      due: this.#due,
      faults: this.#faults,
      policy: this.#policy,
      broker: this.#parts.broker,
      parts: this.#parts,
      record,
      plan: plan?.plan,
      isForced: plan?.isForced ?? false,
      decided: decision?.result.kind === 'weights' ? decision.result : undefined,
      // What comes of the session before, where that met faults, is for the laws of orders alone.
      turn: decision?.result.kind === 'weights' && this.#isFirst() ? Object.values(decision.result.turns ?? {})[0] : undefined,
      yesterday: this.#world.yesterday,
      stores: this.#stores,
      crashes: this.#parts.wire.crashes,
      struck: new Map([...this.#chance.struck].filter(([kind, times]) => times > (this.#struckBefore.get(kind) ?? 0))),
      broken: this.#witness.broken,
      switchedWhileWorking: this.#switchedWhileWorking,
      approvals: this.#approvals,
    };
  }

  #isFirst(): boolean {
    return this.#due === this.#world.due;
  }

  async #beginAfterYesterday(): Promise<void> {
    const { seed, yesterday, policy } = this.#world;
    const [sleeve] = policy.sleeves;
    if (yesterday !== undefined && sleeve !== undefined) await storeYesterday(yesterday, policy.name, sleeve, this.#stores);
    if (sleeve?.exits !== undefined) await storeGuarded(policy.name, sleeve, this.#stores);
    if (isRestricted(seed)) await this.#stores.marks.move(policy.name, undefined, { mark: 1n, transfers: 0n, level: 'restricted' });
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

  #strikeAtWorst(what: WorstMomentFault['what'], { clientOrderId, symbol, side, quantity }: OrderIntent): void {
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
        return;
      case 'foreign-order':
        // A broker takes an id once: where ours came first, there is no room for another.
        if (this.#parts.broker.acceptedAt(clientOrderId) !== undefined) return;
        this.#chance.count('foreign-order');
        this.#parts.broker.strays.place(clientOrderId, symbol, side, quantity + NANOS_PER_SHARE, this.#timeline.now);
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
    const event = { portfolio: this.#policy.name, schedule: 'daily', scheduledTime: new Date(this.#due).toISOString() };
    const source = sourceOf(this.#world.seed, this.#policy);
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
