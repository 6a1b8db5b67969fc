// Protective exits as if their sleeve had decided on every session since its prices begin: for a signal, which has no
// earlier run to go on from.
import { periodOf } from '../../market/period.ts';
import type { NewYorkDate } from '../../values/time.ts';
import type { RebalanceRule } from '../tree.ts';
import type { TargetWeights } from '../weights.ts';
import { addTiers } from './add-tiers.ts';
import { applyExits } from './apply-exits.ts';
import { type ExitMemories, type ExitMemory, NO_MEMORIES, type PositionSide } from './exit-memory.ts';
import type { ExitRules } from './exit-rules.ts';
import { enteredAt, liveClose } from './live-close.ts';

/** A session that is decided on. */
export interface DecidedSession {
  readonly on: NewYorkDate;
  /** The session that is traded. */
  readonly session: NewYorkDate;
  /** Of the symbols that have one. */
  readonly closes: ReadonlyMap<string, number>;
  /** What the strategy says, or undefined where it cannot. */
  readonly asked: TargetWeights | undefined;
}

/** @param days ascending; under a rule of periods only the first of each is asked, the others hold. */
export function exitsFromStart(rules: ExitRules, rule: RebalanceRule, days: Iterable<DecidedSession>): ExitMemories {
  let memories = NO_MEMORIES;
  let last: { readonly session: NewYorkDate; readonly targets: TargetWeights } | undefined;
  for (const { on, session, closes, asked } of days) {
    const lived = Object.entries(memories).map(([symbol, memory]): [string, ExitMemory] => {
      const close = closes.get(symbol);
      return [symbol, close === undefined ? memory : liveClose(rules, memory, on, close)];
    });
    memories = Object.fromEntries(lived);
    const isHeld =
      last !== undefined && rule.kind === 'every' && rule.every !== 'day' && last.session >= periodOf(rule.every, session).first;
    const taken = isHeld ? last?.targets : (asked ?? last?.targets);
    if (taken === undefined) continue;
    const enter = (symbol: string, side: PositionSide): ExitMemory => {
      const close = closes.get(symbol);
      return close === undefined ? { kind: 'awaited', side, since: on } : enteredAt(side, on, close, { on, close });
    };
    const exited = applyExits(rules, rule, { memories, enter }, isHeld ? undefined : asked, taken, session);
    const { tiers, stopLoss } = rules;
    const before = { ...exited, isHeld: taken !== asked };
    const applied =
      tiers === undefined || stopLoss === undefined ? exited : addTiers(tiers, stopLoss, before, (symbol) => closes.get(symbol));
    memories = applied.memories;
    if (!isHeld && asked !== undefined) last = { session, targets: applied.targets };
    else if (last !== undefined) last = { ...last, targets: applied.targets };
  }
  return memories;
}
