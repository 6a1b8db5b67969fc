// What a signal is asked of: a strategy of its owner's in whichever language it is, or a portfolio with its sleeves.
import { parsePortfolioFile } from '../../shared/contracts/portfolio-file.ts';
import type { PortfolioPolicy, Sleeve } from '../../shared/contracts/portfolio-policy.ts';
import { languageOf, readAnyStrategy } from '../../shared/contracts/strategy-file/read-strategy.ts';
import { sleeveOfFile } from '../../shared/contracts/strategy-file/sleeve-of-file.ts';
import { SYMPHONY_CHARACTERS_MAX } from '../../shared/contracts/symphony/import-symphony.ts';
import { CommandFailure } from '../failure.ts';
import { readFileText } from '../file-text.ts';
import { besideFile, isPortfolioText } from '../portfolio-text.ts';

export type Subject =
  | ({ readonly kind: 'strategy' } & Omit<Sleeve, 'capital'>)
  /** `text`: the whole file, with what it names put into it. */
  | { readonly kind: 'portfolio'; readonly policy: PortfolioPolicy; readonly text: string };

const EXPECTED = 'a strategy or a portfolio: YAML of ours, or a symphony as .json, .edn or .clj';

/** @throws CommandFailure, exit 2, with every problem of the file. */
export async function readSubject(file: string): Promise<Subject> {
  // A character takes at least one byte.
  const read = await readFileText(file, { file: EXPECTED, content: 'a text in UTF-8', bytesMax: SYMPHONY_CHARACTERS_MAX });
  if (read.kind === 'refused') throw new CommandFailure('bad-strategy', `${file} is refused`, { exitCode: 2, problems: [read.problem] });
  if (languageOf(file, read.text) === 'yaml' && isPortfolioText(read.text)) {
    const parsed = parsePortfolioFile(read.text, file, besideFile(file));
    if (parsed.kind === 'portfolio') return parsed;
    throw new CommandFailure('bad-portfolio', `${file} is refused`, { exitCode: 2, problems: parsed.problems });
  }
  const parsed = readAnyStrategy(read.text, file, besideFile(file));
  if (parsed.kind === 'refused') throw new CommandFailure('bad-strategy', `${file} is refused`, { exitCode: 2, problems: parsed.problems });
  return { kind: 'strategy', ...sleeveOfFile(parsed.strategy) };
}
