// Putting new cash to work without a sale: which part of the cash may go into what is below its target, where that is all
// it takes to bring everything inside its band.
import { isInsideBand, type RebalanceBand } from '../values/band.ts';
import type { MicroUsd } from '../values/money.ts';
import { divide, smaller } from '../values/rounding.ts';
import { partOf } from '../values/weight.ts';
import type { DriftLine } from './plan.ts';

/**
 * 0 where there is nothing to invest, or a rebalance is due that new cash alone does not spare: something is too far above
 * its target, or would still be too far below. Likewise in a first funding, and where a position is short.
 * @param uninvested deposits that no run has bought with yet. Beyond the band, any cash above its target counts.
 */
export function depositToInvest(lines: readonly DriftLine[], equity: MicroUsd, uninvested: MicroUsd, band: RebalanceBand): MicroUsd {
  const cash = lines.find(({ symbol }) => symbol === 'cash');
  const held = lines.filter(({ symbol }) => symbol !== 'cash');
  const isFirstFunding = held.every(({ value }) => value === 0n);
  if (cash === undefined || isFirstFunding || held.some(({ value, target }) => value < 0n || target < 0n)) return 0n;
  const excess = cash.value - partOf(equity, cash.target, 'ceil');
  const deposit = cash.isInside ? smaller(uninvested, excess) : excess;
  return deposit > 0n && isEnough(deposit, held, equity, band) ? deposit : 0n;
}

/** Given to all that is below its target in proportion to what each lacks. */
function isEnough(deposit: MicroUsd, held: readonly DriftLine[], equity: MicroUsd, band: RebalanceBand): boolean {
  const lacking = held.reduce((sum, { drift }) => (drift < 0n ? sum + partOf(equity, -drift, 'ceil') : sum), 0n);
  return held.every(({ isInside, drift, target }) => {
    if (isInside) return true;
    if (drift > 0n) return false;
    const left = divide(drift * (lacking - smaller(deposit, lacking)), lacking, 'floor');
    return isInsideBand(target + left, target, band);
  });
}
