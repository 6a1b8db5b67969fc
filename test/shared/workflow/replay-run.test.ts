// A run evaluated again from its own record comes out the same, byte for byte, whatever became of it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openArtifact, sealArtifact } from '../../../shared/contracts/artifacts.ts';
import { parsePortfolioFile } from '../../../shared/contracts/portfolio-file.ts';
import type { RunRecord } from '../../../shared/contracts/run-record.ts';
import { usd } from '../../../shared/core/values/money.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import { type Replay, replayRun } from '../../../shared/workflow/replay-run.ts';
import { WorkflowWorld } from './workflow-world.ts';

interface Statement {
  readonly spy?: string;
  readonly tlt?: string;
  readonly band?: string;
  readonly more?: string;
}

function portfolioText({ spy = '60%', tlt = '40%', band = '5%', more = '' }: Statement): string {
  return `portfolio: balanced
schedules: { daily: { at: close-25m, every: day, band: { absolute: ${band} } } }
sleeves: { core: { capital: 100%, strategy: { specified: { SPY: ${spy}, TLT: ${tlt} } } } }
limits: { position: 100%, volume: off, price-move: off, turnover: 100%, order-notional: 1000000 USD }
cash-reserve: 2%
${more}`;
}

function worldOf(statement: Statement = {}): WorkflowWorld {
  const world = new WorkflowWorld();
  const parsed = parsePortfolioFile(portfolioText(statement), 'balanced.yaml');
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.problems));
  world.source = { text: parsed.text, policy: parsed.policy };
  world.broker.answer = (intent) => world.broker.takeAndFill(intent);
  return world;
}

async function replayed(world: WorkflowWorld, change: (record: RunRecord) => RunRecord = (record) => record): Promise<Replay> {
  return replayRun(change(await world.record()), world.artifacts);
}

/** "decision same" of each part, or "plan differs at plan.trades[0].quantity". */
function told(replay: Replay): readonly string[] {
  if (replay.kind !== 'replayed') return [replay.kind];
  return replay.parts.map(({ part, difference }) => (difference === undefined ? `${part} same` : `${part} differs at ${difference.path}`));
}

const ALL_SAME = ['decision same', 'plan same', 'review same', 'next same'];

describe('a replay', () => {
  it('comes to the same of a run that traded, before, while and after it did', async () => {
    const world = worldOf();
    await world.signal();
    expect(told(await replayed(world))).toEqual(ALL_SAME);
    await world.advance();
    expect(told(await replayed(world))).toEqual(ALL_SAME);
    await world.drive();
    expect((await world.record()).phase).toMatchObject({ ending: { kind: 'completed' } });
    expect(told(await replayed(world))).toEqual(ALL_SAME);
  });

  it('comes to the same of a run that had nothing to trade', async () => {
    const world = worldOf({ band: '50%' });
    await world.signal();
    expect((await world.record()).phase).toMatchObject({ ending: { kind: 'nothing-to-trade' } });
    expect(told(await replayed(world))).toEqual(ALL_SAME);
  });

  it('comes to the same of a run that was denied', async () => {
    const world = worldOf({ more: 'minimum-trade: 1 USD\n' });
    world.broker.isBlocked = true;
    await world.signal();
    expect((await world.record()).phase).toMatchObject({ ending: { kind: 'refused', code: 'account-blocked' } });
    expect(told(await replayed(world))).toEqual(ALL_SAME);
  });

  it('comes to the same of a run that had no price', async () => {
    const world = worldOf();
    world.hasCloses = false;
    world.quotes = () => undefined;
    await world.signal();
    expect((await world.record()).phase).toMatchObject({ ending: { kind: 'refused', code: 'no-price' } });
    expect(told(await replayed(world))).toEqual(['decision same', 'next same']);
  });

  it('says that there is nothing of a run that was refused before it looked', async () => {
    const world = worldOf();
    await world.killSwitch.turnOn(undefined, { reason: 'a drill', by: 'me', at: world.now, openOrders: 'cancel' });
    await world.signal();
    expect(await replayed(world)).toEqual({ kind: 'no-snapshot' });
  });

  it('shows the first difference of a plan that was recorded otherwise', async () => {
    const world = worldOf();
    await world.signal();
    const { artifacts } = await world.record();
    const plan = openArtifact('plan', (await world.artifacts.get(artifacts.plan ?? '')) ?? '');
    const [first, ...rest] = plan.plan.trades;
    if (first === undefined) throw new Error('no trade');
    const forged = sealArtifact({
      ...plan,
      plan: { ...plan.plan, trades: [{ ...first, quantity: first.quantity + shares('1') }, ...rest] },
    });
    await world.artifacts.put(forged.hash, forged.text);
    const replay = await replayed(world, (record) => ({ ...record, artifacts: { ...artifacts, plan: forged.hash } }));
    expect(told(replay)).toEqual(['decision same', 'plan differs at plan.trades[0].quantity', 'review same', 'next same']);
    expect(replay).toMatchObject({ parts: [{}, { difference: { recorded: '23', replayed: '22' } }, {}, {}] });
  });

  it('shows that a decision which the record lacks comes out', async () => {
    const world = worldOf();
    await world.signal();
    const replay = await replayed(world, (record) => ({ ...record, artifacts: { snapshot: record.artifacts.snapshot ?? '' } }));
    expect(told(replay)).toEqual(['decision differs at ', 'plan differs at ', 'review differs at ', 'next same']);
  });

  it('shows what another ending was recorded', async () => {
    const world = worldOf({ band: '50%' });
    await world.signal();
    const replay = await replayed(world, (record) => ({
      ...record,
      phase: { kind: 'ended', ending: { kind: 'nothing-to-trade', detail: 'the moon', at: world.now } },
    }));
    expect(told(replay).at(-1)).toBe('next differs at detail');
  });

  it('names what is not stored any more, and a file that this release does not take', async () => {
    const world = worldOf();
    await world.signal();
    expect(await replayRun(await world.record(), { get: async () => undefined })).toMatchObject({ kind: 'missing' });
    expect(await replayed(world, (record) => ({ ...record, schedule: 'weekly' }))).toMatchObject({
      kind: 'missing',
      what: 'the schedule weekly in the recorded portfolio file',
    });
    const { artifacts } = await world.record();
    const snapshot = openArtifact('snapshot', (await world.artifacts.get(artifacts.snapshot ?? '')) ?? '');
    const other = sealArtifact({ ...snapshot, portfolioFile: 'portfolio: 1' });
    await world.artifacts.put(other.hash, other.text);
    expect(await replayed(world, (record) => ({ ...record, artifacts: { snapshot: other.hash } }))).toMatchObject({
      kind: 'bad-portfolio',
    });
  });

  it('comes to the same whatever is held, wanted and quoted', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: 0, max: 5_000 }),
        fc.integer({ min: 1, max: 50_000 }),
        fc.constantFrom('fresh', 'stale', 'none'),
        async (spy, band, held, cash, cents, quote) => {
          const world = worldOf({ spy: `${spy}%`, tlt: `${100 - spy}%`, band: `${band}%` });
          world.broker.held.set('SPY', shares(String(held)));
          world.broker.cash = usd(String(cash));
          world.quotes = (symbol) => {
            if (quote === 'none' && symbol === 'TLT') return undefined;
            const bid = usd((cents / 100).toFixed(2));
            return { symbol, bid, ask: bid + usd('0.01'), at: quote === 'stale' ? world.now - 3_600_000 : world.now };
          };
          await world.signal();
          const replay = await replayed(world);
          expect(told(replay).filter((each) => !each.endsWith(' same'))).toEqual([]);
          expect(replay.kind).toBe('replayed');
        },
      ),
      { numRuns: 60 },
    );
  });
});
