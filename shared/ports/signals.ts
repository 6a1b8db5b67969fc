import type { ScheduleEvent } from '../contracts/events.ts';

/** Delivers a schedule's event by hand. The record makes every delivery after the first harmless. */
export interface Signals {
  /**
   * Answers what the signal said of it, as JSON text.
   * @throws OutsideError when it was not delivered, or the signal failed.
   */
  send(event: ScheduleEvent): Promise<string>;
}
