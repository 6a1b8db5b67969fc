// What a tidy rule is: a name, a reason, where it applies, and how it finds offences.
import type { Source } from './source.ts';

export interface Offence {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

export interface Rule {
  readonly name: string;
  readonly reason: string;
  appliesTo(path: string): boolean;
  find(source: Source): readonly Offence[];
}
