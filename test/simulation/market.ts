// Prices of a simulated day: every symbol wanders a few hundredths of a percent around where it began.
import type { DailySeries } from '../../shared/core/market/bar.ts';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import type { Quote } from '../../shared/core/market/quote.ts';
import { MICROS_PER_CENT, MICROS_PER_USD, type MicroUsd } from '../../shared/core/values/money.ts';
import { divide } from '../../shared/core/values/rounding.ts';
import { type EpochMs, MINUTE_MS, type NewYorkDate } from '../../shared/core/values/time.ts';
import type { Chance } from './chance.ts';
import { QUOTE_FLAWS, type QuoteFlaw } from './fault-kinds.ts';
import type { Faults } from './faults.ts';

interface Wander {
  readonly start: MicroUsd;
  readonly halfSpreadCents: bigint;
  readonly swingBps: number;
  readonly minutes: number;
}

export class Market {
  readonly #wanders = new Map<string, Wander>();
  readonly #jumpBps = new Map<string, number>();
  readonly #stuck = new Map<string, QuoteFlaw>();
  readonly #chance: Chance;
  #faults: Faults;
  /** When which symbol does not trade. */
  readonly #halts = new Map<string, { readonly from: EpochMs; readonly to: EpochMs }>();

  constructor(symbols: readonly string[], chance: Chance, faults: Faults) {
    this.#chance = chance;
    this.#faults = faults;
    for (const symbol of symbols) {
      this.#wanders.set(symbol, {
        start: BigInt(chance.between(2_000, 40_000)) * MICROS_PER_CENT,
        halfSpreadCents: BigInt(chance.between(1, 2)),
        swingBps: chance.between(0, 8),
        minutes: chance.between(2, 20),
      });
    }
  }

  /** Another session begins. What leapt stays where it is. */
  openSession(faults: Faults): void {
    this.#faults = faults;
    this.#stuck.clear();
    this.#halts.clear();
  }

  /** The quote that orders trade against. */
  quoteAt(symbol: string, at: EpochMs): Quote {
    const { start, halfSpreadCents, swingBps, minutes } = this.#of(symbol);
    const swing = Math.round(swingBps * 100 * Math.sin(at / (minutes * MINUTE_MS)));
    const jumped = start + divide(start * BigInt(this.#jumpBps.get(symbol) ?? 0), 10_000n, 'half-even');
    const mid = divide(jumped * BigInt(1_000_000 + swing), MICROS_PER_USD, 'half-even');
    const cents = divide(mid, MICROS_PER_CENT, 'half-even');
    return { symbol, bid: (cents - halfSpreadCents) * MICROS_PER_CENT, ask: (cents + halfSpreadCents) * MICROS_PER_CENT, at };
  }

  /** From now on the symbol trades elsewhere. What it closed at before stays. */
  jump(symbol: string, bps: number): void {
    this.#jumpBps.set(symbol, (this.#jumpBps.get(symbol) ?? 0) + bps);
  }

  /** From now on whoever reads a quote of the symbol gets one with this flaw. */
  stick(symbol: string, flaw: QuoteFlaw): void {
    this.#stuck.set(symbol, flaw);
  }

  /** Nobody trades it until it is taken up again. */
  halt(symbol: string, from: EpochMs, to: EpochMs): void {
    this.#halts.set(symbol, { from, to });
  }

  isHalted(symbol: string, at: EpochMs): boolean {
    const halt = this.#halts.get(symbol);
    return halt !== undefined && at >= halt.from && at < halt.to;
  }

  /** The quote that a reader gets: at times none, or one that may not be traded on; of a halted symbol, the last. */
  readQuote(symbol: string, at: EpochMs): Quote | undefined {
    const quote = this.quoteAt(symbol, this.isHalted(symbol, at) ? (this.#halts.get(symbol)?.from ?? at) : at);
    const stuck = this.#stuck.get(symbol);
    if (stuck === undefined && !this.#chance.happens(this.#faults.badQuote)) return quote;
    const flaw = stuck ?? this.#chance.pick(QUOTE_FLAWS);
    this.#chance.count(flaw);
    switch (flaw) {
      case 'quote-missing':
        return undefined;
      case 'quote-zero':
        return { ...quote, bid: 0n };
      case 'quote-crossed':
        return { ...quote, bid: quote.ask, ask: quote.bid };
      case 'quote-stale':
        return { ...quote, at: at - 10 * MINUTE_MS };
      case 'quote-wide':
        return { ...quote, ask: quote.ask * 2n };
    }
  }

  dailyBars(symbols: readonly string[], from: NewYorkDate, to: NewYorkDate): DailySeries[] {
    return symbols.map((symbol) => ({
      symbol,
      bars: sessionsBetween(from, to).map(({ date }, place) => ({ date, close: this.#closeOf(symbol, place), ...this.#volumeOf(symbol) })),
    }));
  }

  /** Shares a session, where it is told of. */
  volumeOf: (symbol: string) => number | undefined = () => undefined;

  #volumeOf(symbol: string): { readonly volume?: number } {
    const volume = this.volumeOf(symbol);
    return volume === undefined ? {} : { volume };
  }

  /** Up and down by as many tenths of a percent as it swings within a day by hundredths. */
  #closeOf(symbol: string, place: number): number {
    const { start, swingBps } = this.#of(symbol);
    return (Number(start) / 1_000_000) * (1 + (swingBps / 1_000) * ((place % 3) - 1));
  }

  #of(symbol: string): Wander {
    const wander = this.#wanders.get(symbol);
    if (wander === undefined) throw new RangeError(`no market in ${symbol}`);
    return wander;
  }
}
