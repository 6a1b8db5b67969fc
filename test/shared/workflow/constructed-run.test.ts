// A run whose strategy constructs its portfolio by a solver: with one it is planned and comes out the same again, without one
// nothing trades.
import { describe, expect, it } from 'vitest';
import { quadraticSolver } from '../../../shared/adapters/solvers/quadratic-solver.ts';
import { openArtifact } from '../../../shared/contracts/artifacts.ts';
import { parsePortfolioFile } from '../../../shared/contracts/portfolio-file.ts';
import { sessionsBetween } from '../../../shared/core/market/nyse-calendar.ts';
import type { NewYorkDate } from '../../../shared/core/values/time.ts';
import { replayRun } from '../../../shared/workflow/replay-run.ts';
import { whySymbol } from '../../../shared/workflow/why-symbol.ts';
import { withoutEffects } from '../../../shared/workflow/without-effects.ts';
import { WorkflowWorld } from './workflow-world.ts';

const FILE = `portfolio: balanced
schedules: { daily: { at: close-25m, every: day, band: { absolute: 5% } } }
sleeves: { core: { capital: 100%, strategy: { minimum-variance: { of: [SPY, TLT], window: 20, least: 30% } } } }
limits: { position: 100%, volume: off, price-move: off, turnover: 100%, order-notional: 1000000 USD }
`;

/** SPY swings by 2 %, TLT by 1 % at another pace. */
const closeOn = (symbol: string, place: number): number => 100 + (symbol === 'SPY' ? 2 * (place % 2) : Math.floor((place % 4) / 2));

function worldOf(file = FILE): { readonly world: WorkflowWorld; readonly ports: WorkflowWorld['ports'] } {
  const world = new WorkflowWorld();
  const parsed = parsePortfolioFile(file, 'balanced.yaml');
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.problems));
  world.source = { text: parsed.text, policy: parsed.policy };
  const dailyBars = async (symbols: readonly string[], from: NewYorkDate, to: NewYorkDate) =>
    symbols.map((symbol) => ({
      symbol,
      bars: sessionsBetween(from, to).map(({ date }, place) => ({ date, close: closeOn(symbol, place) })),
    }));
  return { world, ports: { ...world.ports, marketData: { ...world.ports.marketData, dailyBars } } };
}

describe('a run whose strategy needs a solver', () => {
  it('is planned with one, and a replay with one comes to the same bytes', async () => {
    const { world, ports } = worldOf();
    await world.signal(undefined, { ...ports, solvers: quadraticSolver });
    const record = await world.record();
    expect(record.phase.kind).not.toBe('ended');
    const replay = await replayRun(record, world.artifacts, quadraticSolver);
    expect(replay).toMatchObject({ kind: 'replayed', parts: Array.from({ length: 4 }, () => ({ difference: undefined })) });
    const snapshot = openArtifact('snapshot', (await world.artifacts.get(record.artifacts.snapshot ?? '')) ?? '');
    const why = whySymbol('SPY', { record, snapshot }, quadraticSolver);
    const [step] = why?.sleeves[0]?.trace?.steps ?? [];
    // The calm one would have 80 %, so the least of the other binds.
    expect(step?.reason).toMatchObject({ kind: 'ready-made', parts: [{ symbol: 'SPY', part: 0.3 }, { symbol: 'TLT' }] });
  });

  it('is told again with what it held, where it counts what it exchanges', async () => {
    const { world, ports } = worldOf(FILE.replace('least: 30%', 'turnover: 10%'));
    await world.signal(undefined, { ...ports, solvers: quadraticSolver });
    const record = await world.record();
    const snapshot = openArtifact('snapshot', (await world.artifacts.get(record.artifacts.snapshot ?? '')) ?? '');
    const decision = openArtifact('decision', (await world.artifacts.get(record.artifacts.decision ?? '')) ?? '');
    const core = decision.result.kind === 'weights' ? decision.result.states?.core : undefined;
    if (core?.rebalanced === undefined) throw new Error('nothing to count from was kept');
    const partOf = (asked: typeof snapshot) => {
      const [step] = whySymbol('SPY', { record, snapshot: asked }, quadraticSolver)?.sleeves[0]?.trace?.steps ?? [];
      return step?.reason.kind === 'ready-made' ? step.reason.parts?.[0]?.part : undefined;
    };
    // Nothing was held: all goes to where it is calmest. Of half and half no more than a tenth leaves SPY.
    const calmest = partOf(snapshot) ?? 1;
    expect(calmest).toBeLessThan(0.35);
    const halves = { weights: ['SPY', 'TLT'].map((symbol) => ({ symbol, weight: 500_000n })), cash: 0n };
    const held = { ...core, rebalanced: { ...core.rebalanced, targets: halves } };
    expect(partOf({ ...snapshot, priorStates: { core: held } })).toBeCloseTo(0.4, 9);
  });

  it('passes it on where a run is only looked at', () => {
    const { ports } = worldOf();
    expect(withoutEffects({ ...ports, solvers: quadraticSolver }).solvers).toBe(quadraticSolver);
    expect(withoutEffects(ports)).not.toHaveProperty('solvers');
  });

  it('is refused without one, and says why', async () => {
    const { world, ports } = worldOf();
    await world.signal(undefined, ports);
    expect((await world.record()).phase).toMatchObject({
      kind: 'ended',
      ending: { kind: 'refused', code: 'undefined-data', detail: expect.stringContaining('without the solver that it needs') as string },
    });
  });
});
