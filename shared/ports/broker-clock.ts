import type { EpochMs } from '../core/values/time.ts';

/** What time it is for the broker. */
export interface BrokerClock {
  /** @throws BrokerError */
  read(): Promise<EpochMs>;
}
