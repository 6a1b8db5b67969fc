// The function of a sweep in any world: a batch of places in, their rows kept. It is the worker of a sweep on one machine, and
// knows no portfolio, no broker and no state of trading.
import { type OpenedWork, openWork, runBatch } from '../../research/sweep/cloud/cloud-work.ts';
import { type SweepBatchResult, sweepBatchEvent } from '../../shared/contracts/sweep-batch.ts';
import type { deployedSweepStore } from '../../shared/wiring/aws-sweep.ts';

type SweepStore = ReturnType<typeof deployedSweepStore>;

/** @param open asked once, by the first event that is one. */
export function sweepHandler(open: () => SweepStore) {
  let store: SweepStore | undefined;
  /** Of the last batch: the next is mostly of the same sweep, whose prices need not be read again. */
  let last: { readonly of: string; readonly work: OpenedWork } | undefined;
  return async (event: unknown): Promise<SweepBatchResult> => {
    const { BatchInput, Items } = sweepBatchEvent.parse(event);
    store ??= open();
    const of = `${BatchInput.sweep}/${BatchInput.work}`;
    if (last?.of !== of) {
      // Given up before the next is read: two tables may be more than the function has room for.
      last = undefined;
      last = { of, work: await openWork(store, BatchInput.sweep, BatchInput.work) };
    }
    await store.keepRows(BatchInput.sweep, Items, runBatch(last.work, Items));
    return { rows: Items.length };
  };
}
