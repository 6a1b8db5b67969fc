// The symbols of a question: each once, in the order asked.
import { SYMBOL_PATTERN } from '../../core/values/identity.ts';

/** @throws RangeError for what is not a symbol. */
export function askedSymbols(symbols: readonly string[]): string[] {
  const asked = [...new Set(symbols)];
  const strange = asked.find((symbol) => !SYMBOL_PATTERN.test(symbol));
  if (strange !== undefined) throw new RangeError(`${strange} is not a symbol`);
  return asked;
}
