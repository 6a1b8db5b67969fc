// The entries of a portfolio folded: what it is expected to hold, what went through its cash, and what has been
// counted already. It refuses to know the broker.
import type { ClientOrderId, RunId } from '../values/identity.ts';
import type { MicroUsd } from '../values/money.ts';
import { larger } from '../values/rounding.ts';
import type { NanoShares } from '../values/shares.ts';
import { DAY_MS, type EpochMs } from '../values/time.ts';
import type { Activity } from './activity.ts';
import type { CashFlow, Entry } from './entry.ts';
import { addLots, lotOfEntry, type SettlingLot } from './settling.ts';

export interface Holding {
  readonly symbol: string;
  readonly quantity: NanoShares;
}

/**
 * An order of ours whose fills the record and the broker's activities do not tell alike yet. What counts is the larger:
 * whichever is told first, no fill is counted twice and none is lost.
 */
export interface OrderCount {
  readonly clientOrderId: ClientOrderId;
  /** Filled, as the record of its run said when it ended. */
  readonly recorded: NanoShares;
  /** Filled, as the activities seen so far add up to. */
  readonly seen: NanoShares;
}

export interface SeenActivity {
  readonly id: string;
  readonly at: EpochMs;
}

/** Which of the broker's activities are counted: everything before `from`, and those of `seen`. */
export interface ActivityMark {
  readonly from: EpochMs;
  /** By time, then id. */
  readonly seen: readonly SeenActivity[];
}

export interface Ledger {
  /** Every symbol that the portfolio trades or ever traded, ascending; a quantity of zero stays. */
  readonly holdings: readonly Holding[];
  readonly cash: Readonly<Partial<Record<CashFlow, MicroUsd>>>;
  readonly orders: readonly OrderCount[];
  /** The latest runs whose fills are counted, oldest first. */
  readonly runs: readonly RunId[];
  readonly activities: ActivityMark;
  /** Trades of the whole account that may not have settled; left out where there are none. */
  readonly settling?: readonly SettlingLot[];
  /** Deposits, less withdrawals and what was bought since; left out where nothing is left of them. */
  readonly uninvested?: MicroUsd;
}

/**
 * The broker may date an activity days back when it posts it (a fee, a dividend), and then it sorts before others that
 * were seen long ago. So the last days are always read again, and told apart by id.
 */
export const ACTIVITY_OVERLAP_MS = 5 * DAY_MS;
/** Beyond it the oldest go, and with them the right to be read again. */
const SEEN_MAX = 1_500;

export function expectedQuantity({ holdings }: Pick<Ledger, 'holdings'>, symbol: string): NanoShares {
  return holdings.find((holding) => holding.symbol === symbol)?.quantity ?? 0n;
}

/** Holdings and cash with these entries in them; what is counted stays as it was. */
export function fold(ledger: Ledger, entries: readonly Entry[]): Ledger {
  const holdings = new Map(ledger.holdings.map(({ symbol, quantity }) => [symbol, quantity]));
  const cash: Partial<Record<CashFlow, MicroUsd>> = { ...ledger.cash };
  for (const entry of entries) {
    if ('quantity' in entry) holdings.set(entry.symbol, (holdings.get(entry.symbol) ?? 0n) + entry.quantity);
    if (entry.kind !== 'opening') cash[entry.kind] = (cash[entry.kind] ?? 0n) + entry.amount;
  }
  const sorted = [...holdings].map(([symbol, quantity]) => ({ symbol, quantity })).sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
  const { settling, uninvested, ...rest } = ledger;
  const lots = addLots(settling ?? [], entries.flatMap(lotOfEntry));
  const left = entries.reduce(uninvestedAfter, uninvested ?? 0n);
  return {
    ...rest,
    holdings: sorted,
    cash,
    ...(lots.length === 0 ? {} : { settling: lots }),
    ...(left === 0n ? {} : { uninvested: left }),
  };
}

/** Whatever was bought is bought with the deposit first: what is left of it is never more than what was put in. */
function uninvestedAfter(uninvested: MicroUsd, entry: Entry): MicroUsd {
  if (entry.kind === 'transfer') return larger(uninvested + entry.amount, 0n);
  const isPurchase = (entry.kind === 'fill' || entry.kind === 'late-fill') && entry.quantity > 0n;
  return isPurchase ? larger(uninvested + entry.amount, 0n) : uninvested;
}

/** The activities that are not counted yet, oldest first. */
export function uncounted({ from, seen }: ActivityMark, activities: readonly Activity[]): Activity[] {
  const known = new Set(seen.map(({ id }) => id));
  return activities.filter(({ id, at }) => at >= from && !known.has(id)).sort(byAge);
}

/** The mark once all of these are counted too. */
export function markCounted(mark: ActivityMark, activities: readonly Activity[]): ActivityMark {
  const all = [...mark.seen, ...uncounted(mark, activities).map(({ id, at }) => ({ id, at }))].sort(byAge);
  const latest = all.at(-1);
  if (latest === undefined) return mark;
  // One instant is kept or dropped whole, for the mark is an instant.
  const dropped = all.length > SEEN_MAX ? all[all.length - SEEN_MAX - 1] : undefined;
  const from = Math.max(mark.from, latest.at - ACTIVITY_OVERLAP_MS, dropped === undefined ? 0 : dropped.at + 1);
  return { from, seen: all.filter(({ at }) => at >= from) };
}

function byAge(a: SeenActivity, b: SeenActivity): number {
  return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
