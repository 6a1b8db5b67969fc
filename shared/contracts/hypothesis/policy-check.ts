// What was measured of a portfolio before it may trade live without claiming anything: what it costs, how well paper sessions
// followed it, and how many there were. Who signed it is in signed-document.ts; how it is measured is not known here.
import * as z from 'zod';
import { contentHashText as hash, instantText, newYorkDateText, runIdText } from '../codecs.ts';
import { name } from '../name.ts';

/** `cost`: of trading it, by a backtest. `tracking`: of paper runs against their targets. `paper`: how much of it there was. */
export const POLICY_CHECKS = ['cost', 'tracking', 'paper'] as const;

const policyCheck = z.strictObject({
  format: z.literal('evenkeel-policy-check-1'),
  portfolio: name,
  /** `tradedHash` of exactly what may go live. */
  traded: hash,
  /** Of the prices that the cost was reckoned on. */
  data: hash,
  /** The release, and a hash of the sources that decided and judged, as they lay on the disk of whoever judged. */
  code: z.strictObject({ version: z.string(), source: hash }),
  /** The paper runs that were looked at, all of them: sessions, first and last, and the head of each by its hash. */
  runs: z.array(z.strictObject({ runId: runIdText, session: newYorkDateText, head: hash })),
  judged: z.strictObject({ at: instantText, by: z.string().min(1) }),
  outcome: z.enum(['passed', 'failed']),
  /** Every one that was made; `passed` where all of them hold. A figure that cannot be told does not hold. */
  checks: z
    .array(
      z.strictObject({
        check: z.enum(POLICY_CHECKS),
        code: z.string(),
        figure: z.number().nullable(),
        threshold: z.number(),
        holds: z.boolean(),
      }),
    )
    .min(1),
});
export type PolicyCheck = Readonly<z.output<typeof policyCheck>>;

export const POLICY_CHECK = { document: policyCheck, purpose: 'evenkeel policy check 1' } as const;
