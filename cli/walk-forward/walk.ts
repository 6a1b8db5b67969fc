// Reads what is to be walked forward, walks it over all cores, counts what is tried, and says what came of it.
import { createHash } from 'node:crypto';
import description from '../../package.json' with { type: 'json' };
import type { PriceTable } from '../../research/backtest/price-table.ts';
import { priceWarnings } from '../../research/backtest/price-warnings.ts';
import { sweepIdentity } from '../../research/sweep/sweep-log.ts';
import { countOfTrials } from '../../research/validation/trials/trial-count.ts';
import { type FoldRule, foldsOf } from '../../research/validation/walk-forward/folds.ts';
import { Stopped } from '../../research/walk-forward/lives.ts';
import { walkFigures } from '../../research/walk-forward/walk-figures.ts';
import { type Walk, type WalkedVariants, walkVariants } from '../../research/walk-forward/walk-variants.ts';
import { sourceHash } from '../../shared/adapters/local/source-hash.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { backtestOptions } from '../backtest/asked-options.ts';
import { besideOrRefuse } from '../backtest/beside-or-refuse.ts';
import { failedResult } from '../failed-result.ts';
import { CommandFailure } from '../failure.ts';
import { untilInterrupted } from '../interrupt.ts';
import { symbolOption } from '../option-values.ts';
import type { Output } from '../output.ts';
import { askedVariants, pricesOfVariants, subjectsOf, symbolsOfSubjects, workersOf } from '../sweep/asked-variants.ts';
import { countedVariants, refusedTrial } from '../sweep/counted-variants.ts';
import { everyVariantRefused } from '../sweep/every-variant-refused.ts';
import { type AskedWalk, foldsAsked, searchAsked, searchOf } from './asked-walk.ts';
import { daysOf, lookbackOf, type WalkedDays } from './walk-days.ts';
import { foldDocuments, refusedVariants, type WalkDocument } from './walk-document.ts';
import { walkText } from './walk-text.ts';
import { openWalkFolder, writeWalk } from './write-walk.ts';

/** @throws CommandFailure: exit 2 for input that cannot be used, exit 1 for a walk that was stopped, or whose variants are all refused. */
export async function walk(file: string, asked: AskedWalk, output: Output): Promise<void> {
  const { metric, out } = asked;
  const options = backtestOptions(asked);
  const symbol = asked.benchmark === undefined ? undefined : symbolOption('--benchmark', asked.benchmark);
  const variants = await askedVariants(file, asked.vary);
  const { kind, text, varies, count, variant } = variants;
  const workers = Math.min(workersOf(asked.workers), count);
  const subjects = subjectsOf(variants);
  const lookback = lookbackOf(subjects);
  const [rule, search] = [foldsAsked(asked, lookback), searchAsked(asked, count)];
  const prices = pricesOfVariants(variants, asked.prices, symbol === undefined ? [] : [symbol]);
  const days = daysOf(prices, options, lookback, symbolsOfSubjects(subjects));
  const tested = testedDays(prices, days, rule, lookback);
  const benchmark = besideOrRefuse(symbol, prices, tested);
  const identity = sweepIdentity({ version: description.version, source: sourceHash(), text, varies, prices, options });
  const walkHash = createHash('sha256')
    .update(JSON.stringify([identity, rule, search, metric, symbol ?? null]))
    .digest('hex');
  if (out !== undefined) await openWalkFolder(out, walkHash);
  const counted = await countedVariants(asked, text, prices, options, output);

  const walked = await walkedOrRefused(
    {
      ...{ kind, prices, options, varies, variant, workers, rule, metric, ...days, search: searchOf(search) },
      ...(counted === undefined ? {} : { around: counted.around }),
    },
    asked.hypothesis,
    output,
  );
  const ledger = counted === undefined ? undefined : countOfTrials(await counted.ledger.entries(counted.hypothesis));
  const document: WalkDocument = {
    file,
    walk: walkHash,
    first: walked.dates[0] as string,
    last: walked.dates.at(-1) as string,
    ...{ barsAYear: walked.barsAYear, metric, search, rule: { ...rule, lookback }, varies },
    hypothesis: asked.hypothesis ?? null,
    benchmarkSymbol: symbol ?? null,
    ...walkFigures(walked, metric, { benchmark, ledger }),
    evaluations: walked.evaluations,
    refused: refusedVariants(walked.rows),
    warnings: priceWarnings(prices, options, [
      { symbols: [...symbolsOfSubjects(subjects)], start: prices.dates[days.firstDay] as NewYorkDate },
    ]),
    folds: foldDocuments(walked),
    stability: walked.stability,
  };
  if (out !== undefined) await writeWalk(out, document, walked, benchmark);
  const refused = everyVariantRefused(walked.rows);
  if (refused !== undefined) throw failedResult(refused, document, undefined, output);
  output.result(document, walkText(document, output.colors));
  for (const { detail } of document.warnings) output.note(detail);
}

async function walkedOrRefused(
  asked: Omit<Walk, 'onRow' | 'isStopped'>,
  hypothesis: string | undefined,
  output: Output,
): Promise<WalkedVariants> {
  let lived = 0;
  const onRow = (): void => {
    lived += 1;
    output.progress(`${lived} variants lived`);
  };
  try {
    return await untilInterrupted(output, 'Stopping after the variants that are under way', (isStopped) =>
      walkVariants({ ...asked, onRow, isStopped }),
    );
  } catch (error) {
    if (!(error instanceof Stopped)) throw refusedTrial(error, hypothesis);
    throw new CommandFailure('interrupted', `stopped after ${lived} variants; nothing was written`, { exitCode: 1, cause: error });
  }
}

interface TestedDays {
  /** At its close the first test begins. */
  readonly start: { readonly date: NewYorkDate };
  readonly dates: readonly NewYorkDate[];
}

function testedDays(prices: PriceTable, { firstDay, lastDay }: WalkedDays, rule: FoldRule, lookback: number): TestedDays {
  const dates = prices.dates.slice(firstDay + 1, lastDay + 1);
  const from = foldsOf(dates, rule)[0]?.test.from;
  if (from !== undefined) return { start: { date: prices.dates[firstDay + from] as NewYorkDate }, dates: dates.slice(from) };
  const { trainingBars, purgeBars, embargoBars } = rule;
  const said = [
    `${dates.length} bars after the first on which everything can be decided (it looks back ${lookback}):`,
    `expected at least ${trainingBars + purgeBars + embargoBars + 1}, for --train ${trainingBars}, --purge ${purgeBars},`,
    `--embargo ${embargoBars} and a test`,
  ];
  throw new CommandFailure('too-few-bars', said.join(' '), { exitCode: 2 });
}
