// What somebody says when he turns a kill switch.
import type { HaltNote, TurnNote } from '../../shared/ports/kill-switch.ts';

export function aHalt(stated: Partial<HaltNote> = {}): HaltNote {
  return { reason: 'drill', by: 'anna', at: 1_000, openOrders: 'cancel', ...stated };
}

export function aResume(stated: Partial<TurnNote> = {}): TurnNote {
  return { reason: 'drill over', by: 'anna', at: 2_000, ...stated };
}
