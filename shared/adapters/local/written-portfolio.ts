// A portfolio file as its owner writes it, in YAML.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { liveStandings } from '../../contracts/hypothesis/live-clearance.ts';
import { parsePortfolioFile } from '../../contracts/portfolio-file.ts';
import type { PortfolioSource } from '../../ports/portfolios.ts';
import { liveDocumentsBeside } from './live-documents.ts';
import type { PortfolioReader } from './portfolio-directory.ts';
import { PortfolioRefused } from './portfolio-refused.ts';

export const writtenPortfolio: PortfolioReader = { names: /\.ya?ml$/, read: readPortfolioFile };

/** @throws PortfolioRefused when the file says anything wrong. */
export function readPortfolioFile(file: string): PortfolioSource {
  const text = readFileSync(file, 'utf8');
  const parsed = parsePortfolioFile(text, file, (path) => readFileSync(resolve(dirname(file), path), 'utf8'));
  if (parsed.kind === 'refused') throw new PortfolioRefused(parsed.problems);
  const { text: written, policy } = parsed;
  return { text: written, policy, ...(policy.account.mode === 'live' ? { live: liveStandings(policy, liveDocumentsBeside(file)) } : {}) };
}
