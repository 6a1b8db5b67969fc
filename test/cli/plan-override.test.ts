// evenkeel plan of a portfolio that a person lets trade without what it needs: it says so, in text and as data.
import { describe, expect, it } from 'vitest';
import { Output } from '../../cli/output.ts';
import { previewPlan } from '../../cli/plan/preview-plan.ts';
import { aPolicy, WorkflowWorld } from '../shared/workflow/workflow-world.ts';

const override = { by: 'anna', reason: 'a first order, watched by hand' };
const live = (stated: object) => aPolicy({ account: { name: 'main', mode: 'live', number: 'PA1', ...stated } });

async function planned(policy: WorkflowWorld['source']['policy'], json = false) {
  const world = new WorkflowWorld(policy);
  const told = { out: '', failure: undefined as unknown };
  const writeOut = (text: string): void => {
    told.out += text;
  };
  const output = new Output({ isTty: false, hasColor: false, writeOut, writeErr: () => undefined }, { json, verbose: false });
  const desk = {
    world: { kind: 'deployment', stage: 'live' } as const,
    worldText: 'Of the live deployment.',
    portfolioNames: async () => ['balanced'],
    open: async () => ({ source: world.source, ports: world.ports }),
    close: async () => undefined,
  };
  await previewPlan('balanced', {}, output, async () => desk).catch((error: unknown) => {
    told.failure = error;
  });
  return told;
}

describe('a plan of what nothing clears', () => {
  it('says who lets it trade and why, above what it would trade', async () => {
    const { out, failure } = await planned(live({ override }));
    expect(failure).toBeUndefined();
    const said = out.indexOf('\n\nlive without what it needs, by anna: a first order, watched by hand\n\n');
    expect(said).toBeGreaterThan(0);
    expect(out.indexOf('\nsymbol')).toBeGreaterThan(said);
    expect(JSON.parse((await planned(live({ override }), true)).out)).toMatchObject({ plan: { outcome: 'would-trade', override } });
  });

  it('that is only looked at names nobody: it would be refused', async () => {
    const { out, failure } = await planned(live({}));
    expect(failure).toMatchObject({ code: 'would-be-refused' });
    expect(out).not.toContain('live without what it needs');
    expect(JSON.parse((await planned(live({}), true)).out).plan).not.toHaveProperty('override');
  });
});
