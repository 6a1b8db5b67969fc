// A notice as it travels from the functions to notify: a versioned JSON document in an SNS message. One release writes it
// and another may read it, so a code or a key that is not known is no reason to lose a message.
import * as z from 'zod';
import type { AlertCode } from './alerts.ts';
import { NOTICE_SCHEMA } from './encode-notice.ts';
import { jsonOf } from './json-of.ts';

/** What a function may say: an alert, or what is worth knowing and asks for nothing. */
export type NoticeCode = AlertCode | 'daily-digest' | 'positions-ended' | 'unowned-sale';

const noticeMessage = z.object({
  schemaVersion: z.literal(NOTICE_SCHEMA),
  kind: z.literal('notice'),
  severity: z.enum(['page', 'ticket', 'info']),
  code: z.string().min(1),
  subject: z.string(),
  body: z.string(),
  portfolio: z.string().exactOptional(),
  runId: z.string().exactOptional(),
  session: z.string().exactOptional(),
  stake: z.string().exactOptional(),
  done: z.string().exactOptional(),
});
export type NoticeMessage = z.output<typeof noticeMessage>;

/** undefined for a text that is no notice of a release whose notices we can read. */
export function decodeNotice(text: string): NoticeMessage | undefined {
  const parsed = noticeMessage.safeParse(jsonOf(text));
  return parsed.success ? parsed.data : undefined;
}
