// What protective exits remember of each symbol of a sleeve. Prices are those of the history that was read then.
import type { NewYorkDate } from '../../values/time.ts';
import type { ExitReason } from './exit-rules.ts';
import type { Tranche } from './tiers.ts';

export type PositionSide = 'long' | 'short';

/** Asked for on a day on which the symbol had no close: its next one is the entry. */
export interface Awaited {
  readonly kind: 'awaited';
  readonly side: PositionSide;
  readonly since: NewYorkDate;
}

interface Entered {
  readonly side: PositionSide;
  /** The session whose close is the entry. */
  readonly entered: NewYorkDate;
  readonly entry: number;
  /** The highest close since the entry; of a short position the lowest. */
  readonly best: number;
  /** The symbol's own closes since the entry. */
  readonly sessions: number;
  /** Raised by what was added; absent where nothing was. */
  readonly stop?: number;
}

export interface Held extends Entered {
  readonly kind: 'held';
  /** The last close that was lived through. */
  readonly seen: NewYorkDate;
  /** A close that was read, by which prices are rescaled: on live quotes the one before the session. */
  readonly reference: { readonly on: NewYorkDate; readonly close: number };
  /** Its entry and what was added since; absent in a sleeve without tiers. */
  readonly tranches?: readonly Tranche[];
}

export interface Out extends Entered {
  readonly kind: 'out';
  readonly by: ExitReason;
  /** The close that touched. */
  readonly touched: NewYorkDate;
  readonly close: number;
  /** The session of the run that decided it; absent until then. */
  readonly session?: NewYorkDate;
}

export type ExitMemory = Awaited | Held | Out;
export type ExitMemories = Readonly<Record<string, ExitMemory>>;

export const NO_MEMORIES: ExitMemories = {};

export interface ExitState {
  /** The last session that was lived through. */
  readonly asOf: NewYorkDate;
  /** Which strategy this was: `identityOf` its tree. Of another one, nothing is known. */
  readonly strategy: string;
  readonly symbols: ExitMemories;
}

/** A position that is ended in this run, with the figures that decided. */
export type Exit = Omit<Out, 'kind' | 'session'> & { readonly symbol: string };
