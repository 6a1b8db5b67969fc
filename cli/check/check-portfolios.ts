// Checks every file, the later ones too when the first is bad, and reports all of them together.
import { dirname, resolve } from 'node:path';
import { parsePortfolioFile } from '../../shared/contracts/portfolio-file.ts';
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import type { Problem } from '../../shared/contracts/problem.ts';
import { readAnyStrategy } from '../../shared/contracts/strategy-file/read-strategy.ts';
import { isKnownInstant, NEW_YORK_DATE_FIRST, NEW_YORK_DATE_LAST } from '../../shared/core/market/new-york-time.ts';
import type { EpochMs } from '../../shared/core/values/time.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import { besideFile, readPortfolioText } from '../portfolio-text.ts';
import { type PortfolioSummary, summarize } from './portfolio-summary.ts';
import { summaryText } from './summary-text.ts';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * Says what each file holds as the command's result.
 * @throws CommandFailure with every problem of every file, exit 2.
 */
export async function checkPortfolios(files: readonly string[], now: string | undefined, output: Output): Promise<void> {
  const after = instantOf(now);
  const summaries: PortfolioSummary[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const checked = await checkFile(file);
    if (checked.kind === 'refused') problems.push(...checked.problems);
    else summaries.push(summarize(file, checked.policy, after));
  }
  problems.push(...sameNames(summaries));
  const text = summaries.map((summary) => summaryText(summary, output.colors)).join('\n');
  if (problems.length === 0) return output.result({ portfolios: summaries }, text);
  if (summaries.length > 0) output.note(text);
  const bad = new Set(problems.map((problem) => problem.file)).size;
  const message = `${count(problems.length, 'problem')} in ${bad} of ${count(files.length, 'file')}`;
  throw new CommandFailure('bad-portfolio', message, { exitCode: 2, problems });
}

/** Of one folder: whoever deploys it would have two portfolios under one name. */
function sameNames(summaries: readonly PortfolioSummary[]): readonly Problem[] {
  const first = new Map<string, string>();
  return summaries.flatMap(({ file, name: portfolio }) => {
    const place = `${dirname(resolve(file))} ${portfolio}`;
    const other = first.get(place);
    first.set(place, other ?? file);
    if (other === undefined || resolve(other) === resolve(file)) return [];
    return [{ file, path: 'portfolio', value: JSON.stringify(portfolio), expected: `a name of its own, as ${other} has this one` }];
  });
}

type Checked =
  | { readonly kind: 'portfolio'; readonly policy: PortfolioPolicy }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

async function checkFile(file: string): Promise<Checked> {
  const read = await readPortfolioText(file);
  if (read.kind === 'refused') return { kind: 'refused', problems: [read.problem] };
  const parsed = parsePortfolioFile(read.text, file, besideFile(file));
  if (parsed.kind === 'portfolio') return parsed;
  const strategy = readAnyStrategy(read.text, file, besideFile(file));
  // What else a portfolio lacks is of no use to whoever means to check the strategy that one names.
  if (strategy.kind !== 'refused') return { kind: 'refused', problems: [{ file, path: '', value: 'a strategy', expected: A_PORTFOLIO }] };
  return MEANS_A_STRATEGY.test(read.text) ? { kind: 'refused', problems: strategy.problems } : parsed;
}

const MEANS_A_STRATEGY = /^tree[ \t]*:/m;

const A_PORTFOLIO = 'a portfolio file, with a sleeve that names it as strategy: { file: … }; by itself, evenkeel signal tries it';

function instantOf(now: string | undefined): EpochMs {
  const at = now === undefined ? Date.now() : INSTANT.test(now) ? Date.parse(now) : Number.NaN;
  if (Number.isNaN(at)) {
    throw new CommandFailure('usage', `--now ${JSON.stringify(now)}: expected an instant with its zone, such as 2026-11-20T12:00:00Z`, {
      exitCode: 2,
    });
  }
  if (isKnownInstant(at)) return at;
  const range = `${NEW_YORK_DATE_FIRST} to ${NEW_YORK_DATE_LAST}`;
  throw new CommandFailure('calendar-unknown', `${new Date(at).toISOString()} is outside the calendar, which is known from ${range}`, {
    exitCode: 2,
  });
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
