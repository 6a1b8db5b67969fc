// The strategies of a hypothesis: its strategy file, once for each choice of its variants. Refuses to know prices.
import { canonicalJson, contentHash } from '../../shared/contracts/canonical-json.ts';
import type { Hypothesis } from '../../shared/contracts/hypothesis/hypothesis-file.ts';
import { strategyHash } from '../../shared/contracts/hypothesis/strategy-hash.ts';
import type { Finding, Problem } from '../../shared/contracts/problem.ts';
import type { ReadText } from '../../shared/contracts/read-text.ts';
import { parseStrategyYaml } from '../../shared/contracts/strategy-file/parse-strategy-yaml.ts';
import { sleeveOfFile } from '../../shared/contracts/strategy-file/sleeve-of-file.ts';
import { readYaml } from '../../shared/contracts/yaml-text.ts';
import { symbolsOf, watchedSymbols } from '../../shared/core/strategy/evaluate.ts';
import type { ContentHash } from '../../shared/core/values/identity.ts';
import { type Subject, subjectOfStrategy } from '../backtest/subject.ts';
import { variantOf } from '../validation/trials/count-trials.ts';
import { type Candidate, candidatesOf } from '../validation/walk-forward/search.ts';

export interface Variant {
  readonly candidate: Candidate;
  /** As the trial ledger counts it: values as text and by the text of the file, so that a sweep of it counts the same variant. */
  readonly counted: Candidate;
  readonly id: ContentHash;
  readonly subject: Subject;
  readonly hash: ContentHash;
}

export type VariantStrategies =
  /** Symbols are all that any of them holds or looks at, ascending; source the hash of the file's text, base that of its strategy. */
  | {
      readonly kind: 'variants';
      readonly variants: readonly Variant[];
      readonly symbols: readonly string[];
      readonly source: ContentHash;
      readonly base: ContentHash;
    }
  /** Findings are of the hypothesis file, problems of the strategy file. */
  | { readonly kind: 'refused'; readonly findings: readonly Finding[]; readonly problems: readonly Problem[] };

/** @param text of the strategy file. @param file its name, for problems. @param readText how the files that it names are read. */
export function variantStrategies(
  { variants, trials }: Pick<Hypothesis, 'variants' | 'trials'>,
  text: string,
  file: string,
  readText: ReadText,
): VariantStrategies {
  const refused = (findings: readonly Finding[], problems: readonly Problem[] = []): VariantStrategies => ({
    kind: 'refused',
    findings,
    problems,
  });
  const written = parseStrategyYaml(text, file, readText);
  if (written.kind === 'refused') return refused([], written.problems);
  const lost = Object.keys(variants).filter((place) => !leadsToValue(writtenValue(text), place));
  if (lost.length > 0)
    return refused(
      lost.map((place) => ({
        path: ['variants', place],
        about: 'key',
        value: 'leads to no value',
        expected: `a place in ${file}, such as tree.filter.top`,
      })),
    );
  const combinations = Object.values(variants).reduce((product, values) => product * values.length, 1);
  if (combinations > trials)
    return refused([
      { path: ['trials'], about: 'value', value: String(trials), expected: `at least ${combinations}, as many as there are variants` },
    ]);

  const source = contentHash(text);
  const found: Variant[] = [];
  for (const candidate of candidatesOf(variants)) {
    const value = writtenValue(text);
    for (const [place, chosen] of Object.entries(candidate)) put(value, place, chosen);
    // JSON is YAML, and reads back as the same values.
    const read = parseStrategyYaml(canonicalJson(value), `${file} with ${canonicalJson(candidate)}`, readText);
    if (read.kind === 'refused') return refused([], read.problems);
    const strategy = sleeveOfFile(read.strategy);
    const counted = asWritten(candidate);
    const subject = subjectOfStrategy(strategy);
    found.push({ candidate, counted, id: variantOf(source, counted), subject, hash: strategyHash(strategy) });
  }
  const strategies = found.flatMap(({ subject }) => subject.sleeves.map(({ strategy }) => strategy));
  const symbols = new Set(strategies.flatMap((strategy) => [...symbolsOf(strategy), ...watchedSymbols(strategy)]));
  return { kind: 'variants', variants: found, symbols: [...symbols].sort(), source, base: strategyHash(sleeveOfFile(written.strategy)) };
}

function asWritten(candidate: Candidate): Candidate {
  return Object.fromEntries(Object.entries(candidate).map(([place, value]) => [place, String(value)]));
}

function writtenValue(text: string): unknown {
  const reading = readYaml(text);
  if (reading.kind === 'unreadable') throw new Error('a strategy file that was read cannot be read');
  return reading.value;
}

/** A number, word, true or false, by keys and places with dots between. */
function leadsToValue(root: unknown, place: string): boolean {
  let value = root;
  for (const step of place.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return false;
    value = Reflect.get(value, step);
  }
  return ['number', 'string', 'boolean'].includes(typeof value);
}

function put(root: unknown, place: string, chosen: Candidate[string]): void {
  const steps = place.split('.');
  let holder = root;
  for (const step of steps.slice(0, -1)) holder = Reflect.get(holder as object, step);
  Reflect.set(holder as object, steps.at(-1) as string, chosen);
}
