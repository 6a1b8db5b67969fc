// A hypothesis to fill in: universe and the hash of its prices are reckoned, the claim is for its owner to write.
import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { dataHash } from '../../research/backtest/price-hash.ts';
import { priceTable } from '../../research/backtest/price-table.ts';
import { subjectOfStrategy, symbolsOfSubject } from '../../research/backtest/subject.ts';
import { NAME_PATTERN } from '../../shared/core/values/identity.ts';
import { addDays, type NewYorkDate } from '../../shared/core/values/time.ts';
import { CommandFailure } from '../failure.ts';
import { writeNewFile } from '../new-file.ts';
import { dateOption, symbolOption } from '../option-values.ts';
import type { Output } from '../output.ts';
import { readPrices } from '../price-folders.ts';
import { readSubject } from '../signal/subject.ts';

export interface NewOptions {
  readonly strategy: string;
  readonly prices: readonly string[];
  readonly benchmark: string;
  readonly holdout?: string;
  readonly out: string;
}

/** Two years, so that a year out of sample is not a matter of days. */
const HOLDOUT_DAYS = 731;

/** @throws CommandFailure, exit 2. */
export async function newHypothesis(name: string, options: NewOptions, output: Output): Promise<void> {
  if (!NAME_PATTERN.test(name)) throw bad('usage', `${JSON.stringify(name)}: expected lower-case letters, digits and hyphens`);
  const benchmark = symbolOption('--benchmark', options.benchmark);
  const read = await readSubject(options.strategy);
  if (read.kind === 'portfolio') throw bad('bad-strategy', `${options.strategy} is a portfolio: a claim is of one strategy file`);
  const subject = subjectOfStrategy(read);
  const universe = [...new Set([...symbolsOfSubject(subject), benchmark])].sort();
  const series = readPrices(options.prices, universe);
  const last = series.flatMap(({ bars }) => bars.at(-1)?.date ?? []).sort()[0];
  if (last === undefined) throw bad('bad-prices', 'there is no bar in these prices');
  const first: NewYorkDate = dateOption('--holdout', options.holdout) ?? addDays(last, -HOLDOUT_DAYS);
  const before = series.map(({ symbol, bars }) => ({ symbol, bars: bars.filter(({ date }) => date < first) }));
  const data = dataHash(priceTable(before, subject.calendar));
  const strategy = relative(dirname(resolve(options.out)), resolve(options.strategy));
  const text = templateText({ name, strategy, universe, data, benchmark, first, last });
  const written = await writeNewFile(options.out, text, { replace: false });
  if (written.kind === 'refused') throw bad('bad-output', `--out ${options.out}: ${written.reason}`);
  output.result(
    { hypothesis: name, out: options.out, data, universe, holdout: { first, last } },
    `${options.out} written: say what you claim in it, then run it`,
  );
}

interface Template {
  readonly name: string;
  readonly strategy: string;
  readonly universe: readonly string[];
  readonly data: string;
  readonly benchmark: string;
  readonly first: NewYorkDate;
  readonly last: NewYorkDate;
}

function templateText({ name, strategy, universe, data, benchmark, first, last }: Template): string {
  const values = { name, strategy: JSON.stringify(strategy), universe: universe.join(', '), data, benchmark, first, last };
  return TEMPLATE.replace(/\{\{(\w+)\}\}/g, (_, key: keyof typeof values) => values[key]);
}

const TEMPLATE = readFileSync(new URL('template.yaml', import.meta.url), 'utf8');

function bad(code: string, message: string): CommandFailure {
  return new CommandFailure(code, message, { exitCode: 2 });
}
