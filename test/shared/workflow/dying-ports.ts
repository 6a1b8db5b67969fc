// Ports of a process that dies at its nth call to the world, before or after that call took effect.
import type { RunPorts } from '../../../shared/workflow/world.ts';

export class Death extends Error {
  override readonly name = 'Death';
}

export interface DyingPorts {
  readonly ports: RunPorts;
  /** Calls made so far. */
  calls(): number;
}

/** The clock and the telemetry are no calls to the world. */
export function dyingPorts(ports: RunPorts, nth: number, when: 'before' | 'after'): DyingPorts {
  let calls = 0;
  const mortal = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        return async (...given: unknown[]): Promise<unknown> => {
          calls += 1;
          // The dead make no more calls, also where several were under way at once.
          if (calls > nth || (calls === nth && when === 'before')) throw new Death(`died at call ${nth}: ${String(name)}`);
          const answer: unknown = await Reflect.apply(member, target, given);
          if (calls >= nth) throw new Death(`died after call ${nth}: ${String(name)}`);
          return answer;
        };
      },
    });
  const { broker, marketData, runStore, artifacts, killSwitch, highWaterMarks, ledgers, notifier, engine } = ports;
  return {
    ports: {
      ...ports,
      broker: mortal(broker),
      marketData: mortal(marketData),
      runStore: mortal(runStore),
      artifacts: mortal(artifacts),
      killSwitch: mortal(killSwitch),
      highWaterMarks: mortal(highWaterMarks),
      ledgers: mortal(ledgers),
      notifier: mortal(notifier),
      engine: mortal(engine),
    },
    calls: () => calls,
  };
}
