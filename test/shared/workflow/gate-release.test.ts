import { describe, expect, it } from 'vitest';
import { CollectingTelemetry } from '../../../shared/adapters/local/collecting-telemetry.ts';
import type { DryRunResult } from '../../../shared/contracts/events.ts';
import type { Release } from '../../../shared/ports/release.ts';
import { gateRelease } from '../../../shared/workflow/gate-release.ts';

const HOOK = { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'hook-1' };

function aGate(answers: Readonly<Record<string, DryRunResult | Error>>) {
  const reported: string[] = [];
  const telemetry = new CollectingTelemetry();
  const release: Release = {
    dryRun: async (portfolio) => {
      const answer = answers[portfolio];
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error(`nobody asked for ${portfolio}`);
      return answer;
    },
    report: async ({ DeploymentId }, status) => void reported.push(`${DeploymentId} ${status}`),
  };
  const flushes: string[] = [];
  const gate = { portfolios: Object.keys(answers), release, telemetry, flush: () => flushes.push('flushed') };
  return { gate, reported, telemetry, flushes };
}

describe('the gate of a release', () => {
  it('opens when every portfolio has passed', async () => {
    const { gate, reported, flushes } = aGate({
      a: { verdict: 'passed', detail: 'execute' },
      b: { verdict: 'passed', detail: 'nothing-to-trade' },
    });
    expect(await gateRelease(HOOK, gate)).toBe('Succeeded');
    expect([reported, flushes]).toEqual([['d-1 Succeeded'], ['flushed']]);
  });

  it('stays shut when one has not, and says which and why', async () => {
    const { gate, reported, telemetry } = aGate({
      a: { verdict: 'passed', detail: 'execute' },
      b: { verdict: 'failed', detail: 'unknown-symbol: XYZ' },
    });
    expect(await gateRelease(HOOK, gate)).toBe('Failed');
    expect(reported).toEqual(['d-1 Failed']);
    const errors = telemetry.lines.filter(({ level }) => level === 'error');
    expect(errors.map(({ fields }) => fields)).toEqual([{ portfolio: 'b', detail: 'unknown-symbol: XYZ' }]);
  });

  it('stays shut when a portfolio cannot be asked, and reports that at once', async () => {
    const { gate, reported, telemetry } = aGate({ a: new Error('the function was killed') });
    expect(await gateRelease(HOOK, gate)).toBe('Failed');
    expect(reported).toEqual(['d-1 Failed']);
    expect(telemetry.lines.map(({ fields }) => fields['detail'])).toEqual(['Error: the function was killed']);
  });

  it('stays shut without a portfolio: nothing was tried', async () => {
    const { gate, reported } = aGate({});
    expect(await gateRelease(HOOK, gate)).toBe('Failed');
    expect(reported).toEqual(['d-1 Failed']);
  });
});
