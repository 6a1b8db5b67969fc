import type { NoticeCode } from '../contracts/notice-message.ts';
import type { RunId } from '../core/values/identity.ts';
import type { NewYorkDate } from '../core/values/time.ts';

/** One message to the owner. */
export interface Notice {
  readonly severity: 'page' | 'ticket' | 'info';
  /** What it is filed under: an alert with its heading in the runbook, or the digest. */
  readonly code: NoticeCode;
  readonly subject: string;
  /** What happened. */
  readonly body: string;
  /** What it is about: the same is not told twice of one run, or of one portfolio in one session. */
  readonly portfolio?: string;
  readonly runId?: RunId;
  readonly session?: NewYorkDate;
  /** The money at stake, in words. Left out where nobody knows it. */
  readonly stake?: string;
  /** What the system did about it by itself. */
  readonly done?: string;
}

export interface Notifier {
  notify(notice: Notice): Promise<void>;
}
