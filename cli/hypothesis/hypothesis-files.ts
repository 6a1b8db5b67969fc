// Where the files of a hypothesis are: strategy beside it, ledger and public keys in its folder, its verdict under its name.
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Claim, registrationOf } from '../../research/hypothesis/claim.ts';
import { variantStrategies } from '../../research/hypothesis/variant-strategies.ts';
import { PUBLIC_KEYS_FILE, VERDICT_END } from '../../shared/contracts/hypothesis/document-names.ts';
import { type Hypothesis, type HypothesisFile, parseHypothesisFile } from '../../shared/contracts/hypothesis/hypothesis-file.ts';
import { CommandFailure } from '../failure.ts';
import { type FileText, readFileText } from '../file-text.ts';
import { besideFile } from '../portfolio-text.ts';
import { readPrices } from '../price-folders.ts';
import { readStrategyText } from '../strategy-text.ts';

const BYTES_MAX = 1_048_576;

/** Outside of every project, so that it is neither committed nor deployed. */
export function privateKeyFile(asked: string | undefined): string {
  return asked ?? join(homedir(), '.evenkeel', 'verdict-key.pem');
}

/** A file, or the word for the deployed one. */
export function ledgerPlaceOf(file: string, asked: string | undefined): string {
  return asked ?? join(dirname(file), 'trials.jsonl');
}

export function publicKeysFileOf(file: string, asked: string | undefined): string {
  return asked ?? join(dirname(file), PUBLIC_KEYS_FILE);
}

export function verdictFileOf(file: string): string {
  return `${file.replace(/\.ya?ml$/, '')}${VERDICT_END}`;
}

export function readVerdictText(file: string): Promise<FileText> {
  return readFileText(file, { file: 'a signed verdict', content: 'JSON in UTF-8', bytesMax: BYTES_MAX });
}

/** @throws CommandFailure, exit 2, with every problem. */
export async function readHypothesis(file: string): Promise<Extract<HypothesisFile, { kind: 'hypothesis' }>> {
  const read = await readFileText(file, { file: 'a hypothesis file', content: 'a YAML text in UTF-8', bytesMax: BYTES_MAX });
  const parsed = read.kind === 'refused' ? { kind: 'refused' as const, problems: [read.problem] } : parseHypothesisFile(read.text, file);
  if (parsed.kind === 'hypothesis') return parsed;
  throw new CommandFailure('bad-hypothesis', `${file} is refused`, { exitCode: 2, problems: parsed.problems });
}

/** The hypothesis with its strategies and prices. @throws CommandFailure, exit 2, with every problem. */
export async function readClaim(file: string, folders: readonly string[]): Promise<Claim> {
  const unpriced = await readUnpriced(file);
  return { ...unpriced, series: readPrices(folders, unpriced.hypothesis.universe) };
}

/** Of the claim only what is in files that people write. @throws CommandFailure, exit 2, with every problem. */
export async function readUnpriced(file: string): Promise<Omit<Claim, 'series'>> {
  const { hypothesis, problemOf } = await readHypothesis(file);
  const strategyFile = strategyFileOf(file, hypothesis);
  const read = await readStrategyText(strategyFile);
  if (read.kind === 'refused')
    throw new CommandFailure('bad-strategy', `${strategyFile} is refused`, { exitCode: 2, problems: [read.problem] });
  const found = variantStrategies(hypothesis, read.text, strategyFile, besideFile(strategyFile));
  if (found.kind === 'refused') {
    const problems = [...found.findings.map(problemOf), ...found.problems];
    throw new CommandFailure('bad-hypothesis', `${file} is refused`, { exitCode: 2, problems });
  }
  const missing = found.symbols.filter((symbol) => !hypothesis.universe.includes(symbol));
  if (missing.length > 0) {
    const problem = problemOf({
      path: ['universe'],
      about: 'value',
      value: 'a list',
      expected: `${missing.join(', ')} in it: the strategy looks there`,
    });
    throw new CommandFailure('bad-hypothesis', `${file} is refused`, { exitCode: 2, problems: [problem] });
  }
  const { variants, source } = found;
  return { hypothesis, document: registrationOf(hypothesis, found), source, variants };
}

function strategyFileOf(file: string, { strategy }: Hypothesis): string {
  return resolve(dirname(file), strategy);
}
