// The file of a sweep as one text, with the files that it names put into it: variants are made of nothing else.

import { readVariant, type SweptKind } from '../../research/sweep/run-variant.ts';
import { parsePortfolioFile } from '../../shared/contracts/portfolio-file.ts';
import { languageOf } from '../../shared/contracts/strategy-file/read-strategy.ts';
import { CommandFailure } from '../failure.ts';
import { besideFile, isPortfolioText, readPortfolioText } from '../portfolio-text.ts';

/** @throws CommandFailure, exit 2, with every problem of the file. */
export async function sweptText(file: string): Promise<{ readonly kind: SweptKind; readonly text: string }> {
  const read = await readPortfolioText(file);
  if (read.kind === 'refused') throw new CommandFailure('bad-strategy', `${file} is refused`, { exitCode: 2, problems: [read.problem] });
  if (languageOf(file, read.text) !== 'yaml')
    throw new CommandFailure('usage', `${file} is a symphony: evenkeel import makes a strategy of it, whose values can be varied`, {
      exitCode: 2,
    });
  if (isPortfolioText(read.text)) {
    const parsed = parsePortfolioFile(read.text, file, besideFile(file));
    if (parsed.kind === 'refused')
      throw new CommandFailure('bad-portfolio', `${file} is refused`, { exitCode: 2, problems: parsed.problems });
    return { kind: 'portfolio', text: parsed.text };
  }
  const checked = readVariant('strategy', read.text);
  if (checked.kind === 'refused')
    throw new CommandFailure('bad-strategy', `${file} is refused`, { exitCode: 2, problems: checked.problems });
  return { kind: 'strategy', text: read.text };
}
