// The audit of a portfolio: three runs, each sealed when it ended, and each way to tamper with what is stored.
import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryArtifactStore } from '../../../shared/adapters/local/memory-artifact-store.ts';
import { MemoryAuditTrail } from '../../../shared/adapters/local/memory-audit-trail.ts';
import { auditHeadText, parseAuditHead } from '../../../shared/contracts/audit-head.ts';
import { recordHash, sealLink } from '../../../shared/contracts/audit-link.ts';
import { type RunRecord, UnreadableRecord } from '../../../shared/contracts/run-record.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import { DAY_MS } from '../../../shared/core/values/time.ts';
import { OutsideError, StoreError } from '../../../shared/ports/outside-error.ts';
import { advanceRun } from '../../../shared/workflow/execution-run.ts';
import { sealAfterRun } from '../../../shared/workflow/seal-after-run.ts';
import { auditHead, sealEndedRuns } from '../../../shared/workflow/seal-ended-runs.ts';
import { type AuditVerification, type VerifyPorts, verifyAudit } from '../../../shared/workflow/verify-audit.ts';
import { AUDIT_KEY, auditKeysOf } from '../../builders/audit.ts';
import { DUE, RUN_ID, WorkflowWorld } from './workflow-world.ts';

const TUESDAY = 'balanced/2026-11-17/daily';
const WEDNESDAY = 'balanced/2026-11-18/daily';
const THURSDAY = 'balanced/2026-11-19/daily';

interface Sealed {
  readonly world: WorkflowWorld;
  readonly trail: MemoryAuditTrail;
  readonly seal: () => Promise<number>;
}

async function runOn(world: WorkflowWorld, daysBefore: number): Promise<void> {
  const due = DUE - daysBefore * DAY_MS;
  world.now = due + 5_000;
  const event = { portfolio: 'balanced', schedule: 'daily', scheduledTime: new Date(due).toISOString() };
  const told = await world.signal(event);
  if (told.kind !== 'handed-over') return;
  for (let turn = 0; turn < 100; turn += 1) {
    const { done, waitSeconds } = await advanceRun(told.runId, world.ports);
    if (done) return;
    world.now += waitSeconds * 1_000;
  }
  throw new Error('the run does not end');
}

/** Tuesday trades, Wednesday and Thursday find everything in its place. */
async function threeRuns(): Promise<Sealed> {
  const world = new WorkflowWorld();
  world.broker.answer = (intent) => world.broker.takeAndFill(intent);
  const trail = new MemoryAuditTrail();
  const seal = () => sealEndedRuns('balanced', { ...world, trail, auditKeys: auditKeysOf() });
  for (const daysBefore of [3, 2, 1]) {
    await runOn(world, daysBefore);
    expect(await seal()).toBe(1);
  }
  return { world, trail, seal };
}

let sealed: Sealed;
beforeEach(async () => {
  sealed = await threeRuns();
});

function verify(changed: Partial<VerifyPorts> = {}, anchor?: string): Promise<AuditVerification> {
  const { world, trail } = sealed;
  const ports = { ...world, trail, auditKeys: auditKeysOf(), ...changed };
  return verifyAudit('balanced', anchor === undefined ? undefined : parseAuditHead(anchor), ports);
}

async function findings(changed: Partial<VerifyPorts> = {}, anchor?: string): Promise<readonly string[]> {
  return (await verify(changed, anchor)).findings.map(({ kind, what }) => `${kind} ${what}`);
}

/** The run store with something in it changed; undefined: not there any more. */
function runsWith(change: (record: RunRecord) => RunRecord | undefined): VerifyPorts['runStore'] {
  const { runStore } = sealed.world;
  return {
    load: async (runId) => {
      const record = await runStore.load(runId);
      return record === undefined ? undefined : change(record);
    },
    list: async (portfolio, limit) => (await runStore.list(portfolio, limit)).flatMap((record) => change(record) ?? []),
  };
}

const only = (runId: string, change: (record: RunRecord) => RunRecord | undefined) =>
  runsWith((record) => (record.runId === runId ? change(record) : record));

async function recordOf(runId: string): Promise<RunRecord> {
  const record = await sealed.world.runStore.load(runId);
  if (record === undefined) throw new Error(`no ${runId}`);
  return record;
}

/** Links 1 to n as they lie there, each through `change`. */
function trailWith(change: (text: string, position: number) => string | undefined): VerifyPorts['trail'] {
  return {
    latest: async (portfolio, limit) =>
      (await sealed.trail.latest(portfolio, limit)).flatMap(({ position, text }) => {
        const after = change(text, position);
        return after === undefined ? [] : [{ position, text: after }];
      }),
  };
}

describe('records as they were written', () => {
  it('are whole: every run with its artifacts, and the ledger', async () => {
    const { head, ...verified } = await verify();
    expect(verified).toEqual({
      portfolio: 'balanced',
      links: 3,
      runs: 3,
      // Five of Tuesday, four each of the days on which nothing was traded.
      artifacts: 13,
      // The opening, and the fills of Tuesday with what the broker tells of them the day after.
      ledgerBatches: 2,
      runsBefore: 0,
      runsOpen: 0,
      findings: [],
    });
    expect(head).toMatchObject({ portfolio: 'balanced', sequence: 3, runId: THURSDAY });
  });

  it('are whole before and after a head that was kept', async () => {
    const head = await auditHead('balanced', sealed.trail);
    if (head === undefined) throw new Error('no head');
    expect(await findings({}, auditHeadText(head))).toEqual([]);
    await runOn(sealed.world, 0);
    await sealed.seal();
    expect(await findings({}, auditHeadText(head))).toEqual([]);
  });

  it('have no head before the first run has ended', async () => {
    expect(await auditHead('balanced', new MemoryAuditTrail())).toBeUndefined();
  });
});

describe('a run record', () => {
  it('that was edited is found', async () => {
    const runStore = only(WEDNESDAY, (record) => ({ ...record, updatedAt: record.updatedAt + 1 }));
    expect(await findings({ runStore })).toEqual([`edited run ${WEDNESDAY}`]);
  });

  it('that cannot be read any more is found', async () => {
    const broken = async (): Promise<never> => {
      throw new UnreadableRecord('run record is not JSON');
    };
    const load: VerifyPorts['runStore']['load'] = (runId) => (runId === TUESDAY ? broken() : sealed.world.runStore.load(runId));
    expect(await findings({ runStore: { load, list: broken } })).toEqual(['edited runs of balanced', `edited run ${TUESDAY}`]);
  });

  it('that is missing is found', async () => {
    expect(await findings({ runStore: only(THURSDAY, () => undefined) })).toEqual([`missing run ${THURSDAY}`]);
  });

  it('that stands in the place of another is found', async () => {
    const other = await recordOf(WEDNESDAY);
    const runStore = only(THURSDAY, () => ({ ...other, runId: THURSDAY, session: '2026-11-19' }));
    expect(await findings({ runStore })).toEqual([`edited run ${THURSDAY}`, `reordered snapshot of ${THURSDAY}`]);
  });

  it('that points to a document of another kind is found', async () => {
    const { artifacts } = await recordOf(TUESDAY);
    const runStore = only(TUESDAY, (record) => ({ ...record, artifacts: { ...artifacts, plan: artifacts.decision ?? '' } }));
    expect(await findings({ runStore })).toEqual([`edited run ${TUESDAY}`, `edited plan of ${TUESDAY}`, `reordered review of ${TUESDAY}`]);
  });

  it('that nobody sealed is found', async () => {
    await runOn(sealed.world, 0);
    expect(await findings()).toEqual([`not-sealed run ${RUN_ID}`]);
    expect(await sealed.seal()).toBe(1);
    expect(await findings()).toEqual([]);
  });
});

describe('an artifact', () => {
  it('that was edited is found', async () => {
    const { plan } = (await recordOf(TUESDAY)).artifacts;
    const artifacts = {
      get: async (hash: string) => {
        if (hash === plan) throw new StoreError('the stored bytes have another hash', { effect: 'none', code: 'bad-answer' });
        return sealed.world.artifacts.get(hash);
      },
    };
    expect(await findings({ artifacts })).toEqual([`edited plan of ${TUESDAY}`]);
  });

  it('that is missing is found', async () => {
    const { outcome } = (await recordOf(TUESDAY)).artifacts;
    const artifacts = { get: async (hash: string) => (hash === outcome ? undefined : sealed.world.artifacts.get(hash)) };
    expect(await findings({ artifacts })).toEqual([`missing outcome of ${TUESDAY}`]);
  });
});

describe('the ledger', () => {
  it('that was edited is found', async () => {
    const record = await sealed.world.ledgers.load('balanced');
    if (record === undefined) throw new Error('no ledger');
    const holdings = record.ledger.holdings.map((holding) => ({ ...holding, quantity: holding.quantity + shares('1') }));
    const ledgers = { load: async () => ({ ...record, ledger: { ...record.ledger, holdings } }) };
    expect(await findings({ ledgers })).toEqual(['edited ledger of balanced']);
    const cash = { ...record.ledger.cash, fee: -1n };
    expect(await findings({ ledgers: { load: async () => ({ ...record, ledger: { ...record.ledger, cash } }) } })).toEqual([
      'edited ledger of balanced',
    ]);
  });

  it('that is missing is found', async () => {
    expect(await findings({ ledgers: { load: async () => undefined } })).toEqual(['missing ledger of balanced']);
  });

  it('whose entries are missing is found', async () => {
    const head = (await sealed.world.ledgers.load('balanced'))?.head;
    const artifacts = { get: async (hash: string) => (hash === head ? undefined : sealed.world.artifacts.get(hash)) };
    expect(await findings({ artifacts })).toEqual([`missing entries ${head} of the ledger of balanced`]);
  });

  it('that was written anew is found', async () => {
    const other = new WorkflowWorld();
    await other.signal();
    const artifacts = new MemoryArtifactStore();
    const get = async (hash: string) =>
      (await sealed.world.artifacts.get(hash)) ?? (await other.artifacts.get(hash)) ?? artifacts.get(hash);
    expect(await findings({ ledgers: other.ledgers, artifacts: { get } })).toEqual(['rewritten ledger of balanced']);
  });
});

describe('the chain', () => {
  it('that was cut off is found by the records, and by a head when they were cut off with it', async () => {
    const head = await auditHead('balanced', sealed.trail);
    if (head === undefined) throw new Error('no head');
    const trail = trailWith((text, position) => (position === 3 ? undefined : text));
    expect(await findings({ trail })).toEqual([`not-sealed run ${THURSDAY}`]);
    const runStore = only(THURSDAY, () => undefined);
    expect(await findings({ trail, runStore })).toEqual([]);
    expect(await findings({ trail, runStore }, auditHeadText(head))).toEqual(['truncated link 3']);
  });

  it('that was taken away whole is found', async () => {
    expect(await findings({ trail: new MemoryAuditTrail() })).toEqual(['missing the chain']);
  });

  it('that was edited is found', async () => {
    const trail = trailWith((text, position) => (position === 2 ? text.replace(WEDNESDAY, THURSDAY) : text));
    expect(await findings({ trail })).toContain('edited link 2');
  });

  it('that was written anew with all its records, by who has not the key, is found', async () => {
    const anew = new MemoryAuditTrail();
    const runStore = runsWith((record) => ({ ...record, updatedAt: record.updatedAt + 1 }));
    await sealEndedRuns('balanced', {
      runStore: { ...sealed.world.runStore, ...runStore, claim: sealed.world.runStore.claim, save: sealed.world.runStore.save },
      ledgers: sealed.world.ledgers,
      trail: anew,
      auditKeys: auditKeysOf('x'.repeat(32)),
    });
    expect(await findings({ trail: anew, runStore })).toEqual(['rewritten link 1', 'rewritten link 2', 'rewritten link 3']);
  });

  it('says how many runs ended before it began', async () => {
    const trail = new MemoryAuditTrail();
    const record = await recordOf(THURSDAY);
    await trail.append(
      sealLink(undefined, { portfolio: 'balanced', runId: THURSDAY, record: recordHash(record), ledger: undefined }, AUDIT_KEY),
    );
    expect(await verify({ trail })).toMatchObject({ runs: 1, runsBefore: 2, findings: [] });
  });
});

describe('sealing', () => {
  it('adds a run once, however often it is asked, and two at once', async () => {
    await runOn(sealed.world, 0);
    // Both write the same bytes, and that is one link.
    expect(await Promise.all([sealed.seal(), sealed.seal()])).toEqual([1, 1]);
    expect(await sealed.seal()).toBe(0);
    expect(await sealed.trail.latest('balanced', 10)).toHaveLength(4);
    expect(await findings()).toEqual([]);
  });

  it('makes up for what was missed, in the order of the ends', async () => {
    const trail = new MemoryAuditTrail();
    expect(await sealEndedRuns('balanced', { ...sealed.world, trail, auditKeys: auditKeysOf() })).toBe(3);
    expect(await findings({ trail })).toEqual([]);
    expect(await auditHead('balanced', trail)).toMatchObject({ sequence: 3, runId: THURSDAY });
  });

  it('leaves runs alone that have not ended', async () => {
    const world = new WorkflowWorld();
    await world.signal();
    expect(await sealEndedRuns('balanced', { ...world, trail: new MemoryAuditTrail(), auditKeys: auditKeysOf() })).toBe(0);
  });

  it('adds nothing to a chain that cannot be read', async () => {
    const trail = { ...trailWith(() => 'nothing'), append: async () => 'appended' as const };
    await runOn(sealed.world, 0);
    await expect(sealEndedRuns('balanced', { ...sealed.world, trail, auditKeys: auditKeysOf() })).rejects.toThrow('cannot be read');
  });

  it('that hangs does not keep the run from ending, and is told in the log', async () => {
    await runOn(sealed.world, 0);
    const auditKeys = { keyring: () => new Promise<never>(() => undefined) };
    await sealAfterRun('balanced', { ...sealed.world, trail: sealed.trail, auditKeys }, sealed.world.telemetry, 20);
    expect(sealed.world.telemetry.lines.at(-1)).toMatchObject({
      level: 'error',
      message: 'the audit chain was not added to',
      fields: { error: { code: 'timeout' } },
    });
    expect(await findings()).toEqual([`not-sealed run ${RUN_ID}`]);
  });

  it('that fails leaves the run as it is, and is told in the log', async () => {
    const auditKeys = {
      keyring: async (): Promise<never> => {
        throw new OutsideError('secret evenkeel/paper/audit-key does not exist', { effect: 'none', code: 'secret-missing' });
      },
    };
    await runOn(sealed.world, 0);
    await sealAfterRun('balanced', { ...sealed.world, trail: sealed.trail, auditKeys }, sealed.world.telemetry);
    expect(sealed.world.telemetry.lines.at(-1)).toMatchObject({ level: 'error', message: 'the audit chain was not added to' });
    expect(await findings()).toEqual([`not-sealed run ${RUN_ID}`]);
  });
});
