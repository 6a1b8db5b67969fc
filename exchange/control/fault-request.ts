// A fault as it is asked for over the control endpoint. A field that would have no effect is refused, so that
// nobody waits for a fault that cannot show.
import * as z from 'zod';
import { SYMBOL_PATTERN } from '../../shared/core/values/identity.ts';
import { isNewYorkDate } from '../../shared/core/values/time.ts';
import type { FaultKind } from '../faults/fault.ts';

type Field = 'symbol' | 'route' | 'ms' | 'status' | 'date';

/** Which fields each fault understands beside `count`; those in `needs` cannot be left out. */
const FIELDS: Readonly<Record<FaultKind, { takes: readonly Field[]; needs?: Field }>> = {
  latency: { takes: ['route', 'ms'], needs: 'ms' },
  'error-after-acceptance': { takes: ['route'] },
  'drop-after-acceptance': { takes: ['route'] },
  'drop-connection': { takes: ['route'] },
  'too-many-requests': { takes: ['route'] },
  'server-error': { takes: ['route', 'status'] },
  'partial-fill': { takes: ['symbol'] },
  'fill-after-cancel': { takes: ['symbol'] },
  reject: { takes: ['symbol'] },
  halt: { takes: ['symbol'] },
  'stale-quote': { takes: ['symbol', 'ms'] },
  'crossed-quote': { takes: ['symbol'] },
  'zero-quote': { takes: ['symbol'] },
  'calendar-disagrees': { takes: ['date', 'ms'], needs: 'date' },
};
const KINDS = Object.keys(FIELDS) as FaultKind[];
const OPTIONAL_FIELDS: readonly Field[] = ['symbol', 'route', 'ms', 'status', 'date'];

const statuses = [500, 502, 503, 504] as const;

export const faultRequest = z
  .strictObject({
    kind: z.enum(KINDS),
    symbol: z.string().regex(SYMBOL_PATTERN, 'expected an upper-case symbol such as SPY').exactOptional(),
    route: z
      .string()
      .regex(/^(?:GET|POST|PATCH|PUT|DELETE) \/\S*$/, 'expected a method and a path prefix such as "POST /v2/orders"')
      .exactOptional(),
    count: z.int().min(1).exactOptional(),
    ms: z.int().min(0).max(3_600_000).exactOptional(),
    status: z.literal(statuses).exactOptional(),
    date: z.string().refine(isNewYorkDate, 'expected a date that exists, as YYYY-MM-DD').exactOptional(),
  })
  .superRefine((asked, context) => {
    const { takes, needs } = FIELDS[asked.kind];
    for (const field of OPTIONAL_FIELDS) {
      const isGiven = asked[field] !== undefined;
      if (isGiven && !takes.includes(field))
        context.addIssue({ code: 'custom', path: [field], message: `has no meaning for ${asked.kind}` });
      if (!isGiven && needs === field) context.addIssue({ code: 'custom', path: [field], message: `is needed for ${asked.kind}` });
    }
  });
