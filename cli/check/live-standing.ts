// What a live portfolio would need, sleeve by sleeve, and what lies beside its file of that. It opens nothing: live runs are refused.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { claimsEdge } from '../../shared/contracts/hypothesis/claims-edge.ts';
import { readVerdict } from '../../shared/contracts/hypothesis/signed-verdict.ts';
import { strategyHash } from '../../shared/contracts/hypothesis/strategy-hash.ts';
import type { VerdictDocument } from '../../shared/contracts/hypothesis/verdict-document.ts';
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import { publicKeysFileOf } from '../hypothesis/hypothesis-files.ts';
import { readPublicKeys } from '../hypothesis/verdict-keys.ts';

export interface LiveStanding {
  readonly sleeve: string;
  readonly kind: 'claim' | 'policy';
  /** By which a verdict names it. */
  readonly strategy: string;
  /** The latest verdict on exactly this strategy, or what it needs. */
  readonly standing: string;
}

const UNCHECKED = 'needs its checks of cost, tracking and paper sessions, which nothing records yet';

/** @throws CommandFailure, exit 2, for a file of public keys that is none. */
export function liveStanding(file: string, { sleeves }: PortfolioPolicy): readonly LiveStanding[] {
  const verdicts = verdictsBeside(file);
  return sleeves.map((sleeve) => {
    const strategy = strategyHash(sleeve);
    if (!claimsEdge(sleeve)) return { sleeve: sleeve.name, kind: 'policy', strategy, standing: UNCHECKED };
    const latest = verdicts.filter((each) => each.strategy.hash === strategy).sort((a, b) => b.judged.at - a.judged.at)[0];
    const standing =
      latest === undefined ? 'needs a SCALE verdict on exactly this strategy' : `${latest.verdict}, of the hypothesis ${latest.hypothesis}`;
    return { sleeve: sleeve.name, kind: 'claim', strategy, standing };
  });
}

/** Of those that are signed by a known key; others say nothing. */
function verdictsBeside(file: string): readonly VerdictDocument[] {
  const keys = readPublicKeys(publicKeysFileOf(file, undefined));
  const folder = dirname(file);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.verdict.json'))
    .flatMap((name) => {
      const read = readVerdict(readFileSync(join(folder, name), 'utf8'), keys);
      return read.kind === 'verdict' ? [read.document] : [];
    });
}
