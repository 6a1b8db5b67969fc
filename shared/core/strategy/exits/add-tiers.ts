// Targets with what is added to positions that gain: long ones, out of the sleeve's own cash, one tier a run, and never beyond
// their caps. The stops have been asked before: what they ended is not here any more.
import { divide, larger, smaller } from '../../values/rounding.ts';
import { type Ppm, WHOLE } from '../../values/weight.ts';
import { collectWeights, type TargetWeights } from '../weights.ts';
import type { ExitMemories, Held } from './exit-memory.ts';
import { gainOf } from './live-close.ts';
import { raisedStop } from './raised-stop.ts';
import type { Add, Tiers, Tranche } from './tiers.ts';

export interface WithTiers {
  readonly targets: TargetWeights;
  /** Those that this run takes. */
  readonly adds: readonly Add[];
  readonly memories: ExitMemories;
}

interface Before {
  readonly targets: TargetWeights;
  readonly memories: ExitMemories;
  /** The targets are the drifted weights of an earlier decision, which has its tiers in it. */
  readonly isHeld: boolean;
}

/** @param closeOf the close that decides; undefined where the symbol has none. */
export function addTiers(
  tiers: Tiers,
  stopLoss: Ppm,
  { targets, memories, isHeld }: Before,
  closeOf: (symbol: string) => number | undefined,
): WithTiers {
  const weights = new Map(targets.weights.map(({ symbol, weight }) => [symbol, weight]));
  const next: Record<string, ExitMemories[string]> = { ...memories };
  const adds: Add[] = [];
  let cash = larger(targets.cash, 0n);
  const give = (symbol: string, wanted: Ppm): Ppm => {
    const held = weights.get(symbol) ?? 0n;
    const given = larger(smaller(wanted, smaller(cash, (tiers.caps[symbol] ?? 0n) - held)), 0n);
    weights.set(symbol, held + given);
    cash -= given;
    return given;
  };

  const positions = [...weights].flatMap(([symbol, weight]) => {
    const memory = memories[symbol];
    return memory?.kind === 'held' && memory.side === 'long' && weight > 0n ? [{ symbol, ...withEntry(memory, weight, isHeld) }] : [];
  });
  // What was added before is kept up first.
  for (const { symbol, tranches, base } of positions) if (!isHeld) give(symbol, addedTo(tranches, base));
  for (const { symbol, memory, tranches, base } of positions) {
    const taken = takeTier(tiers, memory, tranches, base, closeOf(symbol), (wanted) => give(symbol, wanted));
    next[symbol] = { ...memory, tranches };
    if (taken === undefined) continue;
    const after = [...tranches, taken.tranche];
    const stop = Math.max(raisedStop(after, stopLoss), memory.stop ?? 0);
    next[symbol] = { ...memory, tranches: after, stop };
    adds.push({ symbol, tier: taken.tier, weight: taken.tranche.weight, close: taken.tranche.close, stop });
  }
  const after = [...weights].map(([symbol, weight]) => ({ symbol, weight }));
  return { targets: collectWeights(after), adds, memories: next };
}

interface Position {
  readonly memory: Held;
  readonly tranches: readonly Tranche[];
  /** Its weight without what was added. */
  readonly base: Ppm;
}

/** A position that is not known in tiers yet began with the weight that it has now. */
function withEntry(memory: Held, weight: Ppm, isHeld: boolean): Position {
  const tranches = memory.tranches ?? [{ weight, close: memory.entry }];
  const all = tranches.reduce((sum, tranche) => sum + tranche.weight, 0n);
  const base = isHeld ? divide(weight * (tranches[0]?.weight ?? 0n), all, 'floor') : weight;
  return { memory, tranches, base };
}

/** Of a position whose strategy wants less of it now, less is added; of one of which it wants more, no more. */
function addedTo(tranches: readonly Tranche[], base: Ppm): Ppm {
  const initial = tranches[0]?.weight ?? 0n;
  return tranches.slice(1).reduce((sum, { weight }) => sum + divide(weight * smaller(base, initial), initial, 'floor'), 0n);
}

/** Each once and in their order; the next only where there is room for some of it, and never larger than the one before. */
function takeTier(
  { steps }: Tiers,
  { entry, side }: Held,
  tranches: readonly Tranche[],
  base: Ppm,
  close: number | undefined,
  give: (wanted: Ppm) => Ppm,
): { readonly tier: number; readonly tranche: Tranche } | undefined {
  const step = steps[tranches.length - 1];
  const before = tranches.at(-1);
  const initial = tranches[0]?.weight ?? 0n;
  if (step === undefined || before === undefined || close === undefined || gainOf(side, entry, close) < step.gain) return undefined;
  const wanted = divide(step.add * smaller(base, initial), WHOLE, 'floor');
  const weight = give(smaller(wanted, before.weight));
  return weight > 0n ? { tier: tranches.length, tranche: { weight, close } } : undefined;
}
