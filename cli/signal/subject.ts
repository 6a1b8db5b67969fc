// What a signal is asked of: a strategy of its owner's in whichever language it is, or a portfolio with its sleeves.
import { parsePortfolioFile } from '../../shared/contracts/portfolio-file.ts';
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import { languageOf, readAnyStrategy } from '../../shared/contracts/strategy-file/read-strategy.ts';
import { SYMPHONY_CHARACTERS_MAX } from '../../shared/contracts/symphony/import-symphony.ts';
import type { ExitRules } from '../../shared/core/strategy/exits/exit-rules.ts';
import type { StrategyOptions } from '../../shared/core/strategy/options.ts';
import type { DecideOn, RebalanceRule, Tree } from '../../shared/core/strategy/tree.ts';
import { CommandFailure } from '../failure.ts';
import { readFileText } from '../file-text.ts';
import { besideFile } from '../portfolio-text.ts';

export type Subject =
  | {
      readonly kind: 'strategy';
      readonly name: string;
      readonly strategy: Tree;
      readonly rebalance: RebalanceRule;
      readonly decideOn: DecideOn;
      readonly options: StrategyOptions;
      readonly exits?: ExitRules;
    }
  /** `text`: the whole file, with what it names put into it. */
  | { readonly kind: 'portfolio'; readonly policy: PortfolioPolicy; readonly text: string };

const EXPECTED = 'a strategy or a portfolio: YAML of ours, or a symphony as .json, .edn or .clj';

/** A key of the outermost mapping stands at the beginning of a line. */
const PORTFOLIO_KEY = /^(?:portfolio|"portfolio"|'portfolio')[ \t]*:/m;

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
  if (languageOf(file, read.text) === 'yaml' && PORTFOLIO_KEY.test(read.text)) {
    const parsed = parsePortfolioFile(read.text, file, readText);
    if (parsed.kind === 'portfolio') return made(parsed);
    throw new CommandFailure('bad-portfolio', `${file} is refused`, { exitCode: 2, problems: parsed.problems });
  }
  const parsed = readAnyStrategy(read.text, file, readText);
  if (parsed.kind === 'refused') throw new CommandFailure('bad-strategy', `${file} is refused`, { exitCode: 2, problems: parsed.problems });
  const { name, tree, rebalance, decideOn = 'last-close', options, exits } = parsed.strategy;
  return made({ kind: 'strategy', name, strategy: tree, rebalance, decideOn, options, ...(exits === undefined ? {} : { exits }) });
}
