import type { LiveStanding } from '../contracts/hypothesis/live-standing.ts';
import type { PortfolioPolicy } from '../contracts/portfolio-policy.ts';

/** A portfolio file: its text, which goes into the record, and what it says. */
export interface PortfolioSource {
  readonly text: string;
  readonly policy: PortfolioPolicy;
  /** Of a live portfolio, each sleeve: how it stands by the documents beside its file, or deployed with it. */
  readonly live?: readonly LiveStanding[];
}

export interface Portfolios {
  /** @throws Error naming every bad field when a file is refused. */
  names(): Promise<readonly string[]>;
  /** @throws Error naming every bad field when the file is refused, or when there is none of that name. */
  load(name: string): Promise<PortfolioSource>;
}
