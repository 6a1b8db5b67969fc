// How each part of a deployment, or of a demo's state, is. A part that does not answer hides no other.
import { OutsideError } from '../../shared/ports/outside-error.ts';

export interface Finding {
  /** `odd` wants a look, `bad` keeps runs from taking place. */
  readonly state: 'good' | 'odd' | 'bad';
  readonly detail: string;
}

export interface PartHealth extends Finding {
  /** "table", "broker main". */
  readonly part: string;
}

export interface Probe {
  readonly part: string;
  /** What fails outside is the finding itself. */
  look(): Promise<Finding>;
}

export function healthOf(probes: readonly Probe[]): Promise<readonly PartHealth[]> {
  return Promise.all(
    probes.map(async ({ part, look }) => {
      try {
        return { part, ...(await look()) };
      } catch (error) {
        if (!(error instanceof OutsideError)) throw error;
        return { part, state: 'bad', detail: error.message } as const;
      }
    }),
  );
}

export function good(detail: string): Finding {
  return { state: 'good', detail };
}
