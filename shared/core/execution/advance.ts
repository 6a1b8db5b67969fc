// One turn of the crank: what the state and the world together ask for next. Pure: the same arguments give the
// same state and the same actions, and a state that is over asks for nothing.
import type { EpochMs } from '../values/time.ts';
import { finish, followOrder, type Step } from './follow-order.ts';
import { enterSlice, reduces, sliceFrom } from './leg.ts';
import type { Action, Observation } from './observation.ts';
import { startOpenings, startReductions } from './start-orders.ts';
import type { ExecutionState } from './state.ts';
import { type Stop, stopOf } from './stop.ts';

export interface Advance {
  readonly state: ExecutionState;
  /** To be done only after the state is written. */
  readonly actions: readonly Action[];
}

export function advance(state: ExecutionState, seen: Observation, now: EpochMs): Advance {
  const stop = stopOf(state, seen, now);
  const followed = state.legs.map((leg) => followOrder(leg, state, seen, stop, now));
  const started = stop === undefined ? startWaiting(followed, state, seen, now) : followed.map((step) => stopWaiting(step, stop));
  return {
    state: { ...state, legs: started.map(({ leg }) => leg) },
    actions: started.flatMap(({ actions }) => actions),
  };
}

function stopWaiting(step: Step, stop: Stop): Step {
  return step.leg.stage.kind === 'waiting' ? { ...step, leg: finish(step.leg, stop.code) } : step;
}

/** What makes positions smaller goes first: it frees the cash that the rest is cut to, though it settles tomorrow. */
function startWaiting(followed: readonly Step[], state: ExecutionState, seen: Observation, now: EpochMs): Step[] {
  const steps = followed.map(({ leg, actions }): Step => ({ leg: enterSlice(leg, now), actions }));
  const legs = steps.map(({ leg }) => leg);
  const areReductionsOver = legs.every((leg) => !reduces(leg) || leg.stage.kind === 'done');
  const isTime = (leg: Step['leg']): boolean => (sliceFrom(leg) ?? now) <= now;
  const waiting = legs.filter((leg) => leg.stage.kind === 'waiting' && reduces(leg) !== areReductionsOver && isTime(leg));
  if (waiting.length === 0) return steps;
  const started = (areReductionsOver ? startOpenings : startReductions)(waiting, legs, { ...state, legs }, seen, now);
  const startOf = new Map(waiting.map((leg, place) => [leg, started[place]]));
  return steps.map((step) => {
    const start = startOf.get(step.leg);
    return start === undefined ? step : { leg: start.leg, actions: [...step.actions, ...start.actions] };
  });
}
