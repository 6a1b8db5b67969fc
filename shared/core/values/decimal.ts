// Decimal text to scaled integer and back, exactly. No float is ever in between.
import { divide, type Rounding } from './rounding.ts';

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * Reads plain decimal text ("-12.5") as an integer scaled by 10^digits.
 * @param rounding what to do with more fraction digits than `digits`; left out, such text is refused.
 * @returns undefined when the text is not a plain decimal, or not exact where it has to be.
 */
export function parseDecimal(text: string, digits: number, rounding?: Rounding): bigint | undefined {
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '0', fraction = ''] = match;
  const surplus = fraction.length - digits;
  const scaled = BigInt(whole + fraction.padEnd(digits, '0')) * (sign === '-' ? -1n : 1n);
  if (surplus <= 0) return scaled;
  const unit = 10n ** BigInt(surplus);
  if (scaled % unit === 0n) return scaled / unit;
  return rounding === undefined ? undefined : divide(scaled, unit, rounding);
}

/** Shortest plain decimal text of an integer scaled by 10^digits, with at least `minimum` fraction digits. */
export function formatDecimal(scaled: bigint, digits: number, minimum = 0): string {
  const text = (scaled < 0n ? -scaled : scaled).toString().padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const fraction = text
    .slice(text.length - digits)
    .replace(/0+$/, '')
    .padEnd(minimum, '0');
  return `${scaled < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
