// One thing that the watchdog found, before it is told.
import { type AlertCode, alerts } from '../../contracts/alerts.ts';
import type { RunId } from '../../core/values/identity.ts';
import type { NewYorkDate } from '../../core/values/time.ts';
import type { Notice } from '../../ports/notifier.ts';

export interface Finding {
  readonly code: AlertCode;
  readonly subject: string;
  readonly body: string;
  readonly runId?: RunId;
  /** Left out: what the account is worth. */
  readonly stake?: string;
  readonly done?: string;
  /** It lasts: it is told by the words alone, not anew in each session. */
  readonly lasts?: true;
}

/** @param stake what is at stake where the finding does not say. */
export function noticeOf(
  { code, subject, body, runId, stake, done, lasts }: Finding,
  about: { readonly portfolio: string; readonly session: NewYorkDate; readonly stake: string | undefined },
): Notice {
  const atStake = stake ?? about.stake;
  return {
    severity: alerts[code].severity,
    code,
    subject: `${about.portfolio}: ${subject}`,
    body,
    portfolio: about.portfolio,
    ...(lasts === true ? {} : { session: about.session }),
    ...(runId === undefined ? {} : { runId }),
    ...(atStake === undefined ? {} : { stake: atStake }),
    ...(done === undefined ? {} : { done }),
  };
}
