// A live run decides only what is cleared, and its record says by what; whoever lets one through is named wherever it is told of.
import { describe, expect, it } from 'vitest';
import { MemoryNotifier } from '../../../shared/adapters/local/memory-notifier.ts';
import { contentHash } from '../../../shared/contracts/canonical-json.ts';
import { encodeNotice } from '../../../shared/contracts/encode-notice.ts';
import { liveStandings } from '../../../shared/contracts/hypothesis/live-clearance.ts';
import { decodeNotice } from '../../../shared/contracts/notice-message.ts';
import type { PortfolioPolicy } from '../../../shared/contracts/portfolio-policy.ts';
import { dryRun } from '../../../shared/workflow/dry-run.ts';
import { readArtifact } from '../../../shared/workflow/read-artifact.ts';
import { sayingOverride } from '../../../shared/workflow/saying-override.ts';
import { aPolicyCheck, liveDocuments, signedCheck } from '../../builders/live.ts';
import { aPolicy, WorkflowWorld } from './workflow-world.ts';

const override = { by: 'anna', reason: 'a first order, watched by hand' };
const SAID = 'live without what it needs, by anna: a first order, watched by hand';
const live = (stated: Partial<PortfolioPolicy['account']> = {}) =>
  aPolicy({ account: { name: 'main', mode: 'live', number: 'PA1', ...stated } });

function aWorld(policy: PortfolioPolicy, files: Parameters<typeof liveDocuments>[0]): WorkflowWorld {
  const world = new WorkflowWorld(policy);
  world.source = { ...world.source, live: liveStandings(policy, liveDocuments(files)) };
  return world;
}
const check = signedCheck(aPolicyCheck(live()));

describe('a live run', () => {
  it('trades when its portfolio is cleared, and its snapshot names the documents', async () => {
    const world = aWorld(live(), [check]);
    expect(await world.signal()).toMatchObject({ kind: 'handed-over' });
    const { clearance } = await readArtifact(world.artifacts, await world.record(), 'snapshot');
    expect(clearance).toEqual({ documents: { core: contentHash(check.text) } });
  });

  it('is refused without, asks the broker nothing, and says what is lacking', async () => {
    const world = aWorld(live(), []);
    world.broker.account = () => Promise.reject(new Error('the broker was asked'));
    expect(await world.signal()).toMatchObject({
      kind: 'refused',
      code: 'live-without-verdict',
      detail: expect.stringContaining('sleeve core, a policy, needs a policy check'),
    });
    expect(world.broker.arrived).toEqual([]);
  });

  it('is refused where nothing is known of a sleeve, whatever is known of others', async () => {
    const policy = live();
    const [sleeve] = policy.sleeves;
    if (sleeve === undefined) throw new Error('no sleeve');
    for (const known of [undefined, [], liveStandings({ ...policy, sleeves: [{ ...sleeve, name: 'other' }] }, liveDocuments([check]))]) {
      const world = new WorkflowWorld(policy);
      if (known !== undefined) world.source = { ...world.source, live: known };
      expect(await world.signal()).toMatchObject({ code: 'live-without-verdict', detail: 'nothing is known of sleeve core' });
    }
  });

  it('is refused whatever a sleeve is called: a word that every object knows is no document', async () => {
    for (const name of ['constructor', 'toString', '__proto__']) {
      const [sleeve] = live().sleeves;
      if (sleeve === undefined) throw new Error('no sleeve');
      const world = new WorkflowWorld({ ...live(), sleeves: [{ ...sleeve, name }] });
      expect(await world.signal()).toMatchObject({ kind: 'refused', code: 'live-without-verdict' });
      expect(world.broker.arrived).toEqual([]);
    }
  });

  it('trades where a person lets it, and its snapshot says who and why', async () => {
    const world = aWorld(live({ override }), []);
    expect(await world.signal()).toMatchObject({ kind: 'handed-over' });
    const { clearance } = await readArtifact(world.artifacts, await world.record(), 'snapshot');
    expect(clearance).toEqual({ documents: {}, override });
  });

  it('is told apart in the dry run of a release: what could only be refused is not released', async () => {
    const uncleared = aWorld(live(), []);
    expect(await dryRun(uncleared.source, uncleared.ports)).toMatchObject({ verdict: 'failed' });
    const cleared = aWorld(live(), [check]);
    expect(await dryRun(cleared.source, cleared.ports)).toMatchObject({ verdict: 'passed' });
  });

  it('is told in that dry run by what it would be traded, for whoever is asked to let the release in', async () => {
    const cleared = aWorld(live(), [check]);
    const detailOf = async ({ source, ports }: WorkflowWorld) => (await dryRun(source, ports)).detail;
    expect(await detailOf(cleared)).toBe(`execute; sleeve core is cleared by ${contentHash(check.text)}`);
    expect(await detailOf(aWorld(live({ override }), []))).toBe(`execute; ${SAID}`);
    expect(await detailOf(new WorkflowWorld())).toBe('execute');
  });
});

describe('a paper run', () => {
  it('is asked for nothing, and says nothing of it', async () => {
    const world = new WorkflowWorld();
    expect(await world.signal()).toMatchObject({ kind: 'handed-over' });
    expect(await readArtifact(world.artifacts, await world.record(), 'snapshot')).not.toHaveProperty('clearance');
  });
});

describe('what is told of a portfolio that was let through', () => {
  it('says so once, in every notice', async () => {
    const told = new MemoryNotifier();
    const notifier = sayingOverride(told, live({ override }));
    const notice = { severity: 'ticket', code: 'run-refused', subject: 'a', portfolio: 'balanced' } as const;
    await notifier.notify({ ...notice, body: 'Nothing was traded.' });
    await notifier.notify({ ...notice, body: `A digest.\n${SAID}\n` });
    expect(told.notices.map(({ body }) => body)).toEqual([`${SAID}\n\nNothing was traded.`, `A digest.\n${SAID}\n`]);
  });

  it('says so in what is left of a notice that is too long for its way', async () => {
    const told = new MemoryNotifier();
    const body = 'VTI in sleeve core: close is missing; '.repeat(2_000);
    const notice = { severity: 'ticket', code: 'left-out', subject: 'a', portfolio: 'balanced', body } as const;
    await sayingOverride(told, live({ override })).notify(notice);
    const [sent] = told.notices;
    if (sent === undefined) throw new Error('nothing was told');
    const carried = decodeNotice(encodeNotice(sent));
    expect(carried?.body).toMatch(/cut after/);
    // Of which a chat takes 2,000 characters.
    expect(carried?.body.slice(0, 2_000)).toContain(SAID);
  });

  it('is as it was for every other portfolio', () => {
    const told = new MemoryNotifier();
    expect(sayingOverride(told, live())).toBe(told);
  });
});
