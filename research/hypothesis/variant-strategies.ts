// The strategies of a hypothesis: its strategy file, once for each choice of its variants. Refuses to know prices.
import { canonicalJson, contentHash } from '../../shared/contracts/canonical-json.ts';
import type { Hypothesis } from '../../shared/contracts/hypothesis/hypothesis-file.ts';
import { strategyHash } from '../../shared/contracts/hypothesis/strategy-hash.ts';
import type { Finding, Problem } from '../../shared/contracts/problem.ts';
import type { ReadText } from '../../shared/contracts/read-text.ts';
import { parseStrategyYaml } from '../../shared/contracts/strategy-file/parse-strategy-yaml.ts';
import { sleeveOfFile } from '../../shared/contracts/strategy-file/sleeve-of-file.ts';
import type { ContentHash } from '../../shared/core/values/identity.ts';
import { type Subject, subjectOfStrategy, symbolsOfSubject } from '../backtest/subject.ts';
import { variantsOf } from '../sweep/vary.ts';
import { variantOf } from '../validation/trials/count-trials.ts';
import { type Candidate, candidatesOf } from '../validation/walk-forward/search.ts';

export interface ClaimVariant {
  readonly candidate: Candidate;
  /** As the trial ledger counts it: values as text and by the text of the file, so that a sweep of it counts the same variant. */
  readonly counted: Candidate;
  readonly id: ContentHash;
  readonly subject: Subject;
  readonly hash: ContentHash;
}

export type VariantStrategies =
  /** Symbols are all that any of them holds or looks at, ascending; strategyText the hash of the file's text, base that of its strategy. */
  | {
      readonly kind: 'variants';
      readonly variants: readonly ClaimVariant[];
      readonly symbols: readonly string[];
      readonly strategyText: ContentHash;
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
  const combinations = Object.values(variants).reduce((product, values) => product * values.length, 1);
  if (combinations > trials)
    return refused([
      { path: ['trials'], about: 'value', value: String(trials), expected: `at least ${combinations}, as many as there are variants` },
    ]);

  const made = variantsOf(
    text,
    Object.entries(variants).map(([path, values]) => ({ path, values: values.map(String) })),
  );
  if (made.kind === 'refused')
    return refused(made.flaws.map(({ path, value, expected }) => ({ path: ['variants', path], about: 'value', value, expected })));

  const strategyText = contentHash(text);
  const found: ClaimVariant[] = [];
  for (const [place, candidate] of candidatesOf(variants).entries()) {
    const { values: counted, text: varied } = made.variant(place);
    const read = parseStrategyYaml(varied, `${file} with ${canonicalJson(candidate)}`, readText);
    if (read.kind === 'refused') return refused([], read.problems);
    const strategy = sleeveOfFile(read.strategy);
    const subject = subjectOfStrategy(strategy);
    found.push({ candidate, counted, id: variantOf(strategyText, counted), subject, hash: strategyHash(strategy) });
  }
  const symbols = new Set(found.flatMap(({ subject }) => symbolsOfSubject(subject)));
  const base = strategyHash(sleeveOfFile(written.strategy));
  return { kind: 'variants', variants: found, symbols: [...symbols].sort(), strategyText, base };
}
