// Documents that clear a live portfolio, signed as their owner would.
import type { LiveDocuments } from '../../shared/contracts/hypothesis/live-documents.ts';
import { POLICY_CHECK, type PolicyCheck } from '../../shared/contracts/hypothesis/policy-check.ts';
import { signDocument } from '../../shared/contracts/hypothesis/signed-document.ts';
import { newSigningKey } from '../../shared/contracts/hypothesis/signing-keys.ts';
import { strategyHash } from '../../shared/contracts/hypothesis/strategy-hash.ts';
import { tradedHash } from '../../shared/contracts/hypothesis/traded-hash.ts';
import { VERDICT, type VerdictDocument } from '../../shared/contracts/hypothesis/verdict-document.ts';
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import { aVerdict } from './verdicts.ts';

/** The code beside which the documents lie, and that they are about unless a test says otherwise. */
export const SOURCE = 'e'.repeat(64);
export const owner = newSigningKey();

export function aPolicyCheck(policy: PortfolioPolicy, changed: Partial<PolicyCheck> = {}): PolicyCheck {
  return {
    format: 'evenkeel-policy-check-1',
    portfolio: policy.name,
    traded: tradedHash(policy),
    data: 'c'.repeat(64),
    code: { version: '0.1.0', source: SOURCE },
    runs: [],
    judged: { at: 1_700_000_000_000, by: 'anna' },
    outcome: 'passed',
    checks: [
      { check: 'cost', code: 'cost-a-year', figure: 0.001, threshold: 0.005, holds: true },
      { check: 'tracking', code: 'gap', figure: 0.001, threshold: 0.005, holds: true },
      { check: 'paper', code: 'sessions', figure: 20, threshold: 20, holds: true },
    ],
    ...changed,
  };
}

/** The verdict on the strategy of the first sleeve. */
export function aVerdictOn(policy: PortfolioPolicy, changed: Partial<VerdictDocument> = {}): VerdictDocument {
  const [sleeve] = policy.sleeves;
  if (sleeve === undefined) throw new Error('a portfolio without a sleeve');
  return aVerdict({ verdict: 'SCALE', strategy: { hash: strategyHash(sleeve), parameters: {} }, ...changed });
}

export const signedVerdict = (document: VerdictDocument, pem = owner.privatePem) => ({
  name: `${document.hypothesis}.verdict.json`,
  text: signDocument(VERDICT, document, pem),
});

export const signedCheck = (document: PolicyCheck, pem = owner.privatePem) => ({
  name: `${document.portfolio}.policy-check.json`,
  text: signDocument(POLICY_CHECK, document, pem),
});

export function liveDocuments(files: LiveDocuments['files'], changed: Partial<LiveDocuments> = {}): LiveDocuments {
  return { source: SOURCE, keys: [owner.publicKey], files, ...changed };
}
