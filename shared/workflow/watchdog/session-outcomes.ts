// What the runs of a session came to, read back from their artifacts once, and what in it its owner should know of besides what
// each run told by itself.
import type { LiveOverride } from '../../contracts/portfolio-policy.ts';
import type { Outcome } from '../../core/ledger/outcome.ts';
import { formatPercent, type Ppm, percent } from '../../core/values/weight.ts';
import type { RunWithArtifacts } from '../read-run.ts';
import type { Finding } from './finding.ts';

/** A run with what its session came to, and of what it saw no more than who let it trade without what it needed. */
export interface RunFacts extends Omit<RunWithArtifacts, 'snapshot'> {
  readonly override?: LiveOverride;
}

export function factsOf({ snapshot, ...facts }: RunWithArtifacts): RunFacts {
  const override = snapshot?.clearance?.override;
  return override === undefined ? facts : { ...facts, override };
}

/** A symbol further than this from its target when its session is over is a matter for today. */
const DRIFT_MAX: Ppm = percent('5%');

export function findInOutcome(facts: RunFacts): Finding[] {
  return [...findLargeResidual(facts), ...findBadQuotes(facts)];
}

function findLargeResidual({ record: { runId }, outcome }: RunFacts): Finding[] {
  if (outcome === undefined || !outcome.outcome.trades.some(({ residual }) => residual !== undefined)) return [];
  const far = driftsOf(outcome.outcome).filter(({ isInside, drift }) => !isInside && absolute(drift) > DRIFT_MAX);
  if (far.length === 0) return [];
  const body = far
    .map(({ symbol, weight, target }) => `${symbol} is ${formatPercent(weight)} of the portfolio and should be ${formatPercent(target)}`)
    .join('; ');
  return [
    {
      code: 'residual-above-limit',
      subject: `${runId} left ${far.length === 1 ? 'a symbol' : `${far.length} symbols`} far from target`,
      body: `${body}.`,
      runId,
    },
  ];
}

function findBadQuotes({ record: { runId }, plan, outcome }: RunFacts): Finding[] {
  const skipped = (plan?.plan.skipped ?? []).map(({ symbol, code }) => ({ symbol, code: String(code) }));
  const left = (outcome?.outcome.trades ?? []).flatMap(({ symbol, residual }) =>
    residual === undefined ? [] : [{ symbol, code: String(residual.code) }],
  );
  const bad = [...skipped, ...left].filter(({ code }) => code.startsWith('quote-'));
  if (bad.length === 0) return [];
  const body = `Not traded: ${bad.map(({ symbol, code }) => `${symbol} (${code})`).join(', ')}.`;
  return [{ code: 'stale-quotes', subject: `${runId}: quotes were not usable`, body, runId }];
}

/** Without idle cash, which is no position. */
export function driftsOf({ lines }: Pick<Outcome, 'lines'>): Outcome['lines'] {
  return lines.filter(({ symbol }) => symbol !== 'cash');
}

export function absolute(drift: Ppm): Ppm {
  return drift < 0n ? -drift : drift;
}
