import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countCloudTrials } from '../../../../research/sweep/cloud/count-cloud-trials.ts';
import { countVariants } from '../../../../research/sweep/count-variants.ts';
import { runVariant } from '../../../../research/sweep/run-variant.ts';
import { TrialRefused } from '../../../../research/validation/trials/count-trials.ts';
import { countOfTrials } from '../../../../research/validation/trials/trial-count.ts';
import { FileTrialLedger } from '../../../../shared/adapters/local/file-trial-ledger.ts';
import type { TrialLedger } from '../../../../shared/ports/trial-ledger.ts';
import { aRegistration } from '../../../builders/trials.ts';
import { MachineInProcess } from './machine-in-process.ts';
import { inputs, PLACES, sweptBy, variant } from './swept-rotation.ts';

const SPAN = { first: '2024-06-03', last: '2024-12-31' } as const;
const HOLDOUT = { first: '2025-01-02', last: '2025-12-31' } as const;

let folder = '';
let ledger: TrialLedger;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-cloud-trials-'));
  ledger = await registered('trials.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function registered(file: string, trialsMax = 20): Promise<TrialLedger> {
  const made = new FileTrialLedger(join(folder, file));
  await made.append([aRegistration({ hypothesis: 'rotation', holdout: HOLDOUT, trialsMax })], 0);
  return made;
}

const subjectOf = (of: TrialLedger) => ({ ledger: of, clock: { now: () => 1_000 }, hypothesis: 'rotation', strategy: 'c'.repeat(64) });
const counted = (of = ledger) => countCloudTrials(subjectOf(of), SPAN);
const facts = async (of = ledger) => (await of.entries()).map(({ fact }) => fact);

describe('the trials of a sweep in the cloud', () => {
  it('are those of a sweep on this machine, each before anything runs', async () => {
    const machine = new MachineInProcess();
    const begun = counted();
    const count = {
      ...begun,
      begun: async (values: Parameters<typeof begun.begun>[0]) => {
        expect(machine.starts).toEqual([]);
        await begun.begun(values);
        expect((await facts()).filter(({ kind }) => kind === 'trial')).toHaveLength(6);
      },
    };
    await sweptBy(machine, { count });

    const here = await registered('here.jsonl');
    const around = countVariants(subjectOf(here), SPAN);
    for (const place of PLACES)
      await around(variant(place), async () => runVariant('strategy', variant(place), inputs.prices, inputs.options));
    const measured = (all: Awaited<ReturnType<typeof facts>>) =>
      all.flatMap((fact): object[] => {
        if (fact.kind === 'trial') return [fact];
        return fact.kind === 'trial-ended' ? [{ ...fact, trial: '' }] : [];
      });
    const sorted = (all: readonly object[]) => all.map((each) => JSON.stringify(each)).sort();
    expect(sorted(measured(await facts()))).toEqual(sorted(measured(await facts(here))));
    expect(countOfTrials(await ledger.entries())).toEqual(countOfTrials(await here.entries()));
    expect(countOfTrials(await ledger.entries())).toMatchObject({ variants: 6, evaluations: 6, withoutEnd: 0 });
  });

  it('are not counted again when their rows are fetched a second time', async () => {
    const machine = new MachineInProcess();
    await sweptBy(machine, { count: counted() });
    const before = await facts();
    expect((await sweptBy(machine, { count: counted() })).rows).toHaveLength(6);
    expect(await facts()).toEqual(before);
  });

  it('are two of a variant that is run again, one of them without an end', async () => {
    const machine = new MachineInProcess({ failsAfter: { 1: 2 } });
    await expect(sweptBy(machine, { count: counted(), workers: 2 })).rejects.toThrow();
    expect(countOfTrials(await ledger.entries())).toMatchObject({ variants: 6, evaluations: 6, withoutEnd: 4 });
    await sweptBy(machine, { count: counted(), places: [2, 3, 4, 5] });
    expect(countOfTrials(await ledger.entries())).toMatchObject({ variants: 6, evaluations: 10, withoutEnd: 4 });
  });

  it('are counted when rows of a sweep that counted nothing are fetched in the name of a hypothesis', async () => {
    const machine = new MachineInProcess();
    await sweptBy(machine);
    expect(await facts()).toHaveLength(1);
    await sweptBy(machine, { count: counted() });
    expect(countOfTrials(await ledger.entries())).toMatchObject({ variants: 6, evaluations: 6, withoutEnd: 0 });
    expect(machine.starts).toHaveLength(1);
  });

  it('over the budget start nothing, and give out no row', async () => {
    const small = await registered('small.jsonl', 5);
    const machine = new MachineInProcess();
    await expect(sweptBy(machine, { count: counted(small) })).rejects.toThrow(TrialRefused);
    expect(machine.starts).toEqual([]);
    await sweptBy(machine);
    const given: number[] = [];
    const fetching = sweptBy(machine, { count: counted(small), onRow: ({ place }) => given.push(place) });
    await expect(fetching).rejects.toMatchObject({ code: 'over-budget' });
    expect(given).toEqual([]);
  });

  it('are appended some hundreds at a time', async () => {
    const sizes: number[] = [];
    const large = await registered('large.jsonl', 1_000);
    const watched: TrialLedger = {
      append: (some, at) => {
        sizes.push(some.length);
        return large.append(some, at);
      },
      entries: (hypothesis) => large.entries(hypothesis),
    };
    await counted(watched).begun(Array.from({ length: 450 }, (_, at) => ({ x: String(at) })));
    expect(sizes).toEqual([200, 200, 50]);
  });
});
