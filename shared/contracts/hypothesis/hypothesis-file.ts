// The hypothesis file: what is claimed, and by what it will be judged, written down before anything is tried. Text in,
// hypothesis out, or every problem at once. It refuses to know files and prices.
import * as z from 'zod';
import { SHA256_PATTERN, SYMBOL_PATTERN } from '../../core/values/identity.ts';
import { isNewYorkDate, type NewYorkDate } from '../../core/values/time.ts';
import { findingsOf } from '../findings.ts';
import { mapping } from '../mapping.ts';
import { name } from '../name.ts';
import { isReadable } from '../person-text.ts';
import { type Finding, type Problem, pathText } from '../problem.ts';
import { percentText, wholeNumber } from '../quantity-text.ts';
import { decimalNumber } from '../strategy-file/decimal-number.ts';
import { readYaml } from '../yaml-text.ts';

/** By which the best variant is chosen: the Sharpe ratio less cash, or that of what it earned beyond the benchmark. */
const METRICS = ['sharpe', 'sharpe-over-benchmark'] as const;

const SYMBOL = 'a symbol such as SPY';
const CLAIM = 'a sentence of your own that can turn out false';
const DATE = 'a date such as 2024-01-02';
const HASH = 'the 64 hex digits that evenkeel hypothesis new printed for these prices';
const VALUES = 'a list of numbers, words, true or false';
const symbol = z.string({ error: SYMBOL }).regex(SYMBOL_PATTERN, { error: SYMBOL });
const date = z.custom<NewYorkDate>((text) => typeof text === 'string' && isNewYorkDate(text), { error: DATE });
const bps = () => decimalNumber(0, 1_000);

const hypothesisSchema = mapping({
  hypothesis: name,
  claim: z
    .string({ error: CLAIM })
    .refine((text) => text.length >= 10 && isReadable(text) && !text.startsWith('Write here'), { error: CLAIM }),
  strategy: z.string({ error: 'the path of a strategy file' }).min(1, { error: 'the path of a strategy file' }),
  universe: z.array(symbol, { error: 'a list of symbols' }).min(1, { error: 'at least one symbol' }),
  data: z.string({ error: HASH }).regex(SHA256_PATTERN, { error: HASH }),
  benchmark: symbol,
  metric: z.enum(METRICS, { error: METRICS.join(' or ') }),
  'target-sharpe': decimalNumber(0, 10),
  trials: wholeNumber(1, 100_000),
  holdout: mapping({ first: date, last: date }).refine((each) => isAYear(each), {
    error: 'a holdout of a year or more: less out of sample is never enough',
  }),
  costs: mapping({
    'half-spread-bps': bps(),
    'commission-bps': bps(),
    'borrow-bps': bps(),
    impact: decimalNumber(0, 10),
    fees: z.enum(['dated', 'none'], { error: 'dated or none' }),
  }),
  'cash-rate': percentText('0%', '20%'),
  seed: wholeNumber(0, 999_999_999),
  variants: z
    .record(
      z.string(),
      z.array(z.union([z.number(), z.string(), z.boolean()], { error: VALUES }), { error: VALUES }).min(1, { error: 'at least one value' }),
      {
        error: 'a mapping of places in the strategy file to lists of values',
      },
    )
    .prefault({}),
});

/** As written, but for defaults: everything in it is part of what is registered. */
export type Hypothesis = z.output<typeof hypothesisSchema>;

export type HypothesisFile =
  | { readonly kind: 'hypothesis'; readonly hypothesis: Hypothesis; readonly problemOf: (finding: Finding) => Problem }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** Never throws. @param file only for the problems; nothing is opened. */
export function parseHypothesisFile(text: string, file: string): HypothesisFile {
  const reading = readYaml(text);
  const problem = ({ path, value, expected }: Finding, place: object): Problem => ({
    file,
    path: pathText(path),
    ...place,
    value,
    expected,
  });
  if (reading.kind === 'unreadable')
    return { kind: 'refused', problems: reading.faults.map(({ finding, place }) => problem(finding, place)) };
  const problemOf = (finding: Finding): Problem => problem(finding, reading.placeOf(finding));
  const fields = hypothesisSchema.safeParse(reading.value);
  if (!fields.success) return { kind: 'refused', problems: findingsOf(fields.error.issues, reading.value).map(problemOf) };
  const { benchmark, universe } = fields.data;
  if (!universe.includes(benchmark))
    return {
      kind: 'refused',
      problems: [problemOf({ path: ['universe'], about: 'value', value: 'a list', expected: `${benchmark}, the benchmark, in it` })],
    };
  return { kind: 'hypothesis', hypothesis: fields.data, problemOf };
}

/** By the calendar: from a date to the same of the next year, however many days that year has. */
function isAYear({ first, last }: { readonly first: NewYorkDate; readonly last: NewYorkDate }): boolean {
  return last >= `${String(Number(first.slice(0, 4)) + 1).padStart(4, '0')}${first.slice(4)}`;
}
