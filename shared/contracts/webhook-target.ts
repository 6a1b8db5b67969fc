// Where an owner wants to be told besides his mail: the content of the secret `evenkeel/<stage>/webhook`. The address is
// itself the key to the channel, so it is treated as one.
import * as z from 'zod';

export const WEBHOOK_FORMATS = ['slack', 'discord', 'telegram', 'json'] as const;
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number];

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

function isSafeAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
}

export const webhookTarget = z
  .strictObject({
    format: z.enum(WEBHOOK_FORMATS),
    /** https only: what travels in the clear can be read, and sent by others. */
    url: z.string().refine(isSafeAddress),
    /** Of Telegram, which has one address for all chats. */
    chatId: z.string().min(1).exactOptional(),
  })
  .refine(({ format, chatId }) => (format === 'telegram') === (chatId !== undefined));

export interface WebhookTarget {
  readonly format: WebhookFormat;
  readonly url: string;
  readonly chatId?: string;
}
