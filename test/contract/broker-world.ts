// What a contract suite needs of the world behind a Broker and its MarketData, whatever they are made of.
import type { Fault } from '../../exchange/faults/fault.ts';
import type { EpochMs } from '../../shared/core/values/time.ts';
import type { Broker } from '../../shared/ports/broker.ts';
import type { MarketData } from '../../shared/ports/market-data.ts';

/**
 * A fresh account of 100,000 dollars in cash and nothing else, in mid-session of 2019-06-12 (10:30 in New York),
 * on the market of `world-prices.ts`, which lists SPY and TLT, fractionable both, and not NOSUCH.
 */
export interface BrokerWorld {
  readonly broker: Broker;
  readonly marketData: MarketData;
  now(): EpochMs;
  /** Lets time pass: what can fill, fills. */
  advance(ms: number): Promise<void>;
  arm(fault: Fault): Promise<void>;
  close(): Promise<void>;
}

export const WORLD_DATE = '2019-06-12';
/** 10:30 in New York, in summer. */
export const WORLD_START = Date.UTC(2019, 5, 12, 14, 30);
