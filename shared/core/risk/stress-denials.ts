// Denials for what the targets would lose in a bad hour. They bind plans that make something larger.

import { type Stress, stressOf } from '../strategy/stress.ts';
import { formatPercent } from '../values/weight.ts';
import { denied } from './denial.ts';
import type { PlanView, Rung } from './plan-view.ts';

const SCENARIOS = ['day', 'week', 'shock', 'correlated'] as const;

export const stressUnknown: Rung = (view) => {
  const { stress: limits } = view.limits;
  if (limits === undefined || view.opened.size === 0) return undefined;
  const stress = stressOfTargets(view);
  const unknown = SCENARIOS.find((scenario) => limits[scenario] !== undefined && stress[scenario] === undefined);
  return unknown === undefined ? undefined : denied('stress-unknown', { scenario: unknown, returns: `${stress.returns}` });
};

export const stressMax: Rung = (view) => {
  const { stress: limits } = view.limits;
  if (limits === undefined || view.opened.size === 0) return undefined;
  const stress = stressOfTargets(view);
  for (const scenario of SCENARIOS) {
    const [max, found] = [limits[scenario], stress[scenario]];
    if (max === undefined || found === undefined || found.loss <= max) continue;
    const on = found.on === undefined ? {} : { on: found.on };
    return denied('stress-max', { scenario, loss: formatPercent(found.loss), max: formatPercent(max), ...on });
  }
  return undefined;
};

/** Of what the plan aims at, whether it gets there or not. */
export function stressOfTargets({ plan, facts }: Pick<PlanView, 'plan' | 'facts'>): Stress {
  const targets = plan.lines.filter(({ symbol }) => symbol !== 'cash').map(({ symbol, target }) => ({ symbol, weight: target }));
  return stressOf(targets, facts.history);
}
