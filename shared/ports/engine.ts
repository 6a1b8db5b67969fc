import type { RunId } from '../core/values/identity.ts';

/** What turns the crank of an execution: Step Functions on AWS, a driver in virtual time at home. */
export interface Engine {
  /** Starting the same run again is harmless: an execution of that name exists once. */
  start(runId: RunId): Promise<'started' | 'already-started'>;
}
