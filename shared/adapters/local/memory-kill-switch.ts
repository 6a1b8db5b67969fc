// The kill switch in memory.
import type { KillSwitchState, SwitchTurn } from '../../contracts/switch-turn.ts';
import type { HaltNote, KillSwitch, TurnedOff, TurnedOn, TurnNote } from '../../ports/kill-switch.ts';
import { stateAfterHalt, stateInForce } from '../../ports/switch-rules.ts';

export class MemoryKillSwitch implements KillSwitch {
  /** Newest first. The key undefined is the switch of all portfolios. */
  readonly #turns = new Map<string | undefined, readonly SwitchTurn[]>();

  async read(portfolio: string): Promise<KillSwitchState> {
    return stateInForce(this.#stateOf(undefined), this.#stateOf(portfolio));
  }

  async readOne(portfolio: string | undefined): Promise<KillSwitchState> {
    return this.#stateOf(portfolio);
  }

  async turnOn(portfolio: string | undefined, note: HaltNote): Promise<TurnedOn> {
    const before = this.#stateOf(portfolio);
    const state = stateAfterHalt(before, note);
    this.#keep(portfolio, note, state);
    return { state, wasOn: before.kind === 'on' };
  }

  async turnOff(portfolio: string | undefined, note: TurnNote): Promise<TurnedOff> {
    const was = this.#stateOf(portfolio);
    if (was.kind === 'off') return { kind: 'was-off' };
    this.#keep(portfolio, note, { kind: 'off' });
    return { kind: 'turned-off', was };
  }

  async turns(portfolio: string | undefined, limit: number): Promise<readonly SwitchTurn[]> {
    return (this.#turns.get(portfolio) ?? []).slice(0, limit);
  }

  #stateOf(portfolio: string | undefined): KillSwitchState {
    return this.#turns.get(portfolio)?.[0]?.after ?? { kind: 'off' };
  }

  #keep(portfolio: string | undefined, { reason, by, at }: TurnNote, after: KillSwitchState): void {
    const before = this.#turns.get(portfolio) ?? [];
    this.#turns.set(portfolio, [{ id: String(before.length + 1), at, by, reason, after }, ...before]);
  }
}
