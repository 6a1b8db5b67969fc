// What a turn makes of a kill switch: the rules that every switch keeps, wherever it is stored.
import type { KillSwitchState, SwitchedOn } from '../contracts/switch-turn.ts';
import type { HaltNote } from './kill-switch.ts';

/** The first reason stands. Orders that were to be kept are canceled when a later turn says so, and never the reverse. */
export function stateAfterHalt(before: KillSwitchState, { reason, by, at, openOrders }: HaltNote): SwitchedOn {
  if (before.kind === 'off') return { kind: 'on', reason, since: at, by, openOrders };
  return openOrders === 'cancel' ? { ...before, openOrders } : before;
}

/** What two switches say together of one portfolio. */
export function stateInForce(all: KillSwitchState, own: KillSwitchState): KillSwitchState {
  if (all.kind === 'off') return own;
  return own.kind === 'on' && own.openOrders === 'cancel' ? { ...all, openOrders: 'cancel' } : all;
}
