// When a symphony is rebalanced: a frequency, or a corridor in its place.
import type { RebalanceRule } from '../../core/strategy/tree.ts';
import { divide } from '../../core/values/rounding.ts';
import { type Ppm, WHOLE } from '../../core/values/weight.ts';
import { type Datum, describeDatum, wordOf } from './datum.ts';
import { fractionOf } from './decimal-text.ts';
import type { Fields } from './fields.ts';
import type { OpenReport } from './open-report.ts';

const EVERY = { daily: 'day', weekly: 'week', monthly: 'month', quarterly: 'quarter', yearly: 'year' } as const;

interface Keys {
  readonly frequency: string;
  readonly corridor: string;
}

export const STEP_REBALANCE: Keys = { frequency: 'rebalance', corridor: 'rebalance-corridor-width' };
export const FORM_REBALANCE: Keys = { frequency: 'rebalance-frequency', corridor: 'rebalance-threshold' };

/**
 * The corridor is in force only without a frequency: where both are given the frequency is kept, and a note says so.
 * @param keys their names differ between the two languages.
 */
export function rebalanceOf(fields: Fields, keys: Keys, report: OpenReport): RebalanceRule {
  const [frequency, corridor] = [fields.get(keys.frequency), fields.get(keys.corridor)];
  const word = wordOf(frequency);
  const width = corridor === undefined ? undefined : widthOf(corridor);
  if (corridor !== undefined && width === undefined) {
    report.refuse(fields.at(keys.corridor), describeDatum(corridor), 'a part of the whole above 0, up to 1, such as 0.05');
  }
  if (word !== undefined && Object.hasOwn(EVERY, word)) {
    if (corridor !== undefined)
      report.note(fields.at(keys.corridor), 'corridor-ignored', `rebalanced ${word}: the corridor is not in force`);
    return { kind: 'every', every: EVERY[word as keyof typeof EVERY] };
  }
  const mayBeLeftOut = corridor !== undefined && keys === FORM_REBALANCE;
  if (word !== 'none' && (frequency !== undefined || !mayBeLeftOut)) {
    report.refuse(fields.at(keys.frequency), describeDatum(frequency), `one of ${Object.keys(EVERY).join(', ')}, none`);
  }
  return width === undefined ? { kind: 'none' } : { kind: 'corridor', width };
}

function widthOf(datum: Datum): Ppm | undefined {
  const fraction = datum.kind === 'number' || datum.kind === 'string' ? fractionOf(datum.text) : undefined;
  if (fraction === undefined) return undefined;
  const width = divide(fraction.numerator * WHOLE, fraction.denominator, 'half-even');
  return width > 0n && width <= WHOLE ? width : undefined;
}
