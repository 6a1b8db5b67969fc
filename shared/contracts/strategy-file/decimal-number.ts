// Numbers that a strategy compares with: plain decimals, such as 70, 5.25 or -3. Exponents are not for people.
import * as z from 'zod';

/** How they are written. */
export const DECIMAL = /^-?\d{1,330}(?:\.\d{1,340})?$/;

/** YAML hands whole numbers on as numbers and everything else as text. */
export function decimalNumber(least: number, most: number) {
  const bounds = Number.isFinite(least) && Number.isFinite(most) ? ` from ${least} to ${most}` : '';
  const error = `a plain number${bounds}, such as 70 or 5.25`;
  return z
    .union([z.number(), z.string().regex(DECIMAL).transform(Number)], { error })
    .refine((value) => Number.isFinite(value) && value >= least && value <= most, { error });
}

/** The shortest plain decimal that reads back as the same number: `1e-7` is 0.0000001. */
export function plainDecimal(value: number): string {
  const [mantissa = '', exponent] = String(value).split('e');
  if (exponent === undefined) return mantissa;
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', decimals = ''] = mantissa.replace('-', '').split('.');
  const power = Number(exponent);
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${whole}${decimals}`;
  return `${sign}${whole}${decimals.padEnd(power, '0')}`;
}
