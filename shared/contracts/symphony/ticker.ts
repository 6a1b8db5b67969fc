// A ticker as an export writes it, by the name under which its prices are kept.
import { STRATEGY_SYMBOL } from '../strategy-file/symbol.ts';

const QUALIFIED = /^(EQUITIES|CRYPTO)::(.+?)\/\/USD$/;

/** `SPY`, `BRK/B` → "BRK.B", `EQUITIES::SPY//USD` → "SPY", `CRYPTO::BTC//USD` → "BTCUSD"; undefined when it is none of these. */
export function symbolOfTicker(ticker: string): string | undefined {
  const [, assetClass, name = ticker] = QUALIFIED.exec(ticker) ?? [];
  const symbol = assetClass === 'CRYPTO' ? `${name}USD` : name.replace('/', '.');
  return STRATEGY_SYMBOL.test(symbol) ? symbol : undefined;
}
