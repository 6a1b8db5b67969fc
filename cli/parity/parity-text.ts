// Parity for people: what agreed, where the money went, and what the cost options of a backtest should be.
import { type Attribution, CAUSES, type Cause } from '../../research/parity/attribute-trade.ts';
import { type CostCalibration, FILLS_MIN } from '../../research/parity/calibrate-costs.ts';
import type { Difference } from '../../shared/contracts/first-difference.ts';
import type { Output } from '../output.ts';
import { textTable } from '../text-table.ts';
import { visibleText } from '../visible-text.ts';

export interface ParityDocument {
  readonly runs: readonly {
    readonly runId: string;
    /** null: it could not be compared. */
    readonly isSame: boolean | null;
    readonly why: string | null;
    readonly targets: Difference | null;
    readonly orders: Difference | null;
    readonly trades: readonly Attribution[];
  }[];
  /** In dollars. */
  readonly traded: number;
  readonly shortfall: Readonly<Record<Cause, number | null>>;
  readonly costs: CostCalibration;
}

const BPS = 10_000;

export function parityText({ runs, traded, shortfall, costs }: ParityDocument, colors: Output['colors']): string {
  const rows = runs.map(({ runId, isSame, why, targets, orders }) => [
    runId,
    isSame === null ? (why ?? '') : wordOf(targets, colors),
    isSame === null ? '' : wordOf(orders, colors),
  ]);
  const causes = CAUSES.map((cause) => {
    const paid = shortfall[cause];
    return [
      cause,
      paid === null ? 'unknown' : `${paid.toFixed(2)} USD`,
      paid === null || traded === 0 ? '' : `${((BPS * paid) / traded).toFixed(2)} bp`,
    ];
  });
  return [
    textTable(['run', 'targets', 'orders'], rows, { left: [0, 1, 2], header: colors.dim }),
    `${traded.toFixed(2)} USD were traded. Beside fills at the price of the decision they cost`,
    textTable(['cause', 'paid', 'of what was traded'], causes, { left: [0], header: colors.dim }),
    costsText(costs),
  ].join('\n\n');
}

function wordOf(difference: Difference | null, { green, red }: Output['colors']): string {
  if (difference === null) return green('same');
  const { path, recorded, replayed } = difference;
  return red(
    `differ at ${path === '' ? 'the whole' : path}: ${visibleText(`${JSON.stringify(recorded)}, here ${JSON.stringify(replayed)}`, 100)}`,
  );
}

function costsText({ fills, halfSpreadBps, impact }: CostCalibration): string {
  const spread = halfSpreadBps === null ? `half the spread unknown` : `--cost-bps ${halfSpreadBps.toFixed(2)}`;
  const size =
    impact === null
      ? 'impact unknown'
      : `--impact ${impact.coefficient.toFixed(2)} (standard error ${impact.standardError.toFixed(2)}, ${impact.fills} fills)`;
  return `Measured on ${fills} fills, of which ${FILLS_MIN} are the least: ${spread}, ${size}.`;
}
