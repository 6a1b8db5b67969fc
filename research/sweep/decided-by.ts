// What a variant decides, by its hash, from the file and the values that are put into it: by it a trial ledger knows the same strategy
// in another file, or under another name.
import { strategyHash } from '../../shared/contracts/hypothesis/strategy-hash.ts';
import type { ContentHash } from '../../shared/core/values/identity.ts';
import type { Candidate } from '../validation/walk-forward/search.ts';
import { readVariant } from './run-variant.ts';
import { variantsOf } from './vary.ts';

/** Undefined of a portfolio, which is more than a strategy, and of what cannot be read. */
export function decidedBy(text: string): (candidate: Candidate) => ContentHash | undefined {
  return (candidate) => {
    const varies = Object.entries(candidate).map(([path, value]) => ({ path, values: [String(value)] }));
    const made = variantsOf(text, varies);
    const read = made.kind === 'variants' ? readVariant('strategy', made.variant(0).text) : undefined;
    const [sleeve] = read?.kind === 'subject' ? read.subject.sleeves : [];
    return sleeve === undefined ? undefined : strategyHash(sleeve);
  };
}
