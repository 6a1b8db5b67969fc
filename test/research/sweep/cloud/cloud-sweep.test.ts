import { describe, expect, it, vi } from 'vitest';
import { type CloudPlan, CloudSweepFailed } from '../../../../research/sweep/cloud/cloud-sweep.ts';
import { runSweep } from '../../../../research/sweep/run-sweep.ts';
import { MachineInProcess } from './machine-in-process.ts';
import { identity, inputs, PLACES, sweptBy, variant } from './swept-rotation.ts';

const lines = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row));

async function sweptHere(workers: number): Promise<readonly string[]> {
  const rows: { readonly place: number }[] = [];
  await runSweep({
    ...{ kind: 'strategy', prices: inputs.prices, options: inputs.options, variant, places: PLACES, workers },
    onRow: (row) => rows.push(row),
    isStopped: () => false,
  });
  return lines(rows.sort((a, b) => a.place - b.place));
}

describe('a sweep in the cloud', () => {
  it('comes to the same bytes as on this machine, whatever the number of workers and the size of the batches', {
    timeout: 90_000,
  }, async () => {
    const here = await sweptHere(1);
    expect(here.filter((row) => row.includes('"refused"'))).toHaveLength(3);
    for (const workers of [2, 3]) expect(await sweptHere(workers)).toEqual(here);
    for (const [workers, batches] of [
      [1, 2],
      [2, 6],
      [3, 6],
    ] as const) {
      const machine = new MachineInProcess();
      const { swept, rows } = await sweptBy(machine, { workers });
      expect(swept).toBe('finished');
      expect(lines(rows)).toEqual(here);
      const [{ start } = { start: undefined }] = machine.starts;
      expect(Math.ceil(6 / (start?.batch ?? 0))).toBeGreaterThanOrEqual(batches);
    }
  });

  it('is found again by its identity, and not started twice', async () => {
    const machine = new MachineInProcess();
    const { rows } = await sweptBy(machine);
    const again = await sweptBy(machine);
    expect(lines(again.rows)).toEqual(lines(rows));
    expect(machine.starts.map(({ take, start }) => [take, start.sweep])).toEqual([[1, identity]]);
  });

  it('asks for no row that is here already', async () => {
    const machine = new MachineInProcess();
    const { rows } = await sweptBy(machine, { places: [1, 4] });
    expect(rows.map(({ place }) => place)).toEqual([1, 4]);
    expect(machine.starts[0]?.places).toEqual([1, 4]);
    // Begun of two, and now all of them are missing here: those two are fetched, the others run.
    const all = await sweptBy(machine);
    expect(all.rows.map(({ place }) => place)).toEqual([1, 4, 0, 2, 3, 5]);
    expect(machine.starts.map(({ take, places }) => [take, places])).toEqual([
      [1, [1, 4]],
      [2, [0, 2, 3, 5]],
    ]);
  });

  it('says how an attempt failed after fetching its rows, and the next goes on with the rest', async () => {
    const machine = new MachineInProcess({ failsAfter: { 1: 2 } });
    const fetched: number[] = [];
    const failing = sweptBy(machine, { workers: 2, onRow: ({ place }) => fetched.push(place) });
    await expect(failing).rejects.toThrow(CloudSweepFailed);
    await expect(failing).rejects.toThrow('4 rows are missing: Error: out of memory');
    expect(fetched).toEqual([0, 1]);
    const { swept, rows } = await sweptBy(machine, { places: [2, 3, 4, 5] });
    expect([swept, rows.map(({ place }) => place)]).toEqual(['finished', [2, 3, 4, 5]]);
    expect(machine.starts.map(({ take, places }) => [take, places.length])).toEqual([
      [1, 6],
      [2, 4],
    ]);
  });

  it('is left running when it is interrupted, and begins nothing when that was before', async () => {
    const machine = new MachineInProcess({ looks: 5 });
    let isStopped = false;
    const onProgress = vi.fn(() => {
      isStopped = true;
    });
    const left = await sweptBy(machine, { isStopped: () => isStopped, onProgress });
    expect(left).toEqual({ swept: 'left-running', rows: [] });
    expect(onProgress).toHaveBeenCalledExactlyOnceWith({ kind: 'running', take: 1, finished: 0, all: 6 });
    expect((await sweptBy(machine)).rows).toHaveLength(6);
    expect(await sweptBy(new MachineInProcess(), { isStopped: () => true })).toEqual({ swept: 'not-started', rows: [] });
  });

  it('waits for what it has started until it can be seen', async () => {
    const machine = new MachineInProcess({ blindLooks: 3 });
    expect((await sweptBy(machine)).swept).toBe('finished');
    expect(machine.starts).toHaveLength(1);
  });

  it('takes half of what the account may run at once, and at most a hundred', async () => {
    const planned = async (functionsMax: number, workers?: number): Promise<CloudPlan | undefined> => {
      let plan: CloudPlan | undefined;
      const onStart = (made: CloudPlan) => {
        plan = made;
      };
      await sweptBy(new MachineInProcess({ functionsMax }), { onStart, ...(workers === undefined ? {} : { workers }) });
      return plan;
    };
    expect(await planned(10)).toMatchObject({ variants: 6, workers: 5, batch: 1 });
    expect(await planned(1)).toMatchObject({ workers: 1, batch: 2 });
    expect(await planned(1_000)).toMatchObject({ workers: 100 });
    expect(await planned(1_000, 3)).toMatchObject({ workers: 3 });
    await expect(planned(10, 6)).rejects.toThrow('5 is half of the 10 functions');
    await expect(planned(1_000, 101)).rejects.toThrow('100 is the most of a sweep');
  });

  it('does not begin beside another one', async () => {
    const machine = new MachineInProcess({ others: ['f'.repeat(64)] });
    await expect(sweptBy(machine)).rejects.toMatchObject({ code: 'another-sweep' });
    expect(machine.starts).toEqual([]);
    expect((await sweptBy(new MachineInProcess({ others: [identity] }))).swept).toBe('finished');
  });
});
