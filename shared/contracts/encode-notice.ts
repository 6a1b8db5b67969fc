// Writes a notice as it travels. Apart from the schema that reads it: a function that only writes need not load that.

export const NOTICE_SCHEMA = 1;

export interface WrittenNotice {
  readonly severity: 'page' | 'ticket' | 'info';
  readonly code: string;
  readonly subject: string;
  readonly body: string;
  readonly portfolio?: string;
  readonly runId?: string;
  readonly session?: string;
  readonly stake?: string;
  readonly done?: string;
}

/** The longest body and subject that are carried: whatever they are made of, the document stays below the 256 KiB of SNS. */
const BODY_LENGTH_MAX = 30_000;
const SUBJECT_LENGTH_MAX = 1_000;

export function encodeNotice(notice: WrittenNotice): string {
  const subject = cut(notice.subject, SUBJECT_LENGTH_MAX);
  return JSON.stringify({ schemaVersion: NOTICE_SCHEMA, kind: 'notice', ...notice, subject, body: cut(notice.body, BODY_LENGTH_MAX) });
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}\n… cut after ${length} characters`;
}
