// The function of a sweep: what it takes, what it refuses to reckon, and that it is the worker of a sweep on one machine.
import { describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import { sweepHandler } from '../../lambdas/sweep/sweep-handler.ts';
import { encodeLine } from '../../research/sweep/cloud/batch-line.ts';
import { keepPrices, keepWork } from '../../research/sweep/cloud/cloud-work.ts';
import { runVariant } from '../../research/sweep/run-variant.ts';
import { MemorySweepStore } from '../../shared/adapters/local/memory-sweep-store.ts';
import { identity, inputs, variant } from '../research/sweep/cloud/swept-rotation.ts';

const lineOf = (place: number) => encodeLine(runVariant('strategy', variant(place), inputs.prices, inputs.options));

class CountingStore extends MemorySweepStore {
  reads = 0;
  override async input(hash: string): Promise<Uint8Array> {
    this.reads += 1;
    return super.input(hash);
  }
}

async function aWorld(witness = { place: 0, line: lineOf(0) }) {
  const store = new CountingStore();
  const prices = await keepPrices(store, inputs.prices);
  const work = await keepWork(store, { ...inputs, kind: 'strategy', prices, witness });
  return { store, prices, work, handler: sweepHandler(() => ({ store, source: inputs.source })) };
}
const eventOf = (work: string, Items: readonly number[], sweep = identity) => ({ BatchInput: { sweep, work }, Items });
async function rowsOf(store: MemorySweepStore): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const text of store.rows(identity)) texts.push(text);
  return texts;
}

describe('the sweep handler', () => {
  it.each([
    ['nothing', undefined],
    ['a run', { runId: 'pair/2026-11-20/daily' }],
    ['no places', eventOf('a'.repeat(64), [])],
    ['a place before the first', eventOf('a'.repeat(64), [-1])],
    [
      'more places than a batch has',
      eventOf(
        'a'.repeat(64),
        Array.from({ length: 501 }, (_, at) => at),
      ),
    ],
    ['a work that is no hash', eventOf('../secrets', [0])],
    ['a sweep that is no hash', eventOf('a'.repeat(64), [0], 'rows/..')],
    ['more than a batch', { ...eventOf('a'.repeat(64), [0]), portfolio: 'pair' }],
  ])('refuses %s, without opening anything', async (_, event) => {
    const handler = sweepHandler(() => {
      throw new Error('nobody may open a store for garbage');
    });
    await expect(handler(event)).rejects.toBeInstanceOf(ZodError);
  });

  it('keeps the rows of its places, the same bytes however they are grouped and repeated', async () => {
    const { store, work, handler } = await aWorld();
    expect(await handler(eventOf(work, [3, 1]))).toEqual({ rows: 2 });
    expect(await handler(eventOf(work, [3, 1]))).toEqual({ rows: 2 });
    expect(await handler(eventOf(work, [1]))).toEqual({ rows: 1 });
    expect(await rowsOf(store)).toEqual([`${lineOf(3)}\n${lineOf(1)}\n`, `${lineOf(1)}\n`]);
  });

  it('reads the work of a sweep once, and another one when it comes', async () => {
    const { store, prices, work, handler } = await aWorld();
    for (const place of [0, 1, 2]) await handler(eventOf(work, [place]));
    // The work and its prices.
    expect(store.reads).toBe(2);
    const other = await keepWork(store, { ...inputs, kind: 'strategy', prices, witness: { place: 1, line: lineOf(1) } });
    await handler(eventOf(other, [0]));
    expect(store.reads).toBe(4);
  });

  it('reckons nothing where it would come to other figures than whoever asks', async () => {
    const line = lineOf(0).replace(/"sharpe":(-?)\d/, '"sharpe":$19');
    expect(line).not.toBe(lineOf(0));
    const { store, work, handler } = await aWorld({ place: 0, line });
    await expect(handler(eventOf(work, [1]))).rejects.toThrow('another architecture, or has other packages');
    await expect(handler(eventOf(work, [1]))).rejects.toThrow('another architecture, or has other packages');
    expect(await rowsOf(store)).toEqual([]);
  });

  it('reckons nothing of a work that was begun by other code, though the figures are the same', async () => {
    const { store, work } = await aWorld();
    const handler = sweepHandler(() => ({ store, source: '6'.repeat(64) }));
    await expect(handler(eventOf(work, [1]))).rejects.toThrow(
      'begun by the code 555555555555, and the function is of the code 666666666666',
    );
    expect(await rowsOf(store)).toEqual([]);
  });

  it('reckons nothing of a work that is of another sweep, nor a place that it has not', async () => {
    const { store, work, handler } = await aWorld();
    await expect(handler(eventOf(work, [0], 'f'.repeat(64)))).rejects.toThrow(`not of ${'f'.repeat(64)}`);
    await expect(handler(eventOf(work, [0, 6]))).rejects.toThrow('there is no variant 6 among 6');
    expect(await rowsOf(store)).toEqual([]);
  });
});
