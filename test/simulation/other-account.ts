// Keys that somebody exchanges for those of another account while a run is open, and puts back after a while. Told by the
// seed and not drawn: the chance of everything else stays as it was.
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/core/values/time.ts';
import { readArtifact } from '../../shared/workflow/read-artifact.ts';
import { Chance } from './chance.ts';
import { type Faults, NO_FAULTS } from './faults.ts';
import type { FaultyBroker } from './faulty-broker.ts';
import type { SimulatedDay } from './simulated-day.ts';
import type { Step } from './steps.ts';
import type { Timeline } from './timeline.ts';

export interface OtherAccountFault {
  /** The plan is frozen, or nothing of it is left to do and the run is about to end. */
  readonly on: 'planned' | 'done';
  readonly afterMs: number;
  readonly forMs: number;
}

/** On some of the days on which anything goes wrong, and on half of those where a plan waits for a yes. The longest last until after the close. */
export function withOtherAccount(seed: number, { schedules }: PortfolioPolicy, faults: Faults): Faults {
  const chance = new Chance(seed + 5_000_011);
  const isHeld = schedules.some(({ approve }) => approve);
  if (faults === NO_FAULTS || !chance.happens(isHeld ? 1 / 2 : 1 / 8)) return faults;
  const on = !isHeld && chance.happens(1 / 3) ? 'done' : 'planned';
  const afterMs = on === 'done' ? 0 : chance.between(0, chance.pick([0, 2 * SECOND_MS, 10 * SECOND_MS, MINUTE_MS]));
  const forMs = chance.between(SECOND_MS, chance.pick([20 * SECOND_MS, MINUTE_MS, 5 * MINUTE_MS, 40 * MINUTE_MS]));
  return { ...faults, otherAccount: { on, afterMs, forMs } };
}

/** Whose account answers. It holds what ours does, so that nothing but its number tells the two apart. */
export class Keys {
  readonly #own: FaultyBroker;
  readonly other: FaultyBroker;
  #answering: FaultyBroker;
  #wereExchanged = false;

  constructor(own: FaultyBroker, other: FaultyBroker) {
    this.#own = own;
    this.other = other;
    this.#answering = own;
  }

  get answering(): FaultyBroker {
    return this.#answering;
  }

  /** Never before a plan is frozen: a run would be planned for the other account then, and rightly so. */
  see(step: Step, { otherAccount }: Faults, timeline: Timeline, chance: Chance): void {
    if (otherAccount === undefined || this.#wereExchanged || step.kind !== 'stored' || !('execution' in step.record.phase)) return;
    const legs = step.record.phase.execution?.legs ?? [];
    if (otherAccount.on === 'done' && legs.some(({ stage }) => stage.kind !== 'done')) return;
    this.#wereExchanged = true;
    timeline.after(otherAccount.afterMs, () => {
      chance.count('other-account');
      this.#answering = this.other;
      timeline.after(otherAccount.forMs, () => {
        this.#answering = this.#own;
      });
    });
  }
}

/** No order of ours is in another account, under whatever id, and none is judged by what that account says. */
export async function brokenAccounts({ world, broker, record, stores }: SimulatedDay): Promise<string[]> {
  const broken = world.keys.other.intents.map(({ clientOrderId }) => `${clientOrderId} is in another account`);
  if (record?.artifacts.outcome === undefined) return broken;
  const { account } = await readArtifact(stores.artifacts, record, 'outcome');
  const isOurs = account.accountNumber === broker.accountNumber;
  return isOurs ? broken : [...broken, `the outcome is of account ${account.accountNumber}`];
}
