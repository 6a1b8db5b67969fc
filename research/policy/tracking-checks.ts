// How well paper runs followed the portfolio: the decisions and orders of the backtest, no drift that nothing explains, and fills near
// the price of the decision. Fees are no part of it: a table has them, and the costs count them.
import type { Outcome } from '../../shared/core/ledger/outcome.ts';
import { sumOfShortfalls } from '../../shared/core/ledger/shortfall.ts';
import { atMost, type MadeCheck } from './made-check.ts';
import { hasTraded, type PaperRun } from './paper-runs.ts';
import { COSTS_A_YEAR_MAX, SHORTFALL_BPS_MAX } from './thresholds.ts';
import type { Costed, NotCosted } from './trading-costs.ts';

/** @param costs by which the backtest reckons: what paper paid is put in place of its spread and impact. */
export function trackingChecks(runs: readonly PaperRun[], costs: Costed | NotCosted): readonly MadeCheck[] {
  const check = 'tracking';
  const compared = runs.flatMap(({ parity }) => (parity.kind === 'compared' ? [parity] : []));
  const differing = compared.filter(({ targets, orders }) => targets !== undefined || orders !== undefined);
  const shortfall = shortfallBps(runs);
  // A market that went our way between decision and fill is no saving that comes again.
  const asPaid =
    shortfall === null || costs.kind === 'unknown' ? null : costs.otherAYear + (costs.tradedAYear * Math.max(0, shortfall)) / BPS;
  return [
    atMost({ check, code: 'differing-runs' }, compared.length === 0 ? null : differing.length, 0),
    atMost({ check, code: 'runs-not-compared' }, runs.filter(isNotCompared).length, 0),
    atMost({ check, code: 'unexplained-drifts' }, unexplainedDrifts(runs), 0),
    atMost({ check, code: 'shortfall-bps' }, shortfall, SHORTFALL_BPS_MAX),
    atMost({ check, code: 'costs-a-year-as-paid' }, asPaid, COSTS_A_YEAR_MAX),
  ];
}

const BPS = 10_000;
const MICROS = 1_000_000;

/** What was refused may have seen no market; whatever else it came to, it decided. */
function isNotCompared({ record: { phase }, parity }: PaperRun): boolean {
  return parity.kind === 'not-compared' && !(phase.kind === 'ended' && phase.ending.kind === 'refused');
}

function unexplainedDrifts(runs: readonly PaperRun[]): number | null {
  const outcomes = outcomesOf(runs);
  return outcomes === null ? null : outcomes.reduce((sum, { unexplained }) => sum + unexplained.length, 0);
}

/** Delay, execution and opportunity of all trades, against the filled part at the price of its decision. */
function shortfallBps(runs: readonly PaperRun[]): number | null {
  const outcomes = outcomesOf(runs);
  if (outcomes === null) return null;
  let traded = 0;
  for (const { parity } of runs.filter(hasTraded)) {
    if (parity.kind === 'not-compared') return null;
    traded += parity.trades.reduce((sum, { notional }) => sum + notional, 0);
  }
  const parts = outcomes.flatMap(({ trades }) => trades).map(({ shortfall }) => shortfall);
  const measured = parts.filter((each) => each !== undefined);
  const { delay, execution, opportunity } = sumOfShortfalls(measured);
  if (measured.length < parts.length || opportunity === undefined || !(traded > 0)) return null;
  return (BPS * (Number(delay + execution + opportunity) / MICROS)) / traded;
}

/** Of the runs that traded; null where none did, or one of them has none. */
function outcomesOf(runs: readonly PaperRun[]): readonly Outcome[] | null {
  const traded = runs.filter(hasTraded);
  const outcomes = traded.flatMap(({ outcome }) => outcome ?? []);
  return outcomes.length === 0 || outcomes.length < traded.length ? null : outcomes;
}
