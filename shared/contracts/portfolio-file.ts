// The portfolio file: text in, policy out, or every problem at once with its place. It refuses to know files, clocks
// and prices.
import { canonicalJson } from './canonical-json.ts';
import { inlineStrategies } from './inline-strategies.ts';
import { jsonOf } from './json-of.ts';
import type { PortfolioPolicy } from './portfolio-policy.ts';
import { readPortfolioValue } from './portfolio-value.ts';
import { type Finding, type Problem, pathText } from './problem.ts';
import { noOtherFile, type ReadText } from './read-text.ts';
import { type Place, readYaml } from './yaml-text.ts';

export type PortfolioFile =
  | {
      readonly kind: 'portfolio';
      readonly policy: PortfolioPolicy;
      /** What a run records: the file as written, or, where it names strategy files, whole and as JSON. */
      readonly text: string;
    }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** Nobody writes a longer portfolio by hand, and nothing longer is looked at. */
export const PORTFOLIO_FILE_BYTES_MAX = 1_048_576;

/** A portfolio with a few of the largest strategies in place. */
const RECORDED_CHARACTERS_MAX = 16 * PORTFOLIO_FILE_BYTES_MAX;

/**
 * Reads a portfolio file. Never throws: a text that is not one is refused with at least one problem.
 * Contradictions between fields are reported once every field is right by itself.
 * @param fileName only for the problems; nothing is opened.
 * @param readText how the strategy files that it names are read.
 */
export function parsePortfolioFile(text: string, fileName: string, readText: ReadText = noOtherFile): PortfolioFile {
  const refuse = (finding: Finding, place?: Place): Problem => ({
    file: fileName,
    path: pathText(finding.path),
    ...place,
    value: finding.value,
    expected: finding.expected,
  });
  if (text.length > PORTFOLIO_FILE_BYTES_MAX) return parseRecorded(text) ?? { kind: 'refused', problems: [refuse(tooLong(text))] };
  const reading = readYaml(text);
  if (reading.kind === 'unreadable')
    return { kind: 'refused', problems: reading.faults.map(({ finding, place }) => refuse(finding, place)) };
  const refuseAll = (findings: readonly Finding[]): PortfolioFile => {
    return { kind: 'refused', problems: findings.map((finding) => refuse(finding, reading.placeOf(finding))).sort(byPlace) };
  };
  const { value, hasChanged, findings } = inlineStrategies(reading.value, readText);
  if (findings.length > 0) return refuseAll(findings);
  const read = readPortfolioValue(value);
  return read.kind === 'portfolio' ? { ...read, text: hasChanged ? canonicalJson(value) : text } : refuseAll(read.findings);
}

/** What a run recorded with a large strategy in it: longer than anyone writes, and JSON. Undefined when it is not that. */
function parseRecorded(text: string): PortfolioFile | undefined {
  if (text.length > RECORDED_CHARACTERS_MAX || !text.startsWith('{')) return undefined;
  const read = readPortfolioValue(jsonOf(text));
  // Whatever else it is, it is a text that is too long, like any other.
  return read.kind === 'portfolio' ? { ...read, text } : undefined;
}

function byPlace(left: Problem, right: Problem): number {
  return (left.line ?? 0) - (right.line ?? 0) || (left.column ?? 0) - (right.column ?? 0);
}

function tooLong(text: string): Finding {
  return { path: [], about: 'value', value: `${text.length} characters`, expected: `at most ${PORTFOLIO_FILE_BYTES_MAX}` };
}
