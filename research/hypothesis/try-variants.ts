// Tries every variant of a claim on the prices before its holdout, each counted before it begins; over the budget none is. Those of a
// holdout that is open already are lived again as they were counted, and no other is.
import { canonicalJson } from '../../shared/contracts/canonical-json.ts';
import { type TrialEntry, triedAs } from '../../shared/contracts/trial-entries.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { TrialLedger } from '../../shared/ports/trial-ledger.ts';
import { backtest } from '../backtest/backtest.ts';
import type { BacktestResult } from '../backtest/backtest-result.ts';
import { dataHash } from '../backtest/price-hash.ts';
import { type DecisionsOf, sleeveDecisions } from '../backtest/sleeve-decisions.ts';
import { excessOf } from '../metrics/ratios.ts';
import { countTrials, TrialRefused, type TrialSpan, type TrialSubject } from '../validation/trials/count-trials.ts';
import { openedBefore } from '../validation/trials/opened-before.ts';
import { termsOf } from '../validation/trials/trial-terms.ts';
import { type Claim, claimOptions, researchPrices } from './claim.ts';
import { type ClaimRefused, claimRefused, refuseOpened } from './claim-refused.ts';
import { looksAhead } from './looks-ahead.ts';
import type { ClaimVariant } from './variant-strategies.ts';

export interface Researcher {
  readonly ledger: TrialLedger;
  readonly clock: Clock;
  /** Where decisions come from; those of the live path, unless a control plants others. */
  readonly decisionsOf?: DecisionsOf;
  /** Waited for before each variant, and before a holdout is opened; never after. What it throws ends the work. */
  readonly between?: () => Promise<void>;
}

export interface TriedVariant {
  readonly variant: ClaimVariant;
  readonly result: BacktestResult;
}

export interface Tried {
  readonly kind: 'tried';
  readonly lived: readonly TriedVariant[];
  /** Counted all the same. */
  readonly failed: readonly { readonly variant: ClaimVariant; readonly reason: string }[];
}

export function tryVariants(claim: Claim, researcher: Researcher): Promise<Tried | ClaimRefused> {
  const { ledger, clock } = researcher;
  const { hypothesis } = claim.hypothesis;
  return liveVariants(claim, researcher, {
    refused: () => register(claim, ledger, clock),
    counted: ({ hash, counted }, span, live) => {
      const subject: TrialSubject = { ledger, clock, hypothesis, strategy: claim.strategyText, decidedBy: () => hash };
      return countTrials(subject, live)(counted, span);
    },
  });
}

/** What was tried before the holdout was opened, lived once more: it is counted already, and only what is may be lived. */
export function liveTriedAgain(claim: Claim, researcher: Researcher): Promise<Tried | ClaimRefused> {
  return liveVariants(claim, researcher, {
    refused: async () => refuseOthers(claim, await researcher.ledger.entries(claim.hypothesis.hypothesis)),
    counted: (_, __, live) => live(),
  });
}

interface Counting {
  refused(): Promise<ClaimRefused | undefined>;
  counted(variant: ClaimVariant, span: TrialSpan, live: () => Promise<Float64Array>): Promise<unknown>;
}

async function liveVariants(
  claim: Claim,
  { decisionsOf = sleeveDecisions, between }: Researcher,
  counting: Counting,
): Promise<Tried | ClaimRefused> {
  const { hypothesis, variants } = claim;
  const prices = researchPrices(claim);
  const [first, last] = [prices.dates[0], prices.dates.at(-1)];
  if (first === undefined || last === undefined) return claimRefused('no-prices', `none before ${hypothesis.holdout.first}`);
  const found = dataHash(prices);
  if (found !== hypothesis.data) return claimRefused('other-data', `the hash of these prices before the holdout is ${found}`);
  const refused = await counting.refused();
  if (refused !== undefined) return refused;

  const lived: TriedVariant[] = [];
  const failed: Tried['failed'][number][] = [];
  for (const variant of variants) {
    await between?.();
    const live = async (): Promise<Float64Array> => {
      const result = backtest(variant.subject, prices, claimOptions(hypothesis, 1), decisionsOf);
      if (result.kind === 'refused') throw new VariantFailed(`${result.code}: ${result.detail}`);
      const date = looksAhead(variant.subject, prices, decisionsOf);
      if (date !== undefined) throw new LooksAhead(`its decision of ${date} is another one on prices that end with that day`);
      lived.push({ variant, result });
      return excessOfCash(result);
    };
    try {
      await counting.counted(variant, { first, last }, live);
    } catch (error) {
      if (error instanceof LooksAhead) return claimRefused('looks-ahead', error.message);
      if (error instanceof TrialRefused) return claimRefused(error.code, error.message);
      if (!(error instanceof VariantFailed)) throw error;
      failed.push({ variant, reason: error.message });
    }
  }
  return { kind: 'tried', lived, failed };
}

/** Net, less cash, a bar. */
export function excessOfCash({ returns, riskFree }: BacktestResult): Float64Array {
  return excessOf(returns, riskFree);
}

/** Of a file that is new; of one that is known, whether it is still the same and has trials left. */
async function register(
  { hypothesis, registration: document, variants }: Claim,
  ledger: TrialLedger,
  clock: Clock,
): Promise<ClaimRefused | undefined> {
  const { hypothesis: name, trials, holdout } = hypothesis;
  const entries = await ledger.entries(name);
  const registered = entries.map(({ fact }) => fact).find((fact) => fact.kind === 'registered');
  if (registered === undefined) {
    const terms = termsOf(claimOptions(hypothesis, 1));
    const appended = await ledger.append(
      [{ kind: 'registered', hypothesis: name, document, trialsMax: trials, holdout, terms }],
      clock.now(),
    );
    return appended.kind === 'refused' ? claimRefused(appended.code, `${name} cannot be registered`) : undefined;
  }
  if (registered.document !== document) return changedSince(name);
  const opened = openedBefore(entries, name);
  if (opened !== undefined) return refuseOpened(name, opened.ended === undefined ? ', and evenkeel hypothesis judge finishes it' : '');
  const known = new Set(entries.flatMap(({ fact }) => (fact.kind === 'trial' ? [triedAs(fact)] : [])));
  for (const { id } of variants) known.add(id);
  return known.size > trials ? claimRefused('over-budget', `${known.size} variants, and ${trials} were allowed`) : undefined;
}

/** Of a claim whose holdout is open: what was registered and tried by then, or nothing. */
function refuseOthers(
  { hypothesis: { hypothesis: name }, registration, variants }: Claim,
  entries: readonly TrialEntry[],
): ClaimRefused | undefined {
  const facts = entries.map(({ fact }) => fact);
  if (!facts.some((fact) => fact.kind === 'registered' && fact.document === registration)) return changedSince(name);
  const tried = new Set(facts.flatMap((fact) => (fact.kind === 'trial' ? [triedAs(fact)] : [])));
  const untried = variants.filter(({ id }) => !tried.has(id)).map(({ candidate }) => canonicalJson({ ...candidate }));
  return untried.length === 0 ? undefined : refuseOpened(name, `, and by then nobody had tried ${untried.join(', ')}`);
}

function changedSince(name: string): ClaimRefused {
  return claimRefused(
    'changed-since-registered',
    `${name} or its strategy file is not what was registered: a changed claim needs a new name`,
  );
}

class VariantFailed extends Error {
  override readonly name = 'VariantFailed';
}

class LooksAhead extends Error {
  override readonly name = 'LooksAhead';
}
