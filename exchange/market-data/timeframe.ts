// How long the interval of a bar is: "1Min", "30Min", "1Hour", "1Day".
import { HOUR_MS, MINUTE_MS } from '../../shared/core/values/time.ts';

export type Timeframe = { readonly kind: 'day' } | { readonly kind: 'intraday'; readonly ms: number };

const SHAPE = /^(\d{1,2})(Min|T|Hour|H|Day|D)$/;

/** undefined for what the exchange does not serve; weeks and months are not served. */
export function parseTimeframe(text: string): Timeframe | undefined {
  const [, digits = '', unit = ''] = SHAPE.exec(text) ?? [];
  const count = Number(digits);
  if (count < 1) return undefined;
  if (unit.startsWith('D')) return count === 1 ? { kind: 'day' } : undefined;
  if (unit.startsWith('H')) return count <= 23 ? { kind: 'intraday', ms: count * HOUR_MS } : undefined;
  return unit !== '' && count <= 59 ? { kind: 'intraday', ms: count * MINUTE_MS } : undefined;
}
