// What the record and the outcome of an ended run say, and what the exchange has, in the same few words.
import type { BookOrder } from '../../exchange/matching/book-order.ts';
import type { RunId } from '../../shared/core/values/identity.ts';
import type { ArtifactStore } from '../../shared/ports/artifact-store.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';
import { readArtifact } from '../../shared/workflow/read-artifact.ts';
import type { RunOnRecord } from './killed-day-told.ts';

export async function runOnRecord(
  runId: RunId,
  { runStore, artifacts: store }: { readonly runStore: RunStore; readonly artifacts: ArtifactStore },
): Promise<RunOnRecord> {
  const record = await runStore.load(runId);
  if (record?.phase.kind !== 'ended') throw new Error(`the run ${runId} is ${record?.phase.kind ?? 'not there'}`);
  const { phase, artifacts } = record;
  const ending = phase.ending.code === undefined ? phase.ending.kind : `${phase.ending.kind} ${phase.ending.code}`;
  if (artifacts.outcome === undefined) return { ending, trades: [] };
  const { outcome } = await readArtifact(store, record, 'outcome');
  return {
    ending,
    trades: outcome.trades.map(({ symbol, quantity, residual, orders }) => ({
      symbol,
      quantity: `${quantity}`,
      filled: `${orders.reduce((sum, order) => sum + order.filledQuantity, 0n)}`,
      residual: `${residual?.quantity ?? 0n}`,
      ...(residual === undefined ? {} : { code: residual.code }),
      orders: orders.map(({ clientOrderId, filledQuantity }) => `${clientOrderId} ${filledQuantity}`),
    })),
  };
}

/** "id filled status" of every order. */
export function ordersTold(orders: ReadonlyMap<string, BookOrder>): readonly string[] {
  return [...orders.values()].map(({ clientOrderId, filledQuantity, status }) => `${clientOrderId} ${filledQuantity} ${status}`);
}
