// Whether a portfolio is cheap enough to trade, also where everything costs twice what is usual.
import { atLeast, atMost, type MadeCheck } from './made-check.ts';
import { COSTS_A_YEAR_MAX, REFUSED_PART_MAX, TURNOVER_A_YEAR_MAX, YEARS_MIN } from './thresholds.ts';
import type { Costed, NotCosted } from './trading-costs.ts';

export function costChecks(once: Costed | NotCosted, twice: Costed | NotCosted): readonly MadeCheck[] {
  const check = 'cost';
  const told = once.kind === 'costs' ? once : undefined;
  return [
    atLeast({ check, code: 'years' }, told?.years ?? null, YEARS_MIN),
    atMost({ check, code: 'refused-part' }, told?.refusedPart ?? null, REFUSED_PART_MAX),
    atMost({ check, code: 'costs-a-year' }, told?.aYear ?? null, COSTS_A_YEAR_MAX),
    atMost({ check, code: 'costs-a-year-at-double-slippage' }, twice.kind === 'costs' ? twice.aYear : null, COSTS_A_YEAR_MAX),
    atMost({ check, code: 'turnover-a-year' }, told?.turnoverAYear ?? null, TURNOVER_A_YEAR_MAX),
  ];
}
