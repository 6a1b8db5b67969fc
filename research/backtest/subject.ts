// What is backtested: sleeves, when they are looked at, and how the portfolio trades. A strategy file alone is a portfolio
// of one sleeve that is looked at in every session.
import type { PortfolioPolicy, Sleeve } from '../../shared/contracts/portfolio-policy.ts';
import type { AssetClass } from '../../shared/core/market/asset-calendar.ts';
import { commonClassOf } from '../../shared/core/market/asset-calendar.ts';
import type { Schedule } from '../../shared/core/market/schedule.ts';
import { watchedSymbols } from '../../shared/core/strategy/evaluate.ts';
import type { RebalanceBand } from '../../shared/core/values/band.ts';
import { type Ppm, WHOLE } from '../../shared/core/values/weight.ts';

export interface Subject {
  readonly name: string;
  readonly sleeves: readonly Sleeve[];
  readonly cashReserve: Ppm;
  /** Left out: every session is a run, and whatever its targets are is traded. */
  readonly schedules?: readonly Schedule[];
  /** In dollars; smaller trades are not made. */
  readonly minimumTrade: number;
  /** One-way, of one run; the first funding is exempt. */
  readonly turnoverMax: Ppm;
  readonly settlement: 'immediate' | 'settled-only';
  /** On whose days it is decided. */
  readonly calendar: AssetClass;
}

export function subjectOfPolicy(policy: PortfolioPolicy): Subject {
  const { name, sleeves, cashReserve, schedules, minimumTrade, limits, settlement } = policy;
  return {
    name,
    sleeves,
    cashReserve,
    schedules,
    minimumTrade: Number(minimumTrade) / MICROS_A_DOLLAR,
    turnoverMax: limits.turnoverMax,
    settlement: settlement === 'settled-only' ? 'settled-only' : 'immediate',
    calendar: 'equities',
  };
}

export function subjectOfStrategy(strategy: Omit<Sleeve, 'capital'>): Subject {
  return {
    name: strategy.name,
    sleeves: [{ ...strategy, capital: WHOLE }],
    cashReserve: 0n,
    minimumTrade: 0,
    turnoverMax: WHOLE,
    settlement: 'immediate',
    calendar: commonClassOf(watchedSymbols(strategy.strategy)),
  };
}

/** All that it holds or looks at, ascending: those it may hold are among those it watches. */
export function symbolsOfSubject({ sleeves }: Pick<Subject, 'sleeves'>): readonly string[] {
  return [...new Set(sleeves.flatMap(({ strategy }) => watchedSymbols(strategy)))].sort();
}

/** The band of a subject without schedules: any distance is traded. */
export const NO_BAND: RebalanceBand = {};

const MICROS_A_DOLLAR = 1_000_000;
