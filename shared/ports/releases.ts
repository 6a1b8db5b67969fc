import type { DryRunResult } from '../contracts/events.ts';

/** A function's alias, and the version that was called by it before. */
export interface Release {
  /** Our own name: `signal`. */
  readonly hop: string;
  readonly alias: string;
  readonly version: string;
  /** Of the version: when it was made, as AWS writes it. */
  readonly madeAt: string;
  /** undefined where there is no older version. */
  readonly previous: { readonly version: string; readonly madeAt: string } | undefined;
}

/** The released versions of the functions. Methods throw `OutsideError`. */
export interface Releases {
  read(): Promise<readonly Release[]>;
  /** From now on this version is called; runs that execute go on with it at their next turn. */
  move(hop: string, version: string): Promise<void>;
  /** What that version of the signal would plan now of a portfolio; nothing is written or sent. */
  dryRun(hop: string, version: string, portfolio: string): Promise<DryRunResult>;
}
