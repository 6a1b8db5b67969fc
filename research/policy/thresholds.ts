// What a policy is held to before it trades real money, in one place, each figure with its reason. Decision 61 has them at length.
import type { Frequency } from '../../shared/core/market/schedule.ts';

/** Of the equity. Real returns of a policy are a few per cent a year: one that pays away more than a tenth of them is not cheap. */
export const COSTS_A_YEAR_MAX = 0.005;
/** One-way, of the equity. Three times over at four times the usual half-spread is 3 · 2 · 8 bp = 0.48 %, still below the costs. */
export const TURNOVER_A_YEAR_MAX = 3;
/** Fewer years have no bad one among them. */
export const YEARS_MIN = 3;
/** Of the runs of the backtest: what was not traded cost nothing, and says nothing. */
export const REFUSED_PART_MAX = 0.01;

/**
 * Of what was traded, against the price of the decision. A market of 16 % a year moves some 20 bp in the quarter of an hour that a
 * run may take, and half of that on average over it: 25 is two and a half times what chance alone does to one run.
 */
export const SHORTFALL_BPS_MAX = 25;

/** That ended and were not refused. One may be luck, and two cannot tell a habit from an exception. */
export const RUNS_MIN = 3;
/** The first funding, and a rebalance that went on from what it left. */
export const TRADED_RUNS_MIN = 2;
/** About a month: a turn of the month, settlement, and every day of the week. */
export const SESSIONS_MIN = 20;
/** A period of the schedule and some days: what paper did before that is not what it does. */
export const LATEST_AGE_DAYS_MAX: Readonly<Record<Frequency, number>> = { day: 10, week: 20, month: 40, quarter: 100, year: 375 };
