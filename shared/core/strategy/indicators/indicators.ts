// All indicators, by name. A new one is a kernel in a file of its own and an entry in one of the three lists.
import { BAR_INDICATORS } from './bar-indicators.ts';
import { CLOSE_INDICATORS } from './close-indicators.ts';
import { COMPOSER_INDICATORS } from './composer-indicators.ts';
import type { Indicator } from './indicator.ts';

export const INDICATORS: readonly Indicator[] = [...COMPOSER_INDICATORS, ...CLOSE_INDICATORS, ...BAR_INDICATORS];

const byName = new Map(INDICATORS.flatMap((each) => [each.name, ...each.alsoKnownAs].map((name) => [name, each] as const)));

/** The indicator of that name, or of that other name of it; undefined when there is none. */
export function indicatorNamed(name: string): Indicator | undefined {
  return byName.get(name);
}
