// How much of the portfolio a symbol may be where the file sets no limit: what its own weights say. A weight that is written
// down is meant; one that a condition picks is let up to a ceiling, beyond which the file has to say so in so many words.
import { bandWidth, type RebalanceBand } from '../core/values/band.ts';
import { larger, smaller } from '../core/values/rounding.ts';
import { type Ppm, percent, WHOLE } from '../core/values/weight.ts';
import { declaredWeights } from './declared-weights.ts';
import { POSITION_MAX_DEFAULT } from './limits-schema.ts';
import type { PortfolioPolicy } from './portfolio-policy.ts';

/** Of a weight that is not certain, without a word of the file. */
const CEILING: Ppm = percent('30%');

/** Only symbols that may be more than the default; each with its band, the widest where schedules differ. */
export function positionCaps(policy: Pick<PortfolioPolicy, 'sleeves' | 'schedules'>): Readonly<Record<string, Ppm>> {
  const certain = declaredWeights(policy, 'least').symbols;
  const bands = policy.schedules.map(({ band }) => band);
  const caps = [...declaredWeights(policy, 'most').symbols].map(([symbol, most]): [string, Ppm] => {
    const least = certain.get(symbol) ?? 0n;
    const fixed = least === 0n ? 0n : smaller(withBand(least, bands), WHOLE);
    return [symbol, larger(fixed, smaller(withBand(most, bands), CEILING))];
  });
  return Object.fromEntries(caps.filter(([, cap]) => cap > POSITION_MAX_DEFAULT));
}

function withBand(weight: Ppm, bands: readonly RebalanceBand[]): Ppm {
  return bands.reduce((most, band) => larger(most, weight + bandWidth(band, weight)), weight);
}
