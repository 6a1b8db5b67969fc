// The account behind the trading API: the book, the world it trades in, and the time that passes between requests.
import type { MicroUsd } from '../../shared/core/values/money.ts';
import type { EpochMs } from '../../shared/core/values/time.ts';
import type { FaultBook } from '../faults/fault.ts';
import type { MarketView } from '../market/market-view.ts';
import { advanceTo } from '../matching/advance.ts';
import { type Book, openBook } from '../matching/book.ts';
import { restoreExchange, saveExchange } from '../matching/saved-exchange.ts';
import type { Sessions, Surroundings } from '../matching/surroundings.ts';

export interface TradingOptions {
  readonly market: MarketView;
  readonly sessions: Sessions;
  readonly clock: { now(): EpochMs };
  readonly faults: FaultBook;
  readonly account: TradingAccount;
  /** Decides which fills are partial. */
  readonly seed: number;
  /** One fill in ten unless said otherwise, as on the broker's paper accounts. */
  readonly partialFillPpm?: number | undefined;
  /** What `save` gave; left out, the account is new and holds `account.cash`. */
  readonly initialState?: string | undefined;
  /** 200 unless said otherwise. The minute is one of `clock`: where that stands still, `Infinity` lifts the limit. */
  readonly requestsPerMinute?: number | undefined;
}

export interface TradingAccount {
  readonly keyId: string;
  readonly secretKey: string;
  readonly cash: MicroUsd;
  readonly accountNumber: string;
  readonly isBlocked?: boolean;
}

export interface TradingDesk extends Omit<TradingOptions, 'initialState'> {
  readonly book: Book;
  readonly around: Surroundings;
  readonly requestsPerMinute: number;
  /** Lets everything happen that is due by now. To be called before a fault is armed or lifted. */
  advance(): void;
  /** The state of the account as text, after everything that is due. */
  save(): string;
}

const REQUESTS_PER_MINUTE = 200;
const PARTIAL_FILL_PPM = 100_000;

export function openTradingDesk({ initialState, ...options }: TradingOptions): TradingDesk {
  const { market, sessions, clock, faults, account, seed } = options;
  const { accountNumber, cash } = account;
  const book = initialState === undefined ? openBook({ accountNumber, cash, at: Math.floor(clock.now()) }) : restoreExchange(initialState);
  if (book.accountNumber !== accountNumber) throw new Error(`the saved exchange is of account ${book.accountNumber}, not ${accountNumber}`);
  book.isBlocked = account.isBlocked ?? false;
  const around: Surroundings = {
    venue: market,
    sessions,
    mischief: {
      take: (kind, symbol) => faults.take(kind, symbol) !== undefined,
      isHalted: (symbol) => faults.peek('halt', symbol) !== undefined,
    },
    seed,
    partialFillPpm: options.partialFillPpm ?? PARTIAL_FILL_PPM,
  };
  const advance = (): void => advanceTo(book, around, clock.now());
  return {
    ...options,
    requestsPerMinute: options.requestsPerMinute ?? REQUESTS_PER_MINUTE,
    book,
    around,
    advance,
    save: () => {
      advance();
      return saveExchange(book);
    },
  };
}
