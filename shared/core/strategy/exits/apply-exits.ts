// Targets without what an exit has ended. Only ever less is held because of it: what is ended is cash.
import { periodOf } from '../../market/period.ts';
import type { NewYorkDate } from '../../values/time.ts';
import type { RebalanceRule } from '../tree.ts';
import { collectWeights, type TargetWeights } from '../weights.ts';
import type { Exit, ExitMemories, ExitMemory, Out, PositionSide } from './exit-memory.ts';
import type { ExitRules } from './exit-rules.ts';
import type { LivedSessions } from './live-sessions.ts';

export interface AppliedExits {
  readonly targets: TargetWeights;
  /** Those that this run is to carry out. */
  readonly exits: readonly Exit[];
  readonly memories: ExitMemories;
}

/**
 * @param asked what the strategy says; undefined in a run in which it is not asked.
 * @param taken what is to be held: the same, or the drifted weights of an earlier decision.
 * @param session the one that is traded.
 */
export function applyExits(
  { reEnter }: ExitRules,
  rule: RebalanceRule,
  { memories, enter }: Pick<LivedSessions, 'memories' | 'enter'>,
  asked: TargetWeights | undefined,
  taken: TargetWeights,
  session: NewYorkDate,
): AppliedExits {
  const out = new Map<string, Out>();
  for (const [symbol, memory] of Object.entries(memories)) {
    if (memory.kind !== 'out') continue;
    // What is still held is ended first, whatever the strategy says of it by now.
    const isDue = memory.session === undefined && sideIn(taken, symbol) === memory.side;
    const hasReturned = asked !== undefined && sideIn(asked, symbol) !== memory.side;
    const isOver = asked !== undefined && reEnter === 'next-period' && isLaterPeriod(rule, memory.session, session);
    if (isDue || (!hasReturned && !isOver)) out.set(symbol, memory);
  }
  const kept = taken.weights.filter(({ symbol }) => !out.has(symbol));
  const next: Record<string, ExitMemory> = {};
  for (const { symbol, weight } of kept) {
    const side = weight < 0n ? 'short' : 'long';
    const memory = memories[symbol];
    next[symbol] = memory !== undefined && memory.kind !== 'out' && memory.side === side ? memory : enter(symbol, side);
  }
  const exits: Exit[] = [];
  for (const [symbol, memory] of out) {
    const { kind: _, session: decidedIn, ...figures } = memory;
    if (decidedIn === undefined && sideIn(taken, symbol) !== undefined) exits.push({ symbol, ...figures });
    next[symbol] = { session, ...memory };
  }
  exits.sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
  return { targets: kept.length === taken.weights.length ? taken : collectWeights(kept), exits, memories: next };
}

function sideIn({ weights }: TargetWeights, symbol: string): PositionSide | undefined {
  const weight = weights.find((each) => each.symbol === symbol)?.weight ?? 0n;
  return weight === 0n ? undefined : weight < 0n ? 'short' : 'long';
}

/** An exit that is still due is carried out first. */
function isLaterPeriod(rule: RebalanceRule, decidedIn: NewYorkDate | undefined, session: NewYorkDate): boolean {
  if (decidedIn === undefined || rule.kind !== 'every' || rule.every === 'day') return false;
  return decidedIn < periodOf(rule.every, session).first;
}
