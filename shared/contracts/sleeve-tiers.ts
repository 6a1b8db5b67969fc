// What a sleeve adds to positions that gain: its key in the file, what it may be of the portfolio, and what contradicts it.
import * as z from 'zod';
import { positionCap } from '../core/risk/exposure-denials.ts';
import type { Limits } from '../core/risk/limits.ts';
import { symbolsOf } from '../core/strategy/evaluate.ts';
import type { ExitRules } from '../core/strategy/exits/exit-rules.ts';
import type { Tier } from '../core/strategy/exits/tiers.ts';
import { divide, smaller } from '../core/values/rounding.ts';
import { formatPercent, type Ppm, percent, WHOLE } from '../core/values/weight.ts';
import { mapping } from './mapping.ts';
import type { Sleeve } from './portfolio-policy.ts';
import type { Finding } from './problem.ts';
import { percentText } from './quantity-text.ts';

const TIERS_MAX = 4;
/** Whatever the limits allow. */
const CEILING: Ppm = percent('30%');

const TIERS = `a list of 1 to ${TIERS_MAX} mappings with gain and add`;

export const sleeveTiers = z
  .array(mapping({ gain: percentText('0.1%', '900%'), add: percentText('1%', '99%') }), { error: TIERS })
  .min(1, { error: TIERS })
  .max(TIERS_MAX, { error: TIERS });

type Guarded = Pick<Sleeve, 'capital' | 'strategy' | 'exits'>;

/** The exits of a sleeve with its tiers, once the limits are known. */
export function withTiers<Each extends Guarded>(sleeve: Each, steps: readonly Tier[] | undefined, limits: Limits): Each {
  const { exits, capital, strategy } = sleeve;
  if (steps === undefined || exits === undefined) return sleeve;
  const capOf = (symbol: string): Ppm => divide(smaller(positionCap(symbol, limits), CEILING) * WHOLE, capital, 'floor');
  const caps = Object.fromEntries(symbolsOf(strategy).map((symbol) => [symbol, capOf(symbol)]));
  const guarded: ExitRules = { ...exits, tiers: { steps, caps } };
  return { ...sleeve, exits: guarded };
}

/** In the words of the file: the policy has the tiers only where there are exits. */
export function tierContradictions(sleeves: readonly Sleeve[], stepsOf: (sleeve: string) => readonly Tier[] | undefined): Finding[] {
  return sleeves.flatMap(({ name, strategy, exits }): Finding[] => {
    const steps = stepsOf(name);
    if (steps === undefined) return [];
    const about = (value: string, expected: string): Finding => ({ path: ['sleeves', name, 'tiers'], about: 'value', value, expected });
    if (exits?.stopLoss === undefined) return [about('tiers without a stop-loss', 'exits with a stop-loss: it is raised with every tier')];
    const gains = steps.map(({ gain }) => gain);
    if (!isRising(gains)) return [about(`gains of ${gains.map(formatPercent).join(', then ')}`, 'gains in rising order')];
    const adds = steps.map(({ add }) => add);
    if (!isRising([...adds].reverse()))
      return [about(`${adds.map(formatPercent).join(', then ')} added`, 'each tier smaller than the one before')];
    const own = new Set(symbolsOf(strategy));
    const other = sleeves.find((each) => each.name !== name && symbolsOf(each.strategy).some((symbol) => own.has(symbol)));
    const shared = other === undefined ? undefined : symbolsOf(other.strategy).find((symbol) => own.has(symbol));
    if (other === undefined || shared === undefined) return [];
    return [
      about(
        `tiers in ${shared}, which sleeve ${other.name} may hold too`,
        'symbols that no other sleeve may hold: a position has one stop',
      ),
    ];
  });
}

function isRising(figures: readonly Ppm[]): boolean {
  return figures.every((figure, place) => place === 0 || figure > (figures[place - 1] ?? 0n));
}
