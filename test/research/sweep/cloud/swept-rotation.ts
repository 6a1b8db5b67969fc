// A sweep of six variants of a rotation, one of which cannot be, as both ways of running it are given it.
import { USUAL_OPTIONS } from '../../../../research/backtest/backtest-options.ts';
import { priceTable } from '../../../../research/backtest/price-table.ts';
import { type CloudSweep, type CloudSwept, cloudSweep } from '../../../../research/sweep/cloud/cloud-sweep.ts';
import type { VariantRow } from '../../../../research/sweep/run-variant.ts';
import { sweepIdentity } from '../../../../research/sweep/sweep-log.ts';
import { variantsOf } from '../../../../research/sweep/vary.ts';
import { centMarket } from '../../full/cent-market.ts';
import type { MachineInProcess } from './machine-in-process.ts';

const TEXT =
  'strategy: Rotation\nrebalance: { every: month }\ntree: { filter: { top: 1, by: { cumulative-return: 20 }, of: [VTI, TLT, GLD] } }\n';
const VARIES = [
  { path: 'tree.filter.top', values: ['1', '0'] },
  { path: 'tree.filter.by.cumulative-return', values: ['5', '20', '40'] },
];

/** Rates of cash for as long as the prices are. */
const DATES = ['2024-06-03', '2024-07-01', '2024-08-01', '2024-09-03', '2024-10-01', '2024-11-01', '2024-12-02'] as const;

export const inputs = {
  version: '0.1.0',
  source: '5'.repeat(64),
  text: TEXT,
  varies: VARIES,
  prices: priceTable(centMarket('2024-06-03', '2024-12-31'), 'equities'),
  options: { ...USUAL_OPTIONS, cash: { kind: 'daily' as const, dates: DATES, rates: Float64Array.from(DATES, () => 0.0001) } },
};
export const identity = sweepIdentity(inputs);
export const PLACES = [0, 1, 2, 3, 4, 5];

const made = variantsOf(TEXT, VARIES);
if (made.kind === 'refused') throw new Error(JSON.stringify(made.flaws));
export const { variant } = made;

/** In the cloud that is this machine. */
export async function sweptBy(
  machine: MachineInProcess,
  asked: Partial<CloudSweep> = {},
): Promise<{ readonly swept: CloudSwept; readonly rows: readonly VariantRow[] }> {
  const rows: VariantRow[] = [];
  const swept = await cloudSweep({
    ...{ sweep: identity, kind: 'strategy', inputs, variant, places: PLACES },
    ...{ store: machine.store, engine: machine, source: machine.source, wait: async () => undefined, isStopped: () => false },
    onRow: (row) => rows.push(row),
    onStart: () => undefined,
    onProgress: () => undefined,
    ...asked,
  });
  return { swept, rows };
}
