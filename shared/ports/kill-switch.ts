import type { EpochMs } from '../core/values/time.ts';

export type KillSwitchState = { readonly kind: 'off' } | { readonly kind: 'on'; readonly reason: string; readonly since: EpochMs };

/** Read before every submission, always consistently. A switch that cannot be read counts as on: the read throws. */
export interface KillSwitch {
  /** On when this portfolio's switch or the switch of all portfolios is on. */
  read(portfolio: string): Promise<KillSwitchState>;
  /** `portfolio` undefined: all portfolios. */
  turnOn(portfolio: string | undefined, reason: string, at: EpochMs): Promise<void>;
  turnOff(portfolio: string | undefined): Promise<void>;
}
