// The result in plain sentences, for whoever reads nothing else. Each says a figure and what it means; none says more than that.
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { drawdownsOf } from '../metrics/drawdowns.ts';
import { DAYS_A_YEAR } from '../metrics/years.ts';
import { sharpeStandardError } from '../validation/statistics/sharpe-error.ts';
import { counted, dollars, monthName, percent, plain, smallPercent } from './figure-text.ts';
import type { Sheet } from './sheet.ts';

export function readingOf(sheet: Sheet): readonly string[] {
  return [
    growthSentence(sheet),
    ...benchmarkSentence(sheet),
    ...fallSentence(sheet),
    ...monthsSentence(sheet),
    ...sharpeSentence(sheet),
    ...costSentence(sheet),
    ...validationSentence(sheet),
  ];
}

function growthSentence({ result, metrics, equity }: Sheet): string {
  const [start, end] = [result.start.equity, equity.at(-1) as number];
  const became = `${dollars(start)} became ${dollars(end)} in ${spanText(metrics.years)}`;
  if (metrics.cagr === null || metrics.years < 1) return `${became}.`;
  return `${became}: ${percent(metrics.cagr, 1)} a year, compounded and after the costs that were counted.`;
}

function benchmarkSentence({ metrics, benchmark }: Sheet): string[] {
  const theirs = metrics.benchmark;
  if (benchmark === undefined || theirs === null || theirs.cagr === null || metrics.cagr === null) return [];
  const apart = metrics.cagr - theirs.cagr;
  const more = `That is ${plain(100 * Math.abs(apart), 1)} points a year ${apart < 0 ? 'less' : 'more'} than holding ${benchmark.symbol}`;
  if (theirs.volatility === null || metrics.volatility === null || theirs.volatility === 0) return [`${more}.`];
  const calm = metrics.volatility / theirs.volatility;
  const swings = calm < 0.95 ? `${percent(1 - calm, 0)} less` : calm > 1.05 ? `${percent(calm - 1, 0)} more` : 'about as much';
  const but = apart < 0 === calm < 1 ? ', while it' : ', and it';
  return [`${more}${but} moved ${swings === 'about as much' ? `${swings}` : `${swings} than that`} from day to day.`];
}

function fallSentence({ result, metrics }: Sheet): string[] {
  const worst = [...drawdownsOf(result.equity, result.start.equity)].sort((a, b) => b.depth - a.depth)[0];
  if (worst === undefined || metrics.maxDrawdown === null) return ['It never closed below an earlier high.'];
  const dateOf = (bar: number): NewYorkDate => (bar < 0 ? result.start.date : (result.dates[bar] as NewYorkDate));
  const fell = `At its worst it lost ${percent(worst.depth, 1)}, from ${monthName(dateOf(worst.peak))} to ${monthName(dateOf(worst.trough))}`;
  const back = worst.recovered === null ? 'and has not been back since' : `and was back in ${monthName(dateOf(worst.recovered))}`;
  const days = metrics.longestDrawdownDays;
  return [`${fell}, ${back}. ${days === null ? '' : `The longest wait for a new high took ${spanText(days / DAYS_A_YEAR)}.`}`.trim()];
}

function monthsSentence({ metrics }: Sheet): string[] {
  const { winningMonths, worstMonth, worstYear, years } = metrics;
  if (winningMonths === null || worstMonth === null || years < 1) return [];
  const year =
    worstYear === null ? '' : worstYear < 0 ? `, its worst calendar year lost ${percent(-worstYear, 1)}` : ', and no calendar year lost';
  const month = worstMonth < 0 ? `the worst lost ${percent(-worstMonth, 1)}` : 'none lost';
  return [`${percent(winningMonths, 0)} of its months gained; ${month}${year}.`];
}

/** The error is that of returns that do not depend on each other, of a bar, made annual. */
function sharpeSentence({ metrics, result }: Sheet): string[] {
  const { sharpe, barsAYear } = metrics;
  if (sharpe === null || barsAYear === null || metrics.years < 1) return [];
  const root = Math.sqrt(barsAYear);
  const error = sharpeStandardError(sharpe / root, result.returns.length) * root;
  const [low, high] = [sharpe - 1.96 * error, sharpe + 1.96 * error];
  const said = `For its risk it earned a Sharpe ratio of ${plain(sharpe)}. From a record of this length, chance alone puts the true one anywhere between ${plain(low, 1)} and ${plain(high, 1)}`;
  return [`${said}${low <= 0 ? ': that it earned nothing at all cannot be ruled out' : ''}.`];
}

function costSentence({ metrics, result }: Sheet): string[] {
  if (metrics.costs === null) return [];
  const traded = `${counted(result.rebalances.length, 'rebalance')} with ${counted(metrics.trades, 'trade')}`;
  return [
    metrics.costs > 0
      ? `${traded} cost ${smallPercent(metrics.costs)} of the equity a year.`
      : `${traded} were counted without any cost, which no account gets.`,
  ];
}

function validationSentence({ extras: { validation } }: Sheet): string[] {
  if (validation === undefined) return [];
  const failed = validation.checks.filter(({ holds }) => holds === false).map(({ name }) => name);
  const held = validation.checks.filter(({ holds }) => holds === true).length;
  const said = `Of ${counted(validation.checks.length, 'check')} how far to believe it, ${held} ${held === 1 ? 'holds' : 'hold'}`;
  const rest = validation.checks.length - held - failed.length;
  const others = rest === 0 ? '' : ` ${counted(rest, 'other')} could not be told or ${rest === 1 ? 'is' : 'are'} not asked of it.`;
  if (failed.length === 0) return [`${said} and none fails.${others}`];
  return [`${said}. What does not: ${failed.join(', ')}.${others}`];
}

function spanText(years: number): string {
  if (years >= 1.95) return `${plain(years, 1)} years`;
  const months = Math.round(years * 12);
  return months >= 2 ? `${months} months` : counted(Math.max(1, Math.round(years * DAYS_A_YEAR)), 'day');
}
