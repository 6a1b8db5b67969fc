// The handlers add a run to the audit chain when it has ended, whatever became of it, and nothing of the run depends on it.
import { beforeEach, describe, expect, it } from 'vitest';
import { executionHandler } from '../../lambdas/execution/execution-handler.ts';
import { signalHandler } from '../../lambdas/signal/signal-handler.ts';
import { MemoryAuditTrail } from '../../shared/adapters/local/memory-audit-trail.ts';
import { BrokerError, OutsideError } from '../../shared/ports/outside-error.ts';
import { UnresolvedRun } from '../../shared/workflow/execution-run.ts';
import type { World } from '../../shared/workflow/world.ts';
import { auditKeysOf } from '../builders/audit.ts';
import { DUE_EVENT, RUN_ID, WorkflowWorld } from '../shared/workflow/workflow-world.ts';

let world: WorkflowWorld;
let trail: MemoryAuditTrail;
beforeEach(() => {
  world = new WorkflowWorld();
  trail = new MemoryAuditTrail();
});

function opened(auditKeys = auditKeysOf()): World {
  return {
    portfolios: { names: async () => ['balanced'], load: async () => world.source },
    portsFor: () => world.ports,
    audit: { runStore: world.runStore, ledgers: world.ledgers, trail, auditKeys },
    flush: () => undefined,
  };
}

const signal = (auditKeys = auditKeysOf()) => signalHandler(() => opened(auditKeys))(DUE_EVENT);

async function drive(): Promise<void> {
  for (let turn = 0; turn < 2_000; turn += 1) {
    const { done, waitSeconds } = await executionHandler(() => opened())({ runId: RUN_ID });
    if (done) return;
    world.now += waitSeconds * 1_000;
  }
  throw new Error('the run does not end');
}

const sealed = async (): Promise<number> => (await trail.latest('balanced', 10)).length;

describe('a run is sealed', () => {
  it('when it has executed, and not before', async () => {
    world.broker.answer = (intent) => world.broker.takeAndFill(intent);
    await signal();
    expect(await sealed()).toBe(0);
    await drive();
    expect(await sealed()).toBe(1);
    await drive();
    await signal();
    expect(await sealed()).toBe(1);
  });

  it('when it was refused', async () => {
    await world.killSwitch.turnOn('balanced', { reason: 'a drill', by: 'me', at: world.now, openOrders: 'cancel' });
    expect((await signal()).kind).toBe('refused');
    expect(await sealed()).toBe(1);
  });

  it('when it is unresolved, which still fails', async () => {
    world.broker.answer = () => {
      throw new BrokerError('no answer', { effect: 'unknown', code: 'timeout' });
    };
    await signal();
    await expect(drive()).rejects.toThrow(UnresolvedRun);
    expect((await world.record()).phase).toMatchObject({ ending: { kind: 'unresolved' } });
    expect(await sealed()).toBe(1);
  });

  it('by the next delivery of its event, where whoever ended it died before', async () => {
    await world.killSwitch.turnOn('balanced', { reason: 'a drill', by: 'me', at: world.now, openOrders: 'cancel' });
    await world.signal();
    expect(await sealed()).toBe(0);
    expect((await signal()).kind).toBe('already-ended');
    expect(await sealed()).toBe(1);
  });
});

it('a run whose seal fails has ended all the same, and the log says so', async () => {
  await world.killSwitch.turnOn('balanced', { reason: 'a drill', by: 'me', at: world.now, openOrders: 'cancel' });
  const keyring = async (): Promise<never> => {
    throw new OutsideError('secret evenkeel/paper/audit-key does not exist', { effect: 'none', code: 'secret-missing' });
  };
  expect((await signal({ keyring })).kind).toBe('refused');
  expect(await sealed()).toBe(0);
  expect(world.telemetry.lines.at(-1)).toMatchObject({ level: 'error', message: 'the audit chain was not added to' });
});
