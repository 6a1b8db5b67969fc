// The kill switch in memory.
import type { EpochMs } from '../../core/values/time.ts';
import type { KillSwitch, KillSwitchState } from '../../ports/kill-switch.ts';

export class MemoryKillSwitch implements KillSwitch {
  /** The key undefined is the switch of all portfolios. */
  readonly #on = new Map<string | undefined, KillSwitchState>();

  async read(portfolio: string): Promise<KillSwitchState> {
    return this.#on.get(undefined) ?? this.#on.get(portfolio) ?? { kind: 'off' };
  }

  /** The first reason stands until the switch is turned off. */
  async turnOn(portfolio: string | undefined, reason: string, at: EpochMs): Promise<void> {
    if (!this.#on.has(portfolio)) this.#on.set(portfolio, { kind: 'on', reason, since: at });
  }

  async turnOff(portfolio: string | undefined): Promise<void> {
    this.#on.delete(portfolio);
  }
}
