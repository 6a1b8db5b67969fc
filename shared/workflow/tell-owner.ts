// One message of the topic on its way to its owner: told once, by webhook if there is one, and always by mail.
import type { TopicMessage } from '../contracts/topic-event.ts';
import { HOUR_MS, MINUTE_MS } from '../core/values/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Folds, Taking } from '../ports/folds.ts';
import { OutsideError } from '../ports/outside-error.ts';
import type { OwnerMail, OwnerMessage, Webhook } from '../ports/owner.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { type Draft, draftMessage } from './draft-message.ts';
import { ownerText } from './owner-text.ts';

export interface NotifyPorts {
  readonly folds: Folds;
  readonly mail: OwnerMail;
  readonly webhook: Webhook;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  /** Blanks every credential that this process has come to know, and what looks like one. */
  readonly redact: (text: string) => string;
}

export interface NotifyWorld {
  readonly ports: NotifyPorts;
  /** Sends the metrics that were counted. */
  flush(): void;
}

export type Told =
  | { readonly kind: 'told'; readonly title: string; readonly webhook: 'posted' | 'none' | 'failed' }
  /** The owner knows it already. */
  | { readonly kind: 'folded'; readonly title: string };

/** A delivery that died before it told is given this long before another message may take its place. */
const TELLING_MS = 10 * MINUTE_MS;
/** Nothing else of an outage wakes anybody while its page is on the way, which is no longer than a function may run. */
const PAGING_MS = MINUTE_MS;
const OUTAGE = 'outage';
const OUTAGE_MS = HOUR_MS;

/** @throws OutsideError when the mail does not go out: delivered again, the message is told then. */
export async function tellOwner(received: TopicMessage, ports: NotifyPorts): Promise<Told> {
  const draft = draftMessage(received);
  const { title } = ownerText(draft, ports.redact);
  const at = ports.clock.now();
  const taking = { by: received.MessageId, title, at, until: at + TELLING_MS };
  const taken = await ports.folds.take(draft.fold.key, taking);
  // Whoever was first may have died on the way: to be told twice is no harm, not to be told is.
  if (taken.kind === 'folded' && taken.first.isTold) {
    ports.telemetry.info('told before', { code: draft.code, key: draft.fold.key, first: taken.first.by });
    return { kind: 'folded', title };
  }
  const message = ownerText(await withinOutage(draft, taking, ports), ports.redact);
  const webhook = await tryWebhook(message, ports);
  const text = webhook.kind === 'failed' ? `${message.text}\n\n${webhook.why}` : message.text;
  // Once more: by now the address of the webhook is known, and is to be blanked too.
  await ports.mail.send({ ...message, title: ports.redact(message.title), text: ports.redact(text) });
  await ports.folds.settle(draft.fold.key, { ...taking, until: at + draft.fold.ms });
  if (isOfOutage(draft)) await ports.folds.settle(OUTAGE, { ...taking, until: at + OUTAGE_MS });
  ports.telemetry.info('owner told', { code: draft.code, severity: message.severity, webhook: webhook.kind });
  return { kind: 'told', title: message.title, webhook: webhook.kind };
}

/** Of what follows from one outage the first message pages; once it was told, the others are told too, and wake nobody. */
async function withinOutage(draft: Draft, taking: Taking, { folds }: NotifyPorts): Promise<Draft> {
  if (!isOfOutage(draft)) return draft;
  const taken = await folds.take(OUTAGE, { ...taking, until: taking.at + PAGING_MS });
  if (taken.kind === 'taken' || taken.first.by === taking.by) return draft;
  const { title, at } = taken.first;
  const happened = `${draft.happened}\n\nIt does not page: less than an hour after ${title} (${new Date(at).toISOString()}).`;
  return { ...draft, severity: 'ticket', happened };
}

function isOfOutage(draft: Draft): boolean {
  return draft.severity === 'page' && draft.isOfOutage;
}

type WebhookOutcome = { readonly kind: 'posted' | 'none' } | { readonly kind: 'failed'; readonly why: string };

/** Whatever is wrong with the webhook must not cost the owner his mail. */
async function tryWebhook(message: OwnerMessage, { webhook, telemetry }: NotifyPorts): Promise<WebhookOutcome> {
  try {
    return { kind: await webhook.post(message) };
  } catch (error) {
    telemetry.warn('the webhook failed', { error });
    const why = error instanceof OutsideError ? `${error.message} (${error.code})` : 'an error of its own';
    return { kind: 'failed', why: `The webhook failed: ${why}. This mail is the only message.` };
  }
}
