// The price of a refusal in the digits of the request.
import * as z from 'zod';
import type { Refusal } from '../matching/refusal.ts';
import { plainDecimal } from './plain-decimal.ts';

const anyFields = z.record(z.string(), z.unknown()).nullish();

/**
 * The book knows a price to the micro-dollar and would answer "290.123457" to whoever wrote "290.1234567".
 * @param body of the request that was refused.
 */
export function withPriceAsGiven(refusal: Refusal, body: unknown): Refusal {
  if (refusal.code !== 'sub-penny-price') return refusal;
  const given = anyFields.parse(body)?.[refusal.figures['field'] ?? ''];
  if (typeof given !== 'string' && typeof given !== 'number') return refusal;
  return { ...refusal, figures: { ...refusal.figures, price: typeof given === 'number' ? plainDecimal(given) : given } };
}
