// Everything that was decided, by one hash, so that other code can be asked whether it decides the same. Of whole weights, not of
// money: the last bit of a float belongs to a machine.
import { createHash } from 'node:crypto';
import type { ContentHash } from '../../shared/core/values/identity.ts';
import type { DecisionsOf } from '../backtest/sleeve-decisions.ts';
import { lineOf } from './decision-line.ts';

export interface HashedDecisions {
  /** The same decisions, each noted as it is made. */
  readonly decisionsOf: DecisionsOf;
  /** Of all so far, in their order: SHA-256 of one line each. */
  hash(): ContentHash;
}

export function hashedDecisions(decisionsOf: DecisionsOf): HashedDecisions {
  const noted = createHash('sha256');
  return {
    decisionsOf(sleeve, market) {
      const made = decisionsOf(sleeve, market);
      return {
        ...made,
        decide(prior, day, session) {
          const decision = made.decide(prior, day, session);
          noted.update(`${sleeve.name} ${session} ${lineOf(decision)}\n`);
          return decision;
        },
      };
    },
    hash: () => noted.copy().digest('hex'),
  };
}
