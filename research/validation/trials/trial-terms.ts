// Under which terms a trial was made: everything that a backtest is told beside the strategy and the prices. The same variant under
// other terms is another try, since whoever looks at both takes the better one.
import { canonicalJson, contentHash } from '../../../shared/contracts/canonical-json.ts';
import type { TrialEntry } from '../../../shared/contracts/trial-entries.ts';
import type { NewYorkDate } from '../../../shared/core/values/time.ts';
import { type BacktestOptions, type CashRate, USUAL_OPTIONS } from '../../backtest/backtest-options.ts';

/** As the ledger has them, readable: the same for the same options, whatever their order. Rates of single days are named by a hash. */
export function termsOf({ cash, ...rules }: BacktestOptions): string {
  return canonicalJson({ ...rules, cash: spelled(cash) });
}

/** Of a hypothesis whose registration does not say them, as none did once: what nobody asked to be otherwise. */
const USUAL_TERMS = termsOf(USUAL_OPTIONS);

/** Of each hypothesis that is registered in these entries. */
export function registeredTerms(entries: readonly TrialEntry[]): ReadonlyMap<string, string> {
  const terms = new Map<string, string>();
  for (const { fact } of entries) if (fact.kind === 'registered') terms.set(fact.hypothesis, fact.terms ?? USUAL_TERMS);
  return terms;
}

/**
 * The terms of these options where they are not the registered ones, and undefined where they are. A hypothesis is registered on
 * everything before its holdout: a first session that is asked for is another period, and so is a last one before the last close that
 * may be looked at.
 * @param entries of the hypothesis. @param dates of the prices, ascending.
 */
export function otherTerms(
  entries: readonly TrialEntry[],
  { to, ...options }: BacktestOptions,
  dates: readonly NewYorkDate[],
): string | undefined {
  const registered = entries.map(({ fact }) => fact).find((fact) => fact.kind === 'registered');
  // Nothing is tried of what is not registered: the ledger refuses it.
  if (registered === undefined) return undefined;
  const isCutShort = to !== undefined && dates.some((date) => date > to && date < registered.holdout.first);
  const terms = termsOf(isCutShort ? { ...options, to } : options);
  return terms === (registered.terms ?? USUAL_TERMS) ? undefined : terms;
}

function spelled(cash: CashRate): object {
  if (cash.kind === 'annual') return cash;
  return { kind: cash.kind, rates: contentHash(canonicalJson([cash.dates, [...cash.rates]])) };
}
