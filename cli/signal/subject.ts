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

/** A file as it was read, by the name that was asked for. */
export interface ReadFile {
  readonly file: string;
  readonly text: string;
}

/** @throws CommandFailure, exit 2, with every problem of the file. */
export async function readSubject(file: string): Promise<Subject> {
  return (await readSubjectFiles(file)).subject;
}

/** And all that it was made of: the file itself first, then what it names, as it names it. @throws CommandFailure as above. */
export async function readSubjectFiles(file: string): Promise<{ readonly subject: Subject; readonly files: readonly ReadFile[] }> {
  // A character takes at least one byte.
  const read = await readFileText(file, { file: EXPECTED, content: 'a text in UTF-8', bytesMax: SYMPHONY_CHARACTERS_MAX });
  if (read.kind === 'refused') throw new CommandFailure('bad-strategy', `${file} is refused`, { exitCode: 2, problems: [read.problem] });
  const named = new Map<string, string>();
  const readText = (path: string): string => {
    const text = besideFile(file)(path);
    named.set(path, text);
    return text;
  };
  const made = (subject: Subject) => ({
    subject,
    files: [{ file, text: read.text }, ...Array.from(named, ([path, text]) => ({ file: path, text }))],
  });
  if (languageOf(file, read.text) === 'yaml' && isPortfolioText(read.text)) {
    const parsed = parsePortfolioFile(read.text, file, readText);
    if (parsed.kind === 'portfolio') return made(parsed);
    throw new CommandFailure('bad-portfolio', `${file} is refused`, { exitCode: 2, problems: parsed.problems });
  }
  const parsed = readAnyStrategy(read.text, file, readText);
  if (parsed.kind === 'refused') throw new CommandFailure('bad-strategy', `${file} is refused`, { exitCode: 2, problems: parsed.problems });
  return made({ kind: 'strategy', ...sleeveOfFile(parsed.strategy) });
}
