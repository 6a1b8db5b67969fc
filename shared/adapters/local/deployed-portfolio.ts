// A portfolio file as it was deployed beside a function's code: the same values as JSON, checked once more by the
// same schema. It refuses to know YAML, which a function would have to load before it could answer.
import { readFileSync } from 'node:fs';
import { readPortfolioValue } from '../../contracts/portfolio-value.ts';
import { pathText } from '../../contracts/problem.ts';
import type { PortfolioSource } from '../../ports/portfolios.ts';
import type { PortfolioReader } from './portfolio-directory.ts';
import { PortfolioRefused } from './portfolio-refused.ts';

export const deployedPortfolio: PortfolioReader = { names: /\.json$/, read: readDeployed };

function readDeployed(file: string): PortfolioSource {
  const text = readFileSync(file, 'utf8');
  const read = readPortfolioValue(parseJson(file, text));
  if (read.kind === 'portfolio') return { text, policy: read.policy };
  throw new PortfolioRefused(read.findings.map(({ path, value, expected }) => ({ file, path: pathText(path), value, expected })));
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message names no file.
    throw new PortfolioRefused([{ file, path: '', value: 'not JSON', expected: 'a portfolio file as it was deployed' }]);
  }
}
