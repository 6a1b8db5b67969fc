// From the columns of a research record to the figures that are judged. Pure, but for the chance it is handed.
import { excessOf } from '../../metrics/ratios.ts';
import type { Chance } from '../statistics/chance.ts';
import { deflatedOf } from '../statistics/deflated-sharpe.ts';
import { overfittingOf } from '../statistics/overfitting.ts';
import { minimumTrackRecord } from '../statistics/probabilistic-sharpe.ts';
import { meanOf, shapeOf } from '../statistics/return-shape.ts';
import { superiorFamily } from '../statistics/superior-family.ts';
import { CONFIDENCE, OVERFITTING_BLOCKS } from '../thresholds.ts';
import type { Evidence, HoldoutEvidence } from './evidence.ts';

/** Returns are net of costs, parts of one, and of the same bars unless it says otherwise. */
export interface ResearchRecord {
  /** Of the strategy that is judged. */
  readonly returns: Float64Array;
  readonly cash: Float64Array;
  readonly benchmark: Float64Array;
  /** With spread and impact taken twice; undefined where that was not reckoned. */
  readonly atDoubleSlippage: Float64Array | undefined;
  readonly barsAYear: number;
  readonly yearsOutOfSample: number;
  /** Annual. */
  readonly claimedSharpe: number;
  /** What was tried, net and less cash, a column a variant, on bars of their own; the chosen one too. */
  readonly variants: readonly Float64Array[];
  /** The benchmark less cash, on the bars of the variants. */
  readonly variantBenchmark: Float64Array;
  readonly trials: {
    /** By the ledger; at least the columns there are. */
    readonly count: number;
    /** Of their Sharpe ratios, a bar; null for fewer than two, or where the ledger does not know it. */
    readonly variance: number | null;
    readonly max: number | null;
  };
  readonly trades: number;
  readonly rebalances: number;
  readonly holdout: HoldoutEvidence | null;
}

export interface EvidenceRules {
  readonly chance: Chance;
  /** Of the bootstrap of the superior-ability test. */
  readonly samples?: number;
  /** Of the splits of the over-fitting test; fewer than two bars for each are too few for two variants or more. */
  readonly blocks?: number;
}

/** @throws RangeError for columns of different lengths. */
export function gatherEvidence(record: ResearchRecord, { chance, samples = 2_000, blocks = OVERFITTING_BLOCKS }: EvidenceRules): Evidence {
  const { barsAYear, claimedSharpe, yearsOutOfSample, trades, rebalances, holdout } = record;
  const excess = excessOf(record.returns, record.cash);
  const shape = shapeOf(excess);
  const bars = excess.length;
  const { trials, probability } = deflatedOf(excess, record.variants, record.trials);
  const annualMean = (returns: Float64Array): number | null => (returns.length === 0 ? null : meanOf(returns) * barsAYear);
  return {
    record: {
      bars,
      barsAYear,
      yearsOutOfSample,
      sharpe: shape && shape.sharpe * Math.sqrt(barsAYear),
      claimedSharpe,
      barsNeeded: shape && minimumTrackRecord(shape, claimedSharpe / Math.sqrt(barsAYear), CONFIDENCE),
    },
    trials: { ...trials, effective: record.variants.length < 2 ? null : trials.effective, max: record.trials.max },
    netExcess: annualMean(excessOf(record.returns, record.benchmark)),
    netAtDoubleSlippage: record.atDoubleSlippage === undefined ? null : annualMean(excessOf(record.atDoubleSlippage, record.cash)),
    deflatedSharpe: probability,
    overfitting: overfittingOf(record.variants, blocks)?.probability ?? null,
    superiorP: superiorPOf(record, chance, samples),
    trades,
    rebalances,
    holdout,
  };
}

function superiorPOf({ variants, variantBenchmark }: ResearchRecord, chance: Chance, samples: number): number | null {
  const differences = variants.map((column) => excessOf(column, variantBenchmark));
  return superiorFamily(differences, { chance, samples })?.spa.consistent ?? null;
}
