// A kill switch in words, and as data.
import type { KillSwitchState, SwitchedOn, SwitchTurn } from '../../shared/contracts/switch-turn.ts';
import { isKnownInstant } from '../../shared/core/market/new-york-time.ts';
import type { EpochMs } from '../../shared/core/values/time.ts';
import { newYorkText } from '../check/portfolio-summary.ts';
import { visibleText } from '../visible-text.ts';

export function scopeText(portfolio: string | undefined): string {
  return portfolio ?? 'all portfolios';
}

/** "since 2026-11-20 15:36 New York, by anna@laptop: the broker misbehaves; open orders are canceled" */
export function switchedOnText({ since, by, reason, openOrders }: SwitchedOn): string {
  const orders = openOrders === 'cancel' ? 'open orders are canceled' : 'open orders are kept';
  return `since ${instantText(since)}, by ${visibleText(by)}: ${visibleText(reason)}; ${orders}`;
}

/** A time that was written by hand may be any: it must not keep the rest from being said. */
export function instantText(at: EpochMs): string {
  return isKnownInstant(at) ? `${newYorkText(at)} New York` : new Date(at).toISOString();
}

export function switchDocument(state: KillSwitchState) {
  return state.kind === 'off' ? state : { ...state, since: new Date(state.since).toISOString() };
}

export function turnDocument({ at, by, reason, after }: SwitchTurn) {
  return { at: new Date(at).toISOString(), by, reason, after: switchDocument(after) };
}
