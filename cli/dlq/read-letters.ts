// The dead letters of every hop as they are told, and the one that somebody names.
import type { DeadLetterQueueReading } from '../../shared/ports/dead-letters.ts';
import { CommandFailure } from '../failure.ts';
import type { OperationsDesk } from '../operations/operations-desk.ts';
import { type LetterDocument, letterDocument } from './letter-document.ts';

export interface LetterReading {
  /** Oldest first. */
  readonly letters: readonly LetterDocument[];
  readonly queues: readonly { readonly hop: string; readonly letters: number; readonly unread: number }[];
}

export async function readLetters({ deadLetters }: Pick<OperationsDesk, 'deadLetters'>): Promise<LetterReading> {
  const queues = await deadLetters.read();
  return {
    letters: queues.flatMap((queue) => queue.letters.map(letterDocument)).sort((a, b) => (a.sentAt < b.sentAt ? -1 : 1)),
    queues: queues.map(({ hop, letters, unread }: DeadLetterQueueReading) => ({ hop, letters: letters.length, unread })),
  };
}

/**
 * By the beginning of its id.
 * @throws CommandFailure, exit 2, when none begins so, or more than one.
 */
export function letterNamed(id: string, { letters, queues }: LetterReading): LetterDocument {
  const found = letters.filter((letter) => letter.id.startsWith(id));
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  const unread = queues.reduce((sum, queue) => sum + queue.unread, 0);
  const others = letters.length === 0 ? 'the queues are empty' : `there are: ${letters.map((letter) => shortId(letter)).join(', ')}`;
  const why = found.length > 1 ? `is the beginning of ${found.length} dead letters` : `is no dead letter; ${others}`;
  const hidden = unread === 0 ? '' : `; ${unread} more could not be read just now: say it again in half a minute`;
  throw new CommandFailure('no-such-letter', `${JSON.stringify(id)} ${why}${hidden}`, { exitCode: 2 });
}

export function shortId({ id }: Pick<LetterDocument, 'id'>): string {
  return id.slice(0, 8);
}
