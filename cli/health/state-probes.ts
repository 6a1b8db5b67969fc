// What keeps the records and what waits for a person, in any world.
import type { ArtifactStore } from '../../shared/ports/artifact-store.ts';
import type { DeadLetters } from '../../shared/ports/dead-letters.ts';
import type { KillSwitch } from '../../shared/ports/kill-switch.ts';
import { good, type Probe } from './health.ts';

export interface StatePorts {
  readonly killSwitch: Pick<KillSwitch, 'readOne'>;
  readonly artifacts: Pick<ArtifactStore, 'get'>;
}

/** A name that no text has: a bucket that answers says so. */
const NO_ARTIFACT = '0'.repeat(64);

export function stateProbes({ killSwitch, artifacts }: StatePorts): readonly Probe[] {
  return [
    {
      part: 'table',
      look: async () => {
        await killSwitch.readOne(undefined);
        return good('answers');
      },
    },
    {
      part: 'bucket',
      look: async () => {
        await artifacts.get(NO_ARTIFACT);
        return good('answers');
      },
    },
  ];
}

export function deadLetterProbe(deadLetters: Pick<DeadLetters, 'count'>): Probe {
  return {
    part: 'dead letters',
    look: async () => {
      const queues = await deadLetters.count();
      const waiting = queues.filter((queue) => queue.waiting > 0);
      if (waiting.length === 0) return good(`none in ${queues.map(({ hop }) => hop).join(', ')}`);
      const told = waiting.map((queue) => `${queue.hop} ${queue.waiting}`).join(', ');
      return { state: 'bad', detail: `${told}: npx evenkeel dlq explain` };
    },
  };
}
