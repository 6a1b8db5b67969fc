// Protective exits for a person: what is out and why, and how far what is held is from its entry and its best close.
import type { ExitMemory, ExitState } from '../../shared/core/strategy/exits/exit-memory.ts';
import { gainOf } from '../../shared/core/strategy/exits/live-close.ts';
import type { Tranche } from '../../shared/core/strategy/exits/tiers.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { formatPercent } from '../../shared/core/values/weight.ts';
import type { Output } from '../output.ts';
import { amountText } from './metric-text.ts';

/** @param anchor where the prices begin. */
export function exitsText({ symbols }: ExitState, anchor: NewYorkDate, colors: Output['colors']): string {
  const supposed = colors.dim(`(as if it had decided on every session since ${anchor})`);
  const lines = Object.entries(symbols)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([symbol, memory]) => `${symbol} ${memoryText(memory)}`);
  return `${colors.bold('Exits')} ${supposed}\n${lines.length === 0 ? 'nothing is held' : lines.join('\n')}`;
}

function memoryText(memory: ExitMemory): string {
  if (memory.kind === 'awaited') return `has had no close since ${memory.since}: its next one is the entry`;
  const { side, entered, entry, best, sessions, stop } = memory;
  const raised = stop === undefined ? '' : `, stop raised to ${price(stop)}`;
  const of = `${side} from ${price(entry)} on ${entered}, best ${price(best)}, ${sessions} sessions${raised}`;
  if (memory.kind === 'held') return `is held ${of}${tiersText(memory.tranches)}`;
  const { by, touched, close } = memory;
  const gains = `${formatPercent(gainOf(side, entry, close))} since the entry, ${formatPercent(gainOf(side, best, close))} since the best close`;
  return `is out by ${by} at the close of ${touched}, ${price(close)}: ${gains}; ${of}`;
}

/** The first is the entry. */
function tiersText(tranches: readonly Tranche[] = []): string {
  const tiers = tranches.slice(1).map(({ weight, close }) => `${formatPercent(weight)} at ${price(close)}`);
  return tiers.length === 0 ? '' : `, added ${tiers.join(' and ')}`;
}

function price(close: number): string {
  return amountText(close, null);
}
