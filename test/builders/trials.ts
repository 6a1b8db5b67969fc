// Facts of a trial ledger.
import type { HypothesisFact } from '../../shared/contracts/trial-entries.ts';

type Fact<Kind extends HypothesisFact['kind']> = Extract<HypothesisFact, { readonly kind: Kind }>;

/** Of `momentum`, with a holdout of the year 2020. */
export function aRegistration(changed: Partial<Fact<'registered'>> = {}): Fact<'registered'> {
  const holdout = { first: '2020-01-01', last: '2020-12-31' } as const;
  return { kind: 'registered', hypothesis: 'momentum', document: 'a'.repeat(64), trialsMax: 20, holdout, ...changed };
}

export function aTrial(changed: Partial<Fact<'trial'>> = {}): Fact<'trial'> {
  const span = { first: '2010-01-04', last: '2019-12-31' } as const;
  return { kind: 'trial', hypothesis: 'momentum', variant: 'b'.repeat(64), parameters: '{"window":10}', span, ...changed };
}

export function aTrialEnd(trial: string, changed: Partial<Fact<'trial-ended'>> = {}): Fact<'trial-ended'> {
  return { kind: 'trial-ended', hypothesis: 'momentum', trial, bars: 2_500, sharpe: 0.04, ...changed };
}

export function aHoldoutOpening(changed: Partial<Fact<'holdout-opened'>> = {}): Fact<'holdout-opened'> {
  return { kind: 'holdout-opened', hypothesis: 'momentum', variant: 'b'.repeat(64), by: 'anna', ...changed };
}
