// What the demo runs on: which portfolio, which prices, which sessions, and where its state is kept.
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parsePortfolioFile } from '../../shared/contracts/portfolio-file.ts';
import type { Problem } from '../../shared/contracts/problem.ts';
import type { DailySeries } from '../../shared/core/market/bar.ts';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import { isDue, slotInstant } from '../../shared/core/market/schedule-slot.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import type { PortfolioSource } from '../../shared/ports/portfolios.ts';
import { pricedSymbols } from '../../shared/workflow/take-snapshot.ts';
import { CommandFailure } from '../failure.ts';
import { dateOption } from '../option-values.ts';
import { besideFile, readPortfolioText } from '../portfolio-text.ts';
import { readPrices } from '../price-folders.ts';
import type { DueSession } from './rebalance-sessions.ts';
import { readVegaPrices } from './vega-prices.ts';

export interface DemoOptions {
  readonly prices?: readonly string[];
  readonly portfolio?: string;
  readonly from?: string;
  readonly to?: string;
  readonly cash: string;
  readonly seed: string;
  readonly fresh?: boolean;
  readonly approve?: boolean;
}

export interface DemoSetting {
  readonly source: PortfolioSource;
  readonly series: readonly DailySeries[];
  readonly due: readonly DueSession[];
  /** True for the embedded month-end prices. */
  readonly isEmbedded: boolean;
  /** Another for other words of the portfolio file, prices, first session, cash or seed. */
  readonly folder: string;
}

const DEMO_PORTFOLIO = fileURLToPath(new URL('portfolio.yaml', import.meta.url));
const SESSIONS_WITHOUT_RANGE = 24;

/** @throws CommandFailure, exit 2, for anything that cannot be run. */
export async function demoSetting(options: DemoOptions): Promise<DemoSetting> {
  const { prices = [] } = options;
  const isEmbedded = prices.length === 0;
  const source = await portfolioOf(options.portfolio ?? DEMO_PORTFOLIO);
  const symbols = pricedSymbols(source.policy);
  const series = isEmbedded ? embeddedPrices(symbols) : readPrices(prices, symbols);
  const known = knownRange(series);
  const from = dateOption('--from', options.from) ?? known.from;
  const to = dateOption('--to', options.to) ?? known.to;
  refuseRange(series, from, to, known);
  const due = sessionsDue(source, from, to);
  if (due.length === 0) throw bad(`no session is due from ${from} to ${to}`);
  const chosen = options.from === undefined && options.to === undefined ? firstOrLast(due, isEmbedded) : due;
  const key = createHash('sha256')
    .update(JSON.stringify([source.text, prices.map((each) => resolve(each)), chosen[0]?.session.date, options.cash, options.seed]))
    .digest('hex');
  return { source, series, due: chosen, isEmbedded, folder: join('.evenkeel', `${source.policy.name}-${key.slice(0, 8)}`) };
}

function bad(message: string): CommandFailure {
  return new CommandFailure('bad-input', message, { exitCode: 2 });
}

async function portfolioOf(file: string): Promise<PortfolioSource> {
  const refuse = (problems: readonly Problem[]) => new CommandFailure('bad-portfolio', `${file} is refused`, { exitCode: 2, problems });
  const read = await readPortfolioText(file);
  if (read.kind === 'refused') throw refuse([read.problem]);
  const parsed = parsePortfolioFile(read.text, file, besideFile(file));
  if (parsed.kind === 'refused') throw refuse(parsed.problems);
  return { text: parsed.text, policy: parsed.policy };
}

function embeddedPrices(symbols: readonly string[]): DailySeries[] {
  const series = readVegaPrices().filter(({ symbol }) => symbols.includes(symbol));
  const missing = symbols.filter((symbol) => !series.some((each) => each.symbol === symbol));
  if (missing.length > 0) throw bad(`the embedded prices have no ${missing.join(', ')}: give a folder with --prices`);
  return series;
}

interface KnownRange {
  readonly from: NewYorkDate;
  readonly to: NewYorkDate;
}

/** The dates on which every symbol has a price. */
function knownRange(series: readonly DailySeries[]): KnownRange {
  const firsts = series.map(({ bars }) => bars[0]?.date ?? '9999-12-31').sort();
  const lasts = series.map(({ bars }) => bars.at(-1)?.date ?? '0000-01-01').sort();
  return { from: firsts.at(-1) as NewYorkDate, to: lasts[0] as NewYorkDate };
}

function refuseRange(series: readonly DailySeries[], from: NewYorkDate, to: NewYorkDate, known: KnownRange): void {
  if (from > to) throw bad(`--from ${from} is after --to ${to}`);
  const late = series.filter(({ bars }) => (bars[0]?.date ?? '9999') > from).map(({ symbol, bars }) => `${symbol} begins ${bars[0]?.date}`);
  if (late.length > 0) throw bad(`prices begin after ${from}: ${late.join(', ')}; the first date with all of them is ${known.from}`);
  const early = series
    .filter(({ bars }) => (bars.at(-1)?.date ?? '0') < to)
    .map(({ symbol, bars }) => `${symbol} ends ${bars.at(-1)?.date}`);
  if (early.length > 0) throw bad(`prices end before ${to}: ${early.join(', ')}; the last date with all of them is ${known.to}`);
}

function sessionsDue({ policy }: PortfolioSource, from: NewYorkDate, to: NewYorkDate): DueSession[] {
  return sessionsBetween(from, to)
    .flatMap((session) => policy.schedules.filter((schedule) => isDue(schedule, session)).map((schedule) => ({ schedule, session })))
    .sort((a, b) => slotInstant(a.schedule.at, a.session) - slotInstant(b.schedule.at, b.session));
}

function firstOrLast(due: readonly DueSession[], isEmbedded: boolean): readonly DueSession[] {
  return isEmbedded ? due.slice(0, SESSIONS_WITHOUT_RANGE) : due.slice(-SESSIONS_WITHOUT_RANGE);
}
