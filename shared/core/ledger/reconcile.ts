// Our record against the broker's: what the portfolio is expected to hold once every activity since is counted, and
// what it is found to hold. Whatever no activity of ours explains is left for a person; nothing is ever explained away.
import { newYorkDate } from '../market/new-york-time.ts';
import type { Position } from '../portfolio/portfolio.ts';
import type { NanoShares } from '../values/shares.ts';
import { notional } from '../values/shares.ts';
import type { EpochMs } from '../values/time.ts';
import { type Activity, type FillActivity, quantityChange } from './activity.ts';
import { countFills, isOurs } from './count-fills.ts';
import type { AdoptedEntry, CashEntry, CorporateActionEntry, Entry, OpeningEntry } from './entry.ts';
import { ACTIVITY_OVERLAP_MS, fold, type Ledger, markCounted, uncounted } from './ledger.ts';
import { addLots, lotOfFill, type SettlingLot, stillSettling } from './settling.ts';

/** The account as it is now: both read so that neither knows what the other does not. */
export interface AccountLook {
  readonly positions: readonly Position[];
  readonly activities: readonly Activity[];
  readonly at: EpochMs;
}

/** What is to be reconciled, and the account that it is held in. */
export interface Claim {
  readonly portfolio: string;
  /** Every symbol that the portfolio may hold. */
  readonly symbols: readonly string[];
  /** A symbol that the ledger has never seen is taken over with what the account holds of it. */
  readonly adoptsUnowned: boolean;
}

export interface ReconciledLine {
  readonly symbol: string;
  /** With every activity that is explained. */
  readonly expected: NanoShares;
  readonly found: NanoShares;
}

export interface Reconciliation {
  /** By symbol. */
  readonly lines: readonly ReconciledLine[];
  /** What happened since the ledger was last written, as far as it is explained. */
  readonly entries: readonly Entry[];
  /** What happened to the portfolio's symbols and was not done by an order of it, oldest first. */
  readonly unexplained: readonly Unexplained[];
  /**
   * The ledger with the entries; all activities count as seen, so it is only right once nothing is unexplained. The very
   * one that was given where nothing has happened.
   */
  readonly ledger: Ledger;
}

export type Unexplained = Activity & { readonly symbol: string };

/** A new ledger: what the account holds of the portfolio's symbols is the portfolio's, and the past is not counted. */
export function openLedger({ symbols }: Pick<Claim, 'symbols'>, look: AccountLook): { ledger: Ledger; entries: readonly OpeningEntry[] } {
  const empty: Ledger = { holdings: [], cash: {}, orders: [], runs: [], activities: { from: look.at - ACTIVITY_OVERLAP_MS, seen: [] } };
  const entries = [...new Set(symbols)].sort().map((symbol) => opening(symbol, heldOf(look, symbol), look.at));
  const activities = markCounted(empty.activities, look.activities);
  return { ledger: fold({ ...empty, ...settlingOf([], fillsOf(look.activities), look), activities }, entries), entries };
}

export function reconcile(before: Ledger, claim: Claim, look: AccountLook): Reconciliation {
  const openings = openingsOf(before, claim, look);
  const opened = fold(before, openings);
  const fresh = uncounted(before.activities, look.activities);
  const known = new Set(before.holdings.map(({ symbol }) => symbol));

  const fills = countFills(
    opened,
    fresh.flatMap((activity) => (activity.kind === 'fill' && isOurs(activity, claim.portfolio) ? [activity] : [])),
  );
  const others = fresh.filter((activity) => activity.kind !== 'fill').flatMap((activity) => entryOf(activity, known) ?? []);
  const entries = [...openings, ...fills.entries, ...others];
  const folded = fold(fills.ledger, others);
  const { settling = [], ...rest } = folded;
  // Our own are in the entries; whoever else trades in the account spends and frees the same cash.
  const byOthers = fillsOf(fresh).filter((fill) => !isOurs(fill, claim.portfolio));
  const activities = markCounted(before.activities, look.activities);
  const after = { ...rest, ...settlingOf(settling, byOthers, look), activities };
  const ledger = fresh.length === 0 && entries.length === 0 ? before : after;
  return {
    lines: ledger.holdings.map(({ symbol, quantity }) => ({ symbol, expected: quantity, found: heldOf(look, symbol) })),
    entries,
    unexplained: fresh.flatMap((activity) => unexplained(activity, known, claim.portfolio) ?? []),
    ledger,
  };
}

/** The ledger goes over to another account, whose past is not counted. */
export function moveLedger(before: Ledger, look: AccountLook): Ledger {
  const from = look.at - ACTIVITY_OVERLAP_MS;
  const { settling: _ofTheOther, uninvested: _inTheOther, ...rest } = before;
  const activities = markCounted({ from, seen: [] }, look.activities);
  return { ...rest, ...settlingOf([], fillsOf(look.activities), look), orders: [], activities };
}

/** What has settled by the look is forgotten. */
function settlingOf(lots: readonly SettlingLot[], fills: readonly FillActivity[], { at }: AccountLook): Pick<Ledger, 'settling'> {
  const settling = stillSettling(addLots(lots, fills.map(lotOfFill)), newYorkDate(at));
  return settling.length === 0 ? {} : { settling };
}

function fillsOf(activities: readonly Activity[]): FillActivity[] {
  return activities.flatMap((activity) => (activity.kind === 'fill' ? [activity] : []));
}

export function isReconciled({ lines, unexplained: left }: Pick<Reconciliation, 'lines' | 'unexplained'>): boolean {
  return left.length === 0 && lines.every(({ expected, found }) => expected === found);
}

/** A person takes over all that is left: one entry a symbol, after which expected is what was found. */
export function adopt(
  reconciliation: Reconciliation,
  { who, reason, at }: { readonly who: string; readonly reason: string; readonly at: EpochMs },
): Reconciliation {
  const adopted = reconciliation.lines.flatMap(({ symbol, expected, found }): AdoptedEntry[] => {
    const covered = reconciliation.unexplained.filter((activity) => activity.symbol === symbol);
    if (expected === found && covered.length === 0) return [];
    const amount = covered.reduce((sum, activity) => sum + amountOf(activity), 0n);
    const quantity = found - expected;
    const priced = isAllTrades(covered, quantity) ? { isPriced: true as const } : {};
    return [{ kind: 'adopted', at, symbol, quantity, who, reason, activities: covered.map(({ id }) => id), amount, ...priced }];
  });
  if (adopted.length === 0) return reconciliation;
  return {
    lines: reconciliation.lines.map(({ symbol, found }) => ({ symbol, expected: found, found })),
    entries: [...reconciliation.entries, ...adopted],
    unexplained: [],
    ledger: fold(reconciliation.ledger, adopted),
  };
}

/** Fills of one side that come to the whole difference. */
function isAllTrades(covered: readonly Unexplained[], quantity: NanoShares): boolean {
  const changes = covered.map((activity) => (activity.kind === 'fill' ? quantityChange(activity) : undefined));
  const isOneSide = changes.every((change) => change !== undefined && change > 0n === quantity > 0n);
  return isOneSide && changes.reduce<NanoShares>((sum, change) => sum + (change ?? 0n), 0n) === quantity && quantity !== 0n;
}

/** Symbols that the file names and the ledger has never seen. Unless the file says otherwise, nothing of them is ours. */
function openingsOf({ holdings }: Ledger, { symbols, adoptsUnowned }: Claim, look: AccountLook): OpeningEntry[] {
  const known = new Set(holdings.map(({ symbol }) => symbol));
  const named = [...new Set(symbols)].filter((symbol) => !known.has(symbol)).sort();
  return named.map((symbol) => opening(symbol, adoptsUnowned ? heldOf(look, symbol) : 0n, look.at));
}

function opening(symbol: string, quantity: NanoShares, at: EpochMs): OpeningEntry {
  return { kind: 'opening', at, symbol, quantity };
}

/** undefined where it is no matter of this portfolio, or not explained. */
function entryOf(activity: Exclude<Activity, { kind: 'fill' }>, known: ReadonlySet<string>): CashEntry | CorporateActionEntry | undefined {
  const { kind, id, at, word, symbol, amount } = activity;
  if (symbol !== undefined && !known.has(symbol)) return undefined;
  if (kind === 'corporate-action') return { kind, at, activity: id, word, symbol: activity.symbol, quantity: activity.quantity, amount };
  if (kind === 'unknown' && symbol !== undefined && activity.quantity !== 0n) return undefined;
  return { kind, at, activity: id, word, ...(symbol === undefined ? {} : { symbol }), amount };
}

/** A symbol that is seen for the first time has no past here: what is held of it decides. */
function unexplained(activity: Activity, known: ReadonlySet<string>, portfolio: string): Unexplained | undefined {
  const { symbol } = activity;
  if (symbol === undefined || !known.has(symbol) || quantityChange(activity) === 0n) return undefined;
  const isExplained = activity.kind === 'fill' ? isOurs(activity, portfolio) : activity.kind === 'corporate-action';
  return isExplained ? undefined : { ...activity, symbol };
}

function amountOf(activity: Activity): bigint {
  if (activity.kind !== 'fill') return activity.amount;
  const { side, price, quantity } = activity;
  return side === 'buy' ? -notional(price, quantity, 'ceil') : notional(price, quantity, 'floor');
}

function heldOf({ positions }: AccountLook, symbol: string): NanoShares {
  return positions.find((position) => position.symbol === symbol)?.quantity ?? 0n;
}
