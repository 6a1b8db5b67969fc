// A dead letter as it is told: which hop, which run, what went wrong, and what to do about it.
import { type LetterContent, readDeadLetter } from '../../shared/contracts/dead-letter.ts';
import { newYorkDate } from '../../shared/core/market/new-york-time.ts';
import { parseRunId, runIdOf } from '../../shared/core/values/identity.ts';
import type { DeadLetter } from '../../shared/ports/dead-letters.ts';
import { Redaction } from '../../shared/ports/redaction.ts';
import { type Explanation, explain } from './explain.ts';

export interface LetterDocument {
  /** The first eight characters are enough to name it on the command line. */
  readonly id: string;
  readonly hop: string;
  /** "2026-11-30T20:35:00.000Z". */
  readonly sentAt: string;
  /** null where the letter names no run. */
  readonly runId: string | null;
  /** Of an event that did not become a run. */
  readonly scheduledTime: string | null;
  readonly error: { readonly name: string; readonly message: string };
  /** The execution that stopped, where the letter names it. */
  readonly execution: string | null;
  readonly explanation: Explanation;
  /** As it stands in the queue, with what looks like a credential blanked. */
  readonly body: string;
}

export function letterDocument({ id, hop, sentAt, body, attributes }: DeadLetter): LetterDocument {
  const redaction = new Redaction();
  const content = readDeadLetter(body, attributes);
  const error = { name: redaction.text(content.error.name), message: redaction.text(content.error.message) };
  const runId = runIdIn(content);
  return {
    id,
    hop,
    sentAt: new Date(sentAt).toISOString(),
    runId: runId ?? null,
    scheduledTime: content.kind === 'event' ? content.event.scheduledTime : null,
    error,
    execution: content.kind === 'turn' ? (content.execution ?? null) : null,
    explanation: explain({ hop, kind: content.kind, error, runId }),
    body: redaction.text(body),
  };
}

/** The run that an event was meant to start has its name before it has a record. */
function runIdIn(content: LetterContent): string | undefined {
  if (content.kind === 'turn') return parseRunId(content.runId) === undefined ? undefined : content.runId;
  if (content.kind === 'unknown') return undefined;
  const { portfolio, schedule, scheduledTime } = content.event;
  return runIdOf({ portfolio, schedule, session: newYorkDate(Date.parse(scheduledTime)) });
}
