import type { KillSwitchState, SwitchedOn, SwitchTurn } from '../contracts/switch-turn.ts';
import type { OpenOrders } from '../core/execution/open-orders.ts';
import type { EpochMs } from '../core/values/time.ts';

/** Who turns it, when and why. `by` is a person, or `breaker` for the program itself. */
export interface TurnNote {
  readonly reason: string;
  readonly by: string;
  readonly at: EpochMs;
}

export interface HaltNote extends TurnNote {
  /** What becomes of the orders that work. */
  readonly openOrders: OpenOrders;
}

export interface TurnedOn {
  readonly state: SwitchedOn;
  /** It was on before: the first reason stands, this one is in the turns. */
  readonly wasOn: boolean;
}

export type TurnedOff =
  | { readonly kind: 'turned-off'; readonly was: SwitchedOn }
  | { readonly kind: 'was-off' }
  /** Somebody turned it between the look and the write. What he wanted stands; nothing was turned off. */
  | { readonly kind: 'turned-again' };

/**
 * There is one switch for each portfolio, and one (`portfolio` undefined) for all. Read before every submission, always
 * consistently. A switch that cannot be read counts as on: the read throws. Every turn is kept.
 */
export interface KillSwitch {
  /** On when this portfolio's switch or the switch of all portfolios is on; orders are canceled when either says so. */
  read(portfolio: string): Promise<KillSwitchState>;
  /** One switch by itself. */
  readOne(portfolio: string | undefined): Promise<KillSwitchState>;
  /** Whoever asks for less than stands already changes nothing but the record of turns: cancel wins over keep. */
  turnOn(portfolio: string | undefined, note: HaltNote): Promise<TurnedOn>;
  turnOff(portfolio: string | undefined, note: TurnNote): Promise<TurnedOff>;
  /** Newest first, at most `limit`. */
  turns(portfolio: string | undefined, limit: number): Promise<readonly SwitchTurn[]>;
}
