// A portfolio file as it was deployed beside a function's code: the same values as JSON, checked once more by the
// same schema. It refuses to know YAML, which a function would have to load before it could answer.
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { liveStandings } from '../../contracts/hypothesis/live-clearance.ts';
import { decodeLiveDocuments, LIVE_DOCUMENTS_FOLDER, type LiveDocuments, NO_DOCUMENTS } from '../../contracts/hypothesis/live-documents.ts';
import { readPortfolioValue } from '../../contracts/portfolio-value.ts';
import { pathText } from '../../contracts/problem.ts';
import type { PortfolioSource } from '../../ports/portfolios.ts';
import type { PortfolioReader } from './portfolio-directory.ts';
import { PortfolioRefused } from './portfolio-refused.ts';

export const deployedPortfolio: PortfolioReader = { names: /\.json$/, read: readDeployed };

function readDeployed(file: string): PortfolioSource {
  const text = readFileSync(file, 'utf8');
  const read = readPortfolioValue(parseJson(file, text));
  if (read.kind === 'portfolio')
    return {
      text,
      policy: read.policy,
      ...(read.policy.account.mode === 'live' ? { live: liveStandings(read.policy, liveDocumentsOf(file)) } : {}),
    };
  throw new PortfolioRefused(read.findings.map(({ path, value, expected }) => ({ file, path: pathText(path), value, expected })));
}

/** @throws Error where what was deployed is not whole: that is no reason to trade as if there were nothing. */
function liveDocumentsOf(file: string): LiveDocuments {
  const deployed = join(dirname(file), LIVE_DOCUMENTS_FOLDER, basename(file));
  if (!existsSync(deployed)) return NO_DOCUMENTS;
  const documents = decodeLiveDocuments(readFileSync(deployed, 'utf8'));
  if (documents === undefined) throw new Error(`${deployed} holds no live documents`);
  return documents;
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message names no file.
    throw new PortfolioRefused([{ file, path: '', value: 'not JSON', expected: 'a portfolio file as it was deployed' }]);
  }
}
