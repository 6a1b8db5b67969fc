// What a verdict says, and of what exactly: strategy, prices, code, and everything that was tried. Who signed it is in
// signed-document.ts; how it comes about is not known here.
import * as z from 'zod';
import { SYMBOL_PATTERN } from '../../core/values/identity.ts';
import { contentHashText as hash, instantText, newYorkDateText } from '../codecs.ts';
import { name } from '../name.ts';

const count = z.number().int().nonnegative();
const figure = z.number().nullable();
const span = z.strictObject({ first: newYorkDateText, last: newYorkDateText });

const evidence = z.strictObject({
  record: z.strictObject({
    bars: count,
    barsAYear: z.number(),
    yearsOutOfSample: z.number(),
    sharpe: figure,
    claimedSharpe: z.number(),
    barsNeeded: figure,
  }),
  trials: z.strictObject({ count, effective: figure, variance: z.number(), max: figure }),
  netExcess: figure,
  netAtDoubleSlippage: figure,
  deflatedSharpe: figure,
  overfitting: figure,
  superiorP: figure,
  trades: count,
  rebalances: count,
  holdout: z.strictObject({ openings: count, netReturn: figure }).nullable(),
});

const verdictDocument = z.strictObject({
  format: z.literal('evenkeel-verdict-1'),
  hypothesis: name,
  claim: z.string(),
  /** Of the hypothesis as it was registered before anything was tried. */
  document: hash,
  /** The variant that is judged: `strategyHash` of exactly what may go live, and which choice of the parameters it is. */
  strategy: z.strictObject({ hash, parameters: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])) }),
  benchmark: z.string().regex(SYMBOL_PATTERN),
  /** Hashes of the prices before the holdout, and of those with it. */
  data: z.strictObject({ research: hash, whole: hash }),
  holdout: span,
  /** The release, and a hash of the sources that decided and judged, as they lay on the disk of whoever judged. */
  code: z.strictObject({ version: z.string(), source: hash }),
  /** The trial ledger as it was when judged: how many entries of all hypotheses, and the hash of the last. */
  ledger: z.strictObject({ entries: count, head: hash }),
  judged: z.strictObject({ at: instantText, by: z.string().min(1) }),
  verdict: z.enum(['INSUFFICIENT', 'KILL', 'SCALE', 'ITERATE']),
  reasons: z.array(z.strictObject({ code: z.string(), figure, threshold: z.number() })),
  evidence,
  /** That every figure is net of; verdicts of before it was told have none, nor warnings. */
  costs: z
    .strictObject({
      'half-spread-bps': z.number(),
      'commission-bps': z.number(),
      'borrow-bps': z.number(),
      impact: z.number(),
      fees: z.enum(['dated', 'none']),
    })
    .exactOptional(),
  /** What was doubtful of the prices. */
  warnings: z.array(z.strictObject({ code: z.string(), detail: z.string() })).exactOptional(),
  /** Of every decision of the chosen variant over all its prices, the holdout too: other code that decides the same may be told so. */
  decisions: hash,
  /** Signed anew for other code, which was shown to decide the same; `document` is the hash of the verdict's text before. */
  renewed: z.strictObject({ at: instantText, by: z.string().min(1), document: hash }).exactOptional(),
});
export type VerdictDocument = Readonly<z.output<typeof verdictDocument>>;

export const VERDICT = { document: verdictDocument, purpose: 'evenkeel verdict 1' } as const;
