// Whether a portfolio trades a claim as it was judged: by itself, looked at in every session, and always brought to its targets.
import type { Frequency, Schedule } from '../../core/market/schedule.ts';
import { bandWidth } from '../../core/values/band.ts';
import { formatPercent, type Ppm, WHOLE } from '../../core/values/weight.ts';
import type { PortfolioPolicy, Sleeve } from '../portfolio-policy.ts';

/**
 * Room for whole shares, and for what prices do between a run and the close: a band of a schedule is no wider where a claim is traded.
 * docs/decisions/0062 says what it costs.
 */
const BAND_MAX: Ppm = 10_000n;

/**
 * What of the schedules is otherwise, key by key; none where one of them looks and trades as the judge did. In a portfolio that is looked
 * at less often a claim holds what was never judged. So it does where it rebalances on another session of its period than the first, and
 * where a wide band keeps it from its targets.
 *
 * @returns of the schedule that is nearest.
 */
export function otherwiseThanJudged(sleeve: Sleeve, { schedules }: Pick<PortfolioPolicy, 'schedules'>): readonly string[] {
  const found = schedules.map((schedule) => faultsOf(schedule, frequencyOf(sleeve)));
  const [nearest = []] = found.toSorted((one, other) => one.length - other.length);
  return nearest;
}

/** How often it has to be looked at. An exit is asked for in every session, whatever the rule is. */
function frequencyOf({ rebalance, exits }: Sleeve): Frequency {
  return rebalance.kind === 'every' && exits === undefined ? rebalance.every : 'day';
}

function faultsOf({ name, every, on, band }: Schedule, judged: Frequency): readonly string[] {
  const key = (path: string) => `schedules.${name}.${path}`;
  const isOften = every === 'day' || every === judged;
  const often = judged === 'day' ? 'day' : `day, or ${judged} with on: first`;
  return [
    ...(isOften ? [] : [`${key('every')}: ${every} — expected ${often}`]),
    ...(every === judged && every !== 'day' && on !== 'first' ? [`${key('on')}: ${on} — expected first, or every: day`] : []),
    ...(bandWidth(band, WHOLE) <= BAND_MAX
      ? []
      : [`${key('band')}: ${bandText(band)} — expected absolute: ${formatPercent(BAND_MAX)} or less`]),
  ];
}

function bandText({ absolute, relative }: Schedule['band']): string {
  return Object.entries({ absolute, relative })
    .flatMap(([kind, width]) => (width === undefined ? [] : [`${kind}: ${formatPercent(width)}`]))
    .join(', ');
}
