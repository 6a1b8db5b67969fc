// One turn of the crank: what the state and the world together ask for next. Pure: the same arguments give the
// same state and the same actions, and a state that is over asks for nothing.
import type { MicroUsd } from '../values/money.ts';
import { notional } from '../values/shares.ts';
import type { EpochMs } from '../values/time.ts';
import { finish, followOrder, type Step } from './follow-order.ts';
import type { Leg } from './leg.ts';
import type { Action, Observation } from './observation.ts';
import { type OpenBuys, startBuys, startSells } from './start-orders.ts';
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

/** Sells go first: they free the cash that the buys are cut to, though it settles tomorrow. */
function startWaiting(steps: readonly Step[], state: ExecutionState, seen: Observation, now: EpochMs): Step[] {
  const legs = steps.map(({ leg }) => leg);
  const sells = legs.filter(({ side }) => side === 'sell');
  const areSellsOver = sells.every(({ stage }) => stage.kind === 'done');
  const waiting = legs.filter(({ side, stage }) => stage.kind === 'waiting' && side === (areSellsOver ? 'buy' : 'sell'));
  if (waiting.length === 0) return [...steps];
  const started = areSellsOver ? startBuys(waiting, openBuysOf(legs, seen), state, seen, now) : startSells(waiting, state, seen, now);
  const startOf = new Map(waiting.map((leg, place) => [leg, started[place]]));
  return steps.map((step) => {
    const start = startOf.get(step.leg);
    return start === undefined ? step : { leg: start.leg, actions: [...step.actions, ...start.actions] };
  });
}

/** What our live buys may still cost at their limits. The account was read later: it has paid for every fill that we see. */
function openBuysOf(legs: readonly Leg[], seen: Observation): OpenBuys {
  let cost: MicroUsd = 0n;
  let areWorking = false;
  for (const { side, stage } of legs) {
    if (side === 'sell' || stage.kind === 'waiting' || stage.kind === 'done') continue;
    const filled = seen.orders.get(stage.intent.clientOrderId)?.filledQuantity ?? 0n;
    cost += notional(stage.intent.limitPrice, stage.intent.quantity - filled, 'ceil');
    areWorking ||= stage.kind !== 'sending';
  }
  return { cost, areWorking };
}
