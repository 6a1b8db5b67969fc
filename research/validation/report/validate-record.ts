// How far a record may be believed, from its columns: everything that needs no other record and no trial. Pure.
import { excessOf } from '../../metrics/ratios.ts';
import { optimalBlockLength } from '../statistics/block-length.ts';
import { seededChance } from '../statistics/chance.ts';
import { type Interval, percentileInterval } from '../statistics/percentile-interval.ts';
import { minimumTrackRecord, probabilisticSharpe } from '../statistics/probabilistic-sharpe.ts';
import { type ProfitConcentration, profitConcentration } from '../statistics/profit-concentration.ts';
import { type Regime, type RegimeMonths, regimeMonths } from '../statistics/regime-months.ts';
import { meanOf, shapeOf, sharpeOf } from '../statistics/return-shape.ts';
import { annualisingFactor, autocorrelationsOf } from '../statistics/sharpe-error.ts';
import { START_EVERY, type StartDates, startDates } from '../statistics/start-dates.ts';
import { bootstrap } from '../statistics/stationary-bootstrap.ts';
import { superiorFamily } from '../statistics/superior-family.ts';
import { CONFIDENCE } from '../thresholds.ts';

/** One value a bar; returns net of costs, parts of one. */
export interface RecordColumns {
  readonly dates: readonly string[];
  readonly returns: Float64Array;
  readonly cash: Float64Array;
  readonly benchmark: Float64Array | undefined;
  readonly barsAYear: number;
}

export interface RecordValidation {
  readonly bars: number;
  readonly barsAYear: number;
  /** Annual, with everything below that is called so; null where returns do not vary. */
  readonly sharpe: number | null;
  /** Annual too, had the returns the memory that they showed over the last month of bars. Source: Lo (2002). */
  readonly sharpeWithMemory: number | null;
  readonly skewness: number | null;
  readonly kurtosis: number | null;
  /** That the true Sharpe ratio is above zero, were this the only thing ever tried. */
  readonly probabilisticSharpe: number | null;
  /** Years of record to be 95 % sure of that; null where the Sharpe ratio is not above zero. */
  readonly yearsNeeded: number | null;
  /** In bars, of the stationary bootstrap. */
  readonly blockLength: number | null;
  /** 95 %, annual. */
  readonly sharpeInterval: Interval | null;
  readonly meanInterval: Interval | null;
  /** Hansen's SPA of this one strategy against the benchmark; null without one. */
  readonly superiorP: number | null;
  readonly regimes: Readonly<Record<Regime, RegimeMonths>> | null;
  /** The annual Sharpe ratio, from starts a month apart to the end, as long as a year is left. */
  readonly startDates: Omit<StartDates, 'starts' | 'statistics'>;
  readonly concentration: ProfitConcentration;
}

export function validateRecord(
  { dates, returns, cash, benchmark, barsAYear }: RecordColumns,
  { seed, samples }: { readonly seed: number; readonly samples: number },
): RecordValidation {
  const excess = excessOf(returns, cash);
  const shape = shapeOf(excess);
  const root = Math.sqrt(barsAYear);
  const memory = autocorrelationsOf(excess, Math.min(START_EVERY, Math.max(0, excess.length - 1)));
  const withMemory = memory && annualisingFactor(Math.round(barsAYear), memory);
  const blockLength = usableBlockLength(excess);
  const intervalOf = (statistic: (sample: Float64Array) => number): Interval | null =>
    blockLength === null
      ? null
      : percentileInterval(bootstrap(excess, { samples, blockLength, chance: seededChance(seed) }, statistic), CONFIDENCE);
  const bars = shape && minimumTrackRecord(shape, 0, CONFIDENCE);
  const annualSharpe = (part: Float64Array): number => sharpeOf(part) * root;
  const { lowest, median, highest, notPositive } = startDates(excess, { every: START_EVERY, barsMin: Math.ceil(barsAYear) }, annualSharpe);
  return {
    bars: returns.length,
    barsAYear,
    sharpe: shape && shape.sharpe * root,
    sharpeWithMemory: shape && withMemory && shape.sharpe * withMemory,
    skewness: shape?.skewness ?? null,
    kurtosis: shape?.kurtosis ?? null,
    probabilisticSharpe: shape && probabilisticSharpe(shape, 0),
    yearsNeeded: bars && bars / barsAYear,
    blockLength,
    sharpeInterval: intervalOf(annualSharpe),
    meanInterval: intervalOf((sample) => meanOf(sample) * barsAYear),
    superiorP: benchmark === undefined ? null : superiorP(excessOf(returns, benchmark), { seed, samples }),
    regimes: benchmark === undefined ? null : regimeMonths(dates, returns, benchmark),
    startDates: { lowest, median, highest, notPositive },
    concentration: profitConcentration(returns.map((each) => Math.log1p(each))),
  };
}

function superiorP(difference: Float64Array, { seed, samples }: { seed: number; samples: number }): number | null {
  return superiorFamily([difference], { samples, chance: seededChance(seed) })?.spa.consistent ?? null;
}

/** At least a bar; null where the series is too short, or does not vary. */
function usableBlockLength(series: Float64Array): number | null {
  const found = optimalBlockLength(series);
  return found && Math.max(1, found.stationary);
}
