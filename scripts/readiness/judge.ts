// What the checks of a requirement come to. Nothing is passed that did not run.
import type { Check, Requirement } from './requirement.ts';

/** What one run of a check came to. */
export interface Ran {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface Judged {
  readonly check: Check;
  readonly verdict: 'passed' | 'failed' | 'not-run';
  readonly ran: Ran | undefined;
}

export interface JudgedRow extends Requirement {
  readonly judged: readonly Judged[];
  /** The worst of it: failed, not-run, gap, passed. */
  readonly verdict: 'passed' | 'failed' | 'not-run' | 'gap';
}

/** @param ranOf undefined for a check that was not run. */
export function judge(requirement: Requirement, ranOf: (check: Check) => Ran | undefined): JudgedRow {
  const judged = requirement.checks.map((check) => {
    const ran = ranOf(check);
    return { check, ran, verdict: verdictOn(ran) };
  });
  const has = (verdict: Judged['verdict']) => judged.some((each) => each.verdict === verdict);
  const isGap = judged.length === 0 || requirement.gaps.length > 0;
  return { ...requirement, judged, verdict: has('failed') ? 'failed' : has('not-run') ? 'not-run' : isGap ? 'gap' : 'passed' };
}

/** Where all was skipped nothing was run. */
function verdictOn(ran: Ran | undefined): Judged['verdict'] {
  if (ran === undefined) return 'not-run';
  if (ran.failed > 0) return 'failed';
  return ran.passed > 0 ? 'passed' : 'not-run';
}
