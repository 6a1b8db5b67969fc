// Reads every portfolio file before anything is deployed: one that cannot be read stops the deployment, also
// when it belongs to the other stage.
import { globSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { RefusedDeployment } from '../lib/refused-deployment.ts';
import type { DeployedPortfolio } from '../lib/stage.ts';
import { liveDocumentsBeside } from '../shared/adapters/local/live-documents.ts';
import { contentHash } from '../shared/contracts/canonical-json.ts';
import { liveStandings } from '../shared/contracts/hypothesis/live-clearance.ts';
import { readLiveDocuments } from '../shared/contracts/hypothesis/live-document.ts';
import type { LiveDocuments } from '../shared/contracts/hypothesis/live-documents.ts';
import { parsePortfolioFile } from '../shared/contracts/portfolio-file.ts';
import type { PortfolioPolicy } from '../shared/contracts/portfolio-policy.ts';
import type { Problem } from '../shared/contracts/problem.ts';

/**
 * The portfolios of this folder, by file name.
 * @throws RefusedDeployment with every problem of every file.
 */
export function readPortfolioFolder(folder: string): readonly DeployedPortfolio[] {
  const portfolios: DeployedPortfolio[] = [];
  const problems: Problem[] = [];
  for (const name of globSync('*.{yaml,yml}', { cwd: folder }).sort()) {
    const file = resolve(folder, name);
    const reading = parsePortfolioFile(readFileSync(file, 'utf8'), relative(process.cwd(), file), (path) =>
      readFileSync(resolve(folder, path), 'utf8'),
    );
    if (reading.kind === 'portfolio') portfolios.push(withDocuments(reading.policy, file));
    else problems.push(...reading.problems);
  }
  if (problems.length > 0) throw new RefusedDeployment(problems.map(lineOf).join('\n'));
  return portfolios;
}

/** Only those that say something of it, or might: what else lies there is nobody's business. */
function withDocuments(policy: PortfolioPolicy, file: string): DeployedPortfolio {
  if (policy.account.mode !== 'live') return { policy, file };
  const beside = documentsBeside(file);
  const named = new Set(liveStandings(policy, beside).flatMap(({ document }) => document ?? []));
  for (const { hash } of readLiveDocuments(beside).refused) named.add(hash);
  return { policy, file, live: { ...beside, files: beside.files.filter(({ text }) => named.has(contentHash(text))) } };
}

/** @throws RefusedDeployment for a file of public keys that is none. */
function documentsBeside(file: string): LiveDocuments {
  try {
    return liveDocumentsBeside(file);
  } catch (cause) {
    throw new RefusedDeployment(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function lineOf({ file, line, column, path, value, expected }: Problem): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return `${place}${path === '' ? '' : ` ${path}`}: ${value} — expected ${expected}`;
}
