// One close of one symbol: what is remembered after it, and whether it touches an exit. It refuses to know targets.
import type { NewYorkDate } from '../../values/time.ts';
import { type Ppm, WHOLE } from '../../values/weight.ts';
import type { ExitMemory, Held, PositionSide } from './exit-memory.ts';
import type { ExitReason, ExitRules } from './exit-rules.ts';

/** @param reference the close by which prices are rescaled; on a day of live quotes an earlier one. */
export function liveClose(
  rules: ExitRules,
  memory: ExitMemory,
  on: NewYorkDate,
  close: number,
  reference: Held['reference'] = { on, close },
): ExitMemory {
  if (memory.kind === 'out') return memory;
  if (memory.kind === 'awaited') return enteredAt(memory.side, on, close, reference);
  const { side, entered, entry, stop } = memory;
  const best = side === 'long' ? Math.max(memory.best, close) : Math.min(memory.best, close);
  const sessions = memory.sessions + 1;
  const raised = stop === undefined ? {} : { stop };
  const by = touchedBy(rules, { side, entry, best, sessions, ...raised }, close);
  if (by !== undefined) return { kind: 'out', by, side, entered, entry, best, sessions, ...raised, touched: on, close };
  return { ...memory, best, sessions, seen: on, reference };
}

export function enteredAt(side: PositionSide, on: NewYorkDate, close: number, reference: Held['reference']): Held {
  return { kind: 'held', side, entered: on, entry: close, best: close, sessions: 0, seen: on, reference };
}

/** The stop before everything else: where two are touched at once, the loss is the reason that is told. */
function touchedBy(
  { stopLoss, trailing, takeProfit, sessions }: ExitRules,
  position: Pick<Held, 'side' | 'entry' | 'best' | 'sessions' | 'stop'>,
  close: number,
): ExitReason | undefined {
  if (position.stop !== undefined && close <= position.stop) return 'stop-loss';
  const sinceEntry = gainOf(position.side, position.entry, close);
  if (stopLoss !== undefined && sinceEntry <= -stopLoss) return 'stop-loss';
  if (trailing !== undefined && gainOf(position.side, position.best, close) <= -trailing) return 'trailing';
  if (takeProfit !== undefined && sinceEntry >= takeProfit) return 'take-profit';
  return sessions !== undefined && position.sessions >= sessions ? 'sessions' : undefined;
}

/** To the nearest part per million, so that 92 is 8% below 100 whatever floats make of it. */
export function gainOf(side: PositionSide, from: number, to: number): Ppm {
  const rise = BigInt(Math.round((to / from - 1) * Number(WHOLE)));
  return side === 'long' ? rise : -rise;
}
