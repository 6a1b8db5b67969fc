// The function of a sweep in any world: a batch of places in, their rows kept. It is the worker of a sweep on one machine, and
// knows no portfolio, no broker and no state of trading.
import { type OpenedWork, openWork, runBatch } from '../../research/sweep/cloud/cloud-work.ts';
import { type SweepBatchResult, sweepBatchEvent } from '../../shared/contracts/sweep-batch.ts';
import type { SweepWorker } from '../../shared/wiring/aws-sweep-store.ts';

/** @param open asked once, by the first event that is one. */
export function sweepHandler(open: () => SweepWorker) {
  let worker: SweepWorker | undefined;
  /** Of the last batch: the next is mostly of the same sweep, whose prices need not be read again. */
  let last: { readonly of: string; readonly work: OpenedWork } | undefined;
  return async (event: unknown): Promise<SweepBatchResult> => {
    const { BatchInput, Items } = sweepBatchEvent.parse(event);
    worker ??= open();
    const of = `${BatchInput.sweep}/${BatchInput.work}`;
    if (last?.of !== of) {
      // Given up before the next is read: two tables may be more than the function has room for.
      last = undefined;
      last = { of, work: await openWork(worker, BatchInput.sweep, BatchInput.work) };
    }
    await worker.store.keepRows(BatchInput.sweep, Items, runBatch(last.work, Items));
    return { rows: Items.length };
  };
}
